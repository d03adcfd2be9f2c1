"""Patterns that take seconds to compile, kept on disk: a process started later reads them in milliseconds."""

import os
import pickle
import sys
from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import regex

_HERE = Path(__file__).parent / "__pycache__"


def compiled_once(patterns: Mapping[str, str]) -> dict[str, regex.Pattern[str]]:
    """Return *patterns* compiled, by their names, as an earlier process left them or newly.

    They lie where compiled loops do: beside the code, or where NUMBA_CACHE_DIR says. If nothing can be
    written there, each process compiles them for itself.
    """
    written = repr((sys.version, regex.__version__, sorted(patterns.items())))
    folder = Path(os.environ.get("NUMBA_CACHE_DIR") or _HERE)
    path = folder / f"rules-{sha256(written.encode()).hexdigest()[:16]}.pickle"
    with suppress(Exception):  # there is none, or it is damaged in one of many ways
        found: dict[str, regex.Pattern[str]] = pickle.loads(path.read_bytes())
        if found.keys() == patterns.keys():
            return found
    compiled = {name: regex.compile(pattern) for name, pattern in patterns.items()}
    with suppress(OSError):
        _keep(pickle.dumps(compiled), path)
    return compiled


def _keep(content: bytes, path: Path) -> None:
    """Write a file that others see whole or not at all, in place of those of other patterns."""
    path.parent.mkdir(parents=True, exist_ok=True)
    earlier = list(path.parent.glob("rules-*.pickle"))
    new = path.with_suffix(f".{os.getpid()}")
    new.write_bytes(content)
    new.replace(path)
    for file in earlier:
        if file != path:
            file.unlink(missing_ok=True)
