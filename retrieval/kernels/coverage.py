"""The share of a question that stands close together in a text."""

import numpy as np
from numpy.typing import NDArray

from retrieval.kernels import Floats, Ints, compiled

_MARKS = 1 << 10  # of a term the last bits are looked up first: most words are none of the question's


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
    marks = np.zeros(_MARKS, dtype=np.uint8)
    for term in terms:
        marks[term & (_MARKS - 1)] = 1
    for text in range(len(begins)):
        found = 0
        for place in range(begins[text], ends[text]):
            if not marks[tokens[place] & (_MARKS - 1)]:
                continue
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
            is_last = True  # a later window would hold no word that this one does not
            for at in range(start, found):
                if places[at] - places[start] >= window:
                    is_last = False
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
            if is_last:
                break
    return best / total if total else best
