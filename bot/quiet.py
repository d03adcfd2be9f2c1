"""Quiet hours: when nobody is written to unasked."""

import re
from dataclasses import dataclass
from datetime import datetime, time
from typing import Self
from zoneinfo import ZoneInfo

NONE = "none"
_HOUR = r"[01]?\d|2[0-3]"
PATTERN = rf"^(?:{NONE}|(?P<begin>{_HOUR})-(?P<end>{_HOUR}))$"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietHours:
    """The hours from *begin* up to *end*, over midnight where that is earlier; equal: there are none."""

    begin: time
    end: time
    timezone: ZoneInfo

    @classmethod
    def parse(cls, text: str, timezone: ZoneInfo) -> Self:
        """Return the hours of a *text* that matches ``PATTERN``."""
        found = re.match(PATTERN, text)
        begin, end = (int(found[name] or 0) if found else 0 for name in ("begin", "end"))
        return cls(begin=time(begin), end=time(end), timezone=timezone)

    def hold(self, moment: datetime) -> bool:
        """Tell whether *moment*, an aware time, is one of them."""
        clock = moment.astimezone(self.timezone).time()
        if self.begin <= self.end:
            return self.begin <= clock < self.end
        return clock >= self.begin or clock < self.end
