"""Tell how near what a question asks for stands to what it asks about.

An article on resident cards that names a telephone number somewhere does not say whom to call about them.
"""

import numpy as np

from retrieval.answering.values import TELLING, is_person, places_of
from retrieval.query.query import Query
from retrieval.question.kind import Kind, kinds_asked
from retrieval.ranking.foremost import Foremost
from retrieval.text.analyzer import terms
from retrieval.text.sentence import sentences

# Almost any article says some day, and names somebody: that tells which of two it is, and not if it is one.
_DOUBTED = TELLING - {Kind.DAY}
_COMPARED = TELLING | {Kind.PERSON}
NEARER = 0.2  # 0..1: the share of the subject by which what is asked for must be nearer in another article
EQUAL = 0.8  # 0..1: of the best score, what such an article has at least
_OTHERS = 3  # articles that are looked at beside the first


def nearest(best: Foremost) -> tuple[Foremost, float]:
    """Return the article that says nearest what is asked for: *best*, unless one about as good is nearer.

    With it comes the share (0..1) of the question's subject that is not near what is asked for. Near is what
    the title says, and a sentence with such a thing. It is 1 if there is no such sentence, 0 if no kind is
    asked for that its writing tells, or the question holds one.
    """
    kinds = _kinds(best.query)
    if not kinds:
        return best, 0.0
    away = _away(best, kinds)
    ranked = best.ranked
    places: dict[int, int] = {}
    if away >= NEARER:
        for place in np.flatnonzero(ranked.scores >= EQUAL * ranked.scores[0]).tolist():
            places.setdefault(int(ranked.articles[place]), place)
    for place in [*places.values()][1 : 1 + _OTHERS]:
        other = Foremost(best.index, best.query, best.wanted, ranked.led_by(place))
        if (nearer := _away(other, kinds)) <= away - NEARER:
            best, away = other, nearer
            break
    return best, away if kinds <= _DOUBTED else 0.0


def _kinds(query: Query) -> frozenset[Kind]:
    """Return the kinds of thing that *query* asks for; none if writing does not tell one, or it says one."""
    question = query.understood_as
    kinds = frozenset(kinds_asked(question))
    if not kinds <= _COMPARED:
        return frozenset()
    is_said = any(any(places_of(kind, question, 0, len(question))) for kind in kinds - {Kind.PERSON})
    return frozenset() if is_said else kinds


def _away(best: Foremost, kinds: frozenset[Kind]) -> float:
    asked = set(terms(best.query.understood_as))
    body = best.index.article(best.number).body
    nearest = 0.0
    for start, end in sentences(body, 0, len(body)):
        found = (
            body[begin:stop]
            for kind in kinds
            for begin, stop in places_of(kind, body, start, end)
            if kind is not Kind.PERSON or is_person(body[begin:stop])
        )
        if any(not asked.issuperset(terms(value)) for value in found):
            said = best.wanted.filled(best.index.keys_of(terms(body[start:end])).astype(np.int32))
            nearest = max(nearest, float(best.subject @ np.maximum(best.by_title, said)))
    return 1 - nearest
