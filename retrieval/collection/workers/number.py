"""Tell how many workers suit this machine."""

import os
import sys
from contextlib import suppress
from pathlib import Path

from retrieval.indexing.batches import processors

MOST_WORKERS = 4
MEMORY_EACH = 1 << 30  # bytes: each has its own tenth of that; the rest is for the index and for reloads


def suitable() -> int:
    """Return how many workers there may be; 0 with one processor, or little memory."""
    if sys.platform != "linux" or processors() == 1:
        return 0
    return max(0, min(MOST_WORKERS, processors(), _memory() // MEMORY_EACH - 1))


def _memory() -> int:
    """Return the bytes of memory of this machine, or of the part of it that this process may take."""
    limits = [os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")]
    for group in _groups():
        with suppress(OSError, ValueError):  # there is none, or it says "max"
            limits.append(int((group / "memory.max").read_text("ascii")))
    return min(limits)


def _groups() -> list[Path]:
    """Return the control group of this process, and those around it."""
    root = Path("/sys/fs/cgroup")
    try:
        own = Path("/proc/self/cgroup").read_text("ascii").rpartition("::")[2].strip()
    except OSError:
        return []
    group = root / own.lstrip("/")
    return [group, *(around for around in group.parents if around.is_relative_to(root))]
