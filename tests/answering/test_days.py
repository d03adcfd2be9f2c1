"""Days that are counted from today are looked for in texts that are read at once."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from texts import index_of

from retrieval.answering.engine import Engine
from retrieval.article import Article
from retrieval.index.index import Index


def test_texts_that_a_day_is_looked_for_in_are_read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []
    its = Index.read

    def noted(index: Index, numbers: Sequence[int]) -> dict[int, Article]:
        read.append(len(numbers))
        return its(index, numbers)

    monkeypatch.setattr(Index, "read", noted)
    streets = ("Trần Phú", "Lê Lợi", "Quang Trung")
    bodies = {
        f"d{day}": f"Cúp điện đường {street} để sửa lưới, ngày {day}/6/2026."
        for day, street in enumerate(streets, 2)
    }
    engine = Engine(index_of(**bodies), clock=lambda: datetime(2026, 6, 1, 9, tzinfo=UTC))
    answer = engine.ask("ngày mai cúp điện ở đường nào")
    assert [hit.article.id for hit in answer.hits] == ["d2"]
    assert read[0] == len(streets)


def test_days_without_anything_are_told_of_an_article_that_says_the_rest_only() -> None:
    index = index_of(a="Lịch thu gom rác: Chủ nhật ở khu phố 3, lịch đi theo xe.", b="Chợ nổi bán cá.")
    engine = Engine(index, clock=lambda: datetime(2026, 6, 1, 9, tzinfo=UTC))
    told = engine.ask("lịch thu gom rác tuần này")
    assert (told.answered, told.missed is not None) == (True, True)
    assert not engine.ask("lịch bay đi nhật tuần này").answered
