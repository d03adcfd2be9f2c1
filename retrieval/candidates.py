"""The first stage of ranking: which passages may answer, by evidence of two kinds.

score(passage) = BM25(passage) + ARTICLE_WEIGHT · BM25(its article, title included)

Only articles have postings. A passage holds nothing that its article does not, so that an article's
frequencies and its shortest passage bound what any of its passages can score: the articles that may be among
the best are found by that, and the passages of these alone are scored, from their tokens.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from retrieval.bm25 import BM25, Clauses, Numbers, Scores
from retrieval.clause import Clause
from retrieval.index import K1, B, Index
from retrieval.kernels.passages import FILTER, Formula, Texts, Wanted, article_scores, passage_scores
from retrieval.kernels.ranking import Clauses as Loops
from retrieval.query import Query
from retrieval.segment import Segment

ARTICLE_WEIGHT = 3.0  # 1..3 gain steadily on news; on single-passage collections it changes nothing
# What is looked at closely. Of one article only so many passages, or a long one would crowd out all others.
ARTICLES = 30  # 30 to 100 rank alike
PASSAGES_EACH = 4  # 3 to 100 rank alike


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """Passages that share a term with the query (themselves, or by their article's title), best first."""

    passages: Numbers
    scores: Scores  # of the first stage, one for each


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scorer:
    """Scores passages for some clauses."""

    index: Index
    clauses: Clauses
    worths: Scores  # in passages

    @classmethod
    def of(cls, index: Index, clauses: Clauses) -> "_Scorer":
        held = index.document_frequency(clauses.keys)
        return cls(index=index, clauses=clauses, worths=clauses.worths(held, index.passage_count, K1))

    def articles(
        self, segment: Segment, articles: Numbers, least: Scores, most: Scores, best: Scores
    ) -> Scores:
        """Return the scores of *articles* as far as they may be among the best."""
        return article_scores(*self._loops(segment), segment.spans.firsts, articles, least, most, best)

    def passages(self, passages: Numbers) -> Scores:
        """Return the scores of passages of the index."""
        scores = np.empty(len(passages))
        for segment, its, numbers in self.index.segments_of(passages):
            scores[its] = passage_scores(*self._loops(segment), numbers)
        return scores

    def _loops(self, segment: Segment) -> tuple[Texts, Wanted, Loops, Scores, Formula]:
        """Return what the compiled loops take."""
        spans, clauses = segment.spans, self.clauses
        keys, numbers = np.unique(clauses.keys, return_inverse=True)
        heads, seconds = keys >> 32, keys & 0xFFFFFFFF
        terms = np.unique(np.append(heads[heads > 0] - 1, seconds))
        marks = np.zeros(FILTER, dtype=bool)
        marks[terms & (FILTER - 1)] = True
        return (
            (segment.tokens, spans.units, spans.lengths),
            (terms, keys, marks),
            clauses.loops(numbers.astype(np.int64)),
            self.worths,
            (K1, B, max(self.index.average_passage, 1e-9)),
        )


def find(index: Index, query: Query) -> Candidates:
    """Return the best passages of the best ``ARTICLES`` articles for *query*, ``PASSAGES_EACH`` of one."""
    ranking = index.article_ranking
    clauses, worths = ranking.ordered([clause.part for clause in query.clauses])
    scorer = _Scorer.of(index, clauses)
    articles, by_article = _articles(index, ranking, clauses, ARTICLE_WEIGHT * worths, scorer)
    passages = [index.passages_of(article) for article in articles.tolist()]
    scores = scorer.passages(np.concatenate([np.zeros(0, dtype=np.int64), *passages]))
    found: list[Numbers] = []
    totals: list[Scores] = []
    for its, of_article in zip(passages, by_article.tolist(), strict=True):
        own, scores = scores[: len(its)], scores[len(its) :]
        # An article that matches by its title alone is found by its first passage.
        best = np.argsort(-own, kind="stable")[:PASSAGES_EACH]
        best = best[own[best] > 0] if own.any() else best[:1]
        found.append(its[best])
        totals.append(own[best] + of_article)
    numbers = np.concatenate([np.zeros(0, dtype=np.int64), *found])
    sums = np.concatenate([np.zeros(0), *totals])
    order = np.lexsort((numbers, -sums))
    return Candidates(passages=numbers[order], scores=sums[order])


def _articles(
    index: Index, ranking: BM25, clauses: Clauses, worths: Scores, scorer: _Scorer
) -> tuple[Numbers, Scores]:
    """Return the best articles, best first, and what each scores itself."""
    floor = np.full(ARTICLES, -np.inf)
    bounded = list(ranking.bounded(clauses, worths, floor, scorer.worths, index.shortest_norms))
    best = np.full(ARTICLES, -np.inf)
    found: list[tuple[Numbers, Scores, Scores]] = []
    for segment, (base, articles, least, most) in zip(index.segments, bounded, strict=True):
        order = np.argsort(-most, kind="stable")
        order = order[most[order] >= floor[0]]
        articles, least = articles[order], least[order]
        scores = scorer.articles(segment, articles, least, most[order], best)
        found.append((base + articles[: len(scores)], least[: len(scores)], scores))
    if not found:
        return np.zeros(0, dtype=np.int64), np.zeros(0)
    articles, own, scores = (np.concatenate(parts) for parts in zip(*found, strict=True))
    order = np.lexsort((articles, -scores))[:ARTICLES]
    return articles[order], own[order]


def passage_gains(index: Index, clause: Clause, passages: Sequence[int]) -> list[float]:
    """Return what *clause* gives each of *passages*."""
    clauses = Clauses.of([clause.part])
    gains: list[float] = _Scorer.of(index, clauses).passages(np.array(passages, dtype=np.int64)).tolist()
    return gains
