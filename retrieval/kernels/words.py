"""Words in text that is Latin letters, digits and what stands between them (``retrieval.text.analyzer``)."""

import numpy as np
from numpy.typing import NDArray

from retrieval.kernels import Ints, compiled, inner, shared

# What a character is, as bits: words are made of the first two, and the last one is in no such text.
LETTER, FIGURE, OTHER = 1, 2, 4
_POINT, _COMMA = 46, 44
_PRIME = 0x100000001B3  # FNV-1a's


Codes = NDArray[np.uint32]
Kinds = NDArray[np.uint16]  # what each code point is


@compiled
def words_in(codes: Codes, kinds: Kinds, bounds: Ints) -> tuple[NDArray[np.bool_], Ints, Ints, Ints, Ints]:
    """Tell which texts are of these letters, and return their words: starts, ends, numbers, firsts.

    Text ``t`` is ``codes[bounds[t, 0]:bounds[t, 1]]``; something stands between texts. No words are looked
    for in others. A number keeps its inner points and commas. Equal words have the same number, from 0, in
    the order in which they come first; ``firsts`` says which word that is.
    """
    are_latin = np.ones(len(bounds), dtype=np.bool_)
    starts = np.empty(len(codes) // 2 + 1, dtype=np.int64)
    ends = np.empty(len(codes) // 2 + 1, dtype=np.int64)
    count = 0
    for text in range(len(bounds)):
        at, last = bounds[text, 0], bounds[text, 1]
        are_latin[text] = is_latin(codes, kinds, at, last)
        while are_latin[text] and at < last:
            end, is_number = run_from(codes, kinds, at)
            if end == at:
                at += 1
                continue
            while is_number and end < last and (codes[end] == _POINT or codes[end] == _COMMA):
                after, is_number = run_from(codes, kinds, end + 1)
                if not is_number:
                    break
                end = after
            starts[count] = at
            ends[count] = end
            count += 1
            at = end
    numbers, firsts = numbered(codes, starts[:count], ends[:count])
    return are_latin, starts[:count], ends[:count], numbers, firsts


@inner
def is_latin(codes: Codes, kinds: Kinds, at: int, end: int) -> bool:
    """Tell whether no character of a text is another."""
    while at < end and codes[at] < len(kinds) and not kinds[codes[at]] & OTHER:
        at += 1
    return bool(at == end)


@inner
def run_from(codes: Codes, kinds: Kinds, at: int) -> tuple[int, bool]:
    """Return the end of the run of letters and figures that begins at *at*; are all of them figures?"""
    end = at
    is_number = True
    while end < len(codes) and codes[end] < len(kinds) and kinds[codes[end]] & (LETTER | FIGURE):
        is_number = is_number and kinds[codes[end]] & FIGURE != 0
        end += 1
    return end, is_number and end > at


@shared
def numbered(codes: Codes, starts: Ints, ends: Ints) -> tuple[Ints, Ints]:
    """Return the number of each word ``codes[start:end]``, and which word has each number first."""
    size = 16
    while size < 2 * len(starts):
        size *= 2
    places = np.full(size, -1, dtype=np.int64)  # numbers by their words' hashes, or the next free place
    numbers = np.empty(len(starts), dtype=np.int64)
    firsts = np.empty(len(starts), dtype=np.int64)
    count = 0
    for word in range(len(starts)):
        hashed = np.uint64(0xCBF29CE484222325)
        for at in range(starts[word], ends[word]):
            hashed = (hashed ^ np.uint64(codes[at])) * np.uint64(_PRIME)
        place = np.int64((hashed ^ (hashed >> np.uint64(32))) & np.uint64(size - 1))
        while places[place] >= 0 and not are_equal(codes, starts, ends, firsts[places[place]], word):
            place = (place + 1) & (size - 1)
        if places[place] < 0:
            places[place] = count
            firsts[count] = word
            count += 1
        numbers[word] = places[place]
    return numbers, firsts[:count]


@inner
def are_equal(codes: Codes, starts: Ints, ends: Ints, one: int, other: int) -> bool:
    """Tell whether two words are the same."""
    length = ends[one] - starts[one]
    if ends[other] - starts[other] != length:
        return False
    at = 0
    while at < length and codes[starts[one] + at] == codes[starts[other] + at]:
        at += 1
    return bool(at == length)
