"""Read a question that asks for news: of a day or a month, the newest, what comes next.

"Có gì mới không", "tháng 8 phường đăng bài gì", "tin mới nhất về chợ": what the words of time and of asking
leave is the subject, if there is any.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import regex

from retrieval.question.times.calendar import as_typed, blanked, legible_words, period_said
from retrieval.question.times.period import Period
from retrieval.text.analyzer import Token, fold

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
_CALLS = regex.compile(r"(?<!\w)(?:tin|news|updates|thong\ bao|su\ kien|bai)(?!\w)", regex.VERBOSE)
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
    said, starts, words = legible_words(text)
    if not 0 < len(words) <= _LONGEST:
        return None
    period, is_ahead, left = period_said(said, today)
    latest, left = _cut(_LATEST, left)
    far, left = _cut(_HOW_FAR, left)
    if not (latest or far or period or _CALLS.search(said)):
        return None  # as most questions
    asks = _ASKS.search(said)
    if asks and asks[0] in ("gi", "j", "nao", "chi"):
        asks = None
    left = blanked(left, asks.span()) if asks else left
    nouns = {match[0] for match in _NOUNS.finditer(left)}
    of = _OF.search(left)
    for match in _NOUNS.finditer(left):
        before = left[: match.start()].rsplit(None, 1)[-1:]
        if not before or before[0] in _FILLING or before[0] in _OWNING:  # not "kè bãi Nghê" without accents
            left = blanked(left, match.span())
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
    named = {match[0] for match in _NOUNS.finditer(asks[0])} if asks else set[str]()
    return bool((named | nouns) & _TELLING) or bool(named & {"thong bao", "su kien", "bai"})


def _cut(pattern: regex.Pattern[str], said: str) -> tuple[bool, str]:
    found = pattern.search(said)
    return found is not None, blanked(said, found.span()) if found else said


def _about(text: str, words: Sequence[Token], starts: Sequence[int], left: str) -> str:
    """Return what is *left* of a text as typed; "" if that names nothing."""
    kept = [
        (word, start)
        for word, start in zip(words, starts, strict=True)
        if start < len(left) and not left[start].isspace()
    ]
    of = [match.end() for match in _OF.finditer(left)]
    behind = [(word, start) for word, start in kept if of and start >= of[-1]]
    for chosen in (behind, kept):
        while chosen and _is_filling(chosen[0][0].term):
            chosen = chosen[1:]
        while chosen and _is_filling(chosen[-1][0].term):
            chosen = chosen[:-1]
        if any(word.term not in _OWNING and not _is_filling(word.term) for word, _ in chosen):
            return as_typed(text, [word for word, _ in chosen])
    return ""


def _is_filling(term: str) -> bool:
    return term in _FILLING
