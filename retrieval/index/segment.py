"""A segment: some articles with their passages, and what is needed to rank them; never changed once made.

A term is a number of the index's ``Vocabulary``. Tokens are kept in units of two bytes: a number below
``WIDE`` (``kernels.tokens``) is one unit, others are ``WIDE | number >> 16`` and ``number & 0xFFFF``, much as
UTF-16 does it.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from retrieval.index.archive import Archive
from retrieval.index.counts import Counts
from retrieval.index.postings import DOCUMENTS, Postings
from retrieval.index.removal import Removal
from retrieval.index.stored import UNKEPT, Stored, lock
from retrieval.kernels.postings import counts_of

Units = NDArray[np.uint16]

LIMIT = DOCUMENTS  # articles in one segment: their numbers fit into two bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Spans:
    """The passages, in the order of their articles: where each stands, in its text and among the tokens."""

    firsts: NDArray[np.uint32]  # articles + 1: the first passage of each
    starts: NDArray[np.uint32]  # code points into the article's body
    ends: NDArray[np.uint32]
    units: NDArray[np.uint32]  # passages + 1: where each one's begin in Segment.tokens
    lengths: NDArray[np.uint32]  # words
    headings: NDArray[np.uint32]  # articles + 1: where the units of each heading begin in Segment.headings

    def __post_init__(self) -> None:
        lock(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """Complete copies of some articles, their passages, and what is needed to rank them."""

    archive: Archive
    spans: Spans
    tokens: Units  # of every passage, one after the other
    headings: Units  # of every article's title and section
    articles: Postings  # heading and body together
    passage_frequencies: Counts  # of each key, in the order of ``articles``: in how many passages it stands
    # What does not count any more.
    removal: Removal | None = field(default=None, compare=False, metadata=UNKEPT)
    stored: Stored | None = field(default=None, compare=False, metadata=UNKEPT)

    def __post_init__(self) -> None:
        lock(self)

    @property
    def remaining(self) -> NDArray[np.int64]:
        """The articles that are not removed."""
        every = np.arange(len(self.archive))
        return np.setdiff1d(every, self.removal.articles) if self.removal else every

    def passages_with(self, keys: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return in how many passages each of *keys* stands."""
        counts, postings = self.passage_frequencies, self.articles
        if not len(counts):
            return np.zeros(len(keys), dtype=np.int64)
        return counts_of(
            postings.heads,
            postings.head_offsets,
            postings.seconds,
            counts.small,
            counts.places,
            counts.values,
            keys,
        )
