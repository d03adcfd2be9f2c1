"""The buttons of lists and rulings: what they carry fits, comes back, and is taken for nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ruling import Ruling, parse_ruling
from bot.sheet import Sheet, parse_sheet

places = st.integers(0, 99999)
sheets = st.builds(
    Sheet,
    list=st.sampled_from(["gaps", "articles"]),
    number=st.integers(0, 999999),
    words=st.none() | st.tuples(places, places),
)


@given(sheets)
def test_a_page_comes_back_from_its_button(sheet: Sheet) -> None:
    assert len(sheet.data.encode()) <= 64
    assert parse_sheet(sheet.data) == sheet
    assert parse_sheet(sheet.turned(3).data) == Sheet(list=sheet.list, number=3, words=sheet.words)


def test_words_are_those_of_the_message() -> None:
    assert Sheet(list="articles", words=(8, 16)).words_in("11 bài “thư viện”") == "thư viện"
    assert Sheet(list="articles").words_in("11 bài “thư viện”") == ""


@pytest.mark.parametrize("data", ["", "gaps", "gaps:", "gaps:x", "gaps:1:2", "news:1", "gaps:1 "])
def test_other_data_is_no_page_of_a_list(data: str) -> None:
    assert parse_sheet(data) is None


@pytest.mark.parametrize("decision", ["remove", "keep", "restore"])
def test_a_ruling_comes_back_from_its_button(decision: str) -> None:
    ruling = parse_ruling(f"{decision}:0123456789abcdef")
    assert ruling is not None
    assert (ruling.decision, ruling.key) == (decision, "0123456789abcdef")
    assert ruling.data == f"{decision}:0123456789abcdef"
    assert parse_ruling(Ruling("keep", "0" * 16).data) == Ruling("keep", "0" * 16)


@pytest.mark.parametrize("data", ["", "remove:", "erase:0123456789abcdef", "remove:0123456789ABCDEF"])
def test_other_data_is_no_ruling(data: str) -> None:
    assert parse_ruling(data) is None
