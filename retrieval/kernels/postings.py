"""The place of a key in the postings, and the counts there.

An unsigned number beside a signed one would become a float in numba: hence ``np.int64`` wherever one is read.
"""

import numpy as np
from numpy.typing import NDArray

from retrieval.kernels import compiled, inner
from retrieval.kernels.keys import head, last

Whole = int | np.int64


@compiled
def places_of_keys(
    heads: NDArray[np.uint32],
    head_offsets: NDArray[np.uint32],
    seconds: NDArray[np.uint32],
    keys: NDArray[np.int64],
) -> NDArray[np.int64]:
    """Return the place of each of *keys* in *seconds* (``Postings``), -1 where it is not there."""
    places = np.empty(len(keys), dtype=np.int64)
    for number in range(len(keys)):
        places[number] = place_of_key(heads, head_offsets, seconds, keys[number])
    return places


@compiled
def counts_of(
    heads: NDArray[np.uint32],
    head_offsets: NDArray[np.uint32],
    seconds: NDArray[np.uint32],
    small: NDArray[np.uint8],
    places: NDArray[np.uint32],
    values: NDArray[np.uint32],
    keys: NDArray[np.int64],
) -> NDArray[np.int64]:
    """Return the count of each of *keys*, in ``Counts`` with these arrays; 0 where it is not there."""
    counts = np.zeros(len(keys), dtype=np.int64)
    for number in range(len(keys)):
        place = place_of_key(heads, head_offsets, seconds, keys[number])
        if place >= 0:
            counts[number] = count_at(small, places, values, place)
    return counts


@compiled
def list_lengths(offsets: NDArray[np.uint32], places: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return how many documents the key at each place has; 0 at place -1."""
    lengths = np.zeros(len(places), dtype=np.int64)
    for number in range(len(places)):
        place = places[number]
        if place >= 0:
            lengths[number] = np.int64(offsets[place + 1]) - np.int64(offsets[place])
    return lengths


@inner
def place_of_key(
    heads: NDArray[np.uint32], head_offsets: NDArray[np.uint32], seconds: NDArray[np.uint32], key: Whole
) -> Whole:
    """Return the place of *key* in *seconds*, -1 where it is not there."""
    upper, second = head(key), last(key)
    at = first_from(heads, 0, len(heads), upper)
    if at < len(heads) and heads[at] == upper:
        begin, end = np.int64(head_offsets[at]), np.int64(head_offsets[at + 1])
        place = first_from(seconds, begin, end, second)
        if place < end and seconds[place] == second:
            return place
    return np.int64(-1)


@inner
def first_from(ascending: NDArray[np.integer], begin: Whole, end: Whole, value: Whole) -> Whole:
    """Return the first place in ``ascending[begin:end]`` of no less than *value*; *end* if none is."""
    while begin < end:  # np.searchsorted takes longer, to compile above all
        middle = (begin + end) >> 1
        if ascending[middle] < value:
            begin = middle + 1
        else:
            end = middle
    return begin


@inner
def count_at(
    small: NDArray[np.uint8], places: NDArray[np.uint32], values: NDArray[np.uint32], place: Whole
) -> np.int64:
    """Return the count at *place* of ``Counts`` with these arrays."""
    count = np.int64(small[place])
    return count if count < 255 else np.int64(values[first_from(places, 0, len(places), place)])
