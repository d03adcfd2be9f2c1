import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.index.counts import Counts

NUMBERS = st.lists(st.one_of(st.integers(0, 300), st.integers(253, 2**32 - 1)))


@given(NUMBERS, st.data())
def test_counts_are_what_was_counted(numbers: list[int], data: st.DataObject) -> None:
    counts = Counts.of(np.array(numbers, dtype=np.int64))
    assert len(counts) == len(numbers)
    assert counts.all().tolist() == numbers
    places = data.draw(st.lists(st.sampled_from(range(len(numbers))))) if numbers else []
    assert counts.at(np.array(places, dtype=np.int64)).tolist() == [numbers[place] for place in places]


def test_places_may_have_any_shape() -> None:
    counts = Counts.of(np.array([1, 300, 2]))
    assert counts.at(np.array([[1, 0], [2, 1]])).tolist() == [[300, 1], [2, 300]]


def test_counts_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="read-only"):
        Counts.of(np.array([1])).small[0] = 2
