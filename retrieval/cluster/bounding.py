"""Boosts by which the cluster's score of a document is never below ours.

Of a clause c with forms f of weights w that a document holds tf times, and s(x) = x / (x + n), a document has

ours           worth(c) · s(Σ w · tf)
the cluster's  Σ boost · idf' · (k1 + 1) · tf / (tf + n')

s(Σ w · tf) ≤ Σ s(w · tf), since s is concave and 0 at 0. The boost of a form makes up for the rest:

- s(w · tf) ≤ w · (r + 1) / (w · r + 1) · s(tf), if tf / n is r at the most. The highest of each word is kept
  (``peaks``); a pair's is that of its rarer word at the most.
- n' ≤ n · (all + gone) / all: a document has two terms there for each word here (``loading``), which Lucene
  rounds down, and the mean there is lower by those at the most that are gone and still lie there.
- idf' is lowest if those that were lost since the edition was made all lie there still.

So an article behind the end of a list has the end's score at the most. That is certain of all articles that
are, or were, of a generation of this edition. It is not of those that a reload has loaded and not yet
switched to, or left when it was killed: nobody knows which words they hold."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from retrieval.cluster.found import ClusterIndex
from retrieval.cluster.statistics import OF_ARTICLES, OF_PASSAGES, Counting
from retrieval.index.index import ARTICLE_B, K1, SHORT_ARTICLE, B
from retrieval.index.numbered import Allowed
from retrieval.index.postings import Numbers
from retrieval.index.scoring import Clauses, Scores, norm_of_length
from retrieval.index.segment import Segment
from retrieval.kernels.tokens import decoded
from retrieval.ranking.candidates import ARTICLES, article_totals

PEAK = 1000  # peaks are kept in thousandths, rounded up
_AVERAGES = (100, 500)  # words of a passage, an article: peaks are kept as if means were these
_NOBODY = -1  # an order that no article has
_ROUNDING = 1 + 1e-5  # Lucene reckons in floats of 24 bits

_Listed = Sequence[tuple[int, float]]  # order of arrival and the cluster's score, best first


def should(
    clauses: Clauses, said: Sequence[str], statistics: Counting, gone: int, kind: int, factor: float
) -> list[dict[str, Any]]:
    """Return every form of every clause for a bool query, boosted: none of our scores is above the cluster's.

    *said* are the clauses' keys as the cluster spells them; *gone* of this *kind* lie there and do not count
    here; our scores are multiplied by *factor*.
    """
    size, average = statistics.totals.size(kind), statistics.totals.average(kind)
    counts = statistics.of(clauses.keys)[:, kind]
    starts = clauses.form_keys[:-1]
    fewest = np.minimum.reduceat(counts, starts)
    worths = np.repeat(factor * clauses.worths(counts, size, K1), np.diff(clauses.forms))
    peaks = np.minimum.reduceat(_peaks(statistics, clauses.keys, kind), starts)
    shares = clauses.weights * (peaks + 1) / (clauses.weights * peaks + 1)
    lost = np.minimum(statistics.lost(clauses.keys)[:, kind], gone)
    bounds, held = clauses.form_keys.tolist(), counts.tolist()
    most, idfs = (worths * shares).tolist(), _least_idf(counts, lost, size).tolist()
    shortened = average * (size + gone) / max(1, statistics.totals.words(kind))
    scale = _ROUNDING * shortened / (K1 + 1)
    found: list[dict[str, Any]] = []
    for form in np.flatnonzero(fewest).tolist():
        first, end = bounds[form], bounds[form + 1]
        rarest = first if end - first == 1 else min(range(first, end), key=held.__getitem__)
        boost = scale * most[form] / idfs[rarest]
        term: dict[str, Any] = {"term": {"terms": {"value": said[rarest], "boost": boost}}}
        if end - first > 1:
            others = [{"term": {"terms": said[key]}} for key in range(first, end) if key != rarest]
            term = {"bool": {"must": [term], "filter": others}}
        found.append(term)
    return found


def peaks(segment: Segment, vocabulary_size: int) -> Numbers:
    """Return tf / n at its highest, of each word in a passage and in an article of *segment*."""
    found = np.zeros((vocabulary_size, 2), dtype=np.int64)
    posted = segment.articles
    singles = len(posted.singles)
    if singles:
        every = np.arange(posted.offsets[singles], dtype=np.int64)
        lengths = np.maximum(posted.lengths, SHORT_ARTICLE)[posted.documents[: len(every)]]
        ratios = posted.frequencies.at(every) / _norms(lengths, OF_ARTICLES)
        highest = np.maximum.reduceat(ratios, posted.offsets[:singles])
        found[posted.terms, OF_ARTICLES] = np.ceil(PEAK * highest)
    numbers = np.arange(len(segment.spans.lengths), dtype=np.int64)
    tokens, bounds = decoded(segment.tokens, segment.spans.units, numbers)
    stands = tokens.astype(np.int64) << 32 | np.repeat(numbers, np.diff(bounds))
    held, times = np.unique(stands, return_counts=True)
    ratios = times / _norms(segment.spans.lengths[held & 0xFFFFFFFF], OF_PASSAGES)
    firsts = np.flatnonzero(np.diff(held >> 32, prepend=-1))
    if len(firsts):
        found[held[firsts] >> 32, OF_PASSAGES] = np.ceil(PEAK * np.maximum.reduceat(ratios, firsts))
    return found


class Bound:
    """The most that articles which were not read can have, and what they would need to be among the best."""

    def __init__(self, articles: _Listed, passages: _Listed, limit: int) -> None:
        """Of both lists, *limit* were asked for."""
        lists = articles, passages
        self._ends = [listed[-1][1] if len(listed) == limit else 0.0 for listed in lists]
        self._best: tuple[dict[int, float], ...] = {}, {}
        for best, listed in zip(self._best, lists, strict=True):
            for order, score in listed:
                best.setdefault(order, score)  # of an article its best passage
        self._is_all = len(articles) < limit
        self._exceeded = [1.0, 1.0]
        self._read: set[int] = set()
        self._totals: list[Scores] = []  # of what was read at first, and then
        self._needed = 0.0

    def read(self, index: ClusterIndex, allowed: Allowed | None, clauses: Clauses) -> None:
        """Take note of articles that were read; *allowed* are those that may answer (None: all)."""
        exact = article_totals(index, clauses)
        orders = index.orders.tolist()
        for kind, best in enumerate(self._best):
            # By how much what was read exceeds what the cluster says.
            given = [best.get(order, np.inf) for order in orders]
            self._exceeded[kind] = (exact[kind] / given).max(initial=self._exceeded[kind])
        self._read.update(orders)
        totals = exact[0] + exact[1]
        self._totals.append(totals if allowed is None else totals[allowed])
        every = np.concatenate(self._totals)
        self._needed = np.partition(every, -ARTICLES)[-ARTICLES] if len(every) >= ARTICLES else 0.0

    def missing(self) -> set[int]:
        """Return the articles, by order of arrival, that were not read and may be among the best."""
        listed = {order for best in self._best for order in best}
        return {order for order in listed - self._read if self._reaches(order)}

    def are_more_needed(self) -> bool:
        """Tell whether any that was not read at first is among the best."""
        return any((totals >= self._needed).any() for totals in self._totals[1:])

    def is_proof(self) -> bool:
        """Tell whether none behind the ends of both lists can be among the best."""
        return self._is_all or not self._reaches(_NOBODY)

    def _reaches(self, order: int) -> bool:
        kinds = zip(self._best, self._exceeded, self._ends, strict=True)
        return sum(exceeded * best.get(order, end) for best, exceeded, end in kinds) >= self._needed


def _peaks(statistics: Counting, keys: Numbers, kind: int) -> Scores:
    """Return tf / n at its highest, by the means of now: n falls no faster than its mean rises."""
    more = max(1.0, statistics.totals.average(kind) / _AVERAGES[kind])
    highest: Scores = statistics.peaks(keys)[:, kind] / PEAK * more
    return highest


def _norms(lengths: Numbers, kind: int) -> Scores:
    empty, word = norm_of_length(_AVERAGES[kind], K1, (B, ARTICLE_B)[kind])
    return np.asarray(empty + word * lengths, dtype=np.float64)


def _least_idf(counts: Numbers, lost: Numbers, size: int) -> Scores:
    """Return the idf that the cluster gives at least."""
    return np.asarray(np.log1p((size - counts + 0.5) / (counts + lost + 0.5)), dtype=np.float64)
