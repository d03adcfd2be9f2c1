"""The confidence that the best passage answers the question: a logistic function of what can be seen:

- evidence: the logarithm of its score, counted in words that one passage alone holds, since a larger
  collection reaches a higher score by chance;
- tightness: the coverage of the best window of ``TIGHT`` words in any of the ``LOOKED_AT`` best passages;
- length: how much the question's words count together; more of them reach a score more easily;
- doubt: the share of the question in words that no passage knows, or whose guessed accents nothing bears out;
- spread: the share of the question that only other parts of its article hold.

The coefficients were fitted (logistic regression, answerable and unanswerable questions weighing the same) to
questions over Wikipedia and news, and to who-is questions over snippets. ``BASE`` puts 0.5 where 3 % of the
answerable questions fall below, over collections of 100 to 42,000 passages.
"""

import math
from dataclasses import dataclass, replace

import numpy as np

from retrieval.index.index import Index
from retrieval.index.scoring import idf
from retrieval.query.query import Query
from retrieval.ranking.rerank import Ranked
from retrieval.ranking.slots import ANYWHERE, Slots, coverage

ANSWERED = 0.5  # 0..1: the least confidence with which passages are given as an answer
TIGHT = 8  # words; 6 to 12 tell apart alike
LOOKED_AT = 10  # passages
EVIDENCE = 2.9
TIGHTNESS = 3.2
LENGTH = -0.08
DOUBT = -4.0
SPREAD = -5.2
BASE = -8.49


@dataclass(frozen=True, slots=True, kw_only=True)
class Odds:
    """Signs for an answer (> 0) and against it (< 0); they add up to ``total``."""

    base: float
    evidence: float
    tightness: float
    length: float
    doubt: float
    spread: float
    whole: float = 0.0  # lifts the others to 0 if one breath of a passage, or the title, says it all

    @property
    def total(self) -> float:
        """The logarithm of the odds that it is answered."""
        return (
            self.base + self.evidence + self.tightness + self.length + self.doubt + self.spread + self.whole
        )

    @property
    def confidence(self) -> float:
        """The chance (0..1) that it is answered."""
        return 1 / (1 + math.exp(-self.total))


def confidence(index: Index, query: Query, wanted: Slots, ranked: Ranked) -> float:
    """Return the confidence (0..1) that the first of *ranked* answers *query*; 0 where there is none."""
    return odds(index, query, wanted, ranked).confidence if len(ranked.passages) else 0.0


def odds(index: Index, query: Query, wanted: Slots, ranked: Ranked) -> Odds:
    """Return the odds that the first of *ranked*, which holds one at least, answers *query*."""
    rarest = float(idf(1.0, index.passage_count))
    tight = coverage(index, wanted, ranked.passages[:LOOKED_AT], TIGHT)
    doubtful = np.array([not (word.is_certain and (len(word.keys) or word.others)) for word in query.words])
    seen = Odds(
        base=BASE,
        evidence=EVIDENCE * math.log(ranked.evidence / rarest),
        tightness=TIGHTNESS * float(tight.max()),
        length=LENGTH * sum(min(1.0, word.boost) for word in query.words),  # said twice, it asks no more
        doubt=DOUBT * float(wanted.importance[doubtful].sum() / wanted.importance.sum()),
        spread=SPREAD * _spread(index, wanted, ranked),
    )
    # However common the words are, all of them in one breath, or in the title, are an answer.
    is_whole = tight[0] == 1 or (wanted.filled(index.headings(ranked.articles[:1]).tokens) == 1).all()
    return replace(seen, whole=max(0.0, -seen.total)) if is_whole else seen


def _spread(index: Index, wanted: Slots, ranked: Ranked) -> float:
    """Return the share (0..1) of the question that the first one's article holds, but not the passage."""
    passages = index.passages_of(int(ranked.articles[0]))
    texts = index.texts(passages)
    own = int(ranked.passages[0] - passages[0])
    begins, ends = np.array([0, texts.begins[own]]), np.array([len(texts.tokens), texts.ends[own]])
    of_article, of_passage = wanted.coverage(texts.tokens, begins, ends, ANYWHERE)
    return float(of_article - of_passage)
