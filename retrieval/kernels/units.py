"""Tokens out of the units of two bytes that a segment keeps them in (``retrieval.segment``)."""

import numpy as np
from numpy.typing import NDArray

from retrieval.kernels import compiled

Ints = NDArray[np.int64]


@compiled
def decoded(
    units: NDArray[np.uint16], bounds: NDArray[np.uint32], texts: Ints, wide: int
) -> tuple[NDArray[np.int32], Ints]:
    """Return the terms of some *texts*, one after the other, and where each begins (one more than texts).

    The units of text ``t`` are ``units[bounds[t]:bounds[t + 1]]``.
    """
    size = np.int64(0)
    for text in texts:
        size += np.int64(bounds[text + 1]) - np.int64(bounds[text])
    terms = np.empty(size, dtype=np.int32)
    begins = np.zeros(len(texts) + 1, dtype=np.int64)
    count = 0
    for number in range(len(texts)):
        at = np.int64(bounds[texts[number]])
        end = np.int64(bounds[texts[number] + 1])
        while at < end:
            term = np.int32(units[at])
            at += 1
            if term >= wide:
                term = (term - wide) << 16 | np.int32(units[at])
                at += 1
            terms[count] = term
            count += 1
        begins[number + 1] = count
    return terms[:count], begins
