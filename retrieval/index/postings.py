"""Postings: for every term and pair, the documents that hold it and how often, in flat arrays.

A term is a number here, 0 to 2²⁴ − 2; ``kernels.keys`` has the keys of terms and pairs. A document is
whatever is ranked, usually an article as a whole.

The keys with the upper half ``heads[i]`` have the lower halves
``seconds[head_offsets[i]:head_offsets[i + 1]]``. An index into ``seconds`` is a key's **place**:
``documents[offsets[place]:offsets[place + 1]]`` are the documents that hold it, ascending, and the same
range of ``frequencies`` says how often.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from retrieval.index.counts import Counts
from retrieval.index.stored import lock
from retrieval.kernels.keys import head, joined, last
from retrieval.kernels.postings import list_lengths, places_of_keys

Keys = NDArray[np.int64]
Numbers = NDArray[np.int64]  # of documents, articles or passages

DOCUMENTS = 1 << 16  # at most so many in one set of postings, so that a number fits in two bytes
_TERM_BITS = 24  # and so a key and its document in eight
_DOCUMENT_BITS = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Postings:
    """An inverted index over ``len(lengths)`` ≤ ``DOCUMENTS`` documents; all arrays are read-only."""

    heads: NDArray[np.uint32]  # ascending, distinct: 0 for single terms, first + 1 for pairs
    head_offsets: NDArray[np.uint32]  # len(heads) + 1
    seconds: NDArray[np.uint32]  # ascending within a head
    offsets: NDArray[np.uint32]  # len(seconds) + 1
    documents: NDArray[np.uint16]
    frequencies: Counts  # one a document, ≥ 1
    lengths: NDArray[np.uint32]  # words in each document

    def __post_init__(self) -> None:
        lock(self)

    @classmethod
    def of(cls, keys: Keys, documents: NDArray[np.integer], lengths: NDArray[np.integer]) -> Self:
        """Index occurrences: ``keys[j]`` stands once in ``documents[j]``; any order, any number.

        Raises ``ValueError`` if there are more than ``DOCUMENTS`` documents, or more terms than fit.
        """
        if len(lengths) > DOCUMENTS:
            raise ValueError(f"{len(lengths)} documents in one set of postings, at most {DOCUMENTS}")
        # Both in one number, that NumPy sorts many times faster than it sorts by two.
        heads, seconds = head(keys), last(keys)
        if len(keys) and max(int(seconds.max()), int(heads.max())) >> _TERM_BITS:
            raise ValueError(f"a term's number is more than {_TERM_BITS} bits long")
        occurrences = (heads << _TERM_BITS | seconds) << _DOCUMENT_BITS | documents
        occurrences = np.sort(occurrences.astype(np.uint64))
        starts = np.flatnonzero(np.diff(occurrences, prepend=~occurrences[:1]))
        frequencies = np.diff(starts, append=len(occurrences))
        posted = occurrences[starts]
        terms = posted >> _DOCUMENT_BITS
        offsets = np.flatnonzero(np.diff(terms, prepend=~terms[:1]))
        terms = terms[offsets]
        heads, head_offsets = np.unique(terms >> _TERM_BITS, return_index=True)
        return cls(
            heads=heads.astype(np.uint32),
            head_offsets=np.append(head_offsets, len(terms)).astype(np.uint32),
            seconds=(terms & ((1 << _TERM_BITS) - 1)).astype(np.uint32),
            offsets=np.append(offsets, len(posted)).astype(np.uint32),
            documents=(posted & (DOCUMENTS - 1)).astype(np.uint16),
            frequencies=Counts.of(frequencies),
            lengths=lengths.astype(np.uint32),
        )

    @property
    def singles(self) -> NDArray[np.int64]:
        """The places of the single terms: the first ones."""
        has_singles = len(self.heads) > 0 and self.heads[0] == 0
        return np.arange(self.head_offsets[1] if has_singles else 0, dtype=np.int64)

    @property
    def terms(self) -> Keys:
        """The single terms, ascending; each is its own key."""
        return self.seconds[self.singles].astype(np.int64)

    @property
    def keys(self) -> Keys:
        """All keys, ascending."""
        heads = np.repeat(self.heads, self.head_offsets[1:] - self.head_offsets[:-1])
        keys: Keys = joined(heads.astype(np.int64), self.seconds)
        return keys

    def find(self, keys: Keys) -> NDArray[np.int64]:
        """Return the place of each of *keys*, -1 if it is not there."""
        return places_of_keys(self.heads, self.head_offsets, self.seconds, keys)

    def document_frequency(self, places: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return in how many documents the term at each place stands; 0 at place -1."""
        return list_lengths(self.offsets, places)

    def together(self, keys: Keys) -> tuple[NDArray[np.uint16], NDArray[np.int64]]:
        """Return the documents that hold all of these terms, ascending, and how often each may do so.

        That is as often as it holds the rarest of them: for the pairs of a phrase hardly ever too often.
        """
        places = self.find(keys)
        if not len(places) or places.min() < 0:
            return self.documents[:0], np.zeros(0, dtype=np.int64)
        rarest, *others = places[np.argsort(self.document_frequency(places), kind="stable")].tolist()
        documents, frequencies = self.documents_of(rarest), self.frequencies_of(rarest)
        for other in others:
            held = self.documents_of(other)
            at = np.minimum(np.searchsorted(held, documents), len(held) - 1)
            both = held[at] == documents
            documents = documents[both]
            frequencies = np.minimum(frequencies[both], self.frequencies_of(other)[at[both]])
        return documents, frequencies

    def documents_of(self, place: int) -> NDArray[np.uint16]:
        """Return the documents that hold the term at this place, ascending."""
        return self.documents[self.offsets[place] : self.offsets[place + 1]]

    def frequencies_of(self, place: int) -> NDArray[np.int64]:
        """Return how often each of these documents holds it."""
        return self.frequencies.at(np.arange(self.offsets[place], self.offsets[place + 1], dtype=np.int64))
