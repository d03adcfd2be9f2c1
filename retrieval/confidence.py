"""How sure is it that the best passage answers the question? A logistic function of what can be seen:

- evidence: the logarithm of its score, counted in words that one passage alone holds, since a larger
  collection reaches a higher score by chance;
- tightness: the coverage of the best window of ``TIGHT`` words in any of the ``LOOKED_AT`` best passages;
- how many words the question has: more of them reach a score more easily;
- the share of the question in words that no passage knows, or whose guessed accents nothing bears out.

The coefficients were fitted (logistic regression, answerable and unanswerable questions weighing the same) to
questions over Wikipedia and news, and to who-is questions over snippets. ``BASE`` puts 0.5 where 3 % of the
answerable questions fall below, over collections of 100 to 42,000 passages.
"""

import math

import numpy as np

from retrieval.bm25 import idf
from retrieval.index import Index
from retrieval.query import Query
from retrieval.rerank import Ranked, Slots, coverage

TIGHT = 8  # words; 6 to 12 tell apart alike
LOOKED_AT = 10  # passages
EVIDENCE = 3.2
TIGHTNESS = 3.4
LENGTH = -0.12
DOUBT = -3.5
BASE = -8.95


def confidence(index: Index, query: Query, wanted: Slots, ranked: Ranked) -> float:
    """Return the confidence (0..1) that the first of *ranked* answers *query*; 0 where there is none."""
    if not len(ranked.passages):
        return 0.0
    rarest = float(idf(1.0, index.passage_count))
    tight = coverage(index, wanted, ranked.passages[:LOOKED_AT], TIGHT)
    doubtful = np.array([not (word.is_certain and (len(word.keys) or word.others)) for word in query.words])
    odds = (
        BASE
        + EVIDENCE * math.log(ranked.scores[0] / rarest)
        + TIGHTNESS * float(tight.max())
        + LENGTH * len(query.words)
        + DOUBT * float(wanted.importance[doubtful].sum() / wanted.importance.sum())
    )
    if tight[0] == 1:  # it says all of the question in one breath, however common the words are
        odds = max(odds, 0.0)
    return 1 / (1 + math.exp(-odds))
