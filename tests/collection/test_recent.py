"""Recent answers: the same question is not searched again while articles and day stay the same."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from retrieval.answer import Answer
from retrieval.answering.engine import Engine
from retrieval.collection.collection import Collection

QUESTION = "thư viện mở cửa mấy giờ"


@pytest.fixture
def searched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every question that the engine is asked."""
    asked: list[str] = []
    ask = Engine.ask

    def noted(self: Engine, question: str, **more: Any) -> Answer:
        asked.append(question)
        return ask(self, question, **more)

    monkeypatch.setattr(Engine, "ask", noted)
    return asked


@pytest.fixture
def put(collection: Collection, articles_dir: Path) -> Callable[[str], None]:
    """Put a text among the articles."""

    def write(text: str) -> None:
        (articles_dir / "thu-vien.txt").write_text(f"Thư viện phường\n\n{text}", encoding="utf-8")
        collection.reload()

    return write


def test_what_is_asked_again_is_searched_once(
    collection: Collection, put: Callable[[str], None], searched: list[str]
) -> None:
    put("Thư viện mở cửa từ tám giờ.")
    answers = [collection.ask(QUESTION, limit=3) for _ in range(3)]
    assert answers[0] is answers[2]
    assert searched == [QUESTION]


def test_another_limit_or_question_before_is_another_question(
    collection: Collection, put: Callable[[str], None], searched: list[str]
) -> None:
    put("Thư viện mở cửa từ tám giờ.")
    for limit, after in ((3, None), (4, None), (3, "chợ ở đâu")):
        collection.ask(QUESTION, limit=limit, after=after)
    assert len(searched) == 3


def test_a_reload_is_seen_at_once(collection: Collection, put: Callable[[str], None]) -> None:
    put("Thư viện mở cửa từ tám giờ.")
    before = collection.ask(QUESTION, limit=3)
    put("Thư viện mở cửa từ chín giờ.")
    assert "chín giờ" in collection.ask(QUESTION, limit=3).hits[0].quote
    assert "tám giờ" in before.hits[0].quote


def test_a_new_day_is_another_today(sqlite_url: str, tmp_path: Path, searched: list[str]) -> None:
    moments = [datetime(2026, 5, 4)]
    collection = Collection.open(
        database_url=sqlite_url,
        index_dir=tmp_path / "index",
        articles_dir=tmp_path,
        clock=lambda: moments[-1],
    )
    for day in (4, 4, 5):
        moments.append(datetime(2026, 5, day))
        collection.ask(QUESTION, limit=3)
    collection.close()
    assert len(searched) == 2
