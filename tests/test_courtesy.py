"""Courtesy: everybody may ask as often in a minute as the settings say, and is told once."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from bot.transport.quota import Courtesy, Pause


class Clock:
    """Stands still until it is set."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_so_many_questions_a_minute_are_answered_and_the_next_is_told_when_to_go_on() -> None:
    clock = Clock()
    courtesy = Courtesy(2, clock)
    assert [courtesy.ask(7), courtesy.ask(7)] == [None, None]
    clock.now += 18.5
    assert courtesy.ask(7) == Pause(seconds=42, is_first=True)


def test_it_is_told_once_a_minute() -> None:
    clock = Clock()
    courtesy = Courtesy(1, clock)
    for minute in range(2):
        clock.now = 1000.0 + 60 * minute
        pauses = [courtesy.ask(7) for _ in range(4)]
        assert [pause and pause.is_first for pause in pauses] == [None, True, False, False]


def test_one_person_takes_nobody_elses_turn() -> None:
    courtesy = Courtesy(1, Clock())
    assert [courtesy.ask(person) for person in (7, 8, 9)] == [None, None, None]
    assert courtesy.ask(8) is not None


def test_without_a_limit_nobody_is_counted() -> None:
    courtesy = Courtesy(0, Clock())
    assert {courtesy.ask(7) for _ in range(1000)} == {None}
    assert len(courtesy) == 0


def test_those_whose_minute_is_over_are_not_remembered() -> None:
    clock = Clock()
    courtesy = Courtesy(20, clock)
    for person in range(1000):
        courtesy.ask(person)
        clock.now += 1.0
    assert len(courtesy) == 60


@given(st.lists(st.tuples(st.integers(1, 3), st.floats(0, 30)), max_size=60), st.integers(1, 4))
def test_within_a_persons_minute_no_more_than_the_limit_is_answered(
    asked: list[tuple[int, float]], limit: int
) -> None:
    clock = Clock()
    courtesy = Courtesy(limit, clock)
    began: dict[int, float] = {}
    answered = Counter[tuple[int, float]]()
    for person, pause in asked:
        clock.now += pause
        if clock.now >= began.get(person, 0.0) + 60:
            began[person] = clock.now
        answered[person, began[person]] += courtesy.ask(person) is None
    assert all(1 <= count <= limit for count in answered.values())
