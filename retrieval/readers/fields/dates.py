"""Dates as articles write them.

An impossible or unknown date is ``None``: the article goes in undated, because its text is still true.
A date is never guessed, and ``05/06/2024`` is always the fifth of June.
"""

from collections.abc import Callable
from datetime import MAXYEAR, MINYEAR, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime

import regex

MAX_DATE_LENGTH = 200  # characters of a text that is expected to be a date
MAX_YEARS_AHEAD = 5  # of a day of publication; clocks of servers may go wrong a little

_FIRST_SECOND = 631_152_000  # 1990, in seconds since 1970
_FIRST_MILLISECOND = 100_000_000_000  # in seconds that is the year 5138
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
# "Mười một" before "mười": the first that fits is taken.
_SAID = ("mười một", "mười hai", "một", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")
_NUMBERED = dict(zip(_SAID, (11, 12, *range(1, 11)), strict=True))
_THANG = rf"(?P<month>{'|'.join(_SAID)})".replace(" ", r"\ ")
_ISO = regex.compile(
    r"""(?<![\d-])(?P<year>\d{4})-(?P<month>\d\d?)-(?P<day>\d\d?)[T ]
    (?P<hour>\d\d?)(?P<minute>:\d\d(?::\d\d(?:\.\d+)?)?)(?:\ ?(?P<zone>Z|[+-]\d\d(?::?\d\d)?))?(?![\d-])""",
    regex.IGNORECASE | regex.VERBOSE,
)
_DAY = regex.compile(
    rf"""(?<![\d/.-])(?P<year>\d{{4}})(?P<mark>[/-])(?P<month>\d\d?)(?P=mark)(?P<day>\d\d?)(?![\d/-])
    |(?:ngày\ )?(?<![\d/.-])(?P<day>\d\d?)(?P<mark>[/.-])(?P<month>\d\d?)(?P=mark)(?P<year>\d{{4}})(?![\d/])
    |(?:ngày\ )?\b(?P<day>\d\d?)\ tháng\ (?P<month>\d\d?)(?:,|\ năm)?\ (?P<year>\d{{4}})\b
    |(?:ngày\ )?\b(?P<day>\d\d?)\ tháng\ {_THANG}(?:,|\ năm)?\ (?P<year>\d{{4}})\b
    |\btháng\ (?:{_THANG}|(?P<month>\d\d?))\ (?P<day>\d\d?),\ (?P<year>\d{{4}})\b
    |\b(?P<day>\d\d?)\ {_MONTH},?\ (?P<year>\d{{4}})\b
    |\b{_MONTH}\ (?P<day>\d\d?),?\ (?P<year>\d{{4}})\b""",
    regex.IGNORECASE | regex.VERBOSE,
)
# Understood only if nothing but a date is expected: a telephone number looks like it.
_COMPACT = regex.compile(r"(?:19|20)\d{6}")
_TIME = regex.compile(
    r"""(?<!\d)(?P<hour>\d\d?)
    (?:[:hg](?P<minute>\d\d)(?::(?P<second>\d\d))?(?!\d)
    |(?:h|\ ?giờ)(?:\ ?(?P<minute>\d\d)(?:\ phút)?)?(?!\w))
    (?:\s?(?:(?P<morning>am|sa)|(?P<afternoon>pm|ch))\b)?""",
    regex.IGNORECASE | regex.VERBOSE,
)
_ZONE = regex.compile(
    r"\(?\b(?:GMT|UTC)(?:\s?(?P<hours>[+-]\d{1,2})(?::?(?P<minutes>\d\d))?)?\b\)?", regex.IGNORECASE
)
_WEEKDAY = regex.compile(
    r"""\b(?:thứ\ (?:hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|chủ\ nhật|T[2-7]|CN
    |(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|fri|sat|sun)\b""",
    regex.IGNORECASE | regex.VERBOSE,
)
# How NukeViet writes 2026-09-05T08:30:00+07:00.
_ZONE_FIRST = regex.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)(?P<zone>[+-]\d\d(?::?\d\d(?=\d\d:))?)(?P<time>\d\d:\d\d(?::\d\d)?)"
)
_EPOCH = regex.compile(
    r"(?P<number>\d{10}(?:\d{3})?(?:\.\d+)?)|\\?/Date\((?P<net>\d{12,13})(?:[+-]\d{4})?\)\\?/"
)
_RFC_2822 = regex.compile(
    r"(?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d(?::\d\d)?(?: [+-]\d{4}| [A-Z]+)?"
)


def parse(text: str | None, zone: tzinfo) -> datetime | None:
    """Return the moment that *text* names, aware; in *zone* if it names none.

    ISO 8601, day/month/year with or without a time, a Vietnamese or English date in words, and RFC 2822 are
    understood. ``None`` for anything else and for days that do not exist.
    """
    text = (text or "").strip()
    if len(text) > MAX_DATE_LENGTH:
        return None
    if _COMPACT.fullmatch(text):
        return _moment(lambda: datetime.fromisoformat(text), zone)
    if written := _ZONE_FIRST.fullmatch(text):
        iso = f"{written['day']}T{written['time']}{written['zone']}"
        return _moment(lambda: datetime.fromisoformat(iso), zone)
    if counted := _EPOCH.fullmatch(text):
        return since_1970(float(counted["number"] or counted["net"]), zone)
    if _RFC_2822.fullmatch(text):
        return _moment(lambda: parsedate_to_datetime(text), zone)
    moment, rest = take(text, zone)
    return None if rest.strip(" ,;|-–()") else moment


def since_1970(number: float, zone: tzinfo) -> datetime | None:
    """Return the moment so many seconds, or milliseconds, after 1970 began; ``None`` if it is none.

    Only moments from 1990 on are dates: smaller numbers count something else.
    """
    seconds = number / 1000 if number >= _FIRST_MILLISECOND else number
    if not _FIRST_SECOND <= seconds < _FIRST_MILLISECOND:
        return None
    return plausible(_moment(lambda: datetime.fromtimestamp(seconds, zone), zone))


def plausible(moment: datetime | None) -> datetime | None:
    """Return *moment* unless it lies years ahead: a slip, or the day on which an old notice is to go."""
    return moment if moment and moment.year <= datetime.now(moment.tzinfo).year + MAX_YEARS_AHEAD else None


def take(line: str, zone: tzinfo) -> tuple[datetime | None, str]:
    """Take the date, with its weekday, time and zone, out of *line*: return it and what is left.

    ``(None, line)`` if there is no date or an impossible one.
    """
    if match := _ISO.search(line):
        written = match
        moment = _moment(lambda: _as_written(written), zone)
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


def _as_written(iso: "regex.Match[str]") -> datetime:
    day = f"{int(iso['year']):04}-{int(iso['month']):02}-{int(iso['day']):02}"
    return datetime.fromisoformat(f"{day}T{iso['hour']:>02}{iso['minute']}{(iso['zone'] or '').upper()}")


def _on_day(
    day: "regex.Match[str]", time: "regex.Match[str] | None", offset: "regex.Match[str] | None"
) -> datetime:
    year, number, name = int(day["year"]), int(day["day"]), day["month"].lower()
    month = _NUMBERED.get(name) or (_MONTHS.index(name[:3]) + 1 if name[:3] in _MONTHS else int(name))
    zone = None
    if offset:
        hours, minutes = int(offset["hours"] or 0), int(offset["minutes"] or 0)
        zone = timezone(timedelta(hours=hours, minutes=-minutes if hours < 0 else minutes))
    if time is None:
        return datetime(year, month, number, tzinfo=zone)
    hour, minute, second = (int(time[part] or 0) for part in ("hour", "minute", "second"))
    if time["afternoon"] and hour < 12:
        hour += 12
    elif time["morning"] and hour == 12:
        hour = 0
    return datetime(year, month, number, hour, minute, second, tzinfo=zone)


def _cut(line: str, match: "regex.Match[str]") -> str:
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
