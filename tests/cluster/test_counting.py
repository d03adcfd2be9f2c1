"""Counts of a collection that lies elsewhere: each pair is asked for once, and not all are remembered."""

from collections.abc import Mapping, Sequence

import numpy as np
import pytest

from retrieval.cluster import statistics
from retrieval.cluster.statistics import Counting, Totals
from retrieval.index.postings import Keys
from retrieval.kernels.keys import FIRST_PAIR

TOTALS = Totals(articles=9, article_words=9, passages=9, tokens=9)


def pairs(*numbers: int) -> Keys:
    """Return keys of pairs, each of a word and of word 0."""
    return np.array([FIRST_PAIR * number for number in numbers], dtype=np.int64)


def counting(asked: list[int]) -> Counting:
    """Return counts by which pair 2 stands in two passages and one article, and no other one anywhere."""

    def ask(keys: Sequence[int]) -> Mapping[int, tuple[int, int]]:
        asked.extend(keys)
        return {FIRST_PAIR * 2: (2, 1)}

    return Counting(totals=TOTALS, words=np.zeros((5, 6), dtype=np.int64), ask=ask)


def test_a_pair_is_asked_for_once() -> None:
    asked: list[int] = []
    counts = counting(asked)
    for _ in range(2):
        assert counts.of(pairs(2, 1, 2)).tolist() == [[2, 1], [0, 0], [2, 1]]
    assert asked == pairs(2, 1).tolist()


def test_pairs_are_forgotten_beyond_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statistics, "_REMEMBERED", 3)
    counts = counting([])
    for number in range(1, 50):
        assert counts.of(pairs(number, 2)).tolist() == [[2, 1] if number == 2 else [0, 0], [2, 1]]
        assert len(counts._known) <= 5
