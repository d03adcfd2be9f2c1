"""The heap of the C library: what threads have freed is shared between them, and given back to the system."""

import ctypes
import sys
from functools import cache
from typing import Any

_M_ARENA_MAX = -8  # of glibc's malloc.h
_ARENAS = 2  # each keeps the most that its threads ever took at once; by default there are eight a processor


def bound() -> None:
    """Let threads that begin from now on share two arenas."""
    if hasattr(_libc(), "mallopt"):
        _libc().mallopt(_M_ARENA_MAX, _ARENAS)


def trim() -> None:
    """Give back what is free; malloc does so by itself at the end of a heap only."""
    if hasattr(_libc(), "malloc_trim"):
        _libc().malloc_trim(0)


@cache
def _libc() -> Any:
    return ctypes.CDLL(None) if sys.platform == "linux" else None  # musl has neither
