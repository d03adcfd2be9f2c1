"""The words of a question as slots: how many of them does a window of a text fill?"""

from dataclasses import dataclass
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from retrieval.index.index import Index
from retrieval.index.postings import Numbers
from retrieval.index.scoring import Scores
from retrieval.index.segment import Units
from retrieval.kernels.coverage import Fillers, coverages, filled_by, with_phrases
from retrieval.query.query import Query
from retrieval.query.word import SYNONYM_WEIGHT
from retrieval.text.analyzer import UNSPACED_WORDS, is_unspaced

UNCERTAIN = 0.5  # 0..1: what a word counts towards coverage whose reading nothing bears out
ANYWHERE = 1 << 40  # words: a window that holds any text


@dataclass(frozen=True, slots=True, kw_only=True)
class Slots:
    """The distinct words of a question, as a text is scanned for them."""

    importance: Scores  # what each word counts, > 0
    fillers: Fillers  # the terms that fill them
    phrases: tuple[tuple[int, ...], ...]  # synonyms: those of ``fillers``
    terms_per_word: int = 1  # if texts are measured, see ``analyzer.UNSPACED_WORDS``

    def covered(
        self, units: Units, bounds: NDArray[np.uint32], firsts: Numbers, behind: Numbers, window: int
    ) -> tuple[Scores, Numbers]:
        """Return the coverage (0..1) of the best *window* (terms) of each text, and the length of each.

        A text is ``units[bounds[first]:bounds[behind]]``.
        """
        return coverages(units, bounds, firsts, behind, self.fillers, self.importance, window)

    def filled(self, text: NDArray[np.int32]) -> Scores:
        """Return how well (0..1) the terms of one *text* fill each slot, wherever they stand in it."""
        return filled_by(_locked(text), self.fillers, len(self.importance))

    def marked(self, tokens: NDArray[np.int32]) -> NDArray[np.int32]:
        """Return the *tokens* of one text with the number of a phrase where it begins, the longest there."""
        return with_phrases(_locked(tokens), self.fillers)


def slots(index: Index, query: Query) -> Slots:
    """Return the words of *query* as slots to be filled by the terms of a text."""
    words = query.words
    base = len(index.vocabulary)
    phrases = sorted({phrase.terms for word in words for phrase in word.others}, key=len)
    fills: list[tuple[int, int, float]] = []
    for slot, word in enumerate(words):
        sure = 1.0 if word.is_certain else UNCERTAIN
        own = dict(zip(word.keys.tolist(), (sure * word.weights).tolist(), strict=True))
        fills += [(key, slot, weight) for key, weight in own.items()]
        others = {phrase.terms for phrase in word.others}
        for number, terms in enumerate(phrases, start=base):
            # The phrase stands in the place of its first term, and says that too.
            weight = max(own.get(terms[0], 0.0), SYNONYM_WEIGHT * (terms in others))
            fills += [(number, slot, weight)] if weight else []
    fills.sort(key=lambda fill: fill[0])
    unspaced = sum(is_unspaced(word.term) for word in words)
    return Slots(
        importance=np.array([word.boost * word.information for word in words], dtype=np.float64),
        fillers=Fillers(
            terms=np.array([term for term, _, _ in fills], dtype=np.int64),
            slots=np.array([slot for _, slot, _ in fills], dtype=np.int64),
            weights=np.array([weight for _, _, weight in fills], dtype=np.float64),
            phrases=np.array([term for phrase in phrases for term in phrase], dtype=np.int64),
            bounds=np.array([0, *accumulate(map(len, phrases))], dtype=np.int64),
            base=base,
        ),
        phrases=tuple(phrases),
        terms_per_word=UNSPACED_WORDS if 2 * unspaced > len(words) else 1,
    )


def coverage(index: Index, wanted: Slots, passages: Numbers, window: int) -> Scores:
    """Return the coverage (0..1) of the best *window* (words) of each passage."""
    covered = np.empty(len(passages))
    for segment, its, numbers in index.segments_of(passages):
        covered[its], _ = wanted.covered(
            segment.tokens, segment.spans.units, numbers, numbers + 1, window * wanted.terms_per_word
        )
    return covered


def _locked(tokens: NDArray[np.int32]) -> NDArray[np.int32]:
    """Return *tokens* as an index's are, read-only: the loops are compiled for these alone."""
    locked = tokens[:]
    locked.setflags(write=False)
    return locked
