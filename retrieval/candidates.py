"""The first stage of ranking: which passages may answer, by evidence of three kinds.

score(passage) = BM25(passage) + ARTICLE_WEIGHT · BM25(its article, title included)
               + LEAD_WEIGHT · BM25(its article's first passage)

The last is news writing's own rule: an article says first what it is about.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrieval.bm25 import BM25, Numbers, Scores, best
from retrieval.index import Index
from retrieval.query import Clause, Query

ARTICLE_WEIGHT = 3.0  # 1..3 gain steadily on news; on single-passage collections it changes nothing
LEAD_WEIGHT = 0.5
CANDIDATES = 100  # passages that are looked at closely


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """Passages that share a term with the query (themselves, or by their article's title), best first."""

    passages: Numbers
    scores: Scores  # of the first stage, one for each


def find(index: Index, query: Query) -> Candidates:
    """Return at most ``CANDIDATES`` passages for *query*."""
    of_passages, passage_matched = _scores(index.passage_ranking, query.clauses)
    of_articles, article_matched = _scores(index.article_ranking, query.clauses)
    article_of = index.spans.articles
    leads = index.leads
    # An article that matches by its title alone is found by its first passage.
    article_matched[article_of[passage_matched]] = False
    passage_matched[leads[article_matched]] = True
    found = np.flatnonzero(passage_matched)
    articles = article_of[found]
    scores = (
        of_passages[found]
        + ARTICLE_WEIGHT * of_articles[articles]
        + LEAD_WEIGHT * of_passages[leads[articles]]
    )
    order = best(np.arange(len(found)), scores, CANDIDATES)
    return Candidates(passages=found[order], scores=scores[order])


def _scores(ranking: BM25, clauses: Iterable[Clause]) -> tuple[Scores, NDArray[np.bool_]]:
    """Return the score of every document, and which documents hold any of the terms."""
    scores = np.zeros(ranking.corpus_size)
    matched = np.zeros(ranking.corpus_size, dtype=bool)
    for clause in clauses:
        documents, gains = ranking.gains(clause.keys, clause.weights)
        scores[documents] += clause.boost * gains
        matched[documents] = True
    return scores, matched
