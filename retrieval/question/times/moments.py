"""Dates and times in a text, and how else they are written.

What two numbers with a mark between them are, a day or a half, a score or a house, the words around them must
tell: where these say nothing, "1/2" is no date, nor is "2-1". Texts are in lower case, and the words that are
known here have no accents.
"""

from collections.abc import Collection, Iterable
from itertools import accumulate

import regex

from retrieval.text.analyzer import fold

Stretch = tuple[int, int]  # of characters
Said = tuple[Stretch, list[str]]  # what stands there, and all ways to write it

NAME = "january|february|march|april|may|june|july|august|september|october|november|december"
_MONTHS = tuple(NAME.split("|"))
_DAY, _MONTH, _YEAR = "0?[1-9]|[12][0-9]|3[01]", "0?[1-9]|1[0-2]", "1[0-9]{3}|20[0-9]{2}"
BEGINS, ENDS = r"(?<!\w)(?<!\d[/.,:])", r"(?![/.,:]?\w)"
# An age tells how old somebody is: "năm nay 62 tuổi".
AGE = r"\ (?:(?:được|duoc|hơn|hon|mới|moi|tròn|tron|cũng|cung|đã|da)\ )*[0-9]{1,3}\ tu[oổ]i\b"
DATE = regex.compile(
    # What goes on before or behind a hyphen is a telephone's number, or a document's: 05-2021-NĐ-CP.
    rf"""{BEGINS}(?<!\d[-–])(?:
        (?P<lead>(?:ngay|mung|mong|hom)\ )?(?P<day>{_DAY})
            (?P<mark>,?\ thang\ |[-–/.]|\ [-–/]\ (?=\d+\ [-–/]\ \d))(?P<month>{_MONTH})
            (?:(?:,?\ nam\ |\ ?[-–/.]\ ?|,?\ )(?P<year>{_YEAR}))?
        |(?P<lead>thang\ )(?P<month>{_MONTH})(?:,?\ nam\ |\ ?[-–/.]\ ?|,?\ )(?P<year>{_YEAR})
        |(?P<month>{_MONTH})(?P<mark>/)(?P<year>{_YEAR})
        |(?P<year>{_YEAR})[-/](?P<month>0[1-9]|1[0-2])[-/](?P<day>0[1-9]|[12][0-9]|3[01])
        |(?P<name>{NAME})\ (?P<day>{_DAY})(?:st|nd|rd|th)?,?\ (?P<year>{_YEAR})
        |(?P<day>{_DAY})(?:st|nd|rd|th)?\ (?:of\ )?(?P<name>{NAME}),?\ (?P<year>{_YEAR})
        |(?P<name>{NAME}),?\ (?P<year>{_YEAR})
    ){ENDS}(?![-–]\w)""",
    regex.VERBOSE,
)
TIME = regex.compile(
    rf"""{BEGINS}(?P<hour>[01]?[0-9]|2[0-4])(?:
        :(?P<minute>[0-5][0-9])
        |[hg](?P<minute>[0-5][0-9])
        |(?:\ gio|\ ?h)\ (?P<minute>[0-5][0-9](?:\ phut)?|ruoi)
        |\ gio|\ ?h|g
    ){ENDS}""",
    regex.VERBOSE,
)
# What stands before a day, so that two numbers are a date, whatever the mark between them.
_BEFORE_A_DAY = regex.compile(
    r"\b(?:ngay|mung|mong|hom|sang|trua|chieu|toi|dem|dip|(?<!ty )(?<!ti )le|"
    r"thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat),? $"
)
_BEFORE_A_DATE = regex.compile(r"\b(?:tu|truoc|sau|han) $")  # the same, if the mark is a slash
_BEHIND_A_DATE = regex.compile(r" (?:nghi|le)\b")
_BEFORE_A_NUMBER = regex.compile(  # of a house, a class, a document
    r"\b(?:so|nha|hem|ngo|kiet|duong|lo|to|khu|phong|lop|lien tich|luat|lenh|nd|qd|nq|tt|le) $"
)
_NETWORKS = range(2, 7)  # 5G is no hour
_AROUND_THE_CLOCK = (24, 7)
_LEADS = ("ngày", "sáng", "chiều", "tối")  # before "1.5", which is a fraction otherwise


def legible(
    text: str, words: Iterable[tuple[str, int, int]], known: Collection[str]
) -> tuple[str, list[int]]:
    """Return *text* as its terms, numbers and those that are *known* without accents, and where each starts.

    *words* are the terms, each with its range of *text*.
    """
    pieces, end = list[str](), 0  # what is between words, a word, what is between words, …
    for term, start, stop in words:
        gap = text[end:start] if start >= end else " "
        pieces += gap, fold(term) if term in known or term[0].isdigit() else term
        end = stop
    starts = [*accumulate(map(len, pieces))][::2]
    return "".join([*pieces, text[end:]]), starts


def date(match: regex.Match[str]) -> list[Said]:
    """Return what a *match* of ``DATE`` says: a day of a month, a month of a year, both or neither."""
    if not _is_date(match):
        return []
    month = month_of(match)
    places = {group: match.span(group) for group in ("lead", "day", "month", "name", "year") if match[group]}
    year = places.pop("year", None)
    day = int(match["day"]) if match["day"] else None
    said: list[Said] = []
    if day:
        said.append((_around(places.values()), _days(day, month, match["year"])))
        places = {group: at for group, at in places.items() if group in ("month", "name")}
    if year:
        said.append((_around([*places.values(), year]), _months(day, month, match["year"])))
    return said


def month_of(match: regex.Match[str]) -> int:
    """Return the month (1..12) that a *match* of ``DATE`` names."""
    return _MONTHS.index(match["name"]) + 1 if match["name"] else int(match["month"])


def _around(places: Iterable[Stretch]) -> Stretch:
    begins, ends = zip(*places, strict=True)
    return min(begins), max(ends)


def _is_date(match: regex.Match[str]) -> bool:
    """Tell whether two numbers are a day and a month, or a month and a year; with a word they always are."""
    mark = match["mark"]
    if not mark or mark.isalpha() or " thang " in mark or (match["day"] and (match["year"] or match["lead"])):
        return True
    before, behind = match.string[: match.start()], match.string[match.end() :]
    if match["day"] and mark == "/" and not before and not behind.strip("?"):
        return True  # somebody adds a day to the question before
    if _BEFORE_A_DAY.search(before):
        return True
    if mark != "/" or _BEFORE_A_NUMBER.search(before):
        return False
    if not match["day"] or _BEFORE_A_DATE.search(before) or _BEHIND_A_DATE.match(behind):
        return True
    day, month = int(match["day"]), int(match["month"])
    # The upper number of a fraction is the smaller one.
    return "0" in (match["day"][0], match["month"][0]) or (day > month and (day, month) != _AROUND_THE_CLOCK)


def _days(day: int, month: int, year: str | None) -> list[str]:
    """Return how a day of a month is written; some ways only with the *year*."""
    name = _MONTHS[month - 1]
    both = [(d, m) for d in digits(day) for m in digits(month)]
    written = [f"{d}{mark}{m}" for d, m in both for mark in ("/", " tháng ")]
    written += [f"{lead} {d}.{m}" for lead in _LEADS for d, m in both]
    if year or name != "may":  # "May 10" is a company
        written += [f"{name} {d}" for d in _ordinals(day)] + [f"{d} {name}" for d in _ordinals(day)]
    return written + (_whole(day, month, year) if year else [])


def _months(day: int | None, month: int, year: str) -> list[str]:
    """Return how a month of a year is written; some ways only with the *day*."""
    name = _MONTHS[month - 1]
    written = [f"{m}{mark}{year}" for m in digits(month) for mark in ("/", ".", " năm ")]
    written += [f"{name} {year}", f"{year}-{month:02}"]
    return written + (_whole(day, month, year) if day else [])


def _whole(day: int, month: int, year: str) -> list[str]:
    return [
        *(f"{d}.{m}.{year}" for d in digits(day) for m in digits(month)),
        *(f"{_MONTHS[month - 1]} {d} {year}" for d in _ordinals(day)),
        f"{year}-{month:02}-{day:02}",
    ]


def _ordinals(day: int) -> list[str]:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(day % 10 if day // 10 != 1 else 0, "th")
    return [*digits(day), f"{day}{ending}"]


def time(match: regex.Match[str]) -> list[Said]:
    """Return what a *match* of ``TIME`` says; nothing if that is no time."""
    hour = int(match["hour"])
    if hour in _NETWORKS and match[0].endswith("g"):
        return []
    minute = "30" if match["minute"] == "ruoi" else match["minute"] and match["minute"][:2]
    patterns = ["{}h", "{} giờ", "{} h", *["{}g"] * (hour not in _NETWORKS)]
    if minute and minute != "00":
        patterns = [f"{{}}{mark}{minute}" for mark in ("h", "g", ":", ".", " giờ ", "h ")]
        patterns += ["{} giờ rưỡi", "{}h rưỡi"] if minute == "30" else []
    else:
        patterns += ["{}h00", "{}g00", "{}:00", "{} giờ 00"]
    return [(match.span(), [pattern.format(h) for h in digits(hour) for pattern in patterns])]


def digits(number: int) -> list[str]:
    """Return *number* in digits, one alone also with a zero before it."""
    return [str(number), f"0{number}"] if number < 10 else [str(number)]
