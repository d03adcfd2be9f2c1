"""Recognise a message about the answer just shown: its link, its date, the whole article, another one.

Only a whole message is one: every word of it belongs to a phrase below. "Link đăng ký lớp bơi" is a question.
"""

import re
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache

from bot.conversation.phrases import PhraseBook
from retrieval.text.analyzer import terms
from retrieval.text.canonical import clean

_LONGEST = 14  # words; nobody asks for a link at more length
_LONGEST_TEXT = 300  # characters
_LONGEST_PHRASE = 4  # words
_CLAUSES = re.compile(r"[,;.!?…\n]+")


class Wish(Enum):
    """A wish that concerns the answer just shown."""

    LINK = auto()
    DATE = auto()
    AUTHOR = auto()
    WHOLE = auto()  # the article in full, or more of it
    AGAIN = auto()
    ANOTHER = auto()  # article
    VIETNAMESE = auto()  # an article in this language
    ENGLISH = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """A message about the answer just shown."""

    wish: Wish
    number: int | None = None  # of the hit that is wanted, from 1; None: the next one


class _Does(Enum):
    """The part that a phrase plays in such a message."""

    LINK = auto()
    FROM = auto()  # where it comes from
    GIVES = auto()
    ARTICLE = auto()
    RESULT = auto()  # an article, or what an office hands out
    IT = auto()  # the article, or its subject
    PUBLISHED = auto()
    PUBLICATION = auto()  # its date
    WRITES = auto()
    WHEN = auto()
    WHERE = auto()
    IS_IT = auto()  # asks whether
    FRESH = auto()
    AGED = auto()  # asks whether it is old
    TOPIC = auto()
    WHO = auto()
    AUTHOR = auto()
    WHOLE = auto()
    DETAIL = auto()
    SHOWS = auto()
    OPENS = auto()  # as a reader opens an article, or an office its doors
    MORE = auto()
    AGAIN = auto()
    OTHER = auto()
    NEXT = auto()
    VIETNAMESE = auto()
    ENGLISH = auto()
    FILLS = auto()


_PHRASES = {
    _Does.LINK: (
        "link, links, đường link, đường dẫn, url, nguồn, nguồn tin, dẫn nguồn, trích nguồn, link gốc, bài "
        "gốc, source, sources, reference, original article"
    ),
    _Does.FROM: "lấy từ đâu, lấy ở đâu, lấy ở đâu ra, ở đâu ra, từ đâu, từ đâu ra, where from",
    _Does.GIVES: "gửi, gởi, send, share, chia sẻ",
    _Does.ARTICLE: (
        "bài, bài viết, bài báo, tin, bản tin, bài này, bài đó, bài ấy, bài trên, bài vừa rồi, bài viết này, "
        "bài viết đó, bài báo này, tin này, tin đó, tin trên, thông tin này, thông tin đó, thông tin trên, "
        "article, articles, story, post, this article, that article"
    ),
    _Does.RESULT: "kết quả, câu trả lời, thông tin, result, results, answer, one, câu vừa rồi, ý vừa rồi",
    _Does.IT: "cái này, cái đó, cái vừa rồi, this, that, it, this one, that one",
    _Does.PUBLISHED: "đăng, được đăng, đăng tin, cập nhật, phát hành, published, posted, dated, updated",
    _Does.PUBLICATION: "ngày đăng, ngày đăng bài, ngày viết, ngày cập nhật, date published, publication date",
    _Does.WRITES: "viết, được viết, soạn, wrote, written, write",
    _Does.WHEN: (
        "ngày nào, ngày mấy, ngày bao nhiêu, hôm nào, bữa nào, khi nào, lúc nào, hồi nào, bao giờ, tháng "
        "nào, tháng mấy, năm nào, từ khi nào, từ bao giờ, từ hồi nào, ngày tháng, ngày tháng nào, when, what "
        "date, which date, what day, date"
    ),
    _Does.WHERE: "đâu, ở đâu, chỗ nào, ở chỗ nào, where",
    _Does.IS_IT: "có phải, phải, có còn, còn, is",
    _Does.FRESH: "mới, cũ, mới nhất, đúng, hiệu lực, latest, old, new, recent, current, true, valid",
    _Does.AGED: (
        "cũ hay mới, mới hay cũ, còn mới, còn hiệu lực, lâu chưa, up to date, still valid, still current, "
        "still true, outdated"
    ),
    _Does.TOPIC: "giá, lịch, giờ, bảng giá, quy định, danh sách, số liệu, mức, phí, price, schedule, rule",
    _Does.WHO: "ai, của ai, do ai, bởi ai, người nào, who, whom",
    _Does.AUTHOR: "tác giả, người viết, author, phóng viên nào",
    _Does.WHOLE: (
        "hết, cả, cả bài, hết bài, hết cả bài, nguyên bài, nguyên văn, toàn bộ, toàn văn, toàn bài, trọn "
        "bài, đầy đủ, đủ, rõ, kỹ, full, whole, entire, all, complete"
    ),
    _Does.DETAIL: (
        "chi tiết, cụ thể, rõ hơn, rõ thêm, chi tiết hơn, cụ thể hơn, kỹ hơn, đầy đủ hơn, dài hơn, thêm chi "
        "tiết, details, in detail, more details, full text, in full, full article"
    ),
    _Does.SHOWS: (
        "đọc, xem, coi, nói, kể, giải thích, trả lời, read, see, show, tell, say, explain, view, ghi, trích"
    ),
    _Does.OPENS: "mở, hiện, open",
    _Does.MORE: (
        "còn gì nữa, còn gì, còn nữa, gì nữa, nữa, thêm, thêm nữa, còn gì khác, tiếp, tiếp tục, more, "
        "anything else, what else, anything more, continue"
    ),
    _Does.AGAIN: (
        "lại, nhắc lại, lặp lại, lần nữa, lại lần nữa, một lần nữa, 1 lần nữa, lại một lần nữa, again, once "
        "more, one more time, repeat"
    ),
    _Does.OTHER: "khác, bài khác, other, others, another, different, else",
    _Does.NEXT: "tiếp theo, kế tiếp, kế, sau, tiếp, next",
    _Does.VIETNAMESE: "tiếng việt, tiếng việt nam, bản tiếng việt, vietnamese, vietnamese version",
    _Does.ENGLISH: "tiếng anh, bản tiếng anh, english, english version",
    _Does.FILLS: (
        "cho, cho xin, xin, đưa, lấy, có, không, ko, k, hông, hong, hok, được, đc, dc, vậy, thế, z, nào, "
        "gì, thì, là, à, ạ, dạ, ừ, ờ, nha, nhé, nhe, nghen, nhá, với, đi, giùm, giúp, hộ, dùm, em, mình, "
        "tôi, tui, tớ, anh, chị, bạn, bot, ad, admin, ơi, hả, ha, cái, luôn, hơn, lên, ra, của, chưa, rồi, "
        "một, vài, các, những, này, đó, ấy, muốn, cần, bằng, bản, cảm ơn, cám ơn, please, pls, plz, can, "
        "could, you, i, me, us, the, a, an, are, was, were, do, does, did, there, of, for, to, in, have, "
        "has, get, give, want, need, what, any, some, so, and, its, s, thanks, thank you, ok, hi, hey, "
        "would, like, from, by, about, version"
    ),
}
_ORIGIN = frozenset(
    {
        _Does.LINK,
        _Does.FROM,
        _Does.AUTHOR,
        _Does.WHO,
        _Does.WRITES,
        _Does.PUBLISHED,
        _Does.PUBLICATION,
        _Does.WHEN,
        _Does.WHERE,
        _Does.FRESH,
        _Does.AGED,
        _Does.TOPIC,
    }
)
_SHOWN = frozenset({_Does.ARTICLE, _Does.RESULT, _Does.IT, _Does.SHOWS, _Does.OPENS})
_NUMBERS = {"hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "two": 2, "second": 2, "third": 3, "three": 3}
_NUMBERED = re.compile(
    r"(?:(?:cho|xin|xem|coi|đọc|mở|doc|mo|show|open|read|me|the) )*"
    r"(?:(?:bài|bai|tin|kết quả|ket qua|article|result|number)(?: (?:số|so|thứ|thu|number))? "
    rf"(?P<after>[1-9]|{'|'.join(_NUMBERS)})|(?P<before>second|third) (?:article|result|one))"
    r"(?: (?:đi|di|nha|nhé|ạ|với|xem|please))*"
)


def recognise(text: str) -> Aside | None:
    """Return what *text* wants of the answer just shown; None if it asks anything else.

    Accents may be left out. A clause beside it may tell why ("gửi má tui đọc, cho xin đường link").
    """
    words = terms(clean(text)) if len(text) <= _LONGEST_TEXT else []
    if not words or len(words) > _LONGEST:
        return None
    if numbered := _NUMBERED.fullmatch(" ".join(words)):
        number = numbered["after"] or numbered["before"]
        return Aside(wish=Wish.ANOTHER, number=int(number) if number.isdigit() else _NUMBERS[number])
    wish = _wish(words)
    if wish is None:  # only what nothing else can mean stands beside other clauses
        clauses = [terms(clause) for clause in _CLAUSES.split(clean(text))]
        wish = Wish.LINK if Wish.LINK in map(_wish, filter(None, clauses)) else None
    return Aside(wish=wish) if wish else None


def _wish(words: list[str]) -> Wish | None:
    """Return the wish of *words*, each of which belongs to a phrase; None if one does not."""
    said = set[_Does]()
    while words:
        found = _phrases().first(words)
        if found is None:
            return None
        does, length = found
        said.add(does)
        words = words[length:]
    return _meant(said - {_Does.FILLS})


def _meant(said: set[_Does]) -> Wish | None:
    """Return the wish that phrases which do all of *said* make together."""
    return _of_origin(said) if said & _ORIGIN else _of_showing(said)


def _of_origin(said: set[_Does]) -> Wish | None:
    """Return which of its origins somebody asks for: link, author or date."""
    does = _Does
    is_article = does.ARTICLE in said
    if does.LINK in said or (does.FROM in said and said & {does.ARTICLE, does.RESULT, does.IT}):
        return Wish.LINK
    if does.AUTHOR in said or {does.WHO, does.WRITES} <= said:
        return Wish.AUTHOR
    if said & {does.PUBLICATION, does.AGED}:
        return Wish.DATE
    if does.WHEN in said:  # but "khi nào có kết quả", "bao giờ mở lại"
        is_dated = is_article or said & {does.PUBLISHED, does.WRITES}
        return Wish.DATE if is_dated and does.OPENS not in said else None
    is_doubted = {does.FRESH, does.IS_IT} <= said
    return Wish.DATE if is_doubted and said & {does.ARTICLE, does.RESULT, does.TOPIC} else None


def _of_showing(said: set[_Does]) -> Wish | None:
    """Return what somebody wants to be shown."""
    does = _Does
    if said & {does.VIETNAMESE, does.ENGLISH}:
        return Wish.VIETNAMESE if does.VIETNAMESE in said else Wish.ENGLISH
    if does.OTHER in said or (does.NEXT in said and said & {does.ARTICLE, does.RESULT}):
        return Wish.ANOTHER
    if does.AGAIN in said:
        return Wish.AGAIN if does.OPENS not in said else None
    if does.DETAIL in said or (does.WHOLE in said and said & _SHOWN):
        return Wish.WHOLE
    if does.ARTICLE in said and said & {does.SHOWS, does.OPENS, does.GIVES}:
        return Wish.LINK if does.GIVES in said else Wish.WHOLE
    return Wish.WHOLE if does.MORE in said else None


@cache
def _phrases() -> PhraseBook[_Does]:
    return PhraseBook(_PHRASES.items(), longest=_LONGEST_PHRASE)
