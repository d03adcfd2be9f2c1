from datetime import date

import pytest

from retrieval.question.hint import hint
from retrieval.question.sources import Sources
from retrieval.restriction import Restriction

SOURCES = Sources(["baobariavungtau.com.vn", "tuoitre.vn", "thanhnien.vn", "Văn hóa", "x.vn"])
TODAY = date(2026, 11, 28)
SINCE, UNTIL = date(2026, 10, 1), date(2026, 10, 31)


@pytest.mark.parametrize(
    ("text", "rest", "restriction"),
    [
        ("lịch cúp điện tháng trước?", "lịch cúp điện?", Restriction(since=SINCE, until=UNTIL)),
        ("từ baobariavungtau có tin gì", "có tin gì", Restriction(sources=("baobariavungtau.com.vn",))),
        (
            "cúp điện theo báo Bà Rịa - Vũng Tàu",
            "cúp điện",
            Restriction(sources=("baobariavungtau.com.vn",)),
        ),
        ("theo Tuổi Trẻ ai thắng", "ai thắng", Restriction(sources=("tuoitre.vn",))),
        ("trên tờ tuổi trẻ ai thắng", "ai thắng", Restriction(sources=("tuoitre.vn",))),
        ("theo mục văn hóa lễ hội nào", "lễ hội nào", Restriction(sources=("Văn hóa",))),
        (
            "what did tuoitre.vn say, from tuoitre.vn last month",
            "what did tuoitre.vn say",
            Restriction(sources=("tuoitre.vn",), since=SINCE, until=UNTIL),
        ),
    ],
)
def test_plain_words_hint_at_articles(text: str, rest: str, restriction: Restriction) -> None:
    found = hint(text, SOURCES, TODAY)
    assert found is not None
    assert (found.rest, found.restriction) == (rest, restriction)


@pytest.mark.parametrize(
    "text",
    ["từ thanh niên đến người già", "theo văn hóa", "từ x.vn", "theo báo cáo", "lịch cúp điện", "từ", ""],
)
def test_other_words_hint_at_nothing(text: str) -> None:
    assert hint(text, SOURCES, TODAY) is None


def test_a_hint_may_be_all_of_a_message_or_leave_a_question() -> None:
    for text, is_all, leaves in [
        ("còn tháng trước thì sao?", True, False),
        ("tháng trước", True, False),
        ("tháng trước ở đâu", False, False),
        ("cúp điện tháng trước", False, True),
    ]:
        found = hint(text, SOURCES, TODAY)
        assert found is not None
        assert (found.is_all, found.leaves_a_question) == (is_all, leaves)


def test_the_numbers_of_a_date_that_stands_there_are_told() -> None:
    for text, numbers in (("lễ hội trong tháng 5/2016", ("5", "2016")), ("lễ hội 3 ngày qua", ())):
        found = hint(text, SOURCES, TODAY)
        assert found is not None
        assert found.numbers == numbers
