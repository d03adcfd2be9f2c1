"""The inner loops, compiled: what a question does to every word of its candidates.

Compiled by numba at first use and kept in ``__pycache__`` (or where NUMBA_CACHE_DIR says), so that a
process started later finds them. Plain arrays in, plain arrays out.
"""

import numba
import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@numba.njit(cache=True, nogil=True)
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
            first = np.searchsorted(terms, tokens[place])
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
