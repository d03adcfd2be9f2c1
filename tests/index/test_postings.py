"""Postings against a plain dictionary."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.index.postings import DOCUMENTS, Keys, Postings

LARGEST = 2**24 - 2
TERMS = st.one_of(st.integers(0, 4), st.integers(LARGEST - 2, LARGEST))
PAIRS = st.tuples(TERMS, TERMS).map(lambda pair: (pair[0] + 1) << 32 | pair[1])
KEYS = st.one_of(TERMS, PAIRS)
OCCURRENCES = st.lists(st.tuples(KEYS, st.sampled_from([0, 1, 2, 5, 300, DOCUMENTS - 1])))


def array(numbers: list[int]) -> Keys:
    return np.array(numbers, dtype=np.int64)


def postings_of(occurrences: list[tuple[int, int]], size: int = DOCUMENTS) -> Postings:
    keys, documents = array([key for key, _ in occurrences]), array([document for _, document in occurrences])
    return Postings.of(keys, documents, np.ones(size, dtype=np.int64))


@given(OCCURRENCES, KEYS)
def test_every_key_has_the_documents_it_stands_in(occurrences: list[tuple[int, int]], other: int) -> None:
    postings = postings_of(occurrences)
    held = Counter(occurrences)
    keys = array([*dict.fromkeys(key for key, _ in occurrences), other])
    places = postings.find(keys)
    for key, place in zip(keys.tolist(), places.tolist(), strict=True):
        expected = sorted((document, times) for (found, document), times in held.items() if found == key)
        assert (place >= 0) == bool(expected)
        if place >= 0:
            documents, frequencies = postings.documents_of(place), postings.frequencies_of(place)
            assert list(zip(documents.tolist(), frequencies.tolist(), strict=True)) == expected
    expected_df = [len({document for found, document in held if found == key}) for key in keys.tolist()]
    assert postings.document_frequency(places).tolist() == expected_df


def test_a_key_may_stand_in_one_document_any_number_of_times() -> None:
    postings = postings_of([(7, 3)] * 1000 + [(7, 4), (8, 3)])
    assert postings.frequencies_of(int(postings.find(array([7]))[0])).tolist() == [1000, 1]


@given(OCCURRENCES, st.lists(KEYS, max_size=3))
def test_documents_of_keys_together_hold_them_all(
    occurrences: list[tuple[int, int]], more: list[int]
) -> None:
    """As often as the rarest of them."""
    keys = [*[key for key, _ in occurrences[:1]], *more[: len(occurrences) % 3]]
    documents, frequencies = postings_of(occurrences).together(array(keys))
    held = Counter(occurrences)
    often = {document: min((held[key, document] for key in keys), default=0) for _, document in held}
    expected = {document: times for document, times in often.items() if times}
    assert dict(zip(documents.tolist(), frequencies.tolist(), strict=True)) == expected
    assert documents.tolist() == sorted(expected)


def test_empty_postings_hold_nothing() -> None:
    postings = postings_of([], size=0)
    places = postings.find(array([0, 1 << 32]))
    assert places.tolist() == [-1, -1]
    assert postings.document_frequency(places).tolist() == [0, 0]
    assert postings.together(array([0]))[0].tolist() == []


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="65537 documents"):
        postings_of([], size=DOCUMENTS + 1)
    for key in (LARGEST + 2, (LARGEST + 2) << 32):
        with pytest.raises(ValueError, match="24 bits"):
            postings_of([(key, 0)])
