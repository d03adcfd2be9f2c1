"""Dates as articles write them.

An impossible or unknown date is ``None``: the article goes in undated, because its text is still true.
A date is never guessed, and ``05/06/2024`` is always the fifth of June.
"""

import re
from collections.abc import Callable
from datetime import MAXYEAR, MINYEAR, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime

_ISO = re.compile(
    r"(?<![\d-])\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?"
    r"(?: ?(?:Z|[+-]\d\d:?\d\d))?)?(?![\d-])",
    re.IGNORECASE,
)
_DAY = re.compile(
    r"(?<![\d/.-])(?P<day>\d{1,2})(?P<mark>[/.-])(?P<month>\d{1,2})(?P=mark)(?P<year>\d{4})(?![\d/])"
    r"|ngày (?P<day_>\d{1,2}) tháng (?P<month_>\d{1,2}) năm (?P<year_>\d{4})",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"(?<!\d)(?P<hour>\d{1,2})[:hg](?P<minute>\d\d)(?::(?P<second>\d\d))?(?!\d)"
    r"(?:\s?(?:(?P<morning>am|sa)|(?P<afternoon>pm|ch))\b)?",
    re.IGNORECASE,
)
_ZONE = re.compile(
    r"\(?\b(?:GMT|UTC)(?:\s?(?P<hours>[+-]\d{1,2})(?::?(?P<minutes>\d\d))?)?\b\)?", re.IGNORECASE
)
_WEEKDAY = re.compile(
    r"\b(?:thứ (?:hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|chủ nhật|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b",
    re.IGNORECASE,
)
_RFC_2822 = re.compile(
    r"(?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d(?::\d\d)?(?: [+-]\d{4}| [A-Z]+)?"
)


def parse(text: str | None, zone: tzinfo) -> datetime | None:
    """Return the moment that *text* names, aware; in *zone* where it names none.

    ISO 8601, day/month/year with or without a time, a Vietnamese date in words, and RFC 2822 are
    understood. ``None`` for anything else and for days that do not exist.
    """
    text = (text or "").strip()
    if _RFC_2822.fullmatch(text):
        return _moment(lambda: parsedate_to_datetime(text), zone)
    moment, rest = take(text, zone)
    return None if rest.strip(" ,;|-–()") else moment


def take(line: str, zone: tzinfo) -> tuple[datetime | None, str]:
    """Take the date, with its weekday, time and zone, out of *line*: return it and what is left.

    ``(None, line)`` where there is no date or an impossible one.
    """
    if match := _ISO.search(line):
        found = match[0].replace(" +", "+").replace(" -", "-").replace(" Z", "Z")
        moment = _moment(lambda: datetime.fromisoformat(found.upper()), zone)
        rest = _cut(line, match)
    elif match := _DAY.search(line):
        day = match
        rest = _cut(line, day)
        if offset := _ZONE.search(rest):
            rest = _cut(rest, offset)
        if time := _TIME.search(rest):
            rest = _cut(rest, time)
        moment = _moment(lambda: _on_day(day, time, offset), zone)
    else:
        return None, line
    return (moment, _WEEKDAY.sub("", rest)) if moment else (None, line)


def _on_day(day: re.Match[str], time: re.Match[str] | None, offset: re.Match[str] | None) -> datetime:
    year, month, number = (int(day[name] or day[f"{name}_"]) for name in ("year", "month", "day"))
    zone = None
    if offset:
        hours, minutes = int(offset["hours"] or 0), int(offset["minutes"] or 0)
        zone = timezone(timedelta(hours=hours, minutes=-minutes if hours < 0 else minutes))
    if time is None:
        return datetime(year, month, number, tzinfo=zone)
    hour = int(time["hour"])
    if time["afternoon"] and hour < 12:
        hour += 12
    elif time["morning"] and hour == 12:
        hour = 0
    return datetime(year, month, number, hour, int(time["minute"]), int(time["second"] or 0), tzinfo=zone)


def _cut(line: str, match: re.Match[str]) -> str:
    return f"{line[: match.start()]} {line[match.end() :]}"


def _moment(build: Callable[[], datetime], zone: tzinfo) -> datetime | None:
    try:
        moment = build()
    except (ValueError, OverflowError):
        return None
    # The first and the last year of the calendar have moments that other time zones cannot express.
    if not MINYEAR < moment.year < MAXYEAR:
        return None
    return moment.replace(tzinfo=zone) if moment.tzinfo is None else moment
