"""Arrays come in, arrays go out: the inner loops, compiled, over every posting and word of a candidate.

Compiled by numba at first use and kept in ``__pycache__`` (or where NUMBA_CACHE_DIR says): a process started
later runs the machine code itself (``machine``), without numba, which takes a second and 120 MB; where that
cannot be, numba loads what it has kept. What numba keeps is known by its file, name and line, and holds its
arguments' types by name: rename such a type, and loops kept by an earlier version fail to load, unless they
have moved by a line. Arrays of an index are read-only, so that each loop is compiled for one kind. See
``tests/kernels/test_kernels.py`` for loops beside the same in plain Python.
"""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, Generic, ParamSpec, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from retrieval.kernels import machine

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Given = ParamSpec("Given")
Made = TypeVar("Made")

_STAMP = "loops.sha256"  # beside compiled loops: the sources that they are of
_LOADING = Lock()
# By compiled loops; numba has yet to hear of them.
_called: list[tuple[Callable[..., Any], dict[str, Any]]] = []


class Loop(Generic[Given, Made]):
    """A function of arrays that is compiled at its first call."""

    def __init__(self, loop: Callable[Given, Made]) -> None:
        self._loop = loop
        self._dispatcher: Any = None
        self._kinds: Callable[[tuple[Any, ...]], bytes] = self._open
        self._compiled: dict[bytes, Callable[..., Made]] = {}  # by the kinds of its arguments

    def __call__(self, *args: Given.args, **kwargs: Given.kwargs) -> Made:
        """Do what the loop says."""
        if kwargs:  # nothing here calls it so
            return cast(Made, self.load()(*args, **kwargs))
        kinds = self._kinds(args)
        function = self._compiled.get(kinds)
        return function(*args) if function else self._first(kinds, args)

    @property
    def is_compiled(self) -> bool:
        """Whether it is, for arguments of any kind."""
        return bool(self._compiled)

    def _open(self, args: tuple[Any, ...]) -> bytes:
        """Return the kinds of *args*, after loading what earlier processes left."""
        with _LOADING:
            if self._kinds == self._open:  # not by another thread, meanwhile
                self._compiled.update(machine.kept(self._loop))
                self._kinds = machine.kinds()
        return self._kinds(args)

    def _first(self, kinds: bytes, args: tuple[Any, ...]) -> Made:
        """Do what the loop says to arguments of *kinds* that are new."""
        dispatcher = self.load()
        result: Made = dispatcher(*args)
        machine.keep(self._loop, dispatcher, kinds, args)
        self._compiled[kinds] = dispatcher
        return result

    def load(self) -> Any:
        """Return numba's own object for the loop."""
        import numba
        from numba.extending import register_jitable

        with _LOADING:
            while _called:
                function, options = _called.pop()
                register_jitable(**options)(function)
            if self._dispatcher is not None:  # by another thread, meanwhile
                return self._dispatcher
            try:
                dispatcher = numba.njit(cache=True, nogil=True)(self._loop)
                if folder := dispatcher.stats.cache_path:
                    _forget_others(Path(folder))
            except RuntimeError:  # no folder that numba knows can be written to, as in a read-only container
                dispatcher = numba.njit(nogil=True)(self._loop)
            self._dispatcher = dispatcher
            return dispatcher


@cache
def _forget_others(folder: Path) -> None:
    """Remove loops in *folder* that were compiled from other sources, as those of the version before.

    Numba looks at a loop's own file only, not at what it calls or what its arguments are called. Nor does it
    hand out the machine code of what it has kept: where that is missing, all is compiled again.
    """
    digest, stamp = machine.sources(), folder / _STAMP
    if stamp.exists() and stamp.read_text("ascii") == digest and not machine.is_bare():
        return
    for path in folder.glob("*.nb[ci]"):
        path.unlink(missing_ok=True)
    stamp.write_text(digest, "ascii")


def compiled(loop: Callable[Given, Made]) -> Loop[Given, Made]:
    """Return *loop*, to be compiled at its first call: by one process for all, or by each for itself."""
    return Loop(loop)


def inner(loop: Callable[Given, Made]) -> Callable[Given, Made]:
    """Return *loop* as it is; loops that call it have it compiled into them. It must return no
    array, new or given.

    No references to its arrays are counted (numba's option is undocumented): with many short calls, as in
    ``ranking``, the counting took half of the time.
    """
    _called.append((loop, {"nogil": True, "_nrt": False}))
    return loop


def shared(function: Callable[Given, Made]) -> Callable[Given, Made]:
    """Return *function* as it is; loops that call it have it compiled into them."""
    _called.append((function, {"nogil": True}))
    return function


def are_kept() -> bool:
    """Tell whether an earlier process left compiled loops; if not, the first question waits for them."""
    with _LOADING:  # threads that load numba meanwhile would meet another
        are_linked = machine.are_kept()
    if are_linked:
        return True
    folder = compiled(are_kept).load().stats.cache_path  # only to be asked where such loops are kept
    return folder is not None and any(Path(folder).glob("*.nbi"))
