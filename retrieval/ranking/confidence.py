"""The confidence that the best passage answers the question: a logistic function of what can be seen:

- evidence: the logarithm of its score, counted in words that one passage alone holds, since a larger
  collection reaches a higher score by chance;
- tightness: the coverage of the best window of ``TIGHT`` words in any of the ``LOOKED_AT`` best passages;
- length: how much the question's words count together; more of them reach a score more easily;
- doubt: the share of the question in words that no passage knows, or whose guessed accents nothing bears out;
- spread: the share of the question that only other parts of its article hold;
- subject: the share of the question, and of its subject, that the title of its article says;
- value: the share of its subject that is not near what the question asks for (``answering.nearness``);
- another: how often does the article say another thing than the one asked for? A number ("tháng 11" for
  "tháng 12"), a thing of the same kind in its title, another's office, a name that is not near (``numbers``,
  ``rivals``, ``answering.nearness``);
- torn: is most of its subject in words of two syllables of which the article says one at most
  (``compounds``)?

A small collection and a large one have their own weights. In a small one the last four tell most, rarity and
closeness little, and small words of Vietnamese next to nothing: ``_SMALL`` was searched for at random over
questions of Wikipedia and what people ask of offices, buses, schools and the like. Between many thousand
passages nearly all comes about by chance: ``_LARGE`` was fitted (logistic regression, answerable and
unanswerable questions weighing the same) to questions over Wikipedia and news, and to who-is questions over
snippets. Their bases put 0.5 where 1 to 6 % of the answerable questions of each collection fall below.
"""

import math
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from operator import attrgetter

import numpy as np

from retrieval.index.index import Index
from retrieval.index.scoring import Scores, idf
from retrieval.query.query import Query
from retrieval.query.weights import LEAST_PASSAGES
from retrieval.ranking.foremost import Foremost
from retrieval.ranking.slots import ANYWHERE, Slots, coverage

ANSWERED = 0.5  # 0..1: the least confidence with which passages are given as an answer
TIGHT = 8  # words; 6 to 12 tell apart alike
SOLE = 0.5  # odds: what is asked of an only article is mostly in it
ABOUT_IT = 0.85  # 0..1: of the subject, what a title says that is about it
LOOKED_AT = 10  # passages


@dataclass(frozen=True, slots=True, kw_only=True)
class _Weights:
    """The weights of all signs."""

    base: float
    evidence: float
    tightness: float
    length: float
    doubt: float
    spread: float
    title: float
    subject: float
    value: float
    another: float
    torn: float
    small_words: float  # 0..1: what they count

    def towards(self, other: "_Weights", way: float) -> "_Weights":
        """Return the weights between these and *other*, 0 to 1 of the *way*."""
        between = {
            part.name: (1 - way) * getattr(self, part.name) + way * getattr(other, part.name)
            for part in fields(self)
        }
        return _Weights(**between)


_SMALL = _Weights(
    base=-6.8,
    evidence=2.76,
    tightness=1.46,
    length=-0.08,
    doubt=-2.5,
    spread=-2.9,
    title=1.77,
    subject=0.96,
    value=-2.18,
    another=-7.66,
    torn=-6.9,
    small_words=0.3,
)
_LARGE = _Weights(
    base=-8.52,
    evidence=2.9,
    tightness=3.2,
    length=-0.08,
    doubt=-4.0,
    spread=-5.2,
    title=0.0,
    subject=0.0,
    value=0.0,
    another=0.0,
    torn=0.0,
    small_words=1.0,
)


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
    another: float
    torn: float
    whole: float = 0.0  # lifts the others to 0 if one breath of a passage, or the title, says it all

    @property
    def total(self) -> float:
        """The logarithm of the odds that it is answered."""
        # Rounded: what ``whole`` lifts to 0 must not miss it by a last bit, and be no answer.
        return round(math.fsum(_signs(self)), 12)

    @property
    def confidence(self) -> float:
        """The chance (0..1) that it is answered."""
        return 1 / (1 + math.exp(-self.total))


_signs = attrgetter(*(part.name for part in fields(Odds)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubts:
    """What speaks against an article, if that counts in a collection of its size."""

    away: float = 0.0  # 0..1: the share of the subject that is not near what is asked for
    torn: float = 0.0  # 0..1: how much of the subject is in words that the article says in part
    another: float = 0.0  # times: it says another thing than the one asked for
    is_near: bool = False  # whether what is asked for is there, and the subject with it


NO_DOUBTS = Doubts()


def looks_near(index: Index) -> bool:
    """Tell whether ``Doubts`` count in a collection of this size."""
    return _weights(index).value != 0


def odds(best: Foremost, doubts: Doubts = NO_DOUBTS) -> Odds:
    """Return the odds that *best* answers its question, with *doubts* about it."""
    index, query, wanted, ranked = best.index, best.query, best.wanted, best.ranked
    weights = _weights(index)
    told = best.about.without_small_words(weights.small_words)
    share = told.importance / told.importance.sum()
    tight = coverage(index, told, ranked.passages[:LOOKED_AT], TIGHT)
    doubtful = np.array([not (word.is_certain and (len(word.keys) or word.others)) for word in query.words])
    seen = Odds(
        base=weights.base + SOLE * (looks_near(index) and index.article_count == 1),
        evidence=weights.evidence * math.log(ranked.evidence / float(idf(1.0, index.passage_count))),
        tightness=weights.tightness * float(tight.max()),
        length=weights.length * _length(query, wanted, told),
        doubt=weights.doubt * float(share[doubtful].sum()),
        spread=weights.spread * _spread(best, told),
        # What counts nothing is not looked at: in a large collection no subject is made out for this.
        subject=weights.title * float(ranked.title[0]) + (weights.subject and weights.subject * best.titled),
        value=weights.value * doubts.away,
        another=weights.another * doubts.another,
        torn=weights.torn * doubts.torn,
    )
    # However common the words are, all of them in one breath, or in the title, are an answer, unless they are
    # of another thing: "khu phố 3 cúp điện ngày 5/11" for "khu phố 5".
    is_titled = doubts.is_near and best.titled >= ABOUT_IT
    is_whole = doubts.another < 1 and (tight[0] == 1 or (best.by_title == 1).all() or is_titled)
    return replace(seen, whole=max(0.0, -seen.total)) if is_whole else seen


def _weights(index: Index) -> _Weights:
    return _weights_of(index.passage_count)


@lru_cache(maxsize=64)  # of one index they are asked for every time
def _weights_of(passages: int) -> _Weights:
    # A collection of a thousand passages is small, one of e times as many is large.
    size = math.log(max(passages, LEAST_PASSAGES) / LEAST_PASSAGES)
    return _SMALL.towards(_LARGE, min(1.0, size))


def _length(query: Query, wanted: Slots, told: Slots) -> float:
    """Return how much the words count together; one that is said twice asks no more."""
    counts: Scores = told.importance / wanted.importance
    return float(counts @ [min(1.0, word.boost) for word in query.words])


def _spread(best: Foremost, told: Slots) -> float:
    """Return the share (0..1) of what is *told* that the best article holds, but not the passage."""
    (segment, _, (first,)), *_ = best.index.segments_of(best.passages[:1])
    own = first + best.ranked.passages[0] - best.passages[0]
    firsts, behind = np.array([first, own]), np.array([first + len(best.passages), own + 1])
    (of_article, of_passage), _ = told.covered(segment.tokens, segment.spans.units, firsts, behind, ANYWHERE)
    return float(of_article - of_passage)
