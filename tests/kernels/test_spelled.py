"""Terms as a search cluster takes them are the keys that it is asked for."""

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from retrieval.cluster.loading import spelled_key
from retrieval.kernels.keys import paired
from retrieval.kernels.spelling import in_hexadecimal


@given(st.lists(st.lists(st.integers(0, (1 << 24) - 1), max_size=5), max_size=5))
def test_each_text_has_its_terms_and_the_pairs_of_neighbours(texts: list[list[int]]) -> None:
    terms = np.array([term for text in texts for term in text], dtype=np.int32)
    letters, begins = in_hexadecimal(terms, np.cumsum([0, *map(len, texts)]))
    said = [letters[first:end].tobytes().decode() for first, end in pairwise(begins.tolist())]
    keys = [[*text, *(paired(*pair) for pair in pairwise(text))] for text in texts]
    assert said == ["".join(f" {spelled_key(key)}" for key in its) for its in keys]
