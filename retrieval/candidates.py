"""The first stage of ranking: which passages may answer, by evidence of two kinds.

score(passage) = BM25(passage) + ARTICLE_WEIGHT · BM25(its article, title included)
"""

from dataclasses import dataclass

import numpy as np

from retrieval import kernels
from retrieval.bm25 import Numbers, Scores, best
from retrieval.index import Index
from retrieval.query import Query

ARTICLE_WEIGHT = 3.0  # 1..3 gain steadily on news; on single-passage collections it changes nothing
# What is looked at closely. Of one article only so many passages, or a long one would crowd out all others.
ARTICLES = 30  # 30 to 100 rank alike
PASSAGES_EACH = 4  # 3 to 100 rank alike


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """Passages that share a term with the query (themselves, or by their article's title), best first."""

    passages: Numbers
    scores: Scores  # of the first stage, one for each


def find(index: Index, query: Query) -> Candidates:
    """Return the best passages of the best ``ARTICLES`` articles for *query*, ``PASSAGES_EACH`` of one."""
    parts = [clause.part for clause in query.clauses]
    of_passages, passage_held = index.passage_ranking.totals(parts)
    of_articles, article_held = index.article_ranking.totals(parts)
    bounds = index.passage_bounds
    tops = kernels.tops(of_passages, passage_held, article_held, bounds)
    found = np.flatnonzero(tops >= 0)
    articles = best(found, tops[found] + ARTICLE_WEIGHT * of_articles[found], ARTICLES)
    # An article that matches by its title alone is found by its first passage.
    passages, its = kernels.best_of_each(
        of_passages, passage_held, bounds[articles], bounds[articles + 1], PASSAGES_EACH
    )
    scores = of_passages[passages] + ARTICLE_WEIGHT * of_articles[articles[its]]
    order = np.lexsort((passages, -scores))
    return Candidates(passages=passages[order], scores=scores[order])
