"""Word lists that help to understand what people type; everything works without them, only less well."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from retrieval.analyzer import fold, terms
from retrieval.text import clean

Terms = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """What words mean that articles seldom hold."""

    shorthand: Mapping[str, Terms] = field(default_factory=dict)  # "ntn" → ("như", "thế", "nào")
    phrases: Mapping[Terms, Terms] = field(default_factory=dict)  # ("la", "gi") → ("là", "gì")

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Read ``teencode.txt`` and ``questions.txt`` of *folder*; one that is not there says nothing.

        Lines of the first are ``meaning: typed typed …``, of the second phrases; # begins a comment.
        Raises ``OSError`` or ``UnicodeDecodeError`` where a file that is there cannot be read.
        """
        shorthand: dict[str, Terms] = {}
        for line in _lines(folder / "teencode.txt"):
            meaning, _, typed = line.partition(":")
            shorthand |= dict.fromkeys(terms(typed), tuple(terms(meaning)))
        phrases = [tuple(terms(line)) for line in _lines(folder / "questions.txt")]
        return cls(
            shorthand=shorthand, phrases={tuple(map(fold, phrase)): phrase for phrase in phrases if phrase}
        )


def _lines(path: Path) -> Iterator[str]:
    """Yield the lines of a list, without blank ones and comments."""
    if not path.exists():
        return
    for line in path.read_text(encoding="utf-8-sig").splitlines():
        if (line := clean(line)) and not line.startswith("#"):
            yield line


NO_WORDS = Lexicon()
