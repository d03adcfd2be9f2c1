"""The keys and buttons of following: what is written comes back, and nothing else is taken for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.alerts.follower import Follower
from bot.follow import Ending, Follow, parse_ending, parse_follow

NUMBERS = st.integers(1, 2**52)


@given(NUMBERS, st.integers(-(2**52), 2**52), st.just(0) | NUMBERS)
def test_a_follower_comes_back_from_its_key(bot_id: int, chat_id: int, topic: int) -> None:
    follower = Follower(bot_id=bot_id, chat_id=chat_id, topic=topic)
    assert Follower.parse(follower.key) == follower


@given(NUMBERS, st.booleans())
def test_an_ending_comes_back_from_its_button(watch: int, is_listed: bool) -> None:
    ending = Ending(watch, is_listed)
    assert parse_ending(ending.data) == ending
    assert len(ending.data) <= 64


def test_a_wish_to_follow_comes_back_from_its_button() -> None:
    wish = Follow("0123456789abcdef")
    assert parse_follow(wish.data) == wish


@pytest.mark.parametrize(
    "data", ["", "follow:", "follow:xyz", "end:", "end:a", "stop:-1", "stop:1 ", "ask:1:2"]
)
def test_another_button_is_none_of_them(data: str) -> None:
    assert parse_follow(data) is None
    assert parse_ending(data) is None
