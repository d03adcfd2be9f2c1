"""A segment: articles and their postings as plain arrays, never changed once built.

Terms are numbers into ``vocabulary``: syllable ``a`` has the key ``a``, the pair of adjacent syllables
``a b`` the key ``(a + 1) · V + b``, V the vocabulary's size.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrieval.archive import Archive
from retrieval.postings import Postings

Terms = NDArray[np.int32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spans:
    """The passages, in the order of their articles: where each stands, in its text and among its tokens."""

    articles: NDArray[np.int32]  # the article's number
    starts: NDArray[np.int32]  # code points into its body
    ends: NDArray[np.int32]
    tokens: NDArray[np.int64]  # passages + 1: where each one's begin in Segment.tokens


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """Complete copies of some articles, their passages, and what is needed to rank them."""

    vocabulary: tuple[str, ...]
    archive: Archive
    spans: Spans
    tokens: Terms  # of every passage, one after the other
    passages: Postings
    articles: Postings  # title and body together

    def __post_init__(self) -> None:
        self.tokens.setflags(write=False)
