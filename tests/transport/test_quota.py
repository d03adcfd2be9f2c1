"""Quota: everybody may ask as often in a minute as the settings say, and is told once."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from bot.transport.quota import KEYSTROKES, Pause, Quota


class Clock:
    """Stands still until it is set."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_so_many_questions_a_minute_are_answered_and_the_next_is_told_when_to_go_on() -> None:
    clock = Clock()
    quota = Quota(2, clock)
    assert [quota.count(7), quota.count(7)] == [None, None]
    clock.now += 18.5
    assert quota.count(7) == Pause(seconds=42, is_first=True)


def test_it_is_told_once_a_minute() -> None:
    clock = Clock()
    quota = Quota(1, clock)
    for minute in range(2):
        clock.now = 1000.0 + 60 * minute
        pauses = [quota.count(7) for _ in range(4)]
        assert [pause and pause.is_first for pause in pauses] == [None, True, False, False]


def test_one_person_takes_nobody_elses_turn() -> None:
    quota = Quota(1, Clock())
    assert [quota.count(person) for person in (7, 8, 9)] == [None, None, None]
    assert quota.count(8) is not None


def test_without_a_limit_nobody_is_counted() -> None:
    quota = Quota(0, Clock())
    assert {quota.count(7) for _ in range(1000)} == {None}


def test_inline_queries_count_little_and_use_up_no_telling() -> None:
    quota = Quota(1, Clock())
    typed = [quota.count(7, is_typing=True) for _ in range(KEYSTROKES + 1)]
    assert typed == [None] * KEYSTROKES + [Pause(seconds=60, is_first=True)]
    assert [quota.count(7), quota.count(7)] == [
        Pause(seconds=60, is_first=True),
        Pause(seconds=60, is_first=False),
    ]


@given(st.lists(st.tuples(st.integers(1, 3), st.floats(0, 30)), max_size=60), st.integers(1, 4))
def test_within_a_persons_minute_no_more_than_the_limit_is_answered(
    asked: list[tuple[int, float]], limit: int
) -> None:
    clock = Clock()
    quota = Quota(limit, clock)
    began: dict[int, float] = {}
    answered = Counter[tuple[int, float]]()
    for person, pause in asked:
        clock.now += pause
        if clock.now >= began.get(person, 0.0) + 60:
            began[person] = clock.now
        answered[person, began[person]] += quota.count(person) is None
    assert all(1 <= count <= limit for count in answered.values())
