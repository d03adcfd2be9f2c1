"""Gaps: unanswered questions, like questions together, the same whenever it is counted."""

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from samples import HANOI, LIBRARY, LIBRARY_HIT, answer

from retrieval.journal.gaps import gaps
from retrieval.journal.journal import NotedAnswer, Rating

NOON = datetime(2026, 5, 4, 12, tzinfo=HANOI)
GOOD = Rating(verdict="good", rank=1)
BAD, MISSING = Rating(verdict="bad", rank=1), Rating(verdict="missing", rank=1)


def asked(question: str, **changes: object) -> NotedAnswer:
    of = answer(LIBRARY_HIT, understood_as=question, answered=False)
    noted = NotedAnswer.of(of, id="a", asker="an", chat="p", at=NOON, seconds=0.004)
    return replace(noted, **changes)  # type: ignore[arg-type]


def grouped(*of: NotedAnswer) -> list[tuple[str, int]]:
    return [(gap.question, gap.times) for gap in gaps(of, {})]


def test_like_questions_are_one_gap_under_the_one_asked_most() -> None:
    assert grouped(
        asked("thư viện mở cửa chủ nhật không"),
        asked("lịch cúp điện tuần này"),
        asked("thu vien co mo cua chu nhat"),
        asked("thư viện có mở cửa chủ nhật"),
        asked("lịch cúp điện hôm nay"),
        asked("thư viện có mở cửa chủ nhật"),
        asked("đăng ký tạm trú"),
    ) == [("thư viện có mở cửa chủ nhật", 4), ("lịch cúp điện tuần này", 2), ("đăng ký tạm trú", 1)]


def test_words_that_only_ask_make_no_questions_alike() -> None:
    of = grouped(asked("chợ ở đâu"), asked("trường ở đâu"), asked("ở đâu"))
    assert sorted(of) == [("chợ ở đâu", 1), ("trường ở đâu", 1), ("ở đâu", 1)]


def test_an_answered_question_is_a_gap_only_where_more_people_dislike_the_answer() -> None:
    of = [asked(question, id=question, answered=True) for question in ("hay", "dở", "lửng", "thiếu")]
    tallies = {
        "hay": Counter({GOOD: 2, BAD: 1}),
        "dở": Counter({BAD: 2, GOOD: 1}),
        "lửng": Counter({GOOD: 1, MISSING: 1}),
        "thiếu": Counter({MISSING: 1}),
    }
    assert {gap.question for gap in gaps(of, tallies)} == {"dở", "thiếu"}


def test_people_are_counted_once_and_the_latest_answer_names_the_nearest_article() -> None:
    later = asked("giá vé xe buýt", at=NOON + timedelta(days=1), asker="bình")
    [gap] = gaps([asked("gia ve xe buyt", hits=()), later, replace(later, at=NOON)], {})
    assert (gap.times, gap.people) == (3, 2)
    assert gap.latest == later.at
    assert gap.nearest == LIBRARY.id


def test_a_gap_that_nothing_came_near_to_names_no_article() -> None:
    [gap] = gaps([asked("giá vé xe buýt", hits=())], {})
    assert gap.nearest is None


def test_of_gaps_asked_as_often_the_latest_comes_first() -> None:
    hours = [asked(name, at=NOON + timedelta(hours=hour)) for hour, name in enumerate(["một", "hai", "ba"])]
    assert [question for question, _ in grouped(*hours)] == ["ba", "hai", "một"]


words = st.lists(st.sampled_from(["chợ", "thư", "viện", "vé", "xe", "giá"]), max_size=5)


@given(st.lists(words.map(" ".join), max_size=20))
def test_every_question_is_in_one_gap(questions: list[str]) -> None:
    of = [asked(question, at=NOON + timedelta(hours=n)) for n, question in enumerate(questions)]
    found = gaps(of, {})
    assert sum(gap.times for gap in found) == sum(map(bool, questions))
    assert found == gaps(of, {})
