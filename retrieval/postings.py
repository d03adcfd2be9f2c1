"""Postings: for every term, the documents that hold it and how often, in flat arrays.

A term is a number here. A document is whatever is ranked: a passage, or an article as a whole.
Of term ``i`` (in the order of ``keys``), ``documents[offsets[i]:offsets[i + 1]]`` are the documents,
ascending, and the same range of ``frequencies`` says how often.
"""

from dataclasses import dataclass, fields
from typing import Self

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Postings:
    """An inverted index over ``len(lengths)`` documents."""

    keys: Keys  # the terms, ascending, distinct
    offsets: NDArray[np.int64]  # len(keys) + 1
    documents: NDArray[np.int32]
    frequencies: NDArray[np.int32]  # ≥ 1
    lengths: NDArray[np.int32]  # words in each document

    def __post_init__(self) -> None:
        for field in fields(self):  # like those mapped from a file, so that loops are compiled for one kind
            getattr(self, field.name).setflags(write=False)

    @classmethod
    def of(cls, keys: Keys, documents: NDArray[np.int32], lengths: NDArray[np.int32]) -> Self:
        """Index occurrences: ``keys[j]`` stands once in ``documents[j]``; any order, any number."""
        order = np.lexsort((documents, keys))
        keys, documents = keys[order], documents[order]
        is_new = np.ones(len(keys), dtype=bool)
        is_new[1:] = (keys[1:] != keys[:-1]) | (documents[1:] != documents[:-1])
        starts = np.flatnonzero(is_new)
        posted = keys[starts]
        terms, offsets = np.unique(posted, return_index=True)
        return cls(
            keys=terms,
            offsets=np.append(offsets, len(posted)).astype(np.int64),
            documents=documents[starts].astype(np.int32),
            frequencies=np.diff(starts, append=len(keys)).astype(np.int32),
            lengths=lengths,
        )

    def find(self, keys: Keys) -> NDArray[np.int64]:
        """Return the place of each of *keys* in ``self.keys``, -1 where it is not there."""
        places = np.searchsorted(self.keys, keys)
        if not len(self.keys):
            return np.full(len(keys), -1, dtype=np.int64)
        return np.where(self.keys[np.minimum(places, len(self.keys) - 1)] == keys, places, -1)

    def document_frequency(self, places: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return in how many documents the term at each place stands; 0 at place -1."""
        frequencies: NDArray[np.int64] = self.offsets[places + 1] - self.offsets[places]
        return np.where(places < 0, 0, frequencies)

    def together(self, keys: Keys) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Return the documents that hold all of these terms, ascending, and how often each may do so.

        That is as often as it holds the rarest of them: for the pairs of a phrase hardly ever too often.
        """
        places = self.find(keys)
        if not len(places) or places.min() < 0:
            return self.documents[:0], self.frequencies[:0]
        rarest, *others = places[np.argsort(self.document_frequency(places), kind="stable")]
        documents, frequencies = self.documents_of(rarest), self.frequencies_of(rarest)
        for place in others:
            held = self.documents_of(place)
            at = np.minimum(np.searchsorted(held, documents), len(held) - 1)
            both = held[at] == documents
            documents = documents[both]
            frequencies = np.minimum(frequencies[both], self.frequencies_of(place)[at[both]])
        return documents, frequencies

    def range_of(self, places: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return where the documents of the term at each place begin and end; an empty range at place -1."""
        return np.where(places < 0, 0, self.offsets[places]), np.where(
            places < 0, 0, self.offsets[places + 1]
        )

    def documents_of(self, place: int) -> NDArray[np.int32]:
        """Return the documents that hold the term at this place, ascending."""
        return self.documents[self.offsets[place] : self.offsets[place + 1]]

    def frequencies_of(self, place: int) -> NDArray[np.int32]:
        """Return how often each of these documents holds it."""
        return self.frequencies[self.offsets[place] : self.offsets[place + 1]]
