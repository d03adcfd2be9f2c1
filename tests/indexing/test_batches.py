"""Batches are bounded by their characters, too: a thousand books would not fit into memory."""

from collections.abc import Iterator

import pytest
from texts import article

from retrieval.article import Article
from retrieval.indexing import batches


def test_long_articles_are_taken_a_few_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "BATCH_CHARACTERS", 1)
    monkeypatch.setattr(batches, "processors", lambda: 1)
    taken: list[str] = []

    def coming() -> Iterator[Article]:
        for number in range(100):
            taken.append(str(number))
            yield article(str(number))

    next(batches.analysed(coming()))
    assert len(taken) == batches.ALONE + 1
