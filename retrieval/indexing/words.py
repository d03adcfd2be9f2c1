"""The words of many texts at once: found by a compiled loop in all that are in Latin letters."""

from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from retrieval.kernels.words import FIGURE, LETTER, words_in
from retrieval.text.analyzer import analyse, is_latin, latin_kinds, term_of

_BETWEEN = "\n"  # texts, so that no word goes on from one into the next


class TextWords:
    """The terms of *texts*, which are clean, as ``analyse`` finds them in each alone."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._others = {number: analyse(text) for number, text in enumerate(texts) if not is_latin(text)}
        latin = ["" if number in self._others else text for number, text in enumerate(texts)]
        self._text = _BETWEEN.join(latin)
        codes = np.frombuffer(self._text.encode("utf-32-le"), dtype="<u4")
        self._starts, self._ends, self._words, self._firsts = words_in(codes, _kinds())
        sizes = np.array([len(text) + len(_BETWEEN) for text in latin], dtype=np.int64)
        begins = np.append(0, np.cumsum(sizes))
        bounds = np.searchsorted(self._starts, begins)
        self._bounds: list[int] = bounds.tolist()
        self._within: list[int] = (self._starts - np.repeat(begins[:-1], np.diff(bounds))).tolist()

    def starts(self, number: int) -> tuple[list[int], list[int]]:
        """Return where the terms of a text begin in it, ascending, and those that measure its length."""
        if other := self._others.get(number):
            return other.starts, other.word_starts
        every = self._within[self._bounds[number] : self._bounds[number + 1]]
        return every, every

    def numbered(self) -> tuple[NDArray[np.int32], list[str]]:
        """Return the terms of all texts, one after the other, as numbers; and the term of each number.

        Terms are numbered from 0 in the order in which they come first.
        """
        numbers = _Order()
        of_word = np.empty(len(self._firsts), dtype=np.int32)
        parts: list[NDArray[np.int32]] = []
        at = met = 0  # words, and different ones
        for text, other in (*self._others.items(), (len(self._bounds) - 1, None)):
            words, at = self._words[at : self._bounds[text]], self._bounds[text]
            new = slice(met, words.max(initial=met - 1) + 1)  # they are numbered as they come first
            of_word[new] = [numbers[term] for term in self._terms(self._firsts[new])]
            parts.append(of_word[words])
            met = new.stop
            if other:
                parts.append(np.array([numbers[term] for term in other.terms], dtype=np.int32))
        return np.concatenate(parts), list(numbers)

    def _terms(self, words: NDArray[np.int64]) -> Iterator[str]:
        bounds = zip(self._starts[words].tolist(), self._ends[words].tolist(), strict=True)
        return (term_of(self._text[start:end]) for start, end in bounds)


class _Order(dict[str, int]):
    """Numbers for terms, from 0, in the order in which they are asked for."""

    def __missing__(self, term: str) -> int:
        self[term] = number = len(self)
        return number


@cache
def _kinds() -> NDArray[np.uint8]:
    return np.frombuffer(latin_kinds(LETTER, FIGURE), dtype=np.uint8)
