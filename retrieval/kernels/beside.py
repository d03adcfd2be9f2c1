"""The forms of words beside those of their neighbours."""

import numpy as np

from retrieval.kernels import Ints, compiled


@compiled
def steps(sizes: Ints) -> tuple[Ints, Ints]:
    """Return from which form to which each step leads, of words with so many forms each.

    The forms are numbered over all words; all steps from one of them stand together.
    """
    count = 0
    for word in range(len(sizes) - 1):
        count += sizes[word] * sizes[word + 1]
    lefts, rights = np.empty(count, dtype=np.int64), np.empty(count, dtype=np.int64)
    at, begin = 0, 0
    for word in range(len(sizes) - 1):
        behind = begin + sizes[word]
        for left in range(begin, behind):
            for right in range(behind, behind + sizes[word + 1]):
                lefts[at], rights[at] = left, right
                at += 1
        begin = behind
    return lefts, rights
