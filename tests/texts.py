"""Small articles that several test files share."""

from functools import cache

from retrieval.article import Article
from retrieval.index.index import Index
from retrieval.indexing import writer

BODIES = {
    "khai-sinh": (
        "Lệ phí",
        "Người dân đăng ký khai sinh đúng hạn được miễn lệ phí. Đăng ký quá hạn nộp 8.000 đồng.\n"
        "Hồ sơ nộp tại bộ phận một cửa, trả kết quả ngay trong ngày.",
    ),
    "thu-vien": (
        "Thư viện đổi giờ mở cửa",
        "Từ tháng 4, thư viện phường mở cửa đến 20 giờ. Chị Lê Thị Mai phụ trách thư viện cho biết "
        "độc giả được mượn ba cuốn sách một lần.",
    ),
    "rac": (
        "Lịch thu gom rác",
        "Xe thu gom rác đi qua đường Hoà Bình vào thứ ba và thứ sáu. Bà con để rác trước 18 giờ.",
    ),
}


def article(article_id: str = "a", title: str = "", body: str = "Một bài.", **more: object) -> Article:
    return Article(id=article_id, title=title, body=body, origin=f"{article_id}.md", **more)  # type: ignore[arg-type]


def index_of(**bodies: str) -> Index:
    """An index of untitled articles, ``id="body"``."""
    return writer.build([article(key, body=body) for key, body in bodies.items()], generation=1)


@cache
def sample_index() -> Index:
    return built_anew()


def built_anew() -> Index:
    return writer.build(
        [article(key, title=title, body=body) for key, (title, body) in BODIES.items()], generation=7
    )
