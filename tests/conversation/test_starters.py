"""Starters: questions that have an answer here, and no two of the same article."""

from collections.abc import Callable
from pathlib import Path

import pytest
from samples import HANOI

from bot.conversation.starters import COUNT, starters
from bot.language import Languages
from retrieval.answering.engine import Engine
from retrieval.collection.collection import Collection

VIETNAMESE, ENGLISH = (Languages("vi", HANOI).of(code) for code in ("vi", "en"))

Write = Callable[..., None]


@pytest.fixture
def write(articles_dir: Path, collection: Collection) -> Write:
    """Add an article, with a reload."""

    def write(title: str, body: str, date: str = "2024-01-01") -> None:
        front = f'---\ntitle: "{title}"\ndate: {date}\n---\n'
        (articles_dir / f"{len(list(articles_dir.iterdir()))}.md").write_text(front + body, encoding="utf-8")
        collection.reload()

    return write


def test_empty_collection_answers_nothing(collection: Collection) -> None:
    assert starters(collection, VIETNAMESE) == ()


def test_questions_that_readers_ask_come_before_headlines(collection: Collection, write: Write) -> None:
    write("Giờ mở cửa", "Thư viện phường mở cửa lúc 8 giờ sáng các ngày trong tuần.")
    write("Hội hoa xuân khai mạc", "Hội hoa xuân khai mạc tối mùng hai Tết tại công viên.", "2024-02-01")
    assert starters(collection, VIETNAMESE) == ("Thư viện mở cửa lúc mấy giờ?", "Hội hoa xuân khai mạc")


def test_newest_headlines_fill_up_and_long_ones_do_not(collection: Collection, write: Write) -> None:
    for day, title in enumerate(["Chợ cá dời về khu mới", "Hội đua thuyền trên sông", "Mai vàng nở sớm"], 1):
        write(title, f"{title}, người dân cho biết như vậy.", f"2024-05-0{day}")
    write("Cây cầu " * 15, "Cây cầu qua sông được khánh thành.", "2024-06-01")
    write("Xe buýt điện chạy thử", "Xe buýt điện chạy thử trên ba tuyến.", "2024-06-02")
    assert starters(collection, ENGLISH) == (
        "Xe buýt điện chạy thử",
        "Mai vàng nở sớm",
        "Hội đua thuyền trên sông",
    )


def test_each_leads_to_another_article_that_answers_it(collection: Collection, write: Write) -> None:
    write(
        "Hộ tịch tại phường",
        "Đăng ký khai sinh cần giấy chứng sinh và căn cước.\n\n"
        "Đăng ký kết hôn cần giấy xác nhận tình trạng hôn nhân.",
    )
    write("Lịch thu gom rác", "Rác được thu gom vào thứ Ba và thứ Sáu hằng tuần.")
    questions = starters(collection, VIETNAMESE)
    answers = [collection.ask(question) for question in questions]
    assert len(questions) <= COUNT
    assert all(answer.answered for answer in answers)
    assert len({answer.hits[0].article.id for answer in answers}) == len(questions)


def test_they_are_found_once_a_generation_and_language(
    collection: Collection, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("Giờ mở cửa", "Thư viện phường mở cửa lúc 8 giờ sáng các ngày trong tuần.")
    first = starters(collection, VIETNAMESE)
    with monkeypatch.context() as patch:
        patch.setattr(Engine, "ask", None)
        assert starters(collection, VIETNAMESE) == first
    write("Hội hoa xuân khai mạc", "Hội hoa xuân khai mạc tối mùng hai Tết tại công viên.")
    assert starters(collection, VIETNAMESE) != first
