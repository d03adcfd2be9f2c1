"""How many questions one person may ask in a minute, so that nobody takes the others' turns."""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

_MINUTE = 60.0  # seconds


@dataclass(slots=True)
class _Minute:
    began: float  # seconds, on the clock
    asked: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """Somebody has asked too much for now."""

    seconds: int  # until they may ask again, 1..60
    is_first: bool  # whether they have not been told yet


class Courtesy:
    """Counts the questions of each person.

    A person's minute begins with a question, and the next one with the first question after it. Those
    whose minute is over are not remembered: there are as many entries as people who asked within one.
    """

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._per_minute = per_minute  # 0: as many as they like
        self._clock = clock
        self._minutes: OrderedDict[int, _Minute] = OrderedDict()  # the one that began first goes first

    def __len__(self) -> int:
        return len(self._minutes)

    def ask(self, person: int) -> Pause | None:
        """Count a question of *person*; return what keeps it from being answered, None where nothing does."""
        if not self._per_minute:
            return None
        now = self._clock()
        self._forget(now)
        minute = self._minutes.setdefault(person, _Minute(now))
        minute.asked += 1
        if minute.asked <= self._per_minute:
            return None
        left = ceil(minute.began + _MINUTE - now)
        return Pause(seconds=max(1, left), is_first=minute.asked == self._per_minute + 1)

    def _forget(self, now: float) -> None:
        while self._minutes and next(iter(self._minutes.values())).began + _MINUTE <= now:
            self._minutes.popitem(last=False)
