"""The vocabulary: the terms of an index by number, found by how they are spelled, typed, or stemmed.

A term keeps its number as long as the index lives; new ones are added behind. Plain arrays, so that a
vocabulary of any size is opened at once: terms stand one after the other as UTF-8, and what is looked up goes
through sorted CRC-32 sums, whose rare collisions are told apart by the terms themselves.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache, partial
from typing import Self
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from retrieval.index.stored import UNKEPT, Stored
from retrieval.text.analyzer import fold
from retrieval.text.language import stems

REMEMBERED = 1 << 14  # words looked up lately


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """The numbers of terms by the sum of what they are found by, equal sums in the order of the numbers."""

    sums: NDArray[np.uint32]  # ascending
    numbers: NDArray[np.uint32]

    @classmethod
    def of(cls, words: Sequence[str], first: int = 0) -> Self:
        """Make the terms *first*, *first* + 1, … found by *words*."""
        sums = _sums(words)
        order = np.argsort(sums, kind="stable")
        return cls(sums=sums[order], numbers=(order + first).astype(np.uint32))

    def joined(self, behind: "Lookup") -> "Lookup":
        """Return a lookup of these terms and those of *behind*, whose numbers are higher."""
        sums = np.concatenate([self.sums, behind.sums])
        order = np.argsort(sums, kind="stable")
        return Lookup(sums=sums[order], numbers=np.concatenate([self.numbers, behind.numbers])[order])

    def find(self, word: str) -> Iterator[int]:
        """Yield the numbers that *word* may lead to."""
        sums, wanted = self.sums.data, crc32(word.encode())
        place = bisect_left(sums, wanted)
        while place < len(sums) and sums[place] == wanted:
            yield int(self.numbers[place])
            place += 1

    def may_hold(self, words: Sequence[str]) -> NDArray[np.bool_]:
        """Tell which *words* may lead to a term: of the others, none does."""
        wanted = _sums(words)
        if not len(self.sums):
            return np.zeros(len(wanted), dtype=bool)
        places = np.minimum(np.searchsorted(self.sums, wanted), len(self.sums) - 1)
        may: NDArray[np.bool_] = self.sums[places] == wanted
        return may


@dataclass(frozen=True, slots=True, kw_only=True)
class Spellings:
    """Terms as arrays: term ``n`` is ``letters[offsets[n]:offsets[n + 1]]``, in UTF-8."""

    letters: NDArray[np.uint8]
    offsets: NDArray[np.uint32]

    @classmethod
    def of(cls, terms: Sequence[str]) -> Self:
        """Return *terms* as arrays."""
        encoded = [term.encode() for term in terms]
        return cls(
            letters=np.frombuffer(b"".join(encoded), dtype=np.uint8),
            offsets=np.cumsum([0, *map(len, encoded)], dtype=np.uint32),
        )

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def __getitem__(self, number: int) -> str:
        return self.letters[self.offsets[number] : self.offsets[number + 1]].tobytes().decode()

    def joined(self, behind: "Spellings") -> "Spellings":
        """Return these terms and those of *behind*."""
        return Spellings(
            letters=np.concatenate([self.letters, behind.letters]),
            offsets=np.concatenate([self.offsets, behind.offsets[1:] + self.offsets[-1]]),
        )


@dataclass(frozen=True, kw_only=True)
class Vocabulary:
    """Terms by number, and numbers by term, by unaccented spelling and by English stem."""

    spellings: Spellings
    folds: Lookup
    stems: Lookup
    stored: Stored | None = field(default=None, compare=False, metadata=UNKEPT)

    @classmethod
    def of(cls, terms: Sequence[str]) -> Self:
        """Return a vocabulary of *terms*, which are distinct, numbered from 0."""
        return cls(
            spellings=Spellings.of(terms), folds=Lookup.of([*map(fold, terms)]), stems=Lookup.of(stems(terms))
        )

    def extended(self, terms: Sequence[str]) -> "Vocabulary":
        """Return the vocabulary with *terms* behind, which it does not hold."""
        if not terms:
            return self
        size = len(self)
        return Vocabulary(
            spellings=self.spellings.joined(Spellings.of(terms)),
            folds=self.folds.joined(Lookup.of([*map(fold, terms)], size)),
            stems=self.stems.joined(Lookup.of(stems(terms), size)),
        )

    def __len__(self) -> int:
        return len(self.spellings)

    def __getitem__(self, number: int) -> str:
        """Return the term with this number."""
        return self._spelled(number)

    @cached_property
    def _spelled(self) -> Callable[[int], str]:
        return lru_cache(REMEMBERED)(self.spellings.__getitem__)

    @cached_property
    def number(self) -> Callable[[str], int | None]:
        """The number of a term; None if it is none of these."""
        return lru_cache(REMEMBERED)(partial(_number, self.spellings, self.forms))

    def may_hold(self, terms: Sequence[str]) -> NDArray[np.bool_]:
        """Tell which *terms* may be among these, at once: the others are not."""
        return self.folds.may_hold([*map(fold, terms)])

    def get(self, term: str, default: int) -> int:
        """Return the number of *term*; *default* if it is none of these."""
        number = self.number(term)
        return default if number is None else number

    @cached_property
    def forms(self) -> Callable[[str], tuple[int, ...]]:
        """The terms, by number, that an unaccented spelling stands for, itself included."""
        return lru_cache(REMEMBERED)(partial(_forms, self.spellings, self.folds))

    def known(self, spellings: Iterable[str]) -> list[str]:
        """Return those *spellings* that stand for a term."""
        every = list(spellings)
        return [every[at] for at in np.flatnonzero(self.folds.may_hold(every)) if self.forms(every[at])]

    def inflections(self, stem: str) -> list[int]:
        """Return the terms that have this English stem, by number."""
        found = list(self.stems.find(stem))
        spelled = stems([self[number] for number in found])
        return [number for number, its in zip(found, spelled, strict=True) if its == stem]


# No methods: a cache that knew the vocabulary would keep its files open until the garbage is collected.
def _number(spellings: Spellings, forms: Callable[[str], tuple[int, ...]], term: str) -> int | None:
    return next((number for number in forms(fold(term)) if spellings[number] == term), None)


def _forms(spellings: Spellings, folds: Lookup, spelling: str) -> tuple[int, ...]:
    return tuple(number for number in folds.find(spelling) if fold(spellings[number]) == spelling)


def _sums(words: Sequence[str]) -> NDArray[np.uint32]:
    return np.fromiter(map(crc32, map(str.encode, words)), dtype=np.uint32, count=len(words))
