"""Read what a question means by its words of time: news of a day or a month, the newest, what comes next.

"Có gì mới không", "tháng 8 phường đăng bài gì", "tin mới nhất về chợ": such words mean the calendar. They are
taken out of what is searched, and what they leave is the subject, if there is any.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import regex

from retrieval.question.moments import BEGINS, DATE, ENDS, NAME, legible
from retrieval.question.period import Period, dated, month_before, whole
from retrieval.question.roles import Role, parts
from retrieval.text.analyzer import Token, fold, tokens

# Words that are known without their accents, too; others keep theirs: "mời nhất" means no time.
_SPELLED = (
    "hôm bữa bựa nay ni qua kia mai mốt tuần tháng năm ngày trước rồi ngoái vừa sau tới sắp đến đây gần "
    "dạo này thời gian giờ hiện bây lúc hồi trong vào đầu giữa cuối quý sáng trưa chiều tối đêm mấy vài "
    "các những mới nhất có gì nào cái chi tin tức bài viết báo thông đăng ra cập nhật sự kiện hoạt động "
    "chuyện bản văn lên làm tổ chức diễn xảy về không đang đâu sao tình hình hay đặc biệt là được ở chưa "
    "bao nhiêu mùng trở lại biết liên quan ai bên số thứ bừ"
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
    )(?!\w)""",
    regex.VERBOSE,
)
_AHEAD = regex.compile(
    r"""(?<!\w)(?:(?:trong|vao|in)\ )?(?:the\ )?(?:
        (?:thoi\ gian\ |nhung\ ngay\ |may\ (?:ngay|bua)\ )?(?:sap\ (?:toi|den|dien\ ra|co)|toi\ day)
        |(?:tuan|thang|nam|quy)\ (?:toi|sau|den|sap\ toi)
        |(?:ngay|sang|chieu|toi|trua)\ (?:mai|mot)|mai(?=\ co)
        |cuoi\ tuan(?:\ (?:nay|toi))?
        |upcoming|coming(?:\ up)?|tomorrow|(?:next|this\ coming)\ (?:few\ )?(?:days?|weeks?|months?)
        |(?:this\ )?weekend|soon
    )(?!\w)""",
    regex.VERBOSE,
)
_MONTH = regex.compile(
    rf"""{BEGINS}(?:(?:trong|vao|hoi|cuoi|dau|giua|in|during)\ )*
    (?:thang\ (?P<month>0?[1-9]|1[0-2])|(?P<name>{NAME}))
    (?:,?\ (?:nam\ )?(?P<of>nay|ngoai|roi|truoc|vua\ roi|vua\ qua|this\ year|last\ year))?{ENDS}""",
    regex.VERBOSE,
)
_WHOLE = regex.compile(
    rf"""{BEGINS}(?:(?:trong|vao|hoi|cuoi|dau|in|during)\ )*(?:nam\ |year\ )?
    (?P<year>20[0-9]{{2}}){ENDS}(?![-–]\d)""",
    regex.VERBOSE,
)
_LEAD = regex.compile(r"(?:(?<!\w)(?:trong|vao|hoi|on|in|ngay|hom|bua)\ )+$", regex.VERBOSE)

_NOUN = (
    r"tin(?:\ (?:tuc|bai))?|bai(?:\ (?:viet|bao|dang|tin))?|thong\ bao|thong\ tin|ban\ tin|su\ kien"
    r"|story|stories|hoat\ dong|chuyen|van\ ban|cap\ nhat|news|articles?|posts?|announcements?|notices?"
    r"|updates?|events?"
)
_VERB = (
    r"co|dang|dua|ra|viet|lam|to\ chuc|dien\ ra|xay\ ra|thong\ bao|cap\ nhat"
    r"|len|ben|duoc|biet|xem|doc|la|vua|moi"
)
_ASKS = regex.compile(
    rf"""(?<!\w)(?:
        (?:(?:{_VERB})\ )*(?:(?:may|nhung|cac|cai)\ )?(?:(?:{_NOUN})\ )*(?:gi|j|nao|chi)
            (?:\ (?:moi|hay|hot|la|dac\ biet))*
        |(?:co|dang|dua)\ (?:them\ )?(?:(?:may|nhung|cac)\ )?(?:{_NOUN})
        |what(?:\ (?:is|s|was|has))?\ (?:new|happening|happened|going\ on|on|up|there)
        |what\ (?:happened|{_NOUN})
        |(?:is\ there\ |are\ there\ )?any(?:thing)?(?:\ (?:new|{_NOUN}))
    )(?!\w)""",
    regex.VERBOSE,
)
_LATEST = regex.compile(
    rf"""(?<!\w)(?:
        moi\ (?:nhat|day)|(?<=(?:{_NOUN})\ )gan\ (?:nhat|day\ nhat)
        |(?:vua|moi)\ (?:dang|ra|dua|len|cap\ nhat|viet|thong\ bao)(?:\ (?:len|xong))?
        |(?<=(?:{_NOUN})\ )moi(?!\ (?:tu|cua\ |o\ ))
        |(?:gi|j|chi)\ (?:moi|hot)|moi\ gi
        |(?<=(?:{_NOUN}|gi|j|chi|nao)\ )(?:gan\ day|dao\ nay|dao\ gan\ day|thoi\ gian\ qua|may\ nay)
        |(?:gan\ day|dao\ nay|dao\ gan\ day|thoi\ gian\ qua|may\ nay|may\ bua\ ni)(?=\ (?:.*\ )?(?:co|gi|tin))
        |(?:the\ )?(?:latest|newest|most\ recent|recent)|(?:what\ (?:is|s)|anything|whats)\ new
        |(?:any|new)\ (?:news|updates?|posts?|articles?|announcements?)|lately|recently
    )(?!\w)""",
    regex.VERBOSE,
)
_HOW_FAR = regex.compile(
    r"(?<!\w)(?:(?:toi|den)\ dau\ roi|(?:ra\ )?sao\ roi|the\ nao\ roi|tinh\ hinh)(?!\w)", regex.VERBOSE
)
_OF = regex.compile(
    r"(?<!\w)(?:ve|lien\ quan\ (?:den|toi)|about|on|regarding|concerning)\ (?=\S)", regex.VERBOSE
)
# Who asks like this wants a value, however new.
_VALUE = regex.compile(
    r"""(?<!\w)(?:bao\ nhieu|(?:bao\ )?nhieu\ tien|may\ (?:gio|tien|dong|nguoi)|gio\ nao|o\ dau|cho\ nao
    |khi\ nao|bao\ gio|luc\ nao|(?:ngay|hom|thu)\ (?:nao|may)|ai|so\ (?:nao|may)|bao\ lau|nhu\ the\ nao
    |lam\ sao|tai\ sao|vi\ sao|how|when|where|who|why|which|bn)(?!\w)""",
    regex.VERBOSE,
)
_NOUNS = regex.compile(rf"(?<!\w)(?:{_NOUN})(?!\w)", regex.VERBOSE)
_TELLING = frozenset({"tin", "tin tuc", "ban tin", "news", "tin bai", "updates", "bai viet", "bai bao"})

# Words that name nothing that one could look for.
_FILLING_SPELLED = (
    "có gì nào j cái chi mấy những các cho xem coi đọc hỏi biết đi ad admin bot ta mình tôi tui em anh "
    "chị a ạ à ah ak ơi nghen nhé nha nhỉ hen hé hả ha vậy zậy z thế không ko k hông hong hok hk với giúp "
    "giùm dùm muốn cần được đc là về của trên trong ở tại bên này đó kia hết tất cả mọi mới ra lên thì mà "
    "đã rồi và luôn nữa thêm lại chưa đang đăng đưa viết tìm gửi danh sách một vài nói số đầu ngày lúc "
    "hồi từng xảy diễn nhất hay hot thứ dạ chào nhìn thấy nhanh gấp khi theo từ đến chơi vui bạn please "
    "pls show me give tell us the a an of for in on from at is are there any anything what whats s has "
    "have been to hi hello do does you can could i want see read list all with and about new happened "
    "happening"
)
_OWNING_SPELLED = (
    "phường xã quận huyện tỉnh thành phố tp thị trấn ấp thôn khu địa ủy ban ubnd nhân dân bệnh viện bv "
    "trường cơ quan công ty sở ngành trung tâm tòa soạn báo đài trang web website cổng thông tin điện tử "
    "page fanpage kênh nhóm mình nhà quê chỗ nơi đơn vị hệ thống ward hospital city town village province "
    "district school newspaper site here"
)


_AMBIGUOUS = frozenset({"bao", "dien", "cho", "dan", "bai"})  # bão, điện, chợ …


def _spellings(spelled: str) -> frozenset[str]:
    words = frozenset(spelled.split())
    return words | (frozenset(map(fold, words)) - _AMBIGUOUS)


_FILLING, _OWNING = _spellings(_FILLING_SPELLED), _spellings(_OWNING_SPELLED)
_LONGEST = 16  # words; who asks for news is brief


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsAsked:
    """The time that a question means, and the subject of its news."""

    period: Period | None  # of which the articles are; None: the newest
    is_ahead: bool  # what is still to come; the period then holds the days that are meant
    subject: str  # what the articles are about, as typed; "": anything
    is_bare: bool = False  # nothing but a time: after another question it may go on with that


def news(text: str, today: date) -> NewsAsked | None:
    """Return the news that *text*, which is clean, asks for; None if it asks for something else."""
    said, starts, words = _legible(text)
    if not 0 < len(words) <= _LONGEST:
        return None
    period, is_ahead, left = _when(said, today)
    latest, left = _cut(_LATEST, left)
    far, left = _cut(_HOW_FAR, left)
    asks = _ASKS.search(said)
    if asks and asks[0] in ("gi", "j", "nao", "chi"):
        asks = None
    left = _blank(left, asks.span()) if asks else left
    nouns = {found[0] for found in _NOUNS.finditer(left)}
    of = _OF.search(left)
    for found in _NOUNS.finditer(left):
        before = left[: found.start()].rsplit(None, 1)[-1:]
        if not before or before[0] in _FILLING or before[0] in _OWNING:  # not "kè bãi Nghê" without accents
            left = _blank(left, found.span())
    about = _about(text, words, starts, left)
    if about and (_VALUE.search(said) or not (latest or far or (period and (asks or (nouns and of))))):
        return None
    if not about and (far or not (latest or period or is_ahead or _is_call(asks, nouns))):
        return None
    if not about and (period or is_ahead) and not (latest or asks or nouns) and _VALUE.search(said):
        return None
    is_bare = not (latest or asks or nouns)
    if is_bare and not about and any(map(str.isdigit, said)):
        return None  # a year or a date alone may as well be a word that is looked for
    return NewsAsked(period=period, is_ahead=is_ahead, subject=about, is_bare=is_bare)


def _is_call(asks: regex.Match[str] | None, nouns: set[str]) -> bool:
    """Tell whether news is asked for with no word of time: "có tin gì không", "tin tức"."""
    named = {found[0] for found in _NOUNS.finditer(asks[0])} if asks else set[str]()
    return bool((named | nouns) & _TELLING) or bool(named & {"thong bao", "su kien", "bai"})


def without_now(text: str) -> str:
    """Return *text*, which is clean, without the words that only say that it is asked now.

    A text of nothing else stays as it is.
    """
    said, starts, words = _legible(text)
    if not _NOW.search(said):
        return text
    left = said
    for found in _NOW.finditer(said):
        left = _blank(left, found.span())
    kept = [word for word, start in zip(words, starts, strict=True) if not left[start].isspace()]
    return _as_typed(text, kept) or text


_NOW = regex.compile(
    rf"""(?<!\w)(?:(?:tinh\ )?(?:den|toi|vao|ngay)\ )?(?:{_TODAY}|hien\ nay|hien\ tai|hien\ gio|bay\ gio
    |(?:(?:bay\ |bu\ )?chừ|(?:bay|bu)\ chu)(?:\ ni)?
    |luc\ nay|ngay\ nay|tinh\ (?:toi|den)\ (?:gio|nay)|thoi\ diem\ hien\ tai|moi\ nhat|currently
    |(?:right\ )?now|nowadays|at\ the\ moment|at\ present|as\ of\ now|(?:the\ )?latest)(?!\w)""",
    regex.VERBOSE,
)


def asks_now(text: str) -> bool:
    """Tell whether *text*, which is clean, asks how something is at present."""
    said, _, _ = _legible(text)
    return _NOW.search(said) is not None


@lru_cache(maxsize=64)  # of one question it is asked several times
def _legible(text: str) -> tuple[str, tuple[int, ...], tuple[Token, ...]]:
    """Return *text* as it is read here, where each of its words starts in that, and these words."""
    words = tuple(tokens(text))
    said, starts = legible(text, words, _KNOWN)
    return said.translate(_APOSTROPHES), tuple(starts), words


def asks_what_holds(text: str, today: date) -> bool:
    """Tell whether *text*, which is clean, asks for what holds now: it is a question of no time past."""
    if not any(part.kind in _ASKING for part in parts(text)):
        return False
    said, _, _ = _legible(text)
    if _PAST.search(said):
        return False
    years = (int(found["year"]) for found in _WHOLE.finditer(said))
    return all(year >= today.year for year in years)


_ASKING = frozenset({Role.ASKS, Role.CONFIRMS, Role.ASPECT})
_PAST = regex.compile(
    r"""(?<!\w)(?:nam\ (?:ngoai|truoc|roi)|thang\ (?:truoc|roi)|truoc\ (?:day|kia|ngay|thang|nam|do)
    |hoi\ (?:do|truoc|xua|nam|thang)|ngay\ (?:xua|truoc)|luc\ truoc|(?:gia|lich|muc|phi|dinh|gio|bang)\ cũ
    |last\ (?:year|month)|used\ to|was|were|did|before|[0-9]{1,2}\ nam\ truoc)(?!\w)""",
    regex.VERBOSE,
)


def _when(said: str, today: date) -> tuple[Period | None, bool, str]:
    """Return the period that is said, whether it is still to come, and the text without it."""
    for found, period, is_ahead in _periods(said, today):
        begin = lead.start() if (lead := _LEAD.search(said[: found[0]])) else found[0]
        return period, is_ahead, _blank(said, (begin, found[1]))
    return None, False, said


def _periods(said: str, today: date) -> Iterator[tuple[tuple[int, int], Period | None, bool]]:
    if found := _AHEAD.search(said):
        yield found.span(), _ahead(found[0], today), True
    if (found := DATE.search(said)) and (period := dated(found, year=today.year)):
        if period.since > today and not found["year"]:
            period = dated(found, year=today.year - 1) or period
        yield found.span(), period, period.since > today
    # "May" may as well be "mấy".
    if (found := _MONTH.search(said)) and (found["name"] != "may" or found[0].startswith(("in ", "during "))):
        period = _month(found, today)
        yield found.span(), period, period.since > today
    if found := _COUNTED.search(said):
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


def _cut(pattern: regex.Pattern[str], said: str) -> tuple[bool, str]:
    found = pattern.search(said)
    return found is not None, _blank(said, found.span()) if found else said


def _blank(said: str, span: tuple[int, int]) -> str:
    """Return *said* with blanks in the place of a part, so that all else stays in its place."""
    return f"{said[: span[0]]}{' ' * (span[1] - span[0])}{said[span[1] :]}"


def _about(text: str, words: Sequence[Token], starts: Sequence[int], left: str) -> str:
    """Return what is *left* of a text as typed; "" if that names nothing."""
    kept = [
        (word, start)
        for word, start in zip(words, starts, strict=True)
        if start < len(left) and not left[start].isspace()
    ]
    of = [found.end() for found in _OF.finditer(left)]
    behind = [(word, start) for word, start in kept if of and start >= of[-1]]
    for chosen in (behind, kept):
        while chosen and _is_filling(chosen[0][0].term):
            chosen = chosen[1:]
        while chosen and _is_filling(chosen[-1][0].term):
            chosen = chosen[:-1]
        if any(word.term not in _OWNING and not _is_filling(word.term) for word, _ in chosen):
            return _as_typed(text, [word for word, _ in chosen])
    return ""


def _is_filling(term: str) -> bool:
    return term in _FILLING


def _as_typed(text: str, kept: list[Token]) -> str:
    """Return the words *kept* with what stands between those that were neighbours."""
    return " ".join(text[word.start : word.end] for word in kept)
