"""Feedback: verdicts become labelled questions, which the evaluation can read."""

import json
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from samples import LIBRARY, LIBRARY_HIT, MARKET, MARKET_HIT, answer

from retrieval.evaluation import feedback
from retrieval.evaluation.measure import evaluate
from retrieval.journal.journal import NotedAnswer, Rating, Verdict

ASKED = NotedAnswer.of(
    answer(LIBRARY_HIT, MARKET_HIT), id="a", asker="an", chat="p", at=datetime.now(UTC), seconds=0.1
)
HELD = frozenset([LIBRARY.id, MARKET.id])


def label(*ratings: tuple[Verdict, int], held: frozenset[str] = HELD) -> list[tuple[str, ...]]:
    """Return the articles that the question's labels name, once for each label."""
    tally = Counter(Rating(verdict=verdict, rank=rank) for verdict, rank in ratings)
    return [one.relevant for one in feedback.labelled([ASKED], {"a": tally}, held)]


@pytest.mark.parametrize(
    ("ratings", "labels"),
    [
        ([], []),
        ([("good", 2)], [(MARKET.id,)]),
        ([("good", 1), ("good", 2)], [(LIBRARY.id, MARKET.id)]),
        ([("bad", 1)], []),
        ([("good", 1), ("bad", 1)], []),
        ([("good", 1), ("good", 1), ("bad", 1)], [(LIBRARY.id,)]),
        ([("missing", 1)], [()]),
        ([("missing", 1), ("good", 1)], [(LIBRARY.id,)]),
    ],
)
def test_most_voices_make_the_label(
    ratings: list[tuple[Verdict, int]], labels: list[tuple[str, ...]]
) -> None:
    assert label(*ratings) == labels


def test_an_article_that_is_gone_is_no_label() -> None:
    assert label(("good", 2), held=frozenset([LIBRARY.id])) == []


def test_the_files_are_a_suite_that_can_be_measured(tmp_path: Path) -> None:
    good = Counter([Rating(verdict="good", rank=1)])
    missing = Counter([Rating(verdict="missing", rank=1)])
    unanswered = replace(ASKED, id="b", understood_as="giá vàng hôm nay")
    answered = replace(ASKED, understood_as="thư viện phường Hải Yến mở cửa đến mấy giờ")
    questions = list(feedback.labelled([answered, unanswered], {"a": good, "b": missing}, HELD))
    assert feedback.write(tmp_path / "new", questions, [LIBRARY, MARKET]) == 2
    measured = evaluate([tmp_path / "new" / feedback.CORPUS], tmp_path / "new" / feedback.QUERIES)
    assert (measured.queries, measured.articles, measured.r1) == (2, 2, 1.0)
    rows = (tmp_path / "new" / feedback.QUERIES).read_text(encoding="utf-8").splitlines()
    assert json.loads(rows[1]) == {
        "id": "b",
        "text": "giá vàng hôm nay",
        "answers": [],
        "relevant": [],
        "unanswerable": True,
    }
