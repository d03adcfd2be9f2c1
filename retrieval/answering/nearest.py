"""Choose the article that says nearest what is asked for, among those that are about as good."""

from datetime import date

import numpy as np

from retrieval.answering.nearness import Nearness
from retrieval.answering.values import TELLING, places_of
from retrieval.article import Article
from retrieval.query.neighbours import Neighbours
from retrieval.query.query import Query
from retrieval.question.kind import Kind, kinds_asked
from retrieval.question.times.period import days_in
from retrieval.ranking.foremost import Foremost

NEARER = 0.2  # 0..1: the share of the subject by which what is asked for must be nearer in another article
LESS = 0.1  # 0..1: so much less of the subject another article says at most
AT_LEAST = 0.6  # 0..1: of the best score, what an article has at least that says all of the subject near it
FAR = 0.3  # 0..1: the share of the subject that is not near in the best article for such a one to come first
TOUCHING = 0.05  # 0..1: the share that is not near there at most
EQUAL = 0.8  # 0..1: of the best score, what such an article has at least
# 0..1: the share of the subject that its title says if it takes the place of what tells of another
TITLE_SAYS = 0.6
_OTHERS = 3  # articles that are looked at beside the first
_COMPARED = TELLING | {Kind.PERSON}


def nearest(best: Foremost, at_large: Neighbours, today: date | None = None) -> Nearness:
    """Return how near what is asked for is in *best*, or in an article about as good if that is nearer.

    *at_large* is what Vietnamese says elsewhere. If it is asked when
    something is, an article whose days are all over by *today* gives way to one that tells of a later day.
    """
    kinds = _kinds(best.query)
    near = Nearness(best, kinds, at_large)
    ranked = best.ranked
    places: dict[int, int] = {}
    was = today is not None and Kind.DAY in kinds and _is_over(best.article, today)
    if near.away >= NEARER or was:
        least = AT_LEAST if near.away >= FAR else EQUAL
        for at in np.flatnonzero(ranked.scores >= least * ranked.scores[0]).tolist():
            places.setdefault(int(ranked.articles[at]), at)
    for at in [*places.values()][1 : 1 + _OTHERS]:
        other = best.led_by(at)
        nearer = Nearness(other, kinds, at_large)
        is_equal = ranked.scores[at] >= EQUAL * ranked.scores[0]
        is_nearer = nearer.away <= (near.away - NEARER if is_equal else TOUCHING)
        comes = was and is_equal and nearer.away <= near.away and not _is_over(other.article, today)
        if (
            (is_nearer or comes)
            and other.says >= best.says - LESS
            and nearer.contradictions <= near.contradictions
            and not nearer.has_rival
        ):
            return nearer
    return near if near.says_another < 1 else _telling(near, kinds, at_large)


def _telling(near: Nearness, kinds: frozenset[Kind], at_large: Neighbours) -> Nearness:
    """Return an article about as good that says nothing else than what is asked for; *near* without one."""
    best, ranked = near.best, near.best.ranked
    equals = np.flatnonzero(ranked.scores >= AT_LEAST * ranked.scores[0])
    _, firsts = np.unique(ranked.articles[equals], return_index=True)
    for at in sorted(equals[firsts].tolist())[1 : 1 + _OTHERS]:
        other = Nearness(best.led_by(at), kinds, at_large)
        is_rather = other.best.titled > max(best.titled, TITLE_SAYS) or (
            near.wants_it_itself and other.best.titled == best.titled
        )
        if (
            is_rather
            and other.best.says >= best.says - LESS
            and other.away <= near.away
            and other.says_another < 1
        ):
            return other
    return near


def _is_over(article: Article, today: date | None) -> bool:
    """Tell whether *article* tells of days, and of none that is not over by *today*."""
    if today is None or article.published is None:
        return False
    days = [day.until for day in days_in(f"{article.title}\n{article.body}", article.published.date())]
    return bool(days) and max(days) < today


def _kinds(query: Query) -> frozenset[Kind]:
    """Return the kinds of thing that *query* asks for; none if writing does not tell one, or it says one."""
    question = query.understood_as
    kinds = frozenset(kinds_asked(question))
    if not kinds <= _COMPARED:
        return frozenset()
    is_said = any(any(places_of(kind, question, 0, len(question))) for kind in kinds - {Kind.PERSON})
    return frozenset() if is_said else kinds
