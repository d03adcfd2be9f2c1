"""What a worker may use: time for one article, and memory."""

import os
import signal
import sys

SECONDS = 20  # for one article, or one page of a scan
MEMORY_BYTES = 1024**3

_POLITE = 5  # how much a worker yields to the process that answers, 0..19


def set_limits() -> None:
    """Bound this process: memory at once, time from ``more_time`` on."""
    import resource  # not on Windows, where nothing is bounded

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGALRM, signal.SIG_DFL)  # it ends the process, also amid a library's loop
    os.nice(_POLITE)
    sys.setrecursionlimit(1_000)


def more_time() -> None:
    """Allow ``SECONDS`` from now on, in a worker that was given a limit before."""
    if _is_ticking():
        signal.setitimer(signal.ITIMER_REAL, SECONDS)


def start_clock() -> None:
    """Allow ``SECONDS`` until ``stop_clock``."""
    signal.setitimer(signal.ITIMER_REAL, SECONDS)


def stop_clock() -> None:
    """Take the limit away while nothing is read."""
    signal.setitimer(signal.ITIMER_REAL, 0)


def _is_ticking() -> bool:
    return hasattr(signal, "getitimer") and signal.getitimer(signal.ITIMER_REAL)[0] > 0
