"""A small made-up newspaper, and answers from it, for the tests of what people see."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.buttons import HitRef
from retrieval.answer import Answer, Excerpt, Hit, Passage
from retrieval.answering.explanation import Explanation, Form, Gain, HitExplained, Sought
from retrieval.article import Article
from retrieval.ranking.confidence import Odds

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")

LIBRARY = Article(
    id="thu-vien",
    title="Thư viện phường Hải Yến mở cửa cả buổi tối",
    body=(
        "Từ đầu tháng sáu, thư viện phường Hải Yến mở cửa đến 21 giờ các ngày trong tuần. "
        "Bạn đọc chỉ cần mang theo căn cước để làm thẻ, không mất phí. "
        "Mỗi thẻ được mượn năm cuốn trong mười bốn ngày.\n"
        "Bà Lê Thị Hòa, người phụ trách thư viện, cho biết phòng đọc thiếu nhi có thêm hai trăm đầu sách mới."
    ),
    url="https://www.haiyen.example.vn/tin-tuc/thu-vien?id=7",
    published=datetime(2024, 6, 3, 7, 30, tzinfo=HANOI),
    author="Minh Châu",
    section="Văn hóa",
    origin="bao/thu-vien.md",
)
MARKET = Article(
    id="cho-dem",
    title="Chợ đêm bến cá chuyển sang họp tối thứ sáu",
    body=(
        "Ban quản lý chợ thông báo chợ đêm bến cá họp vào tối thứ sáu hằng tuần. "
        "Người bán hàng làm thẻ mới tại phòng trực, không mất phí, trước ngày 15. "
        "Ngoài ra, bãi gửi xe được dời sang đường Hoa Sứ để lối vào chợ thông thoáng "
        "và xe cứu hỏa ra vào dễ hơn."
    ),
    published=datetime(2023, 11, 20, 16, 0, tzinfo=HANOI),
    section="Đời sống",
    origin="bao/cho-dem.txt",
)
CHESS = Article(
    id="co-tuong",
    title="",
    body="Giải cờ tướng mùa xuân 🏆 khép lại.\nThẻ dự thi phát miễn phí.",
    origin="bao/co-tuong.jsonl#3",
)


def hit(article: Article, quote: str, *words: str, score: float = 5.0) -> Hit:
    """Return a hit on *article* whose excerpt is *quote*, with every run of *words* in it highlighted."""
    start = article.body.index(quote)
    any_word = "|".join(map(re.escape, words))
    found = re.finditer(rf"(?:{any_word})(?: (?:{any_word}))*", quote) if words else ()
    highlights = tuple((start + match.start(), start + match.end()) for match in found)
    end = start + len(quote)
    return Hit(
        passage=Passage(article_id=article.id, ordinal=0, start=0, end=len(article.body)),
        article=article,
        score=score,
        matched=words,
        excerpt=Excerpt(start=start, end=end, highlights=highlights),
    )


LIBRARY_HIT = hit(
    LIBRARY,
    "Bạn đọc chỉ cần mang theo căn cước để làm thẻ, không mất phí. "
    "Mỗi thẻ được mượn năm cuốn trong mười bốn ngày.",
    "làm",
    "thẻ",
)
MARKET_HIT = hit(MARKET, MARKET.body[MARKET.body.index("Người") :], "làm", "thẻ", "phí", score=3.0)
CHESS_HIT = hit(CHESS, "Thẻ dự thi phát miễn phí.", "Thẻ", "phí", score=1.0)


def answer(*hits: Hit, **changes: object) -> Answer:
    """Return an answer that consists of *hits*."""
    values: dict[str, object] = {
        "question": "làm thẻ mất phí không?",
        "understood_as": "làm thẻ mất phí không",
        "answered": True,
        "confidence": 0.8,
        "suggestion": None,
        "hits": hits,
    }
    return Answer(**{**values, **changes})  # type: ignore[arg-type]


FIRST = HitRef("0123456789abcdef")  # the only hit of its answer


def gain(term: str, in_passage: float, in_article: float, *found: str) -> Gain:
    """Return what *term* gives; with more than a word it is a pair, with neither number it was not found."""
    forms = found or ((term,) if in_article else ())
    return Gain(term=term, is_pair=" " in term, in_passage=in_passage, in_article=in_article, found=forms)


def sought(term: str, *others: str, counts: float = 1.0, share: float = 0.25) -> Sought:
    """Return a word of the question that is also searched as *others*."""
    forms = [Form(text=term, weight=1.0), *(Form(text=other, weight=0.5) for other in others)]
    return Sought(
        term=term,
        is_pair=" " in term,
        counts=counts,
        share=share,
        forms=tuple(forms),
        asks=counts < 0.5,
        is_number=False,
        shared=0.0,
        is_certain=True,
    )


def explained(hit: Hit, *gains: Gain) -> HitExplained:
    """Return why *hit* stands where it does, by *gains* that add up to a fourth of its score."""
    return HitExplained(
        hit=hit,
        gains=gains,
        first=hit.score / 4,
        coverage=0.9,
        closeness=1.35,
        lead=0.9,
        opening=0.9,
        title=0.5,
        subject=0.75,
    )


ODDS = Odds(
    base=-7.4,
    evidence=7.9,
    tightness=1.25,
    length=-0.5,
    doubt=0.0,
    spread=0.0,
    subject=1.5,
    value=-0.5,
    another=0.0,
    torn=0.0,
)
EXPLANATION = Explanation(
    searched="lam the mat phi khong",
    answer=answer(LIBRARY_HIT, MARKET_HIT, question="lam the mat phi khong"),
    sought=(
        sought("làm", "lam", "lắm"),
        sought("thẻ", "the"),
        sought("phí", "phi"),
        sought("không", counts=0.1),
        sought("làm thẻ", share=0.0),
    ),
    hits=(
        explained(
            LIBRARY_HIT,
            gain("làm thẻ", 0.16, 0.24),
            gain("thẻ", 0.1, 0.25),
            gain("phí", 0.1, 0.15, "tiền công"),
            gain("làm", 0.0, 0.15),
            gain("không", 0.04, 0.06),
            gain("mất", 0.0, 0.0),
        ),
        explained(MARKET_HIT, gain("phí", 0.25, 0.5)),
    ),
    odds=ODDS,
    least=0.5,
    window=40,
    article_weight=3.0,
)
