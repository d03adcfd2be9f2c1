"""Counts of words and pairs in a collection that lies elsewhere."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import repeat

import numpy as np

from retrieval.index.postings import Keys, Numbers
from retrieval.kernels.keys import FIRST_PAIR, head, last

# Of pairs; one that is nowhere is left out.
AskCounts = Callable[[Sequence[int]], Mapping[int, tuple[int, int]]]
OF_PASSAGES, OF_ARTICLES = 0, 1  # kinds: columns of all counts
_REMEMBERED = 100_000  # pairs, some 10 MB: people ask for ever new ones
_HALF = 32  # bits


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """The numbers of a whole collection, of one generation."""

    articles: int
    article_words: int  # each article counting SHORT_ARTICLE at least
    passages: int
    tokens: int

    def size(self, kind: int) -> int:
        """Return the number of passages, or of articles."""
        return (self.passages, self.articles)[kind]

    def words(self, kind: int) -> int:
        """Return the number of words in them."""
        return (self.tokens, self.article_words)[kind]

    def average(self, kind: int) -> float:
        """Return the mean length that one of them is compared with, in words, ≥ 1 (``norm_of_length``)."""
        return max(1.0, self.words(kind) / max(1, self.size(kind)))


@dataclass(frozen=True, kw_only=True, eq=False)
class Counting:
    """The counts of one generation. Those of single words are here; pairs are asked for, and remembered."""

    totals: Totals
    words: Numbers  # a row for each word, by its number: the columns of ``store.statistics.WORD_COUNTS``
    ask: AskCounts
    _known: dict[int, int] = field(default_factory=dict)  # both counts of a pair in one number

    def of(self, keys: Keys) -> Numbers:
        """Return in how many passages (column 0) and articles (1) each of *keys* stands; -1 is nowhere."""
        flat = keys.ravel()
        is_word = (flat >= 0) & (flat < FIRST_PAIR)
        if is_word.all():  # as most are, and a question asks some forty times
            return self.words[flat, :2]
        found = np.zeros((len(flat), 2), dtype=np.int64)
        words = flat[is_word]
        found[is_word] = self.words[words, :2]
        # A pair with an unknown word has a key that is none, as in the embedded index.
        is_pair = (flat >= FIRST_PAIR) & (last(flat) < len(self.words))
        if is_pair.any():
            found[is_pair] = self._pairs(flat[is_pair])
        return found

    @cached_property
    def are_held(self) -> bytes:
        """Which words an article holds."""
        return (self.words[:, 1] > 0).tobytes()

    @property
    def in_passages(self) -> Numbers:
        """The number of passages that each word stands in."""
        return self.words[:, 0]

    def lost(self, keys: Keys) -> Numbers:
        """Return how many passages (column 0) and articles (1) of each key are gone at the most."""
        return self._least(keys)[:, 2:4]

    def peaks(self, keys: Keys) -> Numbers:
        """Return how much of a passage (column 0) or an article (1) each key is at the most."""
        return self._least(keys)[:, 4:6]

    def _least(self, keys: Keys) -> Numbers:
        """Return the row of each word; of a pair the least of both, since it stands nowhere without them."""
        size = len(self.words)
        of_last, of_first = last(keys), np.maximum(head(keys) - 1, 0)
        # Of a pair with an unknown word nothing stands.
        words = self.words[np.minimum(of_last, size - 1)] * (of_last < size)[:, None]
        least: Numbers = np.where(
            (keys >= FIRST_PAIR)[:, None], np.minimum(words, self.words[of_first]), words
        )
        return least

    def _pairs(self, keys: Keys) -> Numbers:
        """Return the counts of pairs: a question may ask for thousands, nearly all of them remembered."""
        known = np.fromiter(map(self._known.get, keys.tolist(), repeat(-1)), dtype=np.int64, count=len(keys))
        places = np.flatnonzero(known < 0)
        if len(places):
            missing = dict.fromkeys(keys[places].tolist(), 0)
            asked = self.ask(list(missing))
            for key in missing:
                in_passages, in_articles = asked.get(key, (0, 0))
                missing[key] = in_passages << _HALF | in_articles
            if len(self._known) > _REMEMBERED:
                self._known.clear()
            self._known.update(missing)
            known[places] = [missing[key] for key in keys[places].tolist()]
        return np.stack([known >> _HALF, known & (1 << _HALF) - 1], axis=1)
