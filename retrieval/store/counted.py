"""The counts of words and pairs that some articles add to a search cluster's, or take away."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

SUMS = ("in_passages", "in_articles")


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """The counts that some articles add; with minus signs, those that they take away."""

    keys: NDArray[np.int64]  # ascending, distinct
    in_passages: NDArray[np.int32]
    in_articles: NDArray[np.int32]

    @property
    def columns(self) -> Sequence[NDArray[np.signedinteger]]:
        """The columns of a row for each key."""
        return self.keys, self.in_passages, self.in_articles

    @classmethod
    def summed(cls, parts: Sequence["Counted"]) -> Self:
        """Return what all *parts* add together."""
        if not parts:
            nothing = np.zeros(0, dtype=np.int32)
            return cls(keys=nothing.astype(np.int64), in_passages=nothing, in_articles=nothing)
        keys = np.concatenate([part.keys for part in parts])
        order = np.argsort(keys, kind="stable")  # which makes use of the order of each part
        keys = keys[order]
        firsts = np.flatnonzero(np.append(True, keys[1:] != keys[:-1])[: len(keys)])
        counts = (np.concatenate([getattr(part, name) for part in parts])[order] for name in SUMS)
        in_passages, in_articles = (np.add.reduceat(counted, firsts, dtype=np.int32) for counted in counts)
        return cls(keys=keys[firsts], in_passages=in_passages, in_articles=in_articles)
