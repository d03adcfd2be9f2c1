"""Two questions in one message get two answers; one question is never cut in two."""

import pytest
from texts import sample_index

from retrieval.answering.engine import Engine
from retrieval.question.halves import halves


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("vé xe bao nhiêu và mấy giờ chạy", "vé xe bao nhiêu", "mấy giờ chạy"),
        ("thư viện ở đâu? mở mấy giờ?", "thư viện ở đâu", "mở mấy giờ?"),
        ("khám lái xe giá bao nhiêu, với lại cần giấy gì", "khám lái xe giá bao nhiêu", "cần giấy gì"),
        ("vé bao nhiêu, sẵn cho hỏi xe chạy mấy giờ", "vé bao nhiêu", "cho hỏi xe chạy mấy giờ"),
        ("trạm ở đâu? Còn nữa, khi nào tiêm?", "trạm ở đâu", "khi nào tiêm?"),
        ("1) lớp bơi học ngày nào 2) đăng ký số mấy", "lớp bơi học ngày nào", "đăng ký số mấy"),
        ("1. giá siêu âm, 2. giá điện tim", "giá siêu âm", "giá điện tim"),
        ("where is the library and when does it open", "where is the library", "when does it open"),
    ],
)
def test_two_questions_are_told_apart(text: str, first: str, second: str) -> None:
    assert halves(text) == (first, second)


@pytest.mark.parametrize(
    "text",
    [
        "giá vé và giờ chạy",
        "đăng ký khai sinh và kết hôn ở đâu",
        "cha mẹ và con cần giấy gì",
        "bao nhiêu tiền và ở đâu",
        "Từ ngày 1/7, ba phường nhập thành một",
        "",
    ],
)
def test_one_question_stays_whole(text: str) -> None:
    assert halves(text) is None


def test_both_questions_are_answered() -> None:
    answer = Engine(sample_index()).ask("ai phụ trách thư viện phường? xe thu gom rác đi qua đường nào?")
    assert answer.answered
    assert answer.hits[0].article.id == "thu-vien"
    assert answer.also is not None
    assert answer.also.article.id == "rac"
