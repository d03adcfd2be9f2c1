"""Limits of a worker: time for one article, and memory."""

import os
import signal
import sys

SECONDS = 20  # of the processor, for one article or one page of a scan
WALL_SECONDS = 60  # seconds by the clock for the same, also on a machine with much else to do
MEMORY_BYTES = 1024**3

_POLITE = 5  # how much a worker yields to the process that answers, 0..19


def set_limits() -> None:
    """Bound this process: memory at once, time from ``start_clock`` on."""
    import resource  # not on Windows, where nothing is bounded

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for sign in (signal.SIGPROF, signal.SIGALRM):
        signal.signal(sign, signal.SIG_DFL)  # it ends the process, also amid a library's loop
    os.nice(_POLITE)
    sys.setrecursionlimit(1_000)


def start_clock() -> None:
    """Allow ``SECONDS`` of the processor, but no more than ``WALL_SECONDS``, until ``stop_clock``."""
    _set_timers(SECONDS, WALL_SECONDS)


def more_time() -> None:
    """Allow as much again from now on, in a worker that was given a limit before."""
    if hasattr(signal, "getitimer") and signal.getitimer(signal.ITIMER_PROF)[0] > 0:
        start_clock()


def stop_clock() -> None:
    """Take the limit away while nothing is read."""
    _set_timers(0, 0)


def _set_timers(processor: float, clock: float) -> None:
    signal.setitimer(signal.ITIMER_PROF, processor)
    signal.setitimer(signal.ITIMER_REAL, clock)
