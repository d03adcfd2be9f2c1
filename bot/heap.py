"""The heap of the C library: what threads have freed is shared between them, and given back to the system."""

import ctypes
import sys
from functools import cache
from typing import Any

_M_ARENA_MAX, _M_MMAP_THRESHOLD = -8, -3  # of glibc's malloc.h
_ARENAS = 2  # each keeps the most that its threads ever took at once; by default there are eight a processor
# Bytes from which on a block is mapped by itself, and given back at once. By default this grows with the
# largest block so far, up to 32 MB: then each merge of segments leaves holes in the heap.
_LARGE = 256 << 10


def bound() -> None:
    """Let threads that begin from now on share two arenas, and large blocks lie outside of them."""
    if hasattr(_libc(), "mallopt"):
        _libc().mallopt(_M_ARENA_MAX, _ARENAS)
        _libc().mallopt(_M_MMAP_THRESHOLD, _LARGE)


def trim() -> None:
    """Give back what is free; malloc does so by itself at the end of a heap only."""
    if hasattr(_libc(), "malloc_trim"):
        _libc().malloc_trim(0)


@cache
def _libc() -> Any:
    return ctypes.CDLL(None) if sys.platform == "linux" else None  # musl has neither
