"""Tokens in the units of two bytes that a segment keeps them in (``retrieval.index.segment``)."""

import numpy as np
from numpy.typing import NDArray

from retrieval.kernels import Ints, compiled, inner
from retrieval.kernels.postings import Whole

WIDE = 0xF000  # a term below it is one unit


@compiled
def encoded(
    terms: NDArray[np.int32], lengths: Ints, are_wanted: NDArray[np.bool_]
) -> tuple[NDArray[np.uint16], NDArray[np.uint32]]:
    """Return the units of the texts that are wanted, and where each one's begin (one more than such texts).

    Text ``t`` has the next ``lengths[t]`` of the *terms*.
    """
    units = np.empty(2 * len(terms), dtype=np.uint16)
    bounds = np.zeros(are_wanted.sum() + 1, dtype=np.uint32)
    place = count = texts = 0
    for text in range(len(lengths)):
        end = place + lengths[text]
        if not are_wanted[text]:
            place = end
            continue
        while place < end:
            term = terms[place]
            if term < WIDE:
                units[count] = term
                count += 1
            else:
                units[count] = WIDE | term >> 16
                units[count + 1] = term & 0xFFFF
                count += 2
            place += 1
        texts += 1
        bounds[texts] = count
    return units[:count].copy(), bounds


@compiled
def decoded(
    units: NDArray[np.uint16], bounds: NDArray[np.uint32], texts: Ints
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
            terms[count], at = term_at(units, at)
            count += 1
        begins[number + 1] = count
    return terms[:count], begins


@inner
def term_at(units: NDArray[np.uint16], at: Whole) -> tuple[np.int64, np.int64]:
    """Return the term that begins at this unit, and where the next one does."""
    term = np.int64(units[at])
    if term < WIDE:
        return term, np.int64(at + 1)
    return (term - WIDE) << 16 | np.int64(units[at + 1]), np.int64(at + 2)
