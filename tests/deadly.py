"""Word lists that end the process that reads a certain word, as a fault in a compiled loop would."""

import os
import signal
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from retrieval.query.lexicon import Lexicon

WORD = "chết"


@dataclass(frozen=True, kw_only=True)
class DeadlyLexicon(Lexicon):
    """Each file in *folder* is one life that is taken; the process *spared* is not ended."""

    folder: Path
    spared: int

    def restored(self, typed: Sequence[str], is_open: Sequence[bool]) -> list[str]:
        """Restore what a lexicon does, or die."""
        if WORD in typed and os.getpid() != self.spared:
            for file in sorted(self.folder.glob("life*"))[:1]:
                file.unlink()
                os.kill(os.getpid(), signal.SIGKILL)
        return Lexicon.restored(self, typed, is_open)
