"""The journal: questions come back as they were answered, and each person's verdict counts once."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import CHESS_HIT, LIBRARY_HIT, MARKET_HIT, answer

from retrieval.answer import Answer
from retrieval.journal.journal import Journal, NotedAnswer, NotedHit, Rating
from retrieval.store.database import Database

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
GOOD, BAD = Rating(verdict="good", rank=1), Rating(verdict="bad", rank=2)


@pytest.fixture
def journal(database: Database) -> Journal:
    return Journal(database)


def asked(id_: str = "a", answer: Answer = answer(LIBRARY_HIT, MARKET_HIT), **changes: object) -> NotedAnswer:  # noqa: B008
    noted = NotedAnswer.of(answer, id=id_, asker="an", chat="phòng đọc", at=NOON, seconds=0.004)
    return replace(noted, **changes)  # type: ignore[arg-type]


def test_a_question_comes_back_as_it_was_noted(journal: Journal) -> None:
    similar = answer(replace(LIBRARY_HIT, similar=(MARKET_HIT.article,)), CHESS_HIT, suggestion="làm thẻ")
    noted = asked(answer=similar)
    journal.note([noted])
    assert journal.find("a") == noted
    assert journal.find("b") is None


@given(st.lists(st.sampled_from([LIBRARY_HIT, MARKET_HIT, CHESS_HIT]), max_size=3))
def test_a_hit_is_the_same_again_but_for_its_matches(hits: list) -> None:  # type: ignore[type-arg]
    for hit in hits:
        again = NotedHit.of(hit).again(hit.article, hit.similar)
        assert again == replace(hit, matched=())


def test_a_question_that_is_noted_again_replaces_the_first_one(journal: Journal) -> None:
    journal.note([asked()])
    journal.rate("a", "an", GOOD)
    journal.note([asked(question="khác")])
    found = journal.find("a")
    assert found is not None
    assert found.question == "khác"
    assert journal.ratings("a") == {}


def test_questions_come_in_the_order_they_were_asked(journal: Journal) -> None:
    days = [NOON + timedelta(days=n) for n in (2, 0, 1)]
    journal.note([asked(str(n), at=day) for n, day in enumerate(days)])
    assert [one.id for one in journal.all()] == ["1", "2", "0"]
    assert [one.id for one in journal.all(since=NOON + timedelta(hours=1))] == ["2", "0"]


def test_a_person_has_one_verdict_which_can_change_or_go(journal: Journal) -> None:
    journal.note([asked()])
    assert journal.rate("a", "an", GOOD)
    assert journal.rate("a", "an", BAD)
    assert journal.rate("a", "bình", BAD)
    assert journal.ratings("a") == {"an": BAD, "bình": BAD}
    assert journal.tallies() == {"a": Counter({BAD: 2})}
    assert journal.rate("a", "an", None)
    assert journal.ratings("a") == {"bình": BAD}


def test_a_question_that_is_gone_cannot_be_rated(journal: Journal) -> None:
    assert not journal.rate("a", "an", GOOD)


def test_old_questions_are_forgotten_with_their_ratings(journal: Journal) -> None:
    journal.note([asked("old"), asked("new", at=NOON + timedelta(days=1))])
    journal.rate("old", "an", GOOD)
    assert journal.forget_before(NOON + timedelta(hours=1)) == 1
    assert [one.id for one in journal.all()] == ["new"]
    assert journal.tallies() == {}


def test_a_person_can_have_all_of_theirs_forgotten(journal: Journal) -> None:
    journal.note([asked("own"), asked("other", asker="bình", chat="sân"), asked("here", asker="bình")])
    journal.rate("other", "an", GOOD)
    journal.rate("other", "bình", BAD)
    journal.forget("an", "phòng đọc")
    assert [one.id for one in journal.all()] == ["other"]
    assert journal.ratings("other") == {"bình": BAD}
