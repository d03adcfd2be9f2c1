"""The words and passages of many texts at once: found by compiled loops in all that are in Latin letters."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from retrieval.indexing.passage import TARGET_WORDS, split
from retrieval.kernels import Ints, sentences, words
from retrieval.text import sentence
from retrieval.text.analyzer import LATIN, LATIN_FIGURES, analyse, other_than_latin, term_of

_BETWEEN = "\n"  # texts, so that no word goes on from one into the next
_END = 0x1FB00  # no character of Latin text is beyond


@dataclass(frozen=True, slots=True, kw_only=True)
class Cuts:
    """The passages of some texts, one text's after the other's."""

    counts: Ints  # of each text
    starts: Ints  # code points into the text
    ends: Ints
    lengths: Ints  # terms


class TextWords:
    """The terms of *texts*, which are clean, as ``analyse`` finds them in each alone."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._text = _BETWEEN.join(texts)
        self._codes = np.frombuffer(self._text.encode("utf-32-le"), dtype="<u4")
        sizes = np.array([len(text) for text in texts], dtype=np.int64)
        firsts = np.cumsum(sizes + len(_BETWEEN)) - sizes - len(_BETWEEN)
        self._bounds = np.stack([firsts, firsts + sizes], axis=1)
        are_latin, self._starts, self._ends, self._words, self._firsts = words.words_in(
            self._codes, _kinds(), self._bounds
        )
        self._others = {number: analyse(texts[number]) for number in np.flatnonzero(~are_latin).tolist()}
        self._places = np.searchsorted(self._starts, np.append(firsts, len(self._codes) + 1))

    @property
    def lengths(self) -> Ints:
        """How many terms each text has."""
        lengths = np.diff(self._places)
        for number, other in self._others.items():
            lengths[number] = len(other.terms)
        return lengths

    def passages(self, which: slice) -> Cuts:
        """Cut some of the texts into passages, as ``passage.split`` does."""
        bounds = self._bounds.copy()
        bounds[[*self._others]] = 0
        counts, *found = sentences.passages_in(
            self._codes, _kinds(), _abbreviations(), bounds[which], self._starts, TARGET_WORDS
        )
        numbers = range(len(bounds))[which]
        places = np.cumsum(counts)
        more: list[tuple[int, int, int, int]] = []
        for place, number in enumerate(numbers):
            if other := self._others.get(number):
                first, end = self._bounds[number].tolist()
                spans = split(self._text[first:end], other.word_starts)
                ends_in_terms = [bisect_left(other.starts, stop) for _, stop in spans]
                lengths = np.diff(ends_in_terms, prepend=0).tolist()
                counts[place] = len(spans)
                more += [(int(places[place]), *span, size) for span, size in zip(spans, lengths, strict=True)]
        if more:
            at, *others = zip(*more, strict=True)
            found = [np.insert(its, at, values) for its, values in zip(found, others, strict=True)]
        starts, ends, sizes = found
        return Cuts(counts=counts, starts=starts, ends=ends, lengths=sizes)

    def numbered(self) -> tuple[NDArray[np.int32], list[str]]:
        """Return the terms of all texts, one after the other, as numbers; and the term of each number.

        Terms are numbered from 0 in the order in which they come first.
        """
        numbers = _Order()
        of_word = np.empty(len(self._firsts), dtype=np.int32)
        parts: list[NDArray[np.int32]] = []
        at = met = 0  # words, and different ones
        for text, other in (*self._others.items(), (len(self._bounds), None)):
            its, at = self._words[at : self._places[text]], self._places[text]
            new = slice(met, its.max(initial=met - 1) + 1)  # they are numbered as they come first
            of_word[new] = [numbers[term] for term in self._terms(self._firsts[new])]
            parts.append(of_word[its])
            met = new.stop
            if other:
                parts.append(np.array([numbers[term] for term in other.terms], dtype=np.int32))
        return np.concatenate(parts), list(numbers)

    def _terms(self, which: Ints) -> Iterator[str]:
        bounds = zip(self._starts[which].tolist(), self._ends[which].tolist(), strict=True)
        return (term_of(self._text[start:end]) for start, end in bounds)


class _Order(dict[str, int]):
    """Numbers for terms, from 0, in the order in which they are asked for."""

    def __missing__(self, term: str) -> int:
        self[term] = number = len(self)
        return number


@cache
def _kinds() -> words.Kinds:
    """Return what each character is."""
    kinds = np.zeros(_END, dtype=np.uint16)
    every = "".join(map(chr, range(_END)))
    for kind, characters in (
        (words.LETTER, set(LATIN) - set(LATIN_FIGURES)),
        (words.FIGURE, LATIN_FIGURES),
        (words.OTHER, other_than_latin(every)),
        (sentences.SMALL, sentence.of_latin(sentence.SMALL)),
        (sentences.CAPITAL, sentence.of_latin(sentence.CAPITAL)),
        (sentences.BEGINNING, sentence.of_latin(sentence.BEGINNING)),
        (sentences.BLANK, filter(str.isspace, every)),
        (sentences.STOP, sentence.STOPS),
        (sentences.CLOSING, sentence.CLOSING),
        (sentences.OPENING, sentence.OPENING),
        (sentences.QUOTE, sentence.QUOTES),
        (sentences.UNQUOTE, sentence.UNQUOTES),
    ):
        kinds[[*map(ord, characters)]] |= kind
    return kinds


@cache
def _abbreviations() -> words.Codes:
    """Return abbreviations as rows, filled up with zeros, one at least."""
    longest = 1 + max(map(len, sentence.ABBREVIATIONS))
    rows = "".join(word.ljust(longest, "\0") for word in sentence.ABBREVIATIONS)
    return np.frombuffer(rows.encode("utf-32-le"), dtype="<u4").reshape(-1, longest)
