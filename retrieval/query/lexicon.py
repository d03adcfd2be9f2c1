"""Word lists that help to understand what people type; everything works without them, only less well."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Self

from retrieval.query.neighbours import COUNTS_FILE, NO_NEIGHBOURS, Neighbours
from retrieval.text.analyzer import Terms, fold, terms
from retrieval.text.canonical import clean


@dataclass(frozen=True, kw_only=True)
class Lexicon:
    """The meanings of words that articles seldom hold."""

    # "gđ" → ("gia", "đình") or ("giám", "đốc")
    shorthand: Mapping[str, tuple[Terms, ...]] = field(default_factory=dict)
    phrases: Mapping[Terms, Terms] = field(default_factory=dict)  # ("la", "gi") → ("là", "gì")
    neighbours: Neighbours = NO_NEIGHBOURS  # which syllables stand side by side

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Read ``teencode.txt`` and ``questions.txt`` of *folder*; a list that is not there says nothing.

        Lines of the first are ``meaning: typed typed …``, of the second phrases; # begins a comment. The
        counts of neighbours are read when a question needs them. Raises ``OSError`` or
        ``UnicodeDecodeError`` if a list that is there cannot be read.
        """
        shorthand: dict[str, tuple[Terms, ...]] = {}
        for line in _lines(folder / "teencode.txt"):
            meaning, _, typed = line.partition(":")
            for word in terms(typed):
                shorthand[word] = (*shorthand.get(word, ()), tuple(terms(meaning)))
        phrases = [tuple(terms(line)) for line in _lines(folder / "questions.txt")]
        return cls(
            shorthand=shorthand,
            phrases={tuple(map(fold, phrase)): phrase for phrase in phrases if phrase},
            neighbours=Neighbours(folder / COUNTS_FILE) if (folder / COUNTS_FILE).exists() else NO_NEIGHBOURS,
        )

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of all phrases: right as they stand, even if no article holds them."""
        return frozenset(word for phrase in self.phrases.values() for word in phrase)

    def restored(self, typed: Sequence[str], is_open: Sequence[bool]) -> list[str]:
        """Return *typed* with the accents of its phrases, the longest first, put on words that are open.

        The other words of a phrase must stand there with its very accents.
        """
        restored = list(typed)
        place = 0
        while place < len(typed):
            place += self._restore(restored, is_open, place) or 1
        return restored

    def _restore(self, words: list[str], is_open: Sequence[bool], start: int) -> int:
        """Restore the longest phrase that begins at *start* and return its length; 0 if there is none."""
        longest = self._longest.get(fold(words[start]), 0)
        for end in range(min(len(words), start + longest), start, -1):
            phrase = self.phrases.get(tuple(map(fold, words[start:end])))
            if phrase and all(
                may_change or word == meant
                for word, may_change, meant in zip(words[start:end], is_open[start:end], phrase, strict=True)
            ):
                words[start:end] = phrase
                return end - start
        return 0

    @cached_property
    def _longest(self) -> dict[str, int]:
        """How many words the longest phrase has that begins with each word, without accents."""
        longest: dict[str, int] = {}
        for phrase in self.phrases:
            longest[phrase[0]] = max(len(phrase), longest.get(phrase[0], 0))
        return longest


def _lines(path: Path) -> Iterator[str]:
    """Yield the lines of a list, without blank ones and comments."""
    if not path.exists():
        return
    for line in path.read_text(encoding="utf-8-sig").splitlines():
        if (line := clean(line)) and not line.startswith("#"):
            yield line


NO_WORDS = Lexicon()
