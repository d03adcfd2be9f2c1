"""A removal: which articles of a segment do not count any more, and what that takes from its counts."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from retrieval.index.stored import UNKEPT, Stored, lock
from retrieval.kernels.keys import FIRST_PAIR

Marks = NDArray[np.uint16]  # articles of a segment, ascending

NO_MARKS: Marks = np.zeros(0, dtype=np.uint16)
NO_MARKS.setflags(write=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """Marks beside a segment, which itself never changes."""

    articles: Marks
    keys: NDArray[np.int64]  # the terms and pairs of these articles, ascending
    in_articles: NDArray[np.uint32]  # in how many of them each stands
    in_passages: NDArray[np.uint32]
    stored: Stored | None = field(default=None, compare=False, metadata=UNKEPT)

    def __post_init__(self) -> None:
        lock(self)

    @property
    def terms(self) -> NDArray[np.int64]:
        """The single terms among the keys: the first of them."""
        return self.keys[: np.searchsorted(self.keys, FIRST_PAIR)]

    def passages_with(self, keys: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return in how many passages of the removed articles each of *keys* stands."""
        return self._taken(keys, self.in_passages)

    def articles_with(self, keys: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return in how many of the removed articles each of *keys* stands."""
        return self._taken(keys, self.in_articles)

    def _taken(self, keys: NDArray[np.int64], counts: NDArray[np.uint32]) -> NDArray[np.int64]:
        if not len(self.keys):
            return np.zeros(len(keys), dtype=np.int64)
        places = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        return np.where(self.keys[places] == keys, counts[places], 0).astype(np.int64)


def passed_over(removal: Removal | None, allowed: NDArray[np.bool_]) -> Marks:
    """Return the articles of a segment that are removed or not *allowed*, which says so of each.

    A search among some articles passes over the others by the same marks as over those that are gone.
    """
    left_out = ~allowed
    if removal:
        left_out[removal.articles] = True
    marks = np.flatnonzero(left_out).astype(np.uint16)
    marks.setflags(write=False)  # as those of a removal are: the loop is compiled for these alone
    return marks
