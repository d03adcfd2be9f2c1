"""Limit how many questions a person may ask in a minute, so that nobody takes the others' turns."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

from cachetools import TTLCache

KEYSTROKES = 10  # inline queries that count as one question: one comes with every letter
_MINUTE = 60.0  # seconds
_MOST_PEOPLE = 100_000  # within one minute; beyond that, the one whose minute began first begins anew


@dataclass(slots=True)
class _Minute:
    began: float  # seconds, on the clock
    spent: int = 0  # keystrokes
    is_told: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """Somebody has asked too much for now."""

    seconds: int  # until they may ask again, 1..60
    is_first: bool  # they have not been told yet


class Quota:
    """Counts the questions of each person.

    A person's minute begins with a question, and the next one with the first question after it. Nothing is
    kept of people whose minute is over.
    """

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._per_minute = per_minute  # 0: as many as they like
        self._clock = clock
        self._minutes: TTLCache[int, _Minute] = TTLCache(_MOST_PEOPLE, _MINUTE, clock)

    def count(self, person: int, *, is_typing: bool = False) -> Pause | None:
        """Count a question of *person*; return the pause that they have to make, None if there is none.

        *is_typing*: it comes from an inline query, which counts little and uses up no telling.
        """
        if not self._per_minute:
            return None
        now = self._clock()
        minute = self._minutes.get(person)
        if minute is None:
            minute = self._minutes[person] = _Minute(now)
        minute.spent += 1 if is_typing else KEYSTROKES
        if minute.spent <= self._per_minute * KEYSTROKES:
            return None
        pause = Pause(seconds=max(1, ceil(minute.began + _MINUTE - now)), is_first=not minute.is_told)
        minute.is_told |= not is_typing
        return pause
