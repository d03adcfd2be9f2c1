"""The memory of processes, as Linux counts it: mapped files included."""

import threading
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

# Seconds between two looks; what comes and goes in between is seen by VmHWM, of one process only
_EVERY = 0.1
MB = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """The memory of a process, in MB."""

    resident: float  # all of it, shared libraries and mapped files too
    own: float  # of it what is in no file: the system cannot take it back


def memory() -> Memory:
    """Return the memory of this process."""
    sizes = _fields(Path("/proc/self/smaps_rollup"))
    return Memory(resident=sizes["Rss"] / MB, own=sizes["Anonymous"] / MB)


class Peak:
    """A context that looks at a process and all below it, until it is left: ``mb`` is the most it saw."""

    def __init__(self, process: int) -> None:
        self.mb = 0.0
        self._process = process
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(_EVERY):
            self.mb = max(self.mb, _held(self._process))


def _held(process: int) -> float:
    """Return what *process* and those below it hold: the most of the process, the sum of the tree."""
    try:
        most = _fields(Path(f"/proc/{process}/status"))["VmHWM"]
        together = sum(_fields(Path(f"/proc/{member}/smaps_rollup"))["Pss"] for member in tree(process))
    except (OSError, KeyError):  # it has ended meanwhile
        return 0.0
    return max(most, together) / MB


def tree(process: int) -> list[int]:
    """Return the number of *process* and of all below it."""
    below = [
        int(child)
        for children in Path(f"/proc/{process}/task").glob("*/children")
        for child in children.read_text().split()
    ]
    return [process, *(member for child in below for member in tree(child))]


def _fields(path: Path) -> dict[str, int]:
    """Return the sizes that a file of /proc names, in bytes."""
    lines = [line.split() for line in path.read_text().splitlines()]
    return {line[0].rstrip(":"): int(line[1]) << 10 for line in lines if line[-1] == "kB"}
