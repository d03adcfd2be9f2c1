"""The words of a question as slots: how many of them does a window of a text fill?"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrieval.index.index import Index
from retrieval.index.postings import Numbers
from retrieval.index.scoring import Scores
from retrieval.kernels.coverage import coverages
from retrieval.query.query import Query
from retrieval.query.word import SYNONYM_WEIGHT
from retrieval.text.analyzer import UNSPACED_WORDS, is_unspaced

UNCERTAIN = 0.5  # 0..1: what a word counts towards coverage whose reading nothing bears out
ANYWHERE = 1 << 40  # words: a window that holds any text


@dataclass(frozen=True, slots=True, kw_only=True)
class Slots:
    """The distinct words of a question, as a text is scanned for them."""

    importance: Scores  # what each word counts, > 0
    terms: Numbers  # the terms that fill slots, ascending; one that fills two stands there twice
    slots: Numbers  # the slot that each fills
    weights: Scores  # 0..1: how well
    # Synonyms: phrase i is a term of the number phrase_base + i, which a text has where the phrase begins.
    phrases: tuple[tuple[int, ...], ...]  # the longest last
    phrase_base: int
    terms_per_word: int = 1  # if texts are measured, see ``analyzer.UNSPACED_WORDS``

    def coverage(self, tokens: NDArray[np.int32], begins: Numbers, ends: Numbers, window: int) -> Scores:
        """Return the coverage (0..1) of the best *window* of each text ``tokens[begins[i]:ends[i]]``."""
        if self.phrases:
            # All texts are marked at once; behind each stands what is no term: no phrase goes on over it.
            nothing = np.full(1, -1, dtype=np.int32)
            texts = [
                part for begin, end in zip(begins, ends, strict=True) for part in (tokens[begin:end], nothing)
            ]
            tokens = self.marked(np.concatenate([tokens[:0], *texts]))
            tokens.setflags(write=False)  # as an index's are: the loop is compiled for these alone
            ends = np.cumsum(ends - begins + 1) - 1
            begins = np.append(0, ends + 1)[: len(ends)]
        return coverages(tokens, begins, ends, self.terms, self.slots, self.weights, self.importance, window)

    def filled(self, text: NDArray[np.int32]) -> Scores:
        """Return how well (0..1) the terms of one *text* fill each slot, wherever they stand in it."""
        best = np.zeros(len(self.importance))
        said = (self.terms[:, None] == self.marked(text)).any(axis=1)
        np.maximum.at(best, self.slots[said], self.weights[said])
        return best

    def marked(self, tokens: NDArray[np.int32]) -> NDArray[np.int32]:
        """Return the *tokens* of one text with the number of a phrase where it begins, the longest there."""
        marked = tokens.copy()
        for number, phrase in enumerate(self.phrases, start=self.phrase_base):
            starts = max(0, len(tokens) - len(phrase) + 1)
            begins_here = np.ones(starts, dtype=bool)
            for offset, term in enumerate(phrase):
                begins_here &= tokens[offset : offset + starts] == term
            marked[:starts][begins_here] = number
        return marked


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
        terms=np.array([term for term, _, _ in fills], dtype=np.int64),
        slots=np.array([slot for _, slot, _ in fills], dtype=np.int64),
        weights=np.array([weight for _, _, weight in fills], dtype=np.float64),
        phrases=tuple(phrases),
        phrase_base=base,
        terms_per_word=UNSPACED_WORDS if 2 * unspaced > len(words) else 1,
    )


def coverage(index: Index, wanted: Slots, passages: Numbers, window: int) -> Scores:
    """Return the coverage (0..1) of the best *window* (words) of each passage."""
    texts = index.texts(passages)
    return wanted.coverage(texts.tokens, texts.begins, texts.ends, window * wanted.terms_per_word)
