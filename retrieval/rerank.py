"""The second stage of ranking: a passage that says the question's words close together comes first.

score = first stage · (1 + WINDOW_WEIGHT · coverage), where coverage (0..1) is the idf-weighted share of the
question's words inside the passage's best window of ``WINDOW`` words. How passages are told apart and how
sure the answer is both come from the same coverage.
"""

import math
from dataclasses import dataclass

import numpy as np

from retrieval.bm25 import Numbers, Scores, idf
from retrieval.candidates import Candidates
from retrieval.index import Index
from retrieval.query import Query

WINDOW = 40  # words: about two sentences
WINDOW_WEIGHT = 2.0  # .5 to 3; more helps short snippets, less helps long news
UNCERTAIN = 0.5  # 0..1: what a word counts towards coverage whose reading nothing bears out
# In a handful of passages a word's rarity says little, and an unknown one would outweigh all others:
# there words count about the same.
LEAST_PASSAGES = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """Passages, best first."""

    passages: Numbers
    scores: Scores
    coverage: Scores  # 0..1


@dataclass(frozen=True, slots=True, kw_only=True)
class Slots:
    """The distinct words of a question, as a text is scanned for them."""

    importance: tuple[float, ...]  # the idf of each word; an unknown word's is the highest
    forms: dict[int, list[tuple[int, float]]]  # term number → the words it stands for, how well (0..1)

    @property
    def total(self) -> float:
        """The importance of all words together."""
        return math.fsum(self.importance)


def slots(index: Index, query: Query) -> Slots:
    """Return the words of *query* as slots to be filled by the terms of a text."""
    passages = max(index.passage_count, LEAST_PASSAGES)
    importance: list[float] = []
    forms: dict[int, list[tuple[int, float]]] = {}
    for place, word in enumerate(query.words):
        df = float(index.document_frequency(word.keys) @ word.weights)
        importance.append(float(idf(min(df, passages), passages)))
        for key, weight in zip(word.keys.tolist(), word.weights.tolist(), strict=True):
            share = weight if word.is_certain else UNCERTAIN * weight
            forms.setdefault(key, []).append((place, share))
    return Slots(importance=tuple(importance), forms=forms)


def rerank(index: Index, wanted: Slots, candidates: Candidates) -> Ranked:
    """Return *candidates* in their final order; equal scores keep the first stage's."""
    coverage = np.array([best_window(wanted, index.terms_of(passage)) for passage in candidates.passages])
    scores = candidates.scores * (1 + WINDOW_WEIGHT * coverage)
    order = np.argsort(-scores, kind="stable")
    return Ranked(passages=candidates.passages[order], scores=scores[order], coverage=coverage[order])


def best_window(wanted: Slots, terms: list[int]) -> float:
    """Return the coverage (0..1) of the best window of ``WINDOW`` terms."""
    places = [(place, wanted.forms[term]) for place, term in enumerate(terms) if term in wanted.forms]
    best = 0.0
    for first, (begin, _) in enumerate(places):
        filled: dict[int, float] = {}
        for place, fills in places[first:]:
            if place - begin >= WINDOW:
                break
            for slot, weight in fills:
                filled[slot] = max(filled.get(slot, 0.0), weight)
        # Exact sums, so that the same words in another order are worth the same, and all of them 1.
        best = max(best, math.fsum(wanted.importance[slot] * weight for slot, weight in filled.items()))
    return best / wanted.total if best else 0.0
