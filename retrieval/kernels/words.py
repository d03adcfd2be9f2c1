"""Words in text that is Latin letters, digits and what stands between them (``retrieval.text.analyzer``)."""

import numpy as np
from numpy.typing import NDArray

from retrieval.kernels import Ints, compiled, inner, shared

LETTER, FIGURE = 1, 2  # kinds of characters that words are made of; 0 stands between words
_POINT, _COMMA = 46, 44
_PRIME = 0x100000001B3  # FNV-1a's


@compiled
def words_in(codes: NDArray[np.uint32], kinds: NDArray[np.uint8]) -> tuple[Ints, Ints, Ints, Ints]:
    """Return the words of the text with the code points *codes*: starts, ends, numbers, firsts.

    *kinds* holds the kind of each code point; one beyond it stands between words. A number keeps its inner
    points and commas. Equal words have the same number, from 0, in the order in which they come first;
    ``firsts`` says which word that is.
    """
    starts = np.empty(len(codes) // 2 + 1, dtype=np.int64)
    ends = np.empty(len(codes) // 2 + 1, dtype=np.int64)
    count = 0
    at = 0
    while at < len(codes):
        end, is_number = run_from(codes, kinds, at)
        if end == at:
            at += 1
            continue
        while is_number and end < len(codes) and (codes[end] == _POINT or codes[end] == _COMMA):
            after, is_number = run_from(codes, kinds, end + 1)
            if not is_number:
                break
            end = after
        starts[count] = at
        ends[count] = end
        count += 1
        at = end
    numbers, firsts = numbered(codes, starts[:count], ends[:count])
    return starts[:count], ends[:count], numbers, firsts


@inner
def run_from(codes: NDArray[np.uint32], kinds: NDArray[np.uint8], at: int) -> tuple[int, bool]:
    """Return the end of the run of letters and figures that begins at *at*; are all of them figures?"""
    end = at
    is_number = True
    while end < len(codes) and codes[end] < len(kinds) and kinds[codes[end]] != 0:
        is_number = is_number and kinds[codes[end]] == FIGURE
        end += 1
    return end, is_number and end > at


@shared
def numbered(codes: NDArray[np.uint32], starts: Ints, ends: Ints) -> tuple[Ints, Ints]:
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
def are_equal(codes: NDArray[np.uint32], starts: Ints, ends: Ints, one: int, other: int) -> bool:
    """Tell whether two words are the same."""
    length = ends[one] - starts[one]
    if ends[other] - starts[other] != length:
        return False
    at = 0
    while at < length and codes[starts[one] + at] == codes[starts[other] + at]:
        at += 1
    return bool(at == length)
