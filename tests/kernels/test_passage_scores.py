"""The loops that score passages, and the heap of the best."""

from itertools import pairwise
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from retrieval.index.scoring import AllOf, AnyOf, Clauses
from retrieval.kernels.maxscore import push
from retrieval.kernels.passages import (
    FIRST,
    MARKS,
    SECOND,
    SINGLE,
    Formula,
    Passages,
    occurrences,
    passage_scores,
)
from retrieval.kernels.tokens import WIDE, encoded

TERMS = [0, 1, 2, WIDE - 1, WIDE, WIDE + 1, 1 << 20, MARKS + 1]  # those behind WIDE take two units
SINGLES = st.sampled_from(TERMS)
PASSAGES = st.lists(st.lists(SINGLES, max_size=30), max_size=5)
FORMS = st.lists(
    st.tuples(
        st.lists(st.one_of(SINGLES, st.tuples(SINGLES, SINGLES)), min_size=1, max_size=3),
        st.sampled_from([0.1, 1.0]),
    ),
    min_size=1,
    max_size=3,
)


@given(PASSAGES, st.lists(FORMS, max_size=4))
def test_passages_are_scored_by_the_terms_and_pairs_in_them(
    passages: list[list[int]], asked: list[list[tuple[list[Any], float]]]
) -> None:
    """The definition, word for word."""
    parts = [
        AnyOf(
            keys=np.zeros(0, dtype=np.int64),
            weights=np.zeros(0),
            others=[
                AllOf(keys=np.array([key_of(key) for key in keys]), weight=weight) for keys, weight in forms
            ],
        )
        for forms in asked
    ]
    terms = np.array([term for text in passages for term in text], dtype=np.int32)
    sizes = np.array([*map(len, passages)], dtype=np.int64)
    units, begins = encoded(terms, sizes, np.ones(len(passages), dtype=bool))
    lengths = np.array([len(text) for text in passages], dtype=np.uint32)
    scores = scored(parts, Passages(frozen(units), frozen(begins), frozen(lengths)), len(passages))
    expected = []
    for text in passages:
        held = [*text, *pairwise(text)]
        tfs = [sum(weight * min(map(held.count, keys)) for keys, weight in forms) for forms in asked]
        expected.append(sum(tf / (tf + 0.5 + 0.25 * len(text)) for tf in tfs))
    np.testing.assert_allclose(scores, expected, rtol=1e-12)


FEW = st.integers(0, 4)


@given(
    st.lists(st.lists(FEW, max_size=9), max_size=4), st.sets(FEW), st.sets(st.tuples(FEW, FEW)).map(sorted)
)
def test_the_terms_and_pairs_that_are_wanted_are_found_where_they_stand(
    texts: list[list[int]], singles: set[int], pairs: list[tuple[int, int]]
) -> None:
    marks = np.zeros(5, dtype=np.uint8)
    for terms, mark in (
        (singles, SINGLE),
        ({first for first, _ in pairs}, FIRST),
        ({last for _, last in pairs}, SECOND),
    ):
        marks[[*terms]] |= mark
    tokens = np.array([term for text in texts for term in text], dtype=np.int32)
    bounds, wanted = np.cumsum([0, *map(len, texts)]), np.array([*map(key_of, pairs)], dtype=np.int64)
    keys, documents = occurrences(tokens, bounds, marks, wanted)
    stands = [(key, text) for text, terms in enumerate(texts) for key in (*terms, *pairwise(terms))]
    expected = [(key_of(key), text) for key, text in stands if key in singles or key in pairs]
    assert sorted(zip(keys.tolist(), documents.tolist(), strict=True)) == sorted(expected)


def key_of(key: int | tuple[int, int]) -> int:
    return (key[0] + 1) << 32 | key[1] if isinstance(key, tuple) else key


def frozen(array: Any) -> Any:
    array.setflags(write=False)
    return array


def scored(parts: list[AnyOf], texts: Passages, count: int) -> Any:
    """Passages whose clauses are worth 1, with a norm of .5 and .25 more for every word."""
    clauses = Clauses.of(parts)
    wanted = clauses.wanted(np.arange(len(parts)), clauses.keys)
    worths = np.ones(len(parts))
    formula = Formula(keys=np.sort(clauses.keys), wanted=wanted, worths=worths, empty=0.5, word=0.25)
    return passage_scores(texts, formula, np.arange(count))


@given(st.lists(st.floats(0, 9)), st.integers(1, 5))
def test_a_heap_of_the_best_has_the_least_of_them_first(scores: list[float], size: int) -> None:
    best = np.zeros(size)
    for score in scores:
        push(best, score)
    assert sorted(best.tolist()) == sorted([*scores, *[0.0] * size])[-size:]
    assert best[0] == best.min()
