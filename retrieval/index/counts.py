"""Counts: many small numbers, one byte each, exact.

A count below 255 stands in ``small``; where that says 255, the count is in ``values``, at the same index as
the count's place is in ``places``.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from retrieval.index.stored import lock

OVERFLOW = 255  # also in retrieval.kernels.postings, which reads one count at a time


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """An array of counts, 0 to 2³² − 1, read-only."""

    small: NDArray[np.uint8]
    places: NDArray[np.uint32]  # ascending: where ``small`` is 255
    values: NDArray[np.uint32]  # what the count is there, ≥ 255

    def __post_init__(self) -> None:
        lock(self)

    @classmethod
    def of(cls, counts: NDArray[np.integer]) -> Self:
        """Hold *counts*, 0 to 2³² − 1."""
        places = np.flatnonzero(counts >= OVERFLOW)
        return cls(
            small=np.minimum(counts, OVERFLOW).astype(np.uint8),
            places=places.astype(np.uint32),
            values=counts[places].astype(np.uint32),
        )

    def __len__(self) -> int:
        return len(self.small)

    def at(self, places: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the counts at *places* (0..len - 1); same shape."""
        counts = self.small[places].astype(np.int64)
        large = counts == OVERFLOW
        counts[large] = self.values[np.searchsorted(self.places, places[large])]
        return counts

    def all(self) -> NDArray[np.int64]:
        """Return every count."""
        counts = self.small.astype(np.int64)
        counts[self.places] = self.values
        return counts
