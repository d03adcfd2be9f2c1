"""The inner loops, compiled: what a question does to every word of its candidates.

Compiled by numba at first use and kept in ``__pycache__`` (or where NUMBA_CACHE_DIR says), so that a
process started later finds them. Plain arrays in, plain arrays out.
"""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

import numba
import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Given = ParamSpec("Given")
Made = TypeVar("Made")


def compiled(loop: Callable[Given, Made]) -> Callable[Given, Made]:
    """Return *loop*, to be compiled at its first call: by one process for all, or by each for itself."""
    try:
        return numba.njit(cache=True, nogil=True)(loop)
    except RuntimeError:  # no folder that numba knows can be written to, as in a read-only container
        return numba.njit(nogil=True)(loop)


@compiled
def coverages(
    tokens: NDArray[np.int32],
    begins: Ints,
    ends: Ints,
    terms: Ints,
    slots: Ints,
    weights: Floats,
    importance: Floats,
    window: int,
) -> Floats:
    """Return the share (0..1) of *importance* in the best window of each text.

    Text ``i`` is ``tokens[begins[i]:ends[i]]``. ``terms`` are ascending, repeats allowed: ``terms[j]`` fills
    slot ``slots[j]`` to ``weights[j]`` (0..1). A slot counts once in a window of *window* tokens, by the best
    term there.
    """
    best = np.zeros(len(begins))
    total = 0.0
    for value in importance:
        total += value
    places = np.empty(int((ends - begins).max()) if len(begins) else 0, dtype=np.int64)
    firsts = np.empty_like(places)
    filled = np.zeros(len(importance))
    for text in range(len(begins)):
        found = 0
        for place in range(begins[text], ends[text]):
            first, behind = 0, len(terms)
            while first < behind:  # np.searchsorted takes longer, to compile above all
                middle = (first + behind) // 2
                if terms[middle] < tokens[place]:
                    first = middle + 1
                else:
                    behind = middle
            if first < len(terms) and terms[first] == tokens[place]:
                places[found] = place
                firsts[found] = first
                found += 1
        for start in range(found):
            filled[:] = 0.0
            for at in range(start, found):
                if places[at] - places[start] >= window:
                    break
                first = firsts[at]
                while first < len(terms) and terms[first] == tokens[places[at]]:
                    filled[slots[first]] = max(filled[slots[first]], weights[first])
                    first += 1
            # Added in the order of the slots: the same words in any order are worth the same, all of them 1.
            sum_ = 0.0
            for slot in range(len(importance)):
                sum_ += importance[slot] * filled[slot]
            best[text] = max(best[text], sum_)
    return best / total if total else best


@compiled
def totals(
    documents: NDArray[np.int32],
    frequencies: NDArray[np.int32],
    other_documents: NDArray[np.int32],
    other_frequencies: NDArray[np.int32],
    starts: Ints,
    ends: Ints,
    is_other: NDArray[np.bool_],
    weights: Floats,
    bounds: Ints,
    boosts: Floats,
    length_norm: Floats,
    k1: float,
) -> tuple[Floats, NDArray[np.bool_]]:
    """Return the BM25 score of every document for several clauses, and whether it holds any of them.

    Clause ``c`` has the forms ``bounds[c]..bounds[c + 1]`` and counts ``boosts[c]``. Form ``i`` stands in
    ``documents[starts[i]:ends[i]]`` (or *other_documents*, where ``is_other[i]``), as often as the
    frequencies there say, and counts ``weights[i]`` (0..1).
    """
    size = len(length_norm)
    scores = np.zeros(size)
    held = np.zeros(size, dtype=np.bool_)
    tf = np.zeros(size)
    touched = np.empty(size, dtype=np.int32)
    for clause in range(len(boosts)):
        count = 0
        df = 0.0
        for form in range(bounds[clause], bounds[clause + 1]):
            start, end, weight = starts[form], ends[form], weights[form]
            df += weight * (end - start)
            if is_other[form]:
                count = _post(other_documents, other_frequencies, start, end, weight, tf, touched, count)
            else:
                count = _post(documents, frequencies, start, end, weight, tf, touched, count)
        df = min(df, count)
        worth = boosts[clause] * np.log1p((size - df + 0.5) / (df + 0.5))
        for at in range(count):
            document = touched[at]
            repeats = tf[document]
            scores[document] += worth * repeats * (k1 + 1) / (repeats + length_norm[document])
            held[document] = True
            tf[document] = 0.0
    return scores, held


@compiled
def _post(
    documents: NDArray[np.int32],
    frequencies: NDArray[np.int32],
    start: int,
    end: int,
    weight: float,
    tf: Floats,
    touched: NDArray[np.int32],
    count: int,
) -> int:
    """Add a form's weighted frequencies to *tf*; return how many documents were *touched* by now."""
    for at in range(start, end):
        document = documents[at]
        if tf[document] == 0:
            touched[count] = document
            count += 1
        tf[document] += weight * frequencies[at]
    return count


@compiled
def tops(
    passages: Floats, passage_held: NDArray[np.bool_], article_held: NDArray[np.bool_], leads: Ints
) -> Floats:
    """Return the best passage's score of every article that holds a clause; -1 for others.

    The passages of article ``a`` are ``leads[a]..leads[a + 1]``; one that holds no clause scores 0.
    """
    best = np.full(len(article_held), -1.0)
    for article in range(len(article_held)):
        if article_held[article]:
            best[article] = 0.0
            for passage in range(leads[article], leads[article + 1]):
                if passage_held[passage]:
                    best[article] = max(best[article], passages[passage])
    return best


@compiled
def best_of_each(
    scores: Floats, held: NDArray[np.bool_], begins: Ints, ends: Ints, limit: int
) -> tuple[Ints, Ints]:
    """Return the *limit* best passages that are *held* of each range ``begins[i]..ends[i]``, and their ``i``.

    Of equal ones the first is better. A range that holds none gives its first passage.
    """
    passages = np.empty(len(begins) * limit, dtype=np.int64)
    ranges = np.empty_like(passages)
    total = 0
    for number in range(len(begins)):
        first = total
        while total - first < limit:
            best = -1
            for passage in range(begins[number], ends[number]):
                is_better = best < 0 or scores[passage] > scores[best]
                if held[passage] and is_better and not np.any(passages[first:total] == passage):
                    best = passage
            if best < 0 and total > first:
                break
            passages[total] = best if best >= 0 else begins[number]
            ranges[total] = number
            total += 1
            if best < 0:
                break
    return passages[:total], ranges[:total]
