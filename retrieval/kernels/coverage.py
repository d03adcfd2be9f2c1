"""The share of a question that a text says, close together or anywhere."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retrieval.kernels import Floats, Ints, compiled, inner, shared
from retrieval.kernels.postings import Whole, first_from
from retrieval.kernels.tokens import term_at

_MARKS = 1 << 10  # of a term the last bits are looked up first: most words are none of the question's


class Fillers(NamedTuple):
    """The terms that fill the slots of a question.

    A phrase ``i`` is a term of the number ``base + i`` that stands where it begins, the longest one there.
    """

    terms: Ints  # ascending; one that fills two slots stands there twice
    slots: Ints  # the slot that each fills
    weights: Floats  # 0..1: how well
    phrases: Ints  # the terms of all phrases, one behind the other, the longest last
    bounds: Ints  # phrases + 1: where each begins there
    base: int


@compiled
def coverages(
    units: NDArray[np.uint16],
    bounds: NDArray[np.uint32],
    firsts: Ints,
    behind: Ints,
    fillers: Fillers,
    importance: Floats,
    window: int,
) -> tuple[Floats, Ints]:
    """Return the share (0..1) of *importance* in the best window of each text, and the length of each.

    Text ``i`` is ``units[bounds[firsts[i]]:bounds[behind[i]]]``. A slot counts once in a window of *window*
    tokens, by the best term there.
    """
    best = np.zeros(len(firsts))
    lengths = np.zeros(len(firsts), dtype=np.int64)
    total = 0.0
    for value in importance:
        total += value
    longest = np.int64(0)
    for text in range(len(firsts)):
        longest = max(longest, np.int64(bounds[behind[text]]) - np.int64(bounds[firsts[text]]))
    tokens = np.empty(longest, dtype=np.int32)
    places = np.empty(longest, dtype=np.int64)
    fills = np.empty(longest, dtype=np.int64)
    filled = np.zeros(len(importance))
    marks = _marks(fillers)
    for text in range(len(firsts)):
        at, end, length = np.int64(bounds[firsts[text]]), np.int64(bounds[behind[text]]), 0
        while at < end:
            tokens[length], at = term_at(units, at)
            length += 1
        lengths[text] = length
        found = 0
        for place in range(length):
            if marks[tokens[place] & (_MARKS - 1)]:
                fill = _fill(tokens, place, length, fillers)
                if fill >= 0:
                    places[found] = place
                    fills[found] = fill
                    found += 1
        for start in range(found):
            filled[:] = 0.0
            is_last = True  # a later window would hold no word that this one does not
            for number in range(start, found):
                if places[number] - places[start] >= window:
                    is_last = False
                    break
                _add(filled, fills[number], fillers)
            # Added in the order of the slots: the same words in any order are worth the same, all of them 1.
            sum_ = 0.0
            for slot in range(len(importance)):
                sum_ += importance[slot] * filled[slot]
            best[text] = max(best[text], sum_)
            if is_last:
                break
    return (best / total if total else best), lengths


@compiled
def filled_by(tokens: NDArray[np.int32], fillers: Fillers, slots: int) -> Floats:
    """Return how well (0..1) *tokens*, which are one text, fill each of so many *slots*."""
    filled = np.zeros(slots)
    marks = _marks(fillers)
    for place in range(len(tokens)):
        if tokens[place] >= 0 and marks[tokens[place] & (_MARKS - 1)]:
            fill = _fill(tokens, place, len(tokens), fillers)
            if fill >= 0:
                _add(filled, fill, fillers)
    return filled


@compiled
def with_phrases(tokens: NDArray[np.int32], fillers: Fillers) -> NDArray[np.int32]:
    """Return *tokens*, which are one text, with the number of a phrase where it begins."""
    marked = np.empty_like(tokens)
    for place in range(len(tokens)):
        marked[place] = _number(tokens, place, len(tokens), fillers)
    return marked


@shared
def _marks(fillers: Fillers) -> NDArray[np.uint8]:
    """Return by a term's last bits whether it may fill a slot, or begin a phrase that does."""
    marks = np.zeros(_MARKS, dtype=np.uint8)
    for term in fillers.terms:
        marks[term & (_MARKS - 1)] = 1
    for begin in fillers.bounds[:-1]:
        marks[fillers.phrases[begin] & (_MARKS - 1)] = 1
    return marks


@inner
def _number(tokens: NDArray[np.int32], place: Whole, end: Whole, fillers: Fillers) -> Whole:
    """Return the number of what stands at *place* of a text up to *end*: the longest phrase, or the term."""
    for phrase in range(len(fillers.bounds) - 2, -1, -1):
        begin, behind = fillers.bounds[phrase], fillers.bounds[phrase + 1]
        if place + behind - begin > end:
            continue
        at = begin
        while at < behind and fillers.phrases[at] == tokens[place + at - begin]:
            at += 1
        if at == behind:
            return np.int64(fillers.base + phrase)
    return np.int64(tokens[place])


@inner
def _fill(tokens: NDArray[np.int32], place: Whole, end: Whole, fillers: Fillers) -> Whole:
    """Return where in ``fillers.terms`` what stands at *place* comes first; -1 if it fills no slot."""
    number = _number(tokens, place, end, fillers)
    first = first_from(fillers.terms, 0, len(fillers.terms), number)
    return np.int64(first if first < len(fillers.terms) and fillers.terms[first] == number else -1)


@inner
def _add(filled: Floats, fill: Whole, fillers: Fillers) -> None:
    """Fill the slots that the term at *fill* of ``fillers.terms`` fills."""
    term = fillers.terms[fill]
    while fill < len(fillers.terms) and fillers.terms[fill] == term:
        slot = fillers.slots[fill]
        filled[slot] = max(filled[slot], fillers.weights[fill])
        fill += 1
