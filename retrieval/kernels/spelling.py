"""Terms as a search cluster knows them: their numbers in hexadecimal, and those of pairs, ``1f_a03``."""

import numpy as np
from numpy.typing import NDArray

from retrieval.kernels import Ints, compiled, inner
from retrieval.kernels.postings import Whole

_SPACE, _BETWEEN = 32, 95  # " " and "_"
_MOST = 2 * 6 + 2 + 6 + 1  # letters of a term and a pair, of 24 bits each, with what stands between


@compiled
def in_hexadecimal(terms: NDArray[np.int32], bounds: Ints) -> tuple[NDArray[np.uint8], Ints]:
    """Return the terms and pairs of some texts, a space before each, and where each text's begin.

    The terms of text ``t`` are ``terms[bounds[t]:bounds[t + 1]]``.
    """
    letters = np.empty(_MOST * len(terms), dtype=np.uint8)
    begins = np.zeros(len(bounds), dtype=np.int64)
    end = np.int64(0)
    for text in range(len(bounds) - 1):
        for place in range(bounds[text], bounds[text + 1]):
            end = _put(letters, end, _SPACE, terms[place])
        for place in range(bounds[text] + 1, bounds[text + 1]):
            end = _put(letters, end, _SPACE, terms[place - 1])
            end = _put(letters, end, _BETWEEN, terms[place])
        begins[text + 1] = end
    return letters[:end].copy(), begins


@inner
def _put(letters: NDArray[np.uint8], at: Whole, before: int, term: Whole) -> np.int64:
    """Write *before* and then *term* into *letters*; return where they end."""
    letters[at] = before
    digits = 1
    while term >> 4 * digits:
        digits += 1
    for digit in range(digits):
        value = term >> 4 * (digits - 1 - digit) & 15
        letters[at + 1 + digit] = value + (48 if value < 10 else 87)
    return np.int64(at + 1 + digits)
