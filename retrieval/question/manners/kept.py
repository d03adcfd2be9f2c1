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

    If nothing can be written where they lie, each process compiles them for itself.
    """
    if kept := compiled_before(patterns):
        return kept
    compiled = {name: regex.compile(pattern) for name, pattern in patterns.items()}
    with suppress(OSError):
        _keep(pickle.dumps(compiled), _path(patterns))
    return compiled


def compiled_before(patterns: Mapping[str, str]) -> dict[str, regex.Pattern[str]]:
    """Return *patterns* compiled, by their names, as an earlier process left them; none if none did."""
    with suppress(Exception):  # there is none, or it is damaged in one of many ways
        found: dict[str, regex.Pattern[str]] = pickle.loads(_path(patterns).read_bytes())
        if found.keys() == patterns.keys():
            return found
    return {}


def _path(patterns: Mapping[str, str]) -> Path:
    """Return where *patterns* lie: where compiled loops do, beside the code or where NUMBA_CACHE_DIR says."""
    written = repr((sys.version, regex.__version__, sorted(patterns.items())))
    folder = Path(os.environ.get("NUMBA_CACHE_DIR") or _HERE)
    return folder / f"rules-{sha256(written.encode()).hexdigest()[:16]}.pickle"


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
