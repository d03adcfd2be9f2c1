"""Openings: what a message begins with that corrects, or turns to another matter, is set aside."""

import pytest

from retrieval.question.followup.opening import corrects, opening

CORRECTIONS = [
    ("à nhầm, đường Hoa Ban", "đường Hoa Ban"),
    ("ủa lộn, tháng 9", "tháng 9"),
    ("em gõ nhầm ạ, quầy 5", "quầy 5"),
    ("à quên, quầy 6", "quầy 6"),
    ("không phải, tổ 7 cơ", "tổ 7"),
    ("không phải sân bóng, hồ bơi kìa", "hồ bơi"),
    ("xin lỗi, thư viện chứ", "thư viện"),
    ("ý mình là lớp buổi tối", "lớp buổi tối"),
    ("ý em hỏi là vé trẻ em ạ", "vé trẻ em"),
    ("à không, năm 2024", "năm 2024"),
    ("chiều chủ nhật chứ không phải thứ bảy", "chiều chủ nhật"),
    ("mình hỏi giá vé mà", "giá vé"),
    ("y minh la ho boi co", "ho boi"),
    ("I meant the old pier", "the old pier"),
    ("sorry, Sunday", "Sunday"),
    ("no, not Monday, Tuesday", "Tuesday"),
]
TURNS = [
    ("quay lại vụ hồ bơi, mấy giờ mở", "hồ bơi, mấy giờ mở"),
    ("thôi bỏ qua đi, thư viện ở đâu", "thư viện ở đâu"),
    ("by the way, where is the pier?", "where is the pier?"),
]
QUESTIONS = (
    "Không phải đóng phí ở đâu?",
    "xin lỗi có ai nhặt được ví không",
    "lộn xộn ở chợ là vì sao",
    "No drop-off: where do I leave my bag?",
    "ý nghĩa lễ hội đua thuyền",
    "Nhầm lẫn khi khai sinh sửa thế nào?",
)


@pytest.mark.parametrize(("text", "rest"), CORRECTIONS)
def test_a_correction_is_left_without_its_opening(text: str, rest: str) -> None:
    found = opening(text)
    assert found is not None
    assert (found.text, found.corrects) == (rest, True)
    assert corrects(text)


@pytest.mark.parametrize(("text", "rest"), TURNS)
def test_a_turn_to_another_matter_is_left_without_its_opening(text: str, rest: str) -> None:
    found = opening(text)
    assert found is not None
    assert (found.text, found.corrects) == (rest, False)


@pytest.mark.parametrize("text", QUESTIONS)
def test_a_question_is_no_correction(text: str) -> None:
    assert not corrects(text)
