"""Usage: questions are counted by local day, the same question once, and nobody is named."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from samples import HANOI, LIBRARY_HIT, answer

from retrieval.journal.journal import NotedAnswer, Rating
from retrieval.journal.usage import Day, Popular, Slow, Usage, wording

NOON = datetime(2026, 5, 4, 12, tzinfo=HANOI)
TODAY = date(2026, 5, 4)
GOOD, BAD = Rating(verdict="good", rank=1), Rating(verdict="bad", rank=1)
MISSING = Rating(verdict="missing", rank=2)


def asked(question: str = "làm thẻ ở đâu", **changes: object) -> NotedAnswer:
    noted = NotedAnswer.of(
        answer(LIBRARY_HIT, understood_as=question), id="a", asker="an", chat="p", at=NOON, seconds=0.004
    )
    return replace(noted, **changes)  # type: ignore[arg-type]


def usage(*of: NotedAnswer, days: int = 3, **tallies: Counter[Rating]) -> Usage:
    return Usage.of(of, tallies, today=TODAY, days=days, timezone=HANOI)


def test_days_are_those_of_the_local_calendar_without_a_gap() -> None:
    late = datetime(2026, 5, 3, 17, 30, tzinfo=UTC)  # half past midnight of the fourth
    of = usage(asked(at=late), asked(at=NOON - timedelta(days=2), answered=False), asked(), days=3)
    assert of.days == (
        Day(date=date(2026, 5, 2), questions=1, answered=0),
        Day(date=date(2026, 5, 3), questions=0, answered=0),
        Day(date=date(2026, 5, 4), questions=2, answered=2),
    )
    assert (of.questions, of.answered) == (3, 2)


def test_what_was_asked_before_does_not_count() -> None:
    of = usage(asked(at=NOON - timedelta(days=3), seconds=9.0), asked("khác"))
    assert of.questions == 1
    assert [one.question for one in of.slowest] == ["khác"]


def test_the_same_question_is_one_whatever_its_accents_case_and_marks() -> None:
    of = usage(
        asked("lam the o dau", asker="bình"),
        asked("Làm thẻ ở đâu?"),
        asked("Làm thẻ ở đâu?", asker="chi"),
    )
    assert of.top == (Popular(question="Làm thẻ ở đâu?", times=3, people=3),)


def test_what_most_people_ask_comes_first_not_what_one_asks_most() -> None:
    one = [asked("giá vàng")] * 9
    two = [asked("giờ mở cửa"), asked("giờ mở cửa", asker="bình")]
    three = [asked("chợ họp khi nào", asker=name) for name in "xyz"]
    of = usage(*one, *two, *three)
    assert [(top.question, top.people) for top in of.top] == [("chợ họp khi nào", 3), ("giờ mở cửa", 2)]


def test_the_slowest_questions_are_different_ones() -> None:
    of = usage(*(asked(f"câu {number % 4}", seconds=number / 10) for number in range(9)))
    assert of.slowest == tuple(
        Slow(question=f"câu {number % 4}", seconds=number / 10) for number in (8, 7, 6)
    )


def test_verdicts_count_with_their_questions() -> None:
    of = usage(
        asked(),
        asked(id="b", at=NOON - timedelta(days=9)),
        a=Counter({GOOD: 2, MISSING: 1}),
        b=Counter([BAD]),
    )
    assert of.verdicts == {"good": 2, "missing": 1}


def test_a_question_without_words_is_counted_and_not_shown() -> None:
    of = usage(asked("???"), asked("🏆", asker="bình"))
    assert (of.questions, of.top, of.slowest) == (2, (), ())
    assert wording("???") == ()


@given(st.lists(st.builds(asked, st.text(max_size=20), asker=st.sampled_from("abc")), max_size=8))
def test_any_questions_can_be_counted(of: list[NotedAnswer]) -> None:
    counted = usage(*of)
    assert counted.questions == len(of)
    assert sum(one.times for one in counted.top) <= len(of)
