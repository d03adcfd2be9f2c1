"""Trying for as long as `FUZZ_MINUTES` says what tests try once."""

import os
import time
from collections.abc import Callable

MINUTES = float(os.environ.get("FUZZ_MINUTES", "0"))


def for_minutes(attempt: Callable[[], object]) -> None:
    """Make an attempt, with examples of its own each time, until the minutes are over."""
    until = time.monotonic() + 60 * MINUTES
    attempt()
    while time.monotonic() < until:
        attempt()
