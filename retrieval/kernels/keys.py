"""Keys: a term's is its number; the pair of adjacent terms ``a b`` has the key ``(a + 1) << 32 | b``.

So all single terms come before all pairs, and the pairs that begin with one term stand together. The upper
half of a key is its **head**: 0 for a single term, ``a + 1`` for a pair. Each function takes numbers and
arrays alike, and may be called from compiled loops.
"""

from typing import Any

from retrieval.kernels import shared

FIRST_PAIR = 1 << 32  # every key below it is that of a single term


@shared
def paired(first: Any, second: Any) -> Any:
    """Return the key of the pair of the terms *first* and *second*; arrays broadcast."""
    return joined(first + 1, second)


@shared
def joined(head: Any, last: Any) -> Any:
    """Return the key of these two halves; arrays broadcast."""
    return head << 32 | last


@shared
def head(key: Any) -> Any:
    """Return the upper half of *key*: 0, or 1 more than the first term of the pair."""
    return key >> 32


@shared
def last(key: Any) -> Any:
    """Return the lower half of *key*: the term, or the second one of the pair."""
    return key & 0xFFFFFFFF
