"""The first stage of ranking: which passages may answer, by evidence of two kinds.

score(passage) = BM25(passage) + ARTICLE_WEIGHT · BM25(its article, title included)

Only articles have postings. A passage holds nothing that its article does not, so that an article's
frequencies and its shortest passage bound what any of its passages can score: the articles that may be among
the best are found by that, and the passages of these alone are scored, from their tokens.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from retrieval.index.index import K1, B, Index
from retrieval.index.numbered import Allowed
from retrieval.index.postings import Numbers
from retrieval.index.scoring import Clauses, Scores, norm_of_length
from retrieval.index.segment import Segment
from retrieval.kernels.passages import Formula, Passages, article_scores, passage_scores
from retrieval.kernels.wanted import Impact
from retrieval.query.clause import Clause
from retrieval.query.query import Query

ARTICLE_WEIGHT = 3.0  # 1..3 gain steadily on news; on single-passage collections it changes nothing
# What is looked at closely. Of one article only so many passages, or a long one would crowd out all others.
ARTICLES = 30  # 30 to 100 rank alike
PASSAGES_EACH = 4  # 3 to 100 rank alike


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """Passages that share a term with the query (themselves, or by their article's title), best first."""

    passages: Numbers
    scores: Scores  # of the first stage, one for each


def find(index: Index, query: Query, allowed: Allowed | None = None) -> Candidates:
    """Return the best passages of the best ``ARTICLES`` articles for *query*, ``PASSAGES_EACH`` of one.

    If it is given, only the *allowed* articles are looked for; what their words are worth is the same.
    """
    scorer = _Scorer(index=index, clauses=Clauses.of(query.clauses))
    articles, by_article = _articles(index, scorer, allowed)
    passages, sizes = index.passages_of_each(articles)
    of = np.repeat(np.arange(len(articles)), sizes)  # the article of each, by its place here
    own = scorer.passages(passages)
    holds = np.bincount(of, own > 0, minlength=len(articles)) > 0
    best = np.lexsort((-own, of))
    rank = np.arange(len(own)) - np.repeat(np.cumsum(sizes) - sizes, sizes)  # in its article
    # An article that matches by its title alone is found by its first passage.
    best = best[np.where(holds[of], (rank < PASSAGES_EACH) & (own[best] > 0), rank == 0)]
    numbers, sums = passages[best], own[best] + by_article[of[best]]
    order = np.lexsort((numbers, -sums))
    return Candidates(passages=numbers[order], scores=sums[order])


def passage_gains(index: Index, clause: Clause, passages: Sequence[int]) -> list[float]:
    """Return what *clause* gives each of *passages*."""
    scorer = _Scorer(index=index, clauses=Clauses.of([clause]))
    gains: list[float] = scorer.passages(np.array(passages, dtype=np.int64)).tolist()
    return gains


def article_totals(index: Index, clauses: Clauses) -> tuple[Scores, Scores]:
    """Return what *clauses* give each article of *index* itself, and the best of its passages."""
    ranking = index.article_ranking
    of_articles = np.zeros(index.article_bases[-1])
    bounded = ranking.bounded(clauses, ARTICLE_WEIGHT * ranking.worths(clauses), np.zeros(0))
    for base, articles, scores, _ in bounded:
        of_articles[base + articles] = scores
    passages = _Scorer(index=index, clauses=clauses).passages(np.arange(index.passage_bases[-1]))
    firsts = index.leads(np.arange(len(of_articles)))
    return of_articles, np.maximum.reduceat(passages, firsts)


@dataclass(frozen=True, kw_only=True)
class _Scorer:
    """Scores passages for some clauses, from their tokens."""

    index: Index
    clauses: Clauses

    def articles(
        self, segment: Segment, articles: Numbers, least: Scores, most: Scores, best: Scores
    ) -> Scores:
        """Return the scores of *articles* as far as they may be among the best."""
        firsts = segment.spans.firsts
        return article_scores(_texts(segment), self._formula, firsts, articles, least, most, best)

    def passages(self, passages: Numbers) -> Scores:
        """Return the scores of passages of the index; 0 if no clause stands in one."""
        scores = np.empty(len(passages))
        for segment, its, numbers in self.index.segments_of(passages):
            scores[its] = passage_scores(_texts(segment), self._formula, numbers)
        return scores

    @cached_property
    def worths(self) -> Scores:
        """The most that each clause can give a passage."""
        frequencies = self.index.document_frequency(self.clauses.keys)
        return self.clauses.worths(frequencies, self.index.passage_count, K1)

    @cached_property
    def _formula(self) -> Formula:
        clauses = self.clauses
        empty, word = norm_of_length(self.index.average_passage, K1, B)
        return Formula(
            keys=np.sort(clauses.keys),
            wanted=clauses.wanted(np.argsort(-self.worths, kind="stable"), clauses.keys),
            worths=self.worths,
            empty=empty,
            word=word,
        )


def _texts(segment: Segment) -> Passages:
    return Passages(segment.tokens, segment.spans.units, segment.spans.lengths)


def _articles(index: Index, scorer: _Scorer, allowed: Allowed | None) -> tuple[Numbers, Scores]:
    """Return the best articles, best first, and what each scores itself."""
    ranking, clauses = index.article_ranking, scorer.clauses
    worths = ARTICLE_WEIGHT * ranking.worths(clauses)
    floor, best = np.zeros(ARTICLES), np.zeros(ARTICLES)
    found: list[tuple[Numbers, Scores, Scores]] = []
    more = [Impact(scorer.worths, norms) for norms in index.shortest_norms]
    passed_over = () if allowed is None else index.passed_over(allowed)
    bounded = list(ranking.bounded(clauses, worths, floor, more, passed_over))
    for segment, (base, articles, least, most) in zip(index.segments, bounded, strict=True):
        reaching = np.flatnonzero(most >= max(floor[0], best[0]))
        reaching = reaching[np.argsort(-most[reaching], kind="stable")]
        scores = scorer.articles(segment, articles[reaching], least[reaching], most[reaching], best)
        reaching = reaching[: len(scores)]
        found.append((base + articles[reaching], least[reaching], scores))
    numbers = np.concatenate([np.zeros(0, dtype=np.int64), *(part[0] for part in found)])
    own, scores = (np.concatenate([np.zeros(0), *(part[i] for part in found)]) for i in (1, 2))
    order = np.lexsort((numbers, -scores))[:ARTICLES]
    return numbers[order], own[order]
