"""A small made-up newspaper, and answers from it, for the tests of what people see."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from retrieval.answer import Answer, Excerpt, Hit
from retrieval.article import Article
from retrieval.passage import Passage

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
