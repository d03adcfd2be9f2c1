"""Reading the lists of ``Postings``: where a document stands, how often it holds the key, and its share."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retrieval.kernels import Floats, Ints, inner
from retrieval.kernels.postings import Whole, count_at, first_from

SHARES = 16  # frequencies below it have their share in a table: a division less
LONG = 64  # documents: of a list as long as that, the highest share is worth knowing; 512 take 1.05 times


class Lists(NamedTuple):
    """The arrays of ``Postings``."""

    offsets: NDArray[np.uint32]
    documents: NDArray[np.uint16]
    small: NDArray[np.uint8]
    places: NDArray[np.uint32]
    values: NDArray[np.uint32]


class Norms(NamedTuple):
    """The norms of length: a clause gives its worth times tf / (tf + ``norms[kinds[document]]``)."""

    kinds: NDArray[np.uint16]  # of each document: documents of one length are of one kind
    norms: Floats  # of each kind, > 0
    shares: Floats  # of each kind and tf below SHARES: tf / (tf + norm)
    long: Ints  # the places with lists of at least LONG, ascending
    peaks: Floats  # the highest share in each of them; 0 until someone asks. Threads may find one twice


@inner
def span(lists: Lists, place: Whole) -> tuple[np.int64, np.int64]:
    """Return where the list of the key at *place* begins and ends; nothing at place -1."""
    if place < 0:
        return np.int64(0), np.int64(0)
    return np.int64(lists.offsets[place]), np.int64(lists.offsets[place + 1])


@inner
def share(lists: Lists, at: Whole, document: Whole, norms: Norms) -> float:
    """Return tf / (tf + norm) of *document* by the posting at *at*."""
    count, kind = np.int64(lists.small[at]), np.int64(norms.kinds[document])
    if count < SHARES:
        return float(norms.shares[kind * SHARES + count])
    tf = count_at(lists.small, lists.places, lists.values, at)
    return float(tf / (tf + norms.norms[kind]))


@inner
def peak(lists: Lists, place: Whole, norms: Norms) -> float:
    """Return a bound (0..1) of the share that the key at *place* has in any document."""
    begin, end = span(lists, place)
    if end - begin < LONG:
        return 1.0 if begin < end else 0.0
    number = first_from(norms.long, 0, len(norms.long), place)
    if norms.peaks[number] == 0:
        highest = 0.0
        for at in range(begin, end):
            highest = max(highest, share(lists, at, np.int64(lists.documents[at]), norms))
        norms.peaks[number] = highest
    return float(norms.peaks[number])


@inner
def entered(lists: Lists, end: Whole, at: Whole, base: Whole) -> Whole:
    """Return the first posting from *at* to *end* of a document from *base* on."""
    step = 1
    while at + step < end and lists.documents[at + step] < base:
        at += step
        step *= 2
    return first_from(lists.documents, at, min(end, at + step + 1), base)


@inner
def often(lists: Lists, begin: Whole, end: Whole, document: Whole) -> Whole:
    """Return how often *document* stands in the postings from *begin* to *end*; 0 if it does not."""
    at = found_at(lists, begin, end, document)
    return count_at(lists.small, lists.places, lists.values, at) if at >= 0 else np.int64(0)


@inner
def found_at(lists: Lists, begin: Whole, end: Whole, document: Whole) -> Whole:
    """Return which of the postings from *begin* to *end* is that of *document*; -1 if none is."""
    length = end - begin
    if length <= 0:
        return np.int64(-1)
    while length > 1:  # halves without a branch, that the processor would guess wrong every other time
        half = length >> 1
        begin += half * (lists.documents[begin + half] <= document)
        length -= half
    return begin if lists.documents[begin] == document else np.int64(-1)
