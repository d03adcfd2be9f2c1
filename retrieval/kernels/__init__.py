"""Arrays come in, arrays go out: the inner loops, compiled, over every posting and word of a candidate.

Compiled by numba at first use and kept in ``__pycache__`` (or where NUMBA_CACHE_DIR says), so that a
process started later finds them. Arrays of an index are read-only, so that each loop is
compiled for one kind. See ``tests/kernels/test_kernels.py`` for loops beside the same in plain Python.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import numba
import numpy as np
from numba.extending import register_jitable
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Given = ParamSpec("Given")
Made = TypeVar("Made")


def compiled(loop: Callable[Given, Made]) -> Callable[Given, Made]:
    """Return *loop*, to be compiled at its first call: by one process for all, or by each for itself."""
    try:
        return numba.njit(cache=True, nogil=True)(loop)
    except RuntimeError:  # no folder that numba knows can be written to, as in a read-only container
        return numba.njit(nogil=True)(loop)


def inner(loop: Callable[Given, Made]) -> Callable[Given, Made]:
    """Return *loop*, to be compiled into those that call it; it must neither allocate nor return an array.

    No references to its arrays are counted (numba's option is undocumented): with many short calls, as in
    ``ranking``, the counting took half of the time.
    """
    options: dict[str, Any] = {"_nrt": False}
    compiled_loop: Callable[Given, Made] = numba.njit(nogil=True, **options)(loop)
    return compiled_loop


def shared(function: Callable[Given, Made]) -> Callable[Given, Made]:
    """Return *function* as it is; loops that call it have it compiled into them."""
    callable_from_both: Callable[Given, Made] = register_jitable(function)
    return callable_from_both


def are_kept() -> bool:
    """Tell whether an earlier process left compiled loops; if not, the first question waits for them."""
    loop: Any = compiled(are_kept)  # only to be asked where such loops are kept
    folder = loop.stats.cache_path
    return folder is not None and any(Path(folder).glob("*.nbi"))
