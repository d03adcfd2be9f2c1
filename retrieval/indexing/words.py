"""The words of many texts at once: found by a compiled loop in all that are in Latin letters."""

from collections.abc import Sequence
from functools import cache
from itertools import pairwise

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
        of_word = np.full(len(self._firsts), -1, dtype=np.int32)
        parts = [np.empty(0, dtype=np.int32)]
        for number, (first, last) in enumerate(pairwise(self._bounds)):
            other = self._others.get(number)
            if other:
                parts.append(np.array([numbers[term] for term in other.terms], dtype=np.int32))
                continue
            words = self._words[first:last]
            for word in words[of_word[words] < 0].tolist():  # mostly few: the same words come again
                of_word[word] = numbers[self._term(word)]
            parts.append(of_word[words])
        return np.concatenate(parts), list(numbers)

    def _term(self, word: int) -> str:
        first = self._firsts[word]
        return term_of(self._text[self._starts[first] : self._ends[first]])


class _Order(dict[str, int]):
    """Numbers for terms, from 0, in the order in which they are asked for."""

    def __missing__(self, term: str) -> int:
        self[term] = number = len(self)
        return number


@cache
def _kinds() -> NDArray[np.uint8]:
    return np.frombuffer(latin_kinds(LETTER, FIGURE), dtype=np.uint8)
