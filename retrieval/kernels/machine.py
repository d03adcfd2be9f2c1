"""Compiled loops without numba and LLVM: these take most of a second and 120 MB to load what they compiled.

Numba's objects are kept as they are. What they call is in small libraries of numba's own, which tell the
kinds of arguments, too. All of that is numba's own affair: whatever fails here is left to numba.
"""

import builtins
import ctypes
import marshal
import os
import pickle
import secrets
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from hashlib import sha256
from importlib import import_module
from importlib.machinery import EXTENSION_SUFFIXES, ExtensionFileLoader
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any, cast

import numpy as np

from retrieval.kernels.linking import linked

Function = Callable[..., Any]
KindsOf = Callable[[tuple[Any, ...]], bytes]

_HERE = Path(__file__).parent
_LIBRARIES = ("_devicearray", "_dispatcher", "_dynfunc", "_helperlib", "core.runtime._nrt_python")
_NUMBERS = [np.dtype(code).name for code in "bhilBHILfdFD"]
_FOREIGN = ctypes.PYFUNCTYPE(ctypes.py_object, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
_DIGEST = 32  # bytes of SHA-256
_TOLD = ("NUMBA_CPU_NAME", "NUMBA_CPU_FEATURES", "NUMBA_DISABLE_JIT", "NUMBA_OPT")  # of numba's settings


def kinds() -> KindsOf:
    """Return what tells arguments of different kinds apart; without a machine, nothing does."""
    machine = _machine()
    return machine.kinds if machine else lambda _: b""


def kept(loop: Function) -> dict[bytes, Function]:
    """Return what earlier processes compiled of *loop*, by the kinds of its arguments."""
    machine = _machine()
    if machine is None:
        return {}
    with suppress(Exception):  # numba is another one than is known here
        return {kinds: machine.function(*written) for kinds, written in _written(loop).items()}
    return {}


def keep(loop: Function, dispatcher: Any, kinds: bytes, args: tuple[Any, ...]) -> None:
    """Keep what numba has compiled of *loop* for *args*, which are of these *kinds*, if that is possible."""
    from numba import typeof

    with suppress(Exception):  # nothing can be written, or numba is another one than is known here
        compiled = dispatcher.overloads[tuple(map(typeof, args))]
        # What numba has kept itself comes back with a list of them alone.
        own, others = compiled.environment, compiled.referenced_envs
        others = others or compiled._find_referenced_environments()
        if _machine() is None or compiled.library.has_dynamic_globals:
            return  # there is nobody to run it, or it holds addresses of this process
        if any(other.consts for other in others if other is not own):
            return
        _, form, (code, _) = compiled.library.serialize_using_object_code()
        if form == "object":
            written = (compiled.fndesc.llvm_cpython_wrapper_name, code, pickle.dumps(own.consts))
            _write(_path(loop), marshal.dumps(_written(loop) | {kinds: written}))


def are_kept() -> bool:
    """Tell whether an earlier process left any."""
    return _machine() is not None and any(_folder().glob(f"{_edition()}-*.loop"))


def is_bare() -> bool:
    """Tell whether there is a machine, and nothing for it to run."""
    return _machine() is not None and not are_kept()


@cache
def sources() -> str:
    """Return what stands for the sources of all loops."""
    return sha256(b"".join(path.read_bytes() for path in sorted(_HERE.glob("*.py")))).hexdigest()


def _written(loop: Function) -> dict[bytes, tuple[str, bytes, bytes]]:
    with suppress(Exception):  # there is none, or it is damaged in one of many ways
        content = _path(loop).read_bytes()
        if sha256(content[_DIGEST:]).digest() == content[:_DIGEST]:
            return cast(dict[bytes, tuple[str, bytes, bytes]], marshal.loads(content[_DIGEST:]))
    return {}


def _write(path: Path, content: bytes) -> None:
    """Write a file that others see whole or not at all, and remove those of other editions."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(f".{secrets.token_hex(4)}")
    new.write_bytes(sha256(content).digest() + content)
    new.replace(path)
    for other in path.parent.glob("*.loop"):
        if not other.name.startswith(_edition()):
            other.unlink(missing_ok=True)


def _path(loop: Function) -> Path:
    """Return where *loop* is kept. Raises ``LookupError`` or ``OSError`` for one that is of no file."""
    name = f"{loop.__module__}.{loop.__qualname__}"
    return _folder() / f"{_edition()}-{_source(loop.__module__)}-{name}.loop"


@cache
def _source(module: str) -> str:
    """Return what stands for the source of *module*, which may be none of these."""
    return sha256(Path(sys.modules[module].__file__ or "").read_bytes()).hexdigest()[:8]


def _folder() -> Path:
    return Path(os.environ.get("NUMBA_CACHE_DIR") or _HERE / "__pycache__")


@cache
def _edition() -> str:
    """Return what stands for all that machine code depends on: sources, numba, Python, the processor."""
    numba = [_library_path(name).stat() for name in _LIBRARIES]
    processor = Path("/proc/cpuinfo").read_text("utf-8").partition("\n\n")[0].splitlines()
    said = (
        sources(),
        [(status.st_size, status.st_mtime_ns) for status in numba],
        sys.version,
        [line for line in processor if line.startswith(("model name", "flags"))],
        [os.environ.get(name) for name in _TOLD],
    )
    return sha256(repr(said).encode()).hexdigest()[:16]


@cache
def _machine() -> "Machine | None":
    """Return the machine; None if this system has none, or numba is not as it was."""
    with suppress(Exception):
        return Machine()
    return None


class Machine:
    """What runs machine code: libraries of numba's, loaded by themselves."""

    def __init__(self) -> None:
        if (sys.platform, os.uname().machine) != ("linux", "x86_64"):
            raise ImportError("machine code is linked for one kind of system alone")
        _edition()
        self.kinds = _fingerprint()
        self._calls = _library("_dynfunc")
        self._process = ctypes.CDLL(None)
        runtime, helpers = _library("core.runtime._nrt_python"), _library("_helperlib")
        self._addresses: dict[str, int] = {
            **{f"NRT_{name}": address for name, address in runtime.c_helpers.items()},
            **{
                f"numba_{name}": address
                for name, address in (helpers.c_helpers | self._calls.c_helpers).items()
            },
            **{f"PyExc_{name}": id(kind) for name, kind in vars(builtins).items() if isinstance(kind, type)},
        }
        self._opened: dict[int, object] = {}
        self._unpickle = _FOREIGN(self._unpickled)
        self._addresses["numba_unpickle"] = ctypes.cast(self._unpickle, ctypes.c_void_p).value or 0

    def function(self, name: str, code: bytes, constants: bytes) -> Function:
        """Return the function *name* of an object of numba's. Raises ``LinkError`` or ``ValueError``."""
        environment = self._calls.Environment({})
        environment.consts.extend(pickle.loads(constants))
        address = linked(code, self._address, id(environment))(name)
        made: Function = self._calls.make_function(sys.modules[__name__], name, "", address, environment, ())
        return made

    def _address(self, name: str) -> int:
        if name not in self._addresses:
            self._addresses[name] = ctypes.addressof(ctypes.c_char.in_dll(self._process, name))
        return self._addresses[name]

    def _unpickled(self, begin: int, size: int, _: int) -> object:
        """Return what a loop makes arrays of, as their type: numba's own would import numba."""
        if begin not in self._opened:
            self._opened[begin] = pickle.loads(ctypes.string_at(begin, size))
        return self._opened[begin]


def _fingerprint() -> KindsOf:
    """Return what tells the types of arguments, by which numba's own dispatching goes."""
    if "numba" in sys.modules:
        return cast(KindsOf, import_module("numba._dispatcher").compute_fingerprint)
    # It would import numba for one library's sake.
    sys.modules["numba"] = stand_in = ModuleType("numba")
    try:
        stand_in.__dict__["_devicearray"] = _library("_devicearray")
        dispatcher = _library("_dispatcher")
    finally:
        del sys.modules["numba"]
    dispatcher.typeof_init(Machine, dict.fromkeys(_NUMBERS, 0))  # numba does it again
    return cast(KindsOf, dispatcher.compute_fingerprint)


def _library(name: str) -> ModuleType:
    full, path = f"numba.{name}", _library_path(name)
    spec = spec_from_file_location(full, path, loader=ExtensionFileLoader(full, str(path)))
    if spec is None or spec.loader is None:
        raise ImportError(full)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _library_path(name: str) -> Path:
    return _numba() / f"{name.replace('.', '/')}{EXTENSION_SUFFIXES[0]}"


@cache
def _numba() -> Path:
    """Return where numba lies."""
    found = find_spec("numba")
    if found is None or found.origin is None:
        raise ImportError("numba")
    return Path(found.origin).parent
