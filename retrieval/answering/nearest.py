"""Choose the article that says nearest what is asked for, among those that are about as good."""

import numpy as np

from retrieval.answering.nearness import Nearness
from retrieval.answering.values import TELLING, places_of
from retrieval.query.neighbours import Neighbours
from retrieval.query.query import Query
from retrieval.question.kind import Kind, kinds_asked
from retrieval.ranking.foremost import Foremost

NEARER = 0.2  # 0..1: the share of the subject by which what is asked for must be nearer in another article
LESS = 0.1  # 0..1: so much less of the subject another article says at most
EQUAL = 0.8  # 0..1: of the best score, what such an article has at least
_OTHERS = 3  # articles that are looked at beside the first
_COMPARED = TELLING | {Kind.PERSON}


def nearest(best: Foremost, at_large: Neighbours) -> tuple[Foremost, Nearness]:
    """Return the article that says nearest what is asked for: *best*, unless one about as good is nearer.

    With it comes how near that is there. *at_large* is what Vietnamese says elsewhere.
    """
    kinds = _kinds(best.query)
    near = Nearness(best, kinds, at_large)
    if not kinds:
        return best, near
    ranked = best.ranked
    places: dict[int, int] = {}
    if near.away >= NEARER:
        for place in np.flatnonzero(ranked.scores >= EQUAL * ranked.scores[0]).tolist():
            places.setdefault(int(ranked.articles[place]), place)
    for place in [*places.values()][1 : 1 + _OTHERS]:
        other = Foremost(best.index, best.query, best.wanted, ranked.led_by(place))
        nearer = Nearness(other, kinds, at_large)
        if nearer.away <= near.away - NEARER and other.says >= best.says - LESS:
            return other, nearer
    return best, near


def _kinds(query: Query) -> frozenset[Kind]:
    """Return the kinds of thing that *query* asks for; none if writing does not tell one, or it says one."""
    question = query.understood_as
    kinds = frozenset(kinds_asked(question))
    if not kinds <= _COMPARED:
        return frozenset()
    is_said = any(any(places_of(kind, question, 0, len(question))) for kind in kinds - {Kind.PERSON})
    return frozenset() if is_said else kinds
