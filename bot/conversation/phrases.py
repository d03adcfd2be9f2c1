"""Phrases that a message may begin with, known with their accents or without any."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Generic, TypeVar

from retrieval.text.analyzer import fold, terms

_Phrase = tuple[str, ...]  # its words
_Kind = TypeVar("_Kind")


class PhraseBook(Generic[_Kind]):
    """Phrases of several kinds, by what they fold to."""

    def __init__(
        self, phrases: Iterable[tuple[_Kind, str]], *, longest: int, alike: Callable[[str], str] = str
    ) -> None:
        """*phrases*: a kind, and its phrases parted by commas; *longest*: the most words that are compared.

        *alike* makes what is the same the same string, in phrases; whoever looks something up does it, too.
        """
        self._longest = longest
        self._alike = alike
        self._listed: dict[_Phrase, list[tuple[_Phrase, _Kind]]] = {}
        for kind, text in phrases:
            for written in text.split(", "):
                phrase = tuple(terms(alike(written)))
                self._listed.setdefault(self._bare(phrase), []).append((phrase, kind))

    def beginnings(self, words: Sequence[str]) -> Iterator[tuple[_Phrase, list[tuple[_Phrase, _Kind]]]]:
        """Yield what *words* begin with, bare, and the phrases that fold to it; the longest first."""
        bare = self._bare(words[: self._longest])
        for length in range(len(bare), 0, -1):
            if found := self._listed.get(bare[:length]):
                yield bare[:length], found

    def first(self, words: Sequence[str]) -> tuple[_Kind, int] | None:
        """Return the kind and the length of the longest phrase that *words* begin with.

        Each word may have its accents, or none at all.
        """
        for bare, its in self.beginnings(words):
            for phrase, kind in its:
                spellings = zip(words, phrase, bare, strict=False)
                if all(word in (known, plain) for word, known, plain in spellings):
                    return kind, len(bare)
        return None

    def _bare(self, words: Sequence[str]) -> _Phrase:
        return tuple(self._alike(fold(word)) for word in words)
