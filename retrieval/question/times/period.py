"""Periods of days: as an operator takes them ("5/2016"), and as people say them ("tháng trước").

What is said in plain words may also be what a question is about. Only what can hardly be that is read here:
a span that is counted from today, or one that begins with "trong", "in" or "từ … đến".
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import regex

from retrieval.question.times.moments import AGE, BEGINS, DATE, ENDS, NAME, legible, month_of
from retrieval.text.analyzer import tokens

_YEARS = "1[0-9]{3}|20[0-9]{2}"
_YEAR = regex.compile(rf"{BEGINS}(?:nam\ |year\ )?(?P<year>{_YEARS}){ENDS}(?![-–]\d)", regex.VERBOSE)
_MONTH = regex.compile(rf"{BEGINS}(?:thang\ (?P<month>0?[1-9]|1[0-2])|(?P<name>{NAME})){ENDS}", regex.VERBOSE)
_YEAR_MONTH = regex.compile(rf"(?P<year>{_YEARS})-(?P<month>0[1-9]|1[0-2])")
_SPELLED = "hôm nay qua tuần này trước rồi tháng năm ngoái ngày vừa gần đây trở lại từ đến tới trong vào hồi"
_WORDS = frozenset(_SPELLED.split())  # others keep their accents: "thắng trước" is no month
_WITHIN = regex.compile(r"\b(?:trong|in|during|within) ")
_FROM = regex.compile(r"\b(?:tu|from|between) ")
_TO = regex.compile(r" (?:den|toi|to|until|and) ")
_NOW = regex.compile(r"(?:nay|hom nay|today|now)\b")
_COUNTED = regex.compile(
    r"""\b(?:(?:trong|vao|in|within|over)\ )?(?:
        (?P<n>[0-9]{1,2})\ (?P<unit>ngay|tuan|thang|nam)\ (?:qua|vua\ qua|vua\ roi|gan\ day|tro\ lai\ day)
        |(?:the\ )?(?:last|past)\ (?P<n>[0-9]{1,2})\ (?P<unit>day|week|month|year)s?
    )\b""",
    regex.VERBOSE,
)
_NAMED = regex.compile(
    # Not "2 tháng trước", "các năm trước", "đến hôm nay", "tháng trước khi", "năm trước đó".
    rf"""(?<!\b(?:[0-9]+|một|hai|ba|bốn|nam|sáu|mươi|trăm|nghìn|ngàn|triệu|tỷ|vài|mấy|may|các|cac|những|nhung|nhiều
        |nhieu|den|toi|tu|until|till|since|to|from)\ )
    \b(?:(?:trong|vao|in)\ )?(?:
        (?P<name>hom\ nay|hom\ qua|today|yesterday)
        |(?P<unit>tuan|thang|nam)\ (?P<which>nay|truoc|roi|ngoai)
        |(?P<which>this|last)\ (?P<unit>week|month|year)
    )\b(?!\ (?:khi|đó|ngay|sau)\b)(?!{AGE})""",
    regex.VERBOSE,
)
_HALF_A_YEAR = 183  # days
_NOT_FAR = 62  # days
_DAYS_AGO = {"hom nay": 0, "today": 0, "hom qua": 1, "yesterday": 1}
_MONTHS = {"thang": 1, "month": 1, "nam": 12, "year": 12}
_DAYS = {"ngay": 1, "day": 1, "tuan": 7, "week": 7}
_THIS = {"nay", "this"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Days from *since* to *until*, both included."""

    since: date
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidPeriod:
    """A period that a text names: ``text[start:end]``."""

    period: Period
    start: int
    end: int
    is_counted: bool  # from today; False: its dates stand there


_Found = tuple[int, int, Period]  # where it stands


def period_of(text: str) -> Period | None:
    """Return the year, month or day that *text* is: 2016, 5/2016, 2016-05, 01/05/2016, 2016-05-01.

    None for anything else, also for a day that no calendar has.
    """
    found = _YEAR_MONTH.fullmatch(text) or _YEAR.fullmatch(text) or DATE.fullmatch(text.lower())
    return dated(found, year=None) if found else None


def days_in(text: str, published: date) -> Iterator[Period]:
    """Yield the days, months and years that *text* names by date; a day without its year is none long past.

    *published* is the day of the text: "4/12" of the 24th of November is the next one, of January the last.
    """
    words = list(tokens(text))
    folded, _ = legible(text, words, _WORDS)
    for match in DATE.finditer(folded):
        named = dated(match, year=published.year)
        if named and not match["year"] and (published - named.until).days > _HALF_A_YEAR:
            named = dated(match, year=published.year + 1)
        if named:
            yield named


def said_period(text: str, today: date) -> SaidPeriod | None:
    """Return the period that *text*, which is clean, asks for; None if it names none, or several."""
    words = list(tokens(text))
    folded, starts = legible(text, words, _WORDS)
    dated = [*spans(folded, today), *_within(folded)]
    counted = [*_counted(folded, today), *_named(folded, today)]
    if len(dated) + len(counted) != 1:
        return None
    [(start, end, period)] = dated or counted
    inside = [word for word, begins in zip(words, starts, strict=True) if start <= begins < end]
    return SaidPeriod(period=period, start=inside[0].start, end=inside[-1].end, is_counted=not dated)


def spans(text: str, today: date) -> Iterator[_Found]:
    """Yield what goes from one date to another in *text*, as it is read here.

    The first one's year may stand with the second; if neither has one, they are not far ahead of *today*.
    """
    for lead in _FROM.finditer(text):
        first = _point(text, lead.end())
        mark = _TO.match(text, first.end()) if first else None
        if first is None or mark is None:
            continue
        last: Period | None
        if now := _NOW.match(text, mark.end()):
            last, end = Period(since=today, until=today), now.end()
        elif second := _point(text, mark.end()):
            last, end = dated(second, year=today.year), second.end()
            if last and last.since > today + timedelta(_NOT_FAR):
                last = dated(second, year=today.year - 1)
        else:
            continue
        if last is None:
            continue
        begun = dated(first, year=last.since.year)
        if begun and begun.since > last.until:  # "từ 20/12 đến 5/1"
            begun = dated(first, year=last.since.year - 1)
        if begun and begun.since <= last.until:
            yield lead.start(), end, Period(since=begun.since, until=last.until)


def _within(text: str) -> Iterator[_Found]:
    for lead in _WITHIN.finditer(text):
        point = _point(text, lead.end())
        if point and (period := dated(point, year=None)):
            yield lead.start(), point.end(), period


def _counted(text: str, today: date) -> Iterator[_Found]:
    for match in _COUNTED.finditer(text):
        count, unit = int(match["n"]), match["unit"]
        days = _DAYS.get(unit)
        since = today - timedelta(days * count) if days else month_before(today, _MONTHS[unit] * count)
        yield match.start(), match.end(), Period(since=since, until=today)


def _named(text: str, today: date) -> Iterator[_Found]:
    for match in _NAMED.finditer(text):
        ago = 0 if match["which"] in _THIS else 1
        if name := match["name"]:
            day = today - timedelta(_DAYS_AGO[name])
            period = Period(since=day, until=day)
        elif match["unit"] in _DAYS:
            monday = today - timedelta(today.weekday() + 7 * ago)
            period = Period(since=monday, until=monday + timedelta(6))
        else:
            months = _MONTHS[match["unit"]]
            begun = today.replace(month=1) if months > 1 else today
            period = whole(month_before(begun, months * ago).replace(day=1), months)
        yield match.start(), match.end(), period


def _point(text: str, at: int) -> regex.Match[str] | None:
    return DATE.match(text, at) or _YEAR.match(text, at) or _MONTH.match(text, at)


def dated(found: regex.Match[str], *, year: int | None) -> Period | None:
    """Return the day, month or year of a match; *year* is that if it names none. None: no such day."""
    groups = found.groupdict()
    year = int(groups["year"]) if groups.get("year") else year
    if year is None:
        return None
    if not (groups.get("month") or groups.get("name")):
        return whole(date(year, 1, 1), 12)
    month = month_of(found) if "name" in groups else int(groups["month"])
    if not groups.get("day"):
        return whole(date(year, month, 1), 1)
    try:
        day = date(year, month, int(groups["day"]))
    except ValueError:
        return None
    return Period(since=day, until=day)


def whole(first: date, months: int) -> Period:
    """Return so many *months* from their *first* day on."""
    behind = month_before(first, -months)
    return Period(since=first, until=behind - timedelta(1))


def month_before(day: date, months: int) -> date:
    """Return the same day so many *months* earlier, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    for last in range(day.day, 27, -1):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    return date(year, month + 1, min(day.day, 28))
