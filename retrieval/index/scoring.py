"""BM25: the formula, and the terms that it scores.

score(q, d) = Σ over t in q of idf(t) · tf · (k1 + 1) / (tf + k1 · (1 - b + b · |d| / avgdl))
idf(t) = ln(1 + (N - df + 0.5) / (df + 0.5))

The formula is rank-bm25's own (Robertson & Zaragoza 2009, eq. 3.15) but for the idf, which is Lucene's:
positive for every term from a corpus of one document upwards, where rank-bm25's falls to zero and below.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retrieval.index.postings import Keys, Numbers, Postings
from retrieval.kernels.lists import LONG, SHARES, Norms
from retrieval.kernels.wanted import Wanted

Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AllOf:
    """Terms of which a document must hold all; it holds them as often as the rarest of them."""

    keys: Keys
    weight: float  # 0..1


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AnyOf:
    """Terms that count as one.

    Their frequencies, weighted (0..1), are added before saturation, and the idf is that of their weighted
    document frequency: BM25F's way with fields (Robertson, Zaragoza & Taylor 2004), here with the forms of a
    word. One term of weight 1 scores as in ``get_scores``.
    """

    keys: Keys
    weights: Scores  # one a key
    others: Sequence[AllOf] = ()  # more of them
    boost: float = 1.0  # > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Clauses:
    """Terms to be scored, as the compiled loops take them: a clause has forms, a form one key or several."""

    forms: Numbers  # clauses + 1: where the forms of each begin
    form_keys: Numbers  # forms + 1: where the keys of each begin
    keys: Keys
    weights: Scores  # > 0, one a form
    boosts: Scores  # > 0, one a clause

    @classmethod
    def of(cls, sought: Iterable[AnyOf]) -> "Clauses":
        """Return *sought* without what adds nothing: keys below 0, weights of 0, what is left empty."""
        forms, form_keys = [0], [0]
        keys: list[int] = []
        weights: list[float] = []
        boosts: list[float] = []
        for terms in sought:
            if terms.boost <= 0:
                continue
            pairs = zip(terms.keys.tolist(), terms.weights.tolist(), strict=True)
            own = [(key, weight) for key, weight in pairs if key >= 0 and weight > 0]
            form_keys += range(len(keys) + 1, len(keys) + len(own) + 1)
            keys += [key for key, _ in own]
            weights += [weight for _, weight in own]
            for other in terms.others:
                together = other.keys.tolist()
                if together and min(together) >= 0 and other.weight > 0:
                    keys += together
                    form_keys.append(len(keys))
                    weights.append(other.weight)
            if len(weights) > forms[-1]:
                forms.append(len(weights))
                boosts.append(terms.boost)
        return cls(
            forms=np.array(forms, dtype=np.int64),
            form_keys=np.array(form_keys, dtype=np.int64),
            keys=np.array(keys, dtype=np.int64),
            weights=np.array(weights, dtype=np.float64),
            boosts=np.array(boosts, dtype=np.float64),
        )

    @classmethod
    def of_words(cls, keys: Keys) -> "Clauses":
        """Return a clause for each of *keys*, ≥ 0: all count the same, and one that stands twice, twice."""
        steps, ones = np.arange(len(keys) + 1), np.ones(len(keys))
        return cls(forms=steps, form_keys=steps, keys=keys, weights=ones, boosts=ones)

    def worths(self, held: Numbers, size: int, k1: float) -> Scores:
        """Return the most that each clause can give, where *held* of *size* documents hold each key.

        Keys together are held by as many as the rarest of them at the most.
        """
        if not len(self.boosts):
            return np.zeros(0)
        of_forms = np.minimum.reduceat(held, self.form_keys[:-1]) * self.weights
        of_clauses = np.add.reduceat(of_forms, self.forms[:-1])
        worths: Scores = self.boosts * idf(np.minimum(of_clauses, size), size) * (k1 + 1)
        return worths

    def wanted(self, order: Numbers, places: Numbers) -> Wanted:
        """Return what the compiled loops take, with what stands for each key."""
        return Wanted(order, self.forms, self.form_keys, self.weights, places)


def idf(document_frequency: float | NDArray[np.int64] | Scores, corpus_size: int) -> Any:
    """Return Lucene's idf of a term, or an array of terms, that this many of *corpus_size* documents hold.

    Always > 0. An array gives an array.
    """
    return np.log1p((corpus_size - document_frequency + 0.5) / (document_frequency + 0.5))


def norms(postings: Postings, lengths: NDArray[np.uint32], average: float, k1: float, b: float) -> Norms:
    """Return how much length counts in each of the documents of *postings*, whose *lengths* are in words.

    *average* is that of all documents, ≥ 0.
    """
    is_there = np.bincount(lengths) > 0
    kinds = (np.cumsum(is_there) - 1)[lengths]
    norms = k1 * (1 - b + b * (np.flatnonzero(is_there) / average if average else np.zeros(is_there.sum())))
    tf = np.maximum(np.arange(SHARES), 1)  # no document holds a term 0 times
    long = np.flatnonzero(np.diff(postings.offsets) >= LONG)
    return Norms(
        kinds=kinds.astype(np.uint16),
        norms=norms,
        shares=(tf / (tf + norms[:, None])).ravel(),
        long=long,
        peaks=np.zeros(len(long)),
    )


def norm_of_length(average: float, k1: float, b: float) -> tuple[float, float]:
    """Return how much length counts in a document of no word, and how much more with each word of it.

    It is what ``norms`` holds, as a line: for documents that have no norms of their own. *average* is ≥ 0.
    """
    return k1 * (1 - b), k1 * b / max(average, 1.0)
