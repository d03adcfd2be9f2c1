"""The confidence that the best passage answers the question: a logistic function of what can be seen:

- evidence: the logarithm of its score, counted in words that one passage alone holds, since a larger
  collection reaches a higher score by chance;
- tightness: the coverage of the best window of ``TIGHT`` words in any of the ``LOOKED_AT`` best passages;
  between few passages it tells less;
- length: how much the question's words count together; more of them reach a score more easily;
- doubt: the share of the question in words that no passage knows, or whose guessed accents nothing bears out;
- spread: the share of the question that only other parts of its article hold;
- subject: the share of the question, and of its subject, that the title of its article says;
- value: the share of its subject that is not near what the question asks for (``answering.nearness``);
- numbers: of those that are asked, is one not in the article, or another in its place in the title?
- size: in many passages all of this comes about by chance.

Small words of Vietnamese, too, count little in all of it: an article that says "ở" answers nothing by that.
The coefficients were searched for together, over questions of Wikipedia and news, who-is questions over
snippets, and what people ask of offices, so that each suite's answered share stays what it was. ``BASE`` puts
0.5 where 1 to 6 % of the answerable questions of each collection fall below.
"""

import math
from dataclasses import dataclass, fields, replace

import numpy as np

from retrieval.index.index import Index
from retrieval.index.scoring import Scores, idf
from retrieval.query.query import Query
from retrieval.query.weights import LEAST_PASSAGES
from retrieval.ranking.numbers import contradictions
from retrieval.ranking.rerank import Ranked
from retrieval.ranking.slots import ANYWHERE, Slots, coverage
from retrieval.ranking.subject import subject, without_small_words

ANSWERED = 0.5  # 0..1: the least confidence with which passages are given as an answer
TIGHT = 8  # words; 6 to 12 tell apart alike
LOOKED_AT = 10  # passages
EVIDENCE = 2.62
TIGHTNESS = 1.38
TIGHTER = 1.16  # beside that, in a large collection: e times as large as a small one, or more
LENGTH = -0.08
DOUBT = -1.61
SPREAD = -2.55
TITLE_SAYS = 2.13
SUBJECT = 0.81
VALUE = -1.5
NUMBERS = -2.6
SIZE = -1.12
BASE = -7.28


@dataclass(frozen=True, slots=True, kw_only=True)
class Odds:
    """Signs for an answer (> 0) and against it (< 0); they add up to ``total``."""

    base: float
    evidence: float
    tightness: float
    length: float
    doubt: float
    spread: float
    subject: float
    value: float
    numbers: float
    size: float
    whole: float = 0.0  # lifts the others to 0 if one breath of a passage, or the title, says it all

    @property
    def total(self) -> float:
        """The logarithm of the odds that it is answered."""
        return math.fsum(getattr(self, part.name) for part in fields(self))

    @property
    def confidence(self) -> float:
        """The chance (0..1) that it is answered."""
        return 1 / (1 + math.exp(-self.total))


def confidence(index: Index, query: Query, wanted: Slots, ranked: Ranked, away: float = 0.0) -> float:
    """Return the confidence (0..1) that the first of *ranked* answers *query*; 0 where there is none.

    *away* (0..1) is the share of its subject that is not near what it asks for.
    """
    return odds(index, query, wanted, ranked, away).confidence if len(ranked.passages) else 0.0


def odds(index: Index, query: Query, wanted: Slots, ranked: Ranked, away: float = 0.0) -> Odds:
    """Return the odds that the first of *ranked*, which holds one at least, answers *query*."""
    told = without_small_words(query, wanted)
    share = told.importance / told.importance.sum()
    tight = coverage(index, told, ranked.passages[:LOOKED_AT], TIGHT)
    doubtful = np.array([not (word.is_certain and (len(word.keys) or word.others)) for word in query.words])
    by_title = wanted.filled(index.headings(ranked.articles[:1]).tokens)
    size = min(1.0, math.log(max(index.passage_count, LEAST_PASSAGES) / LEAST_PASSAGES))
    seen = Odds(
        base=BASE,
        evidence=EVIDENCE * math.log(ranked.evidence / float(idf(1.0, index.passage_count))),
        tightness=(TIGHTNESS + TIGHTER * size) * float(tight.max()),
        length=LENGTH * _length(query, wanted, told),
        doubt=DOUBT * float(share[doubtful].sum()),
        spread=SPREAD * _spread(index, told, ranked),
        subject=TITLE_SAYS * float(ranked.title[0]) + SUBJECT * float(subject(query, wanted) @ by_title),
        value=VALUE * away,
        numbers=NUMBERS * contradictions(index, query, wanted, int(ranked.articles[0])),
        size=SIZE * size,
    )
    # However common the words are, all of them in one breath, or in the title, are an answer.
    is_whole = tight[0] == 1 or (by_title == 1).all()
    return replace(seen, whole=max(0.0, -seen.total)) if is_whole else seen


def _length(query: Query, wanted: Slots, told: Slots) -> float:
    """Return how much the words count together; one that is said twice asks no more."""
    counts: Scores = told.importance / wanted.importance
    return float(counts @ [min(1.0, word.boost) for word in query.words])


def _spread(index: Index, wanted: Slots, ranked: Ranked) -> float:
    """Return the share (0..1) of the question that the first one's article holds, but not the passage."""
    passages = index.passages_of(int(ranked.articles[0]))
    texts = index.texts(passages)
    own = int(ranked.passages[0] - passages[0])
    begins, ends = np.array([0, texts.begins[own]]), np.array([len(texts.tokens), texts.ends[own]])
    of_article, of_passage = wanted.coverage(texts.tokens, begins, ends, ANYWHERE)
    return float(of_article - of_passage)
