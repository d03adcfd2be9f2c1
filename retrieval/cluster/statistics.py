"""Counts of words and pairs in a collection that lies elsewhere."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from retrieval.index.postings import Keys, Numbers
from retrieval.kernels.keys import FIRST_PAIR, last

AskCounts = Callable[
    [Sequence[int]], Mapping[int, tuple[int, int]]
]  # of pairs; one that is nowhere is left out
_REMEMBERED = 100_000  # pairs, some 15 MB: people ask for ever new ones


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """The numbers of a whole collection, of one generation."""

    articles: int
    article_words: int  # each article counting SHORT_ARTICLE at least
    passages: int
    tokens: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Counting:
    """The counts of one generation. Those of single words are here; pairs are asked for, and remembered."""

    totals: Totals
    in_passages: Numbers  # of each word, by its number
    in_articles: Numbers
    ask: AskCounts
    _known: dict[int, tuple[int, int]] = field(default_factory=dict)

    def of(self, keys: Keys) -> Numbers:
        """Return in how many passages (column 0) and articles (1) each of *keys* stands; -1 is nowhere."""
        flat = keys.ravel()
        found = np.zeros((len(flat), 2), dtype=np.int64)
        is_word = (flat >= 0) & (flat < FIRST_PAIR)
        words = flat[is_word]
        found[is_word, 0] = self.in_passages[words]
        found[is_word, 1] = self.in_articles[words]
        # A pair with an unknown word has a key that is none, as in the embedded index.
        is_pair = (flat >= FIRST_PAIR) & (last(flat) < len(self.in_passages))
        if is_pair.any():
            found[is_pair] = self._pairs(flat[is_pair].tolist())
        return found

    def _pairs(self, keys: list[int]) -> list[tuple[int, int]]:
        known = [(key, self._known.get(key)) for key in dict.fromkeys(keys)]
        counts = {key: count for key, count in known if count is not None}
        missing = [key for key, count in known if count is None]
        if missing:
            asked = self.ask(missing)
            counts |= (new := {key: asked.get(key, (0, 0)) for key in missing})
            if len(self._known) > _REMEMBERED:
                self._known.clear()
            self._known.update(new)
        return [counts[key] for key in keys]
