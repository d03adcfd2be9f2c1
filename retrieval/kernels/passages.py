"""Scoring passages from their tokens: those of the articles that may be among the best, and no others."""

import numpy as np
from numpy.typing import NDArray

from retrieval.kernels import compiled
from retrieval.kernels.lookup import Whole
from retrieval.kernels.ranking import SLACK, Clauses, push

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
# The tokens of a segment in units, where those of each passage begin, and its words.
Texts = tuple[NDArray[np.uint16], NDArray[np.uint32], NDArray[np.uint32]]
# The terms in the wanted keys, and these keys, ascending; marks of the terms by their last bits.
Wanted = tuple[Ints, Ints, NDArray[np.bool_]]
Formula = tuple[float, float, float]  # k1, b, and how many words a passage has on average

WIDE = 0xF000  # see ``retrieval.segment``
FILTER = 1 << 12  # marks: most words are told from those of the question by one look


@compiled
def article_scores(
    texts: Texts,
    wanted: Wanted,
    clauses: Clauses,
    worths: Floats,
    formula: Formula,
    firsts: NDArray[np.uint32],
    articles: Ints,
    least: Floats,
    most: Floats,
    best: Floats,
) -> Floats:
    """Return the scores of *articles*, which come by *most* descending, as far as they may be among the best.

    An article's score is *least* and its best passage's. *best* is a heap of the best scores so far.
    """
    scores = np.empty(len(articles))
    counts = np.zeros(len(wanted[1]), dtype=np.int64)
    done = 0
    for at in range(len(articles)):
        if most[at] * SLACK < best[0]:
            break
        top = 0.0
        for passage in range(np.int64(firsts[articles[at]]), np.int64(firsts[articles[at] + 1])):
            top = max(top, _score(texts, wanted, clauses, worths, formula, passage, counts))
        scores[at] = least[at] + top
        push(best, scores[at])
        done += 1
    return scores[:done]


@compiled
def passage_scores(
    texts: Texts, wanted: Wanted, clauses: Clauses, worths: Floats, formula: Formula, passages: Ints
) -> Floats:
    """Return the score of each of *passages*."""
    scores = np.empty(len(passages))
    counts = np.zeros(len(wanted[1]), dtype=np.int64)
    for at in range(len(passages)):
        scores[at] = _score(texts, wanted, clauses, worths, formula, passages[at], counts)
    return scores


@compiled
def _score(
    texts: Texts,
    wanted: Wanted,
    clauses: Clauses,
    worths: Floats,
    formula: Formula,
    passage: Whole,
    counts: Ints,
) -> float:
    """Return the BM25 score of one passage."""
    _count(texts, wanted, passage, counts)
    clause_forms, form_keys, numbers, weights = clauses
    k1, b, average = formula
    norm = k1 * (1 - b + b * (np.int64(texts[2][passage]) / average))
    score = 0.0
    for clause in range(len(worths)):
        tf = 0.0
        for form in range(clause_forms[clause], clause_forms[clause + 1]):
            first, last = form_keys[form], form_keys[form + 1]
            often = counts[numbers[first]]
            for key in range(first + 1, last):
                often = min(often, counts[numbers[key]])
            tf += weights[form] * often
        if tf > 0:
            score += worths[clause] * tf / (tf + norm)
    return score


@compiled
def _count(texts: Texts, wanted: Wanted, passage: Whole, counts: Ints) -> None:
    """Count how often each wanted key stands in a passage."""
    units, bounds, _ = texts
    terms, keys, marks = wanted
    counts[:] = 0
    before: Whole = np.int64(-1)
    at, end = np.int64(bounds[passage]), np.int64(bounds[passage + 1])
    while at < end:
        term = np.int64(units[at])
        at += 1
        if term >= WIDE:
            term = (term - WIDE) << 16 | np.int64(units[at])
            at += 1
        if not marks[term & (FILTER - 1)] or _find(terms, term) < 0:
            before = np.int64(-1)
            continue
        single = _find(keys, term)
        if single >= 0:
            counts[single] += 1
        if before >= 0:
            pair = _find(keys, (before + 1) << 32 | term)
            if pair >= 0:
                counts[pair] += 1
        before = term


@compiled
def _find(ascending: Ints, value: Whole) -> int:
    """Return the place of *value*; -1 where it is not there."""
    first, behind = 0, len(ascending)
    while first < behind:
        middle = (first + behind) >> 1
        if ascending[middle] < value:
            first = middle + 1
        else:
            behind = middle
    return first if first < len(ascending) and ascending[first] == value else -1
