"""Print how whole conversations go over two collections of articles, and check the floors.

    python -m benchmarks.people [--pin]

They are read from PEOPLE_DIR (default ../shared/people): ``hoibao rehearse`` plays them. Ends with 1 where a
figure is below its floor. ``--pin`` makes floors of what was measured instead.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from zoneinfo import ZoneInfo

from rich.console import Console

from benchmarks import bars
from benchmarks.figures import Figures
from bot.conversation.rehearsal import Rehearsal, rehearse
from bot.language import Languages
from bot.settings import EVERYDAY, GLOSSARY, SYNONYMS
from bot.startup import lexicon
from bot.terminal import rehearsal as table

NAME = "people"
_FOLLOW_UPS = ("follow-up-", "new-topic")  # how the kinds begin whose messages come after others


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """A folder of articles, and the dialogues over them."""

    folder: Path

    @property
    def dialogues(self) -> Path:
        """The file of the dialogues."""
        return self.folder / "dialogues.jsonl"

    @property
    def hashes(self) -> dict[str, str]:
        """Return the SHA-256 of the dialogues."""
        return {f"{NAME}/{self.dialogues.name}": sha256(self.dialogues.read_bytes()).hexdigest()}


PEOPLE = People(
    folder=Path(os.environ.get("PEOPLE_DIR", Path(__file__).parents[2] / "shared" / "people")),
)


def main(arguments: Sequence[str]) -> int:
    """Play the dialogues and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--pin", action="store_true", help="write floors.toml from what is measured")
    options = parser.parse_args(arguments)
    if not PEOPLE.dialogues.exists():
        print(f"conversations: skipped, there are none in {PEOPLE.folder}", file=sys.stderr)
        return 0
    played = _played()
    table.show(Console(width=120), played)
    if options.pin:
        bars.pin({NAME: figures(played)}, {NAME: PEOPLE})
        return 0
    broken = bars.broken_floors(NAME, PEOPLE, figures(played))
    for line in broken:
        print(f"floor broken: {line}", file=sys.stderr)
    return 1 if broken else 0


def figures(played: Rehearsal) -> Figures:
    """Return the shares of turns that are right, of all and of messages that come after others."""
    later = [tally for kind, tally in played.by_kind.items() if kind.startswith(_FOLLOW_UPS)]
    return {
        "queries": played.total.turns,
        "right": played.total.right / played.total.turns,
        "follow_ups": sum(tally.right for tally in later) / sum(tally.turns for tally in later),
    }


def _played() -> Rehearsal:
    timezone = ZoneInfo("Asia/Ho_Chi_Minh")
    return rehearse(
        PEOPLE.folder,
        PEOPLE.dialogues,
        texts=Languages("vi", timezone).of("vi"),
        lexicon=lexicon(),
        synonyms=SYNONYMS,
        everyday=EVERYDAY,
        glossary=GLOSSARY,
        timezone=timezone,
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
