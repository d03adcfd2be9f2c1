"""The first stage of ranking: which passages may answer, by evidence of two kinds.

score(passage) = BM25(passage) + ARTICLE_WEIGHT · BM25(its article, title included)
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrieval.bm25 import BM25, Numbers, Scores, best
from retrieval.clause import SYNONYM_WEIGHT, Clause
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
    of_passages, passage_matched = _scores(index.passage_ranking, query.clauses)
    of_articles, article_matched = _scores(index.article_ranking, query.clauses)
    article_of = index.spans.articles
    # An article that matches by its title alone is found by its first passage.
    article_matched[article_of[passage_matched]] = False
    passage_matched[index.leads[article_matched]] = True
    found = np.flatnonzero(passage_matched)
    articles = article_of[found]
    scores = of_passages[found] + ARTICLE_WEIGHT * of_articles[articles]
    chosen = _of_best_articles(articles, scores)
    order = best(chosen, scores[chosen], len(chosen))
    return Candidates(passages=found[order], scores=scores[order])


def _of_best_articles(articles: NDArray[np.int32], scores: Scores) -> Numbers:
    """Return the places of the best scores in each of the best articles, ascending, as *articles* are."""
    begins = np.flatnonzero(np.diff(articles, prepend=-1))
    if not len(begins):
        return begins
    ends = np.append(begins[1:], len(articles))
    places: list[Numbers] = []
    for number in best(np.arange(len(begins)), np.maximum.reduceat(scores, begins), ARTICLES):
        its = np.arange(begins[number], ends[number])
        places.append(best(its, scores[its], PASSAGES_EACH))
    return np.sort(np.concatenate(places))


def _scores(ranking: BM25, clauses: Iterable[Clause]) -> tuple[Scores, NDArray[np.bool_]]:
    """Return the score of every document, and which documents hold any of the terms."""
    scores = np.zeros(ranking.corpus_size)
    matched = np.zeros(ranking.corpus_size, dtype=bool)
    for clause in clauses:
        together = [(phrase.keys, SYNONYM_WEIGHT) for phrase in clause.others]
        documents, gains = ranking.gains(clause.keys, clause.weights, together)
        scores[documents] += clause.boost * gains
        matched[documents] = True
    return scores, matched
