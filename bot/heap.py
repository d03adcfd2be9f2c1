"""The heap: what threads have freed is shared between them and given back; what stays is left alone."""

import ctypes
import gc
import sys
from functools import cache
from typing import Any

_M_ARENA_MAX, _M_MMAP_THRESHOLD = -8, -3  # of glibc's malloc.h
_ARENAS = 2  # each keeps the most that its threads ever took at once; by default there are eight a processor
# Bytes from which on a block is mapped by itself, and given back at once. By default this grows with the
# largest block so far, up to 32 MB: then each merge of segments leaves holes in the heap.
_LARGE = 256 << 10
# New objects between two looks for garbage among them; Python's own is 700, and an answer makes thousands.
_NEW = 10_000


def bound() -> None:
    """Let threads that begin from now on share two arenas, and large blocks lie outside of them."""
    if hasattr(_libc(), "mallopt"):
        _libc().mallopt(_M_ARENA_MAX, _ARENAS)
        _libc().mallopt(_M_MMAP_THRESHOLD, _LARGE)


def trim() -> None:
    """Give back what is free; malloc does so by itself at the end of a heap only."""
    if hasattr(_libc(), "malloc_trim"):
        _libc().malloc_trim(0)


def settle() -> None:
    """Look for no garbage among all that there is, most of it code: that took a tenth of the event loop."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_NEW)


@cache
def _libc() -> Any:
    return ctypes.CDLL(None) if sys.platform == "linux" else None  # musl has neither
