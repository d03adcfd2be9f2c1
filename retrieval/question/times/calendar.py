"""Read what a question means by its words of time: a day, a month, the newest, what comes next, now.

"Tháng 8", "hôm qua", "cuối tuần", "bây giờ": such words mean the calendar, and are taken out of what is
searched. ``news`` reads what asks for nothing else.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

import regex

from retrieval.question.parts import parts
from retrieval.question.roles import Role
from retrieval.question.times.moments import AGE, BEGINS, DATE, ENDS, NAME, legible
from retrieval.question.times.period import Period, dated, month_before, spans, whole
from retrieval.text.analyzer import Token, tokens

# Words that are known without their accents, too; others keep theirs: "mời nhất" means no time.
_SPELLED = (
    "hôm bữa bựa nay ni qua kia mai mốt tuần tháng năm ngày trước rồi ngoái vừa sau tới sắp đến đây gần "
    "dạo này thời gian giờ hiện bây lúc hồi trong vào đầu giữa cuối quý sáng trưa chiều tối đêm mấy vài "
    "các những mới nhất có gì nào cái chi tin tức bài viết báo thông đăng ra cập nhật sự kiện hoạt động "
    "chuyện bản văn lên làm tổ chức diễn xảy về không đang đâu sao tình hình hay đặc biệt là được ở chưa "
    "đợt bao nhiêu mùng trở lại biết liên quan ai bên số thứ bừ từ"
)
_KNOWN = frozenset(_SPELLED.split())
_APOSTROPHES = str.maketrans("'’", "  ")

_BACK = "qua|vua qua|vua roi|gan day|tro lai day|nay"
_TODAY = r"(?:(?:ngay|sang|trua|chieu|toi|dem)\ )?(?:hom|bua|hum)\ (?:nay|ni)|hnay|h\ nay|today|tonight"
_COUNTED = regex.compile(
    rf"""(?<!\w)(?:(?:trong|vao|hoi|tu|ca|suot|in|within|over|from)\ )*(?:the\ )?(?:
        (?P<today>{_TODAY})
        |(?P<yesterday>(?:(?:ngay|sang|trua|chieu|toi|dem)\ )?(?:hom|bua|hum)\ qua|hqua|h\ qua|yesterday)
        |(?P<before>(?:hom|bua|hum|ngay)\ kia)
        |(?P<n>[0-9]{{1,2}}|may|vai)\ (?P<unit>ngay|bua|hom|tuan|thang)\ (?:{_BACK})
        |(?:last|past)\ (?P<n>[0-9]{{1,2}}|few)\ (?P<unit>day|week|month)s?
        |(?P<unit>tuan|thang|nam)\ (?P<which>nay|ni|truoc|roi|ngoai|qua|vua\ qua|vua\ roi)
        |(?P<which>this|last|past)\ (?P<unit>week|month|year)
    )(?!\w)(?!{AGE})""",
    regex.VERBOSE,
)
_AHEAD = regex.compile(
    r"""(?<!\w)(?:(?:trong|vao|in)\ )?(?:the\ )?(?:
        (?:thoi\ gian\ |nhung\ ngay\ |may\ (?:ngay|bua)\ )?(?:sap\ (?:toi|den|dien\ ra|co)|toi\ day)
        |(?:tuan|thang|nam|quy)\ (?:toi|sau|den|sap\ toi)
        |(?:ngay|sang|chieu|toi|trua)\ (?:mai|mot)
        |mai(?=\ (?:co|con|di|duoc|may|lam|nghỉ|nghi|mở|mo|cúp|cup|cắt|mất|tiêm|chích|khám|họp|thi|xe)(?!\w))
        |cuoi\ tuan(?:\ (?:nay|toi))?
        |upcoming|coming(?:\ up)?|tomorrow|(?:next|this\ coming)\ (?:few\ )?(?:days?|weeks?|months?)
        |(?:this\ )?weekend|soon
    )(?!\w)""",
    regex.VERBOSE,
)
_DAY_NAMES = (  # from Monday on
    r"thu\ (?:hai|2)|t2|monday",
    r"thu\ (?:ba|3)|t3|tuesday",
    r"thu\ (?:tư|tu|4)|t4|wednesday",
    r"thu\ (?:nam|5)|t5|thursday",
    r"thu\ (?:sáu|sau|6)|t6|friday",
    r"thu\ (?:bảy|bẩy|bay|7)|t7|saturday",
    r"(?:chủ|chúa|chu)\ (?:nhật|nhựt|nhat|nhut)|cn|sunday",
)
_WEEKDAY = regex.compile(
    rf"""(?<!\w)(?:(?:vao|ngay|sang|trua|chieu|toi|dem|on)\ )*(?:
        (?:{"|".join(_DAY_NAMES)})\ (?:tuan\ )?(?:nay|ni|toi|sau)
        |(?:this|next)\ (?:{"|".join(_DAY_NAMES)})
    )(?!\w)""",
    regex.VERBOSE,
)
_THIS = {"nay", "ni", "this"}
_YEAR_UNITS = {"nam", "year"}
_MONTH = regex.compile(
    rf"""{BEGINS}(?:(?:trong|vao|hoi|in|during)\ )*
    (?:thang\ (?P<month>0?[1-9]|1[0-2])|(?P<name>{NAME}))
    (?:,?\ (?:nam\ )?(?P<of>nay|ngoai|roi|truoc|vua\ roi|vua\ qua|this\ year|last\ year))?{ENDS}""",
    regex.VERBOSE,
)
_WHOLE = regex.compile(
    rf"""{BEGINS}(?:(?:trong|vao|hoi|in|during)\ )*(?:nam\ |year\ )?
    (?P<year>20[0-9]{{2}}){ENDS}(?![-–]\d)""",
    regex.VERBOSE,
)
_PART = regex.compile(
    r"(?<!\w)(?:(?P<first>dau|early)|(?P<second>giua|mid)|(?P<third>cuoi|late))\ $", regex.VERBOSE
)
_LEAD = regex.compile(r"(?:(?<!\w)(?:trong|vao|hoi|on|in|ngay|hom|bua)\ )+$", regex.VERBOSE)


def without_now(text: str) -> str:
    """Return *text*, which is clean, without the words that only say that it is asked now.

    A text of nothing else stays as it is.
    """
    said, starts, words = legible_words(text)
    if not _first(_NOW, said):
        return text
    left = said
    for match in _NOW.finditer(said):
        left = blanked(left, match.span())
    kept = [word for word, start in zip(words, starts, strict=True) if not left[start].isspace()]
    return as_typed(text, kept) or text


_NOW = regex.compile(
    rf"""(?<!\w)(?:(?:tinh\ )?(?:den|toi|vao|ngay)\ )?(?:{_TODAY}|hien\ nay|hien\ tai|hien\ gio|bay\ gio
    |(?:(?:bay\ |bu\ )?chừ|(?:bay|bu)\ chu)(?:\ ni)?
    |luc\ nay|ngay\ nay|tinh\ (?:toi|den)\ (?:gio|nay)|thoi\ diem\ hien\ tai|moi\ nhat|currently
    |dot\ (?:nay|ni)
    |(?:right\ )?now|nowadays|at\ the\ moment|at\ present|as\ of\ now|(?:the\ )?latest)(?!\w)""",
    regex.VERBOSE,
)


def asks_now(text: str) -> bool:
    """Tell whether *text*, which is clean, asks how something is at present."""
    said, _, _ = legible_words(text)
    return _first(_NOW, said) is not None


def days_counted(text: str, today: date) -> tuple[Period, str] | None:
    """Return the days from today on that *text*, which is clean, means, and its rest; None if it means none.

    "Mai", "tuần này", "thứ sáu tới", "this weekend": no article need say these words.
    """
    said, starts, words = legible_words(text)
    weekday, ahead, counted = (_first(pattern, said) for pattern in (_WEEKDAY, _AHEAD, _COUNTED))
    if weekday:
        found, period = weekday, _weekday(weekday, today)
    elif ahead and not regex.search(r"\b(?:nam|quy)\b", ahead[0]):
        found, period = ahead, _ahead(ahead[0], today)
    elif counted and (counted["today"] or counted["which"] in _THIS) and counted["unit"] not in _YEAR_UNITS:
        found, period = counted, _counted(counted, today)
    else:
        return None
    left = blanked(said, found.span())
    rest = as_typed(text, [word for word, at in zip(words, starts, strict=True) if not left[at].isspace()])
    return (period, rest) if rest else None


def names_weekday(text: str) -> bool:
    """Tell whether *text*, which is clean, means a day by its name: "thứ sáu này"."""
    said, _, _ = legible_words(text)
    return _first(_WEEKDAY, said) is not None


@lru_cache(maxsize=256)  # of one question each is asked for several times
def _first(pattern: regex.Pattern[str], said: str) -> regex.Match[str] | None:
    return pattern.search(said)


@lru_cache(maxsize=64)  # of one question it is asked several times
def legible_words(text: str) -> tuple[str, tuple[int, ...], tuple[Token, ...]]:
    """Return *text* as it is read here, where each of its words starts in that, and these words."""
    words = tuple(tokens(text))
    said, starts = legible(text, words, _KNOWN)
    return said.translate(_APOSTROPHES), tuple(starts), words


def asks_what_holds(text: str, today: date) -> bool:
    """Tell whether *text*, which is clean, asks for what holds now: it is a question of no time past."""
    return any(part.kind in _ASKING for part in parts(text)) and _is_of_now(text, today)


def names_what_holds(text: str, today: date) -> bool:
    """Tell whether *text*, which is clean, is a few words for what is sought, and says no time."""
    said, _, words = legible_words(text)
    return len(words) <= _FEW and _is_of_now(text, today) and period_said(said, today)[0] is None


def _is_of_now(text: str, today: date) -> bool:
    said, _, _ = legible_words(text)
    if _first(_PAST, said):
        return False
    years = (int(match["year"]) for match in _WHOLE.finditer(said))
    return all(year >= today.year for year in years)


_FEW = 8  # words: "lịch thu gom rác khu phố 5"; headlines have more
_ASKING = frozenset({Role.ASKS, Role.CONFIRMS, Role.ASPECT})
_PAST = regex.compile(
    r"""(?<!\w)(?:nam\ (?:ngoai|truoc|roi)|thang\ (?:truoc|roi)|truoc\ (?:day|kia|ngay|thang|nam|do)
    |hoi\ (?:do|truoc|xua|nam|thang)|ngay\ (?:xua|truoc)|luc\ truoc|(?:gia|lich|muc|phi|dinh|gio|bang)\ cũ
    |last\ (?:year|month)|used\ to|was|were|did|before|[0-9]{1,2}\ nam\ truoc)(?!\w)""",
    regex.VERBOSE,
)


@lru_cache(maxsize=64)  # of one question it is asked several times
def period_said(said: str, today: date) -> tuple[Period | None, bool, str]:
    """Return the period that is said, whether it is still to come, and the text without it."""
    for match, period, is_ahead in _periods(said, today):
        begin = match[0]
        is_long = period is not None and period.until - period.since > timedelta(_LONG)
        if period and is_long and (part := _PART.search(said[:begin])):
            period, begin = _part_of(period, part.lastgroup), part.start()
            is_ahead = period.since > today
        begin = lead.start() if (lead := _LEAD.search(said[:begin])) else begin
        return period, is_ahead, blanked(said, (begin, match[1]))
    return None, False, said


def _periods(said: str, today: date) -> Iterator[tuple[tuple[int, int], Period | None, bool]]:
    if found := _first(_AHEAD, said):
        yield found.span(), _ahead(found[0], today), True
    for start, end, days in spans(said, today):
        yield (start, end), days, days.since > today
    if (found := DATE.search(said)) and (period := dated(found, year=today.year)):
        if period.since > today and not found["year"]:
            period = dated(found, year=today.year - 1) or period
        yield found.span(), period, period.since > today
    # "May" may as well be "mấy".
    if (found := _MONTH.search(said)) and (found["name"] != "may" or found[0].startswith(("in ", "during "))):
        period = _month(found, today)
        yield found.span(), period, period.since > today
    if found := _first(_COUNTED, said):
        yield found.span(), _counted(found, today), False
    if found := _WHOLE.search(said):
        period = whole(date(int(found["year"]), 1, 1), 12)
        yield found.span(), period, period.since > today


def _month(found: regex.Match[str], today: date) -> Period:
    """Return the month that is named: of this year if it has begun or is about to, else the last one."""
    number = NAME.split("|").index(found["name"]) + 1 if found["name"] else int(found["month"])
    of = found["of"] or ""
    year = today.year
    if of in ("ngoai", "truoc", "roi", "last year"):
        year -= 1 if of in ("ngoai", "last year") or number >= today.month else 0
    elif not of and number > today.month + 1:
        year -= 1
    return whole(date(year, number, 1), 1)


def _part_of(period: Period, part: str | None) -> Period:
    """Return the first, second or third third of *period*: "đầu tháng 11" ends on the tenth."""
    third = ("first", "second", "third").index(part or "first")
    begin, days = period.since, (period.until - period.since).days + 1
    ends = (days * third // 3, days * (third + 1) // 3 - 1)
    return Period(since=begin + timedelta(ends[0]), until=begin + timedelta(ends[1]))


_LONG = 7  # days: of what is longer the beginning, the middle or the end may be meant
_SOME = 7  # days: "mấy bữa nay"


def _counted(found: regex.Match[str], today: date) -> Period:
    if found["today"]:
        return Period(since=today, until=today)
    if found["yesterday"] or found["before"]:
        day = today - timedelta(1 if found["yesterday"] else 2)
        return Period(since=day, until=day)
    unit, which = found["unit"], found["which"]
    if not which:
        count = int(found["n"]) if found["n"].isdecimal() else 0
        days = {"tuan": 7, "week": 7, "thang": 30, "month": 30}.get(unit, 1)
        return Period(since=today - timedelta(days * count if count else max(_SOME, 3 * days)), until=today)
    ago = 0 if which in ("nay", "ni", "this") else 1
    if unit in ("tuan", "week"):
        if which in ("qua", "vua qua", "past"):
            return Period(since=today - timedelta(_SOME), until=today)
        monday = today - timedelta(today.weekday() + 7 * ago)
        return Period(since=monday, until=monday + timedelta(6))
    months = 12 if unit in ("nam", "year") else 1
    begun = today.replace(month=1) if months > 1 else today
    return whole(month_before(begun, months * ago).replace(day=1), months)


def _weekday(found: regex.Match[str], today: date) -> Period:
    """Return the day of this week that is named, or of the next."""
    number = next(n for n, names in enumerate(_DAY_NAMES) if regex.search(rf"\b(?:{names})\b", found[0]))
    is_next = regex.search(r"\b(?:tuan (?:toi|sau)|next)\b", found[0]) is not None
    day = today + timedelta(number - today.weekday() + 7 * is_next)
    day += timedelta(7 * (day < today))
    return Period(since=day, until=day)


def _ahead(said: str, today: date) -> Period:
    """Return the days to come that are meant, of which none has begun."""
    tomorrow, monday = today + timedelta(1), today + timedelta(7 - today.weekday())
    if regex.search(r"\b(?:mai|tomorrow)\b", said):
        return Period(since=tomorrow, until=tomorrow)
    if "cuoi tuan" in said or "weekend" in said:
        return Period(since=max(today, monday - timedelta(3)), until=monday - timedelta(1))
    if regex.search(r"\b(?:tuan|weeks?)\b", said):
        return Period(since=monday, until=monday + timedelta(6))
    if regex.search(r"\b(?:thang|months?)\b", said):
        return whole(month_before(today, -1).replace(day=1), 1)
    return Period(since=tomorrow, until=today + timedelta(60))


def blanked(said: str, span: tuple[int, int]) -> str:
    """Return *said* with blanks in the place of a part, so that all else stays in its place."""
    return f"{said[: span[0]]}{' ' * (span[1] - span[0])}{said[span[1] :]}"


def as_typed(text: str, kept: list[Token]) -> str:
    """Return the words *kept* with what stands between those that were neighbours."""
    return " ".join(text[word.start : word.end] for word in kept)
