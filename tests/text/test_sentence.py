from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.text.canonical import clean
from retrieval.text.sentence import sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Một câu. Hai câu! Ba câu?", ["Một câu.", "Hai câu!", "Ba câu?"]),
        ("Chợ ở TP. Vũng Tàu. Mở cửa sớm.", ["Chợ ở TP. Vũng Tàu.", "Mở cửa sớm."]),
        ("Ông Nguyễn V. A. đến. Rồi đi.", ["Ông Nguyễn V. A. đến.", "Rồi đi."]),
        ("Bà nói: “Được.” Ông gật đầu.", ["Bà nói: “Được.”", "Ông gật đầu."]),
        ("Thu 1.500 đồng. 20 hộ đã nộp.", ["Thu 1.500 đồng.", "20 hộ đã nộp."]),
        ("Chỉ vậy mà thôi.Cụ thể là ba hộ.", ["Chỉ vậy mà thôi.", "Cụ thể là ba hộ."]),
        ("Một dòng.\nTP. Vũng Tàu", ["Một dòng.", "TP. Vũng Tàu"]),
        ("Họ tên: ........ Ngày sinh: ..... nộp", ["Họ tên: ........", "Ngày sinh: ..... nộp"]),
        ("Một dòng\nDòng khác", ["Một dòng", "Dòng khác"]),
        ("今天很好。明天呢？", ["今天很好。", "明天呢？"]),
        ("वह आया। फिर गया॥", ["वह आया।", "फिर गया॥"]),
        ("ห้องสมุดเปิดแล้ว ทุกคน Wi-Fi ต่าง ๆ", ["ห้องสมุดเปิดแล้ว", "ทุกคน Wi-Fi ต่าง ๆ"]),
        ("ห้อง 12 เปิด", ["ห้อง 12 เปิด"]),
        ("xem https://a.vn/b. nhé", ["xem https://a.vn/b. nhé"]),
    ],
)
def test_text_is_cut_where_a_sentence_ends(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text)] == expected


def test_a_range_beyond_the_text_ends_where_the_text_does() -> None:
    assert list(sentences("Một. Hai.", 5, 99)) == [(5, 9)]
    assert list(sentences("Một. Hai.", 20, 99)) == []


@given(st.text(alphabet='aBĐ .!?…"”\n。1TPกๆ', max_size=200))
def test_sentences_are_in_order_and_lose_nothing_but_spaces(text: str) -> None:
    text = clean(text)
    found = list(sentences(text))
    kept = "".join(text[start:end] for start, end in found)
    assert kept.replace(" ", "") == text.replace(" ", "").replace("\n", "")
    assert all(left[1] <= right[0] for left, right in pairwise(found))


@given(st.text(alphabet='aẽBĐ .!?…"”(\n,1TPƻ', max_size=200), st.integers(0, 20))
def test_latin_text_is_cut_as_the_same_text_above_another_script(text: str, start: int) -> None:
    start = min(start, len(text))
    assert [*sentences(text, start), (len(text) + 1, len(text) + 2)] == list(sentences(f"{text}\n図", start))
