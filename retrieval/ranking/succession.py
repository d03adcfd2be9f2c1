"""Find the article that replaces another one: months younger, and of much the same words.

A price list, opening hours, an official's name stand in an article until a newer one says them anew. Readers
ask for what holds now. Reports on one event come within days, and share few pairs of words.
"""

import numpy as np

from retrieval.index.index import Index
from retrieval.index.postings import Numbers
from retrieval.ranking.rerank import Ranked
from retrieval.text.analyzer import terms

# Of 87 articles 13 are replaced. These share .15 to .33 with their successor, but for one; no other two
# of them that are months apart share more than .13.
ALIKE = 0.14  # 0..1: the least share of pairs, plus TITLE of the share of the titles' words
TITLE = 0.1
YOUNGER = 60 * 86400  # seconds between the two, at least
# 0..1: the least share of the best score: the successor may say the same in other words.
STILL_ASKED = 0.38
_COMPARED = 4  # articles


def successor(index: Index, ranked: Ranked, best: int) -> int | None:
    """Return the place in *ranked* of what replaces the article at the place *best*; None if nothing does."""
    published = index.published(ranked.articles)
    young = published >= published[best] + YOUNGER
    near = np.flatnonzero(young & (ranked.scores >= STILL_ASKED * ranked.scores[best]))
    firsts: dict[int, int] = {}
    for at in near.tolist():
        firsts.setdefault(int(ranked.articles[at]), at)
    places = list(firsts.values())[:_COMPARED]
    if not places or published[best] < 0:
        return None
    replaced = _Text(index, int(ranked.articles[best]))
    alike = [at for at in places if replaced.likeness(int(ranked.articles[at])) >= ALIKE]
    return max(alike, key=lambda at: published[at], default=None)


class _Text:
    """The words of an article, to compare others with."""

    def __init__(self, index: Index, article: int) -> None:
        self._index = index
        self._pairs, self._title = self._read(article)
        self._worth = self._information(self._pairs)

    def likeness(self, article: int) -> float:
        """Return what share (0..1) of its rare words the other article has, too."""
        pairs, title = self._read(article)
        shared = np.isin(self._pairs, pairs, assume_unique=True)
        least = min(self._worth.sum(), self._information(pairs).sum())
        of_pairs = float(self._worth[shared].sum() / least) if least else 0.0
        worth, other = self._information(self._title), self._information(title).sum()
        both = worth[np.isin(self._title, title, assume_unique=True)].sum()
        least = min(worth.sum(), other)
        return of_pairs + TITLE * (float(both / least) if least else 0.0)

    def _read(self, article: int) -> tuple[Numbers, Numbers]:
        index = self._index
        words = [word for word in terms(index.article(article).title) if not word[0].isdigit()]
        title = index.keys_of(words)
        body = index.texts(index.passages_of(article)).tokens.astype(np.int64)
        return np.unique(index.pair(body[:-1], body[1:])), np.unique(title[title >= 0])

    def _information(self, keys: Numbers) -> np.typing.NDArray[np.float64]:
        frequencies = self._index.document_frequency(keys)
        count = max(1, self._index.passage_count)
        weights: np.typing.NDArray[np.float64] = np.log1p((count - frequencies + 0.5) / (frequencies + 0.5))
        return np.maximum(weights, 0.0)
