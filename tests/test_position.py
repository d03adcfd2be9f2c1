"""Positions and marks: what a button carries comes back, and nothing else is taken for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram.constants import InlineKeyboardButtonLimit

from bot.links import Place, parse_data
from bot.position import Position, answer_id, parse_position
from bot.rating import Mark, parse_mark
from retrieval.journal.journal import VERDICTS

positions = st.integers(1, 99).flatmap(
    lambda of: st.builds(Position, st.integers().map(answer_id), st.integers(1, of), st.just(of))
)


@given(positions)
def test_a_position_comes_back_from_its_button(position: Position) -> None:
    assert parse_position(position.data) == position


@given(positions, st.sampled_from(VERDICTS))
def test_a_mark_comes_back_from_its_button(position: Position, verdict: str) -> None:
    mark = Mark(position, verdict)  # type: ignore[arg-type]
    assert parse_mark(mark.data) == mark
    assert len(mark.data.encode()) <= InlineKeyboardButtonLimit.MAX_CALLBACK_DATA


@given(st.none() | positions, st.integers(0, 10**9 - 1), st.booleans())
def test_a_place_comes_back_with_its_way_back(back: Position | None, start: int, is_quoted: bool) -> None:
    place = Place("0123456789abcdef", start, is_quoted, back)
    assert parse_data(place.data) == place
    assert len(place.data.encode()) <= InlineKeyboardButtonLimit.MAX_CALLBACK_DATA


@pytest.mark.parametrize(
    "data", ["hit:0123456789abcdef:3:2", "hit:0123456789abcdef:0:2", "hit:x:1:2", "hit:", "", "rate:"]
)
def test_what_is_no_position_is_none(data: str) -> None:
    assert parse_position(data) is None
    assert parse_mark(data) is None
    assert parse_mark(data.replace("hit", "rate") + ":good") is None


def test_the_same_message_has_the_same_answer() -> None:
    assert answer_id(1, -5, 7) == answer_id(1, -5, 7)
    assert len({answer_id(1, -5, 7), answer_id(1, -57), answer_id(15, 7)}) == 3
