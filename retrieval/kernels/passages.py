"""Scoring passages from their tokens: those of the articles that may be among the best, and no others.

The tokens of a passage are read once; every key of the clauses is counted, and the counts go through BM25
(``index.scoring``).
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retrieval.kernels import Floats, Ints, compiled, inner, shared
from retrieval.kernels.keys import FIRST_PAIR, head, last, paired
from retrieval.kernels.maxscore import push
from retrieval.kernels.postings import Whole, first_from
from retrieval.kernels.tokens import term_at
from retrieval.kernels.wanted import SLACK, Wanted

MARKS = 1 << 12  # of a term the last bits are looked up first: most words are none of the question's
SINGLE, FIRST, SECOND = np.uint8(1), np.uint8(2), np.uint8(4)


class Passages(NamedTuple):
    """The passages of a segment."""

    units: NDArray[np.uint16]  # their tokens
    bounds: NDArray[np.uint32]  # passages + 1: where each begins there
    lengths: NDArray[np.uint32]  # words


class Formula(NamedTuple):
    """The formula that adds up the clauses in a passage to its score."""

    keys: Ints  # of all clauses, ascending, repeats allowed
    wanted: Wanted  # its places are the keys themselves
    worths: Floats  # of each clause
    empty: float  # the norm of a passage without words
    word: float  # what every word adds to it


class _Counting(NamedTuple):
    """The keys that are counted in a passage, and room for it: zeros between passages."""

    keys: Ints  # ascending, distinct
    marks: NDArray[np.uint8]  # MARKS, by a term's last bits: whether it is a key, or first or second of one
    bounds: Ints  # keys + 1: where the forms of each begin, those that have it as their first key
    forms: Ints
    clauses: Ints  # of each form
    places: Ints  # among the keys: of each that the clauses have
    counts: Ints  # of each key
    seen: Ints  # the keys that stand in it, in the order of the text
    tf: Floats  # of each clause


@compiled
def occurrences(
    tokens: NDArray[np.int32], bounds: Ints, marks: NDArray[np.uint8], pairs: Ints
) -> tuple[Ints, Ints]:
    """Return the keys that stand in some texts, as often as they do, and the text of each.

    The tokens of text ``t`` are ``tokens[bounds[t]:bounds[t + 1]]``; *marks* are those of every term, and
    *pairs*, which ascend, the keys of pairs.
    """
    keys = np.empty(2 * len(tokens), dtype=np.int64)
    texts = np.empty(2 * len(tokens), dtype=np.int64)
    count = 0
    for text in range(len(bounds) - 1):
        before = np.uint8(0)
        for place in range(bounds[text], bounds[text + 1]):
            token = np.int64(tokens[place])
            mark = marks[token]
            if mark & SINGLE:
                keys[count], texts[count] = token, text
                count += 1
            if mark & SECOND and before & FIRST:
                key = paired(np.int64(tokens[place - 1]), token)
                at = first_from(pairs, 0, len(pairs), key)
                if at < len(pairs) and pairs[at] == key:
                    keys[count], texts[count] = key, text
                    count += 1
            before = mark
    return keys[:count].copy(), texts[:count].copy()


@compiled
def article_scores(
    texts: Passages,
    formula: Formula,
    firsts: NDArray[np.uint32],
    articles: Ints,
    least: Floats,
    most: Floats,
    best: Floats,
) -> Floats:
    """Return the scores of *articles*, which come by *most* descending, as far as they may be among the best.

    An article's score is its *least* and the score of the best of its passages, which begin in *firsts*.
    *best* is a heap of the best scores so far, and is kept up to date.
    """
    scores = np.empty(len(articles))
    counting = _counting(formula)
    done = _score_articles(texts, formula, firsts, articles, least, most, best, counting, scores)
    return scores[:done].copy()


@inner
def _score_articles(
    texts: Passages,
    formula: Formula,
    firsts: NDArray[np.uint32],
    articles: Ints,
    least: Floats,
    most: Floats,
    best: Floats,
    counting: _Counting,
    scores: Floats,
) -> int:
    """Do as ``article_scores`` says with what it made room for; return how many have *scores*."""
    for at in range(len(articles)):
        if most[at] * SLACK < best[0]:
            return at
        top = 0.0
        for passage in range(np.int64(firsts[articles[at]]), np.int64(firsts[articles[at] + 1])):
            top = max(top, _score(texts, formula, passage, counting))
        scores[at] = least[at] + top
        push(best, scores[at])
    return len(articles)


@compiled
def passage_scores(texts: Passages, formula: Formula, passages: Ints) -> Floats:
    """Return the score of each of *passages*; 0 of one that holds no clause."""
    scores = np.empty(len(passages))
    counting = _counting(formula)
    for at in range(len(passages)):
        scores[at] = _score(texts, formula, passages[at], counting)
    return scores


@shared
def _counting(formula: Formula) -> _Counting:
    wanted, count = formula.wanted, 0
    keys = np.empty(len(formula.keys), dtype=np.int64)
    marks = np.zeros(MARKS, dtype=np.uint8)
    for key in formula.keys:
        if count and keys[count - 1] == key:
            continue
        keys[count] = key
        count += 1
        if key < FIRST_PAIR:
            marks[key & (MARKS - 1)] |= SINGLE
        else:
            marks[(head(key) - 1) & (MARKS - 1)] |= FIRST
            marks[last(key) & (MARKS - 1)] |= SECOND
    keys = keys[:count]
    places = np.empty(len(wanted.places), dtype=np.int64)
    for number in range(len(places)):
        places[number] = first_from(keys, 0, count, wanted.places[number])
    bounds = np.zeros(count + 1, dtype=np.int64)
    size = len(wanted.weights)
    for form in range(size):
        bounds[places[wanted.form_keys[form]] + 1] += 1
    for key in range(count):
        bounds[key + 1] += bounds[key]
    forms, clauses = np.empty(size, dtype=np.int64), np.empty(size, dtype=np.int64)
    taken = bounds.copy()
    for clause in range(len(formula.worths)):
        for form in range(wanted.forms[clause], wanted.forms[clause + 1]):
            key = places[wanted.form_keys[form]]
            forms[taken[key]] = form
            taken[key] += 1
            clauses[form] = clause
    counts, seen = np.zeros(count, dtype=np.int64), np.empty(count, dtype=np.int64)
    return _Counting(keys, marks, bounds, forms, clauses, places, counts, seen, np.zeros(len(formula.worths)))


@inner
def _score(texts: Passages, formula: Formula, passage: Whole, counting: _Counting) -> float:
    """Return the BM25 score of one passage."""
    wanted, counts, tf = formula.wanted, counting.counts, counting.tf
    seen = _count(texts, passage, counting)
    if not seen:
        return 0.0
    for number in range(seen):
        key = counting.seen[number]
        for at in range(counting.bounds[key], counting.bounds[key + 1]):
            form = counting.forms[at]
            often = counts[key]
            for other in range(wanted.form_keys[form] + 1, wanted.form_keys[form + 1]):
                often = min(often, counts[counting.places[other]])
            tf[counting.clauses[form]] += wanted.weights[form] * often
    for number in range(seen):
        counts[counting.seen[number]] = 0
    score, norm = 0.0, formula.empty + formula.word * np.int64(texts.lengths[passage])
    for clause in wanted.order:
        if tf[clause] > 0:
            score += formula.worths[clause] * (tf[clause] / (tf[clause] + norm))
            tf[clause] = 0.0
    return score


@inner
def _count(texts: Passages, passage: Whole, counting: _Counting) -> int:
    """Count how often each key stands in a passage; return how many do."""
    seen = 0
    before: Whole = np.int64(-1)  # the term before, if a pair may begin with it
    at, end = np.int64(texts.bounds[passage]), np.int64(texts.bounds[passage + 1])
    while at < end:
        term, at = term_at(texts.units, at)
        mark = counting.marks[term & (MARKS - 1)]
        if mark & SINGLE:
            seen = _note(term, counting, seen)
        if before >= 0 and mark & SECOND:
            seen = _note(paired(before, term), counting, seen)
        before = term if mark & FIRST else np.int64(-1)
    return seen


@inner
def _note(key: Whole, counting: _Counting, seen: int) -> int:
    """Count *key* if it is wanted; return how many keys have been *seen* now."""
    place = first_from(counting.keys, 0, len(counting.keys), key)
    if place == len(counting.keys) or counting.keys[place] != key:
        return seen
    counting.seen[seen] = place
    seen += counting.counts[place] == 0
    counting.counts[place] += 1
    return seen
