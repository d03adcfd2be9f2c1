"""Counts of text at large: how often Vietnamese puts a syllable behind one or two others.

An index of few articles has seen few neighbours; these counts know the rest of the language. Their file
(``benchmarks.neighbours`` makes it) is a NumPy archive, read when the first question needs it:

    letters                                    the syllables in UTF-8, parted by line feeds
    singles                                    how often each stands in the text
    pair_lengths, pair_seconds, pair_counts    how many syllables follow each one, which, how often
    triple_lengths, triple_thirds, triple_counts    the same for each pair, in the order of the pairs

Rare pairs and triples are not in it. What they amount to is known, since the singles count every occurrence:
it is spread over all syllables by how frequent these are (Katz 1987, "Estimation of probabilities from sparse
data").
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Self
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from retrieval.index.index import Index
from retrieval.index.postings import Keys
from retrieval.index.stored import lock
from retrieval.kernels.keys import paired
from retrieval.kernels.postings import places_of_keys

COUNTS_FILE = "neighbours.npz"  # beside the other word lists

Syllables = NDArray[np.int64]  # their numbers, or those of pairs; -1: not counted
Chances = NDArray[np.float64]

# 0..1: how far the rest is believed: most of what follows seldom are names, and rare syllables, not the
# frequent ones. .05 to .3 read alike, 1 loses .0005 of the syllables.
REST = 0.1
ONE_WORD = 10.0  # times as often as chance has it: two syllables that are one word
RARE = 1 / 3000  # 0..1 of all syllables: names of things are rarer, what anybody says of anything is not
ACTS = 0.04  # 0..1: of what verbs are as syllables more stands behind these, of nouns less
_BEFORE_VERBS = ("được", "đã", "sẽ", "đang", "bị", "không", "để", "phải", "chưa", "mới")
LEAST_REST = 0.05  # 0..1: of what follows one syllable, or two, at least so much is not counted
_NOT_LOOKED_UP = -2
UNSEEN = 0.1  # times: what a syllable that is not counted counts


@dataclass(frozen=True, slots=True, kw_only=True)
class _Followers:
    """The followers of each of some heads: arrays as in ``index.postings``, with a count each."""

    heads: NDArray[np.uint32]  # ascending: one more than the head's number
    head_offsets: NDArray[np.uint32]  # len(heads) + 1
    seconds: NDArray[np.uint32]  # ascending within a head
    counts: NDArray[np.float64]  # times, and a last 0 for whatever is not there
    sums: NDArray[np.float64]  # times, one a head's number: what its followers count together

    def __post_init__(self) -> None:
        lock(self)

    @classmethod
    def of(
        cls, lengths: NDArray[np.integer], seconds: NDArray[np.integer], counts: NDArray[np.integer]
    ) -> Self:
        """Hold *seconds*, of which the first ``lengths[0]`` follow the head 0, and so on."""
        heads = np.flatnonzero(lengths)
        of_each = np.repeat(np.arange(len(lengths)), lengths)
        return cls(
            heads=(heads + 1).astype(np.uint32),
            head_offsets=np.cumsum([0, *lengths[heads].tolist()]).astype(np.uint32),
            seconds=seconds.astype(np.uint32),
            counts=np.append(counts, 0).astype(np.float64),
            sums=np.append(np.bincount(of_each, counts, minlength=len(lengths)), 0.0),
        )

    def count(self, head: int, second: int) -> float:
        """Return how often *second* follows *head*: of a single pair it is known sooner than by ``find``."""
        at = bisect_left(self.heads.data, head + 1)
        if at == len(self.heads) or self.heads[at] != head + 1:
            return 0.0
        begin, end = int(self.head_offsets[at]), int(self.head_offsets[at + 1])
        place = bisect_left(self.seconds.data, second, begin, end)
        return float(self.counts[place]) if place < end and self.seconds[place] == second else 0.0

    def find(self, heads: Syllables, seconds: Syllables) -> Syllables:
        """Return the place of each of *seconds* behind its head, -1 if it is not; the arrays broadcast."""
        keys = np.where((heads < 0) | (seconds < 0), -1, paired(heads, seconds))
        return places_of_keys(self.heads, self.head_offsets, self.seconds, keys.ravel()).reshape(keys.shape)


class Neighbours:
    """The counts of a file, read when they are first asked for. Safe to share between threads."""

    def __init__(self, path: Path | None = None) -> None:
        """Hold the counts in *path*; None: there are none."""
        self._path = path
        self._of_terms: WeakKeyDictionary[Index, Syllables] = WeakKeyDictionary()

    def __bool__(self) -> bool:
        return self._path is not None

    def __reduce__(self) -> "tuple[type[Neighbours], tuple[Path | None]]":
        return Neighbours, (self._path,)  # another process reads the file itself

    def numbers(self, index: Index, terms: Keys) -> Syllables:
        """Return the number of the syllable that each term of *index* is; -1 if it is not counted."""
        table = self._of_terms.get(index)
        if table is None:
            table = self._of_terms[index] = np.full(len(index.vocabulary), _NOT_LOOKED_UP)
        for term in terms[table[terms] == _NOT_LOOKED_UP].tolist():
            table[term] = self._syllables.get(index.vocabulary[term], -1)
        return table[terms]

    def alone(self, syllables: Syllables) -> Chances:
        """Return how likely each syllable is, whatever stands before it; same shape."""
        return self._singles[syllables] / self._total

    def is_syllable(self, term: str) -> bool:
        """Tell whether *term* was counted."""
        return self._path is not None and term in self._syllables

    def beginning(self, letters: str) -> Sequence[str]:
        """Return the syllables that begin with *letters*, and have more."""
        if self._path is None:
            return ()
        return [
            syllable
            for syllable in self._syllables
            if syllable.startswith(letters) and len(syllable) > len(letters)
        ]

    def go_together(self, first: str, second: str) -> bool:
        """Tell whether two syllables stand side by side far more often than chance has it."""
        if not (self.is_syllable(first) and self.is_syllable(second)):
            return False
        return self._times(first, second) * self._total >= ONE_WORD * (
            self._times(first) * self._times(second)
        )

    def are_rare(self, first: str, second: str | None = None) -> bool:
        """Tell whether a syllable, or two side by side, are few of those at large; False without counts."""
        return self._path is not None and self._times(first, second) < RARE * self._total

    def acts(self, syllable: str) -> bool:
        """Tell whether a syllable stands behind what goes before verbs (đã, được, không) as verbs do."""
        if not self.is_syllable(syllable):
            return False
        behind = sum(self._times(before, syllable) for before in _BEFORE_VERBS)
        return behind >= ACTS * self._times(syllable)

    def _times(self, first: str, second: str | None = None) -> float:
        """Return how often a syllable was counted, or *second* behind it."""
        head = self._syllables.get(first, -1)
        if second is None:
            return float(self._singles[head])
        behind = self._syllables.get(second, -1)
        return self._pairs.count(head, behind) if min(head, behind) >= 0 else 0.0

    def _together(self, firsts: Syllables, seconds: Syllables) -> NDArray[np.float64]:
        """Return how often each of *seconds* was counted behind its first."""
        return self._pairs.counts[self._pairs.find(firsts, seconds)]

    def are_counted(self, firsts: Syllables, seconds: Syllables) -> NDArray[np.bool_]:
        """Tell which of *seconds* were counted behind their firsts; the arrays broadcast."""
        return self._pairs.find(firsts, seconds) >= 0

    def behind(self, firsts: Syllables, seconds: Syllables) -> Chances:
        """Return how likely each of *seconds* is behind its first; the arrays broadcast."""
        counted = self._together(firsts, seconds) / self._singles[firsts]
        return counted + self._rest[firsts] * self.alone(seconds)

    def behind_both(self, firsts: Syllables, seconds: Syllables, thirds: Syllables) -> Chances:
        """Return how likely each of *thirds* is behind the two before it; the arrays broadcast."""
        pairs = self._pairs.find(firsts, seconds)
        times = np.maximum(self._pairs.counts[pairs], 1.0)
        counted = self._triples.counts[self._triples.find(pairs, thirds)] / times
        rest = np.maximum(LEAST_REST, 1 - self._triples.sums[pairs] / times)
        return counted + rest * self.behind(seconds, thirds)

    def _array(self, name: str) -> NDArray[np.integer]:
        assert self._path is not None
        with np.load(self._path, allow_pickle=False) as archive:
            array: NDArray[np.integer] = archive[name]
            return array

    @cached_property
    def _syllables(self) -> dict[str, int]:
        letters = self._array("letters").tobytes().decode()
        return {syllable: number for number, syllable in enumerate(letters.split("\n"))}

    @cached_property
    def _singles(self) -> NDArray[np.float64]:
        """Times each syllable was counted; the last for one that was not."""
        return np.append(self._array("singles"), UNSEEN)

    @cached_property
    def _total(self) -> float:
        return float(self._singles.sum())

    @cached_property
    def _rest(self) -> Chances:
        """The share of each syllable's neighbours that are not counted behind it, as far as believed."""
        return REST * np.maximum(LEAST_REST, 1 - self._pairs.sums / self._singles)

    @cached_property
    def _pairs(self) -> _Followers:
        return self._followers("pair", "seconds")

    @cached_property
    def _triples(self) -> _Followers:
        return self._followers("triple", "thirds")

    def _followers(self, kind: str, following: str) -> _Followers:
        names = (f"{kind}_lengths", f"{kind}_{following}", f"{kind}_counts")
        return _Followers.of(*map(self._array, names))


NO_NEIGHBOURS = Neighbours()
