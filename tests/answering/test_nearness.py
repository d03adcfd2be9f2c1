import pytest
from texts import article

from retrieval.answering.engine import Engine
from retrieval.indexing import writer

OTHERS = [article(f"o{number}", body=f"Sạp cá số {number} bán tới trưa.") for number in range(20)]


def first(question: str, one: str, other: str) -> str:
    articles = [article("one", body=one), article("other", body=other), *OTHERS]
    return Engine(writer.build(articles, generation=0)).ask(question).hits[0].article.id


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [
        (
            "đơn vị đột quỵ ai phụ trách",
            "Đơn vị đột quỵ ai phụ trách cũng phải trực. Bà Lê Thị Na trao quà.",
            "Bác sĩ Tô Hữu Nghĩa là trưởng đơn vị đột quỵ, ai phụ trách nữa chưa rõ.",
        ),
        (
            "căn tin mở cửa mấy giờ",
            "Căn tin mở cửa mấy giờ cũng đông. Phòng khám nhận bệnh từ 17 giờ.",
            "Hỏi căn tin mở cửa mấy giờ thì nghe nói từ 6 giờ, có cháo.",
        ),
    ],
)
def test_of_about_equals_the_one_that_says_near_it_what_is_asked_for_comes_first(
    question: str, one: str, other: str
) -> None:
    assert first(question, one, other) == "other"


def test_what_says_less_of_the_question_does_not_come_first_for_a_value() -> None:
    one = "Căn tin bệnh viện Gò Me mở cửa lại sau khi sửa."
    assert first("căn tin bệnh viện Gò Me mở cửa mấy giờ", one, "Căn tin chợ đóng lúc 6 giờ.") == "one"


def test_where_neither_says_it_the_better_one_stays_first() -> None:
    assert first("căn tin mở cửa mấy giờ", "Căn tin mở cửa lại.", "Căn tin cũ mở cửa.") == "one"
