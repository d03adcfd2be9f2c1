"""Segments are sorted in parts by several threads, and come out as if they had been sorted as a whole."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.index.archive import Packed
from retrieval.indexing import building
from retrieval.indexing.batches import Pieces

ARTICLES = st.lists(st.lists(st.lists(st.integers(0, 9), max_size=12), min_size=2, max_size=4), max_size=5)


def pieces(articles: list[list[list[int]]]) -> Pieces:
    """Return *articles*, of each its heading and then its passages as terms."""
    every = [piece for article in articles for piece in article]
    none = np.zeros(0, dtype=np.uint32)
    return Pieces(
        tokens=np.array([term for piece in every for term in piece], dtype=np.int32),
        lengths=np.array([len(piece) for piece in every], dtype=np.int64),
        passages=np.array([len(article) - 1 for article in articles], dtype=np.int64),
        starts=none,
        ends=none,
        packed=Packed.of([], b""),
    )


@settings(max_examples=50, deadline=None)
@given(ARTICLES, st.integers(1, 20), st.integers(9, 13))
def test_postings_are_the_same_however_many_words_and_terms_are_sorted_at_a_time(
    articles: list[list[list[int]]], together: int, bits: int
) -> None:
    whole = building.posted_terms(pieces(articles), 10)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(building, "_TOGETHER", together)
        patch.setattr(building, "_OCCURRENCE_BITS", bits)
        assert str(building.posted_terms(pieces(articles), 10)) == str(whole)


def test_a_pair_stands_in_the_passage_that_holds_both_words() -> None:
    postings, in_passages = building.posted_terms(pieces([[[0], [1, 2], [1, 2, 1]]]), 3)
    assert postings.heads.tolist() == [0, 2, 3]
    assert postings.seconds.tolist() == [0, 1, 2, 2, 1]
    assert postings.frequencies.all().tolist() == [1, 3, 2, 2, 2]
    assert in_passages.all().tolist() == [0, 2, 2, 2, 1]
