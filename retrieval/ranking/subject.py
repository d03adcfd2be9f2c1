"""The words of a question that name its subject, apart from those that make a sentence of them."""

from dataclasses import replace

import numpy as np

from retrieval.index.scoring import Scores
from retrieval.query.query import Query
from retrieval.question.roles import Role, parts
from retrieval.ranking.slots import Slots
from retrieval.text.analyzer import terms

LEFT = 0.02  # 0..1: what a word counts beside the subject's: never nothing, or there might be no word left
_SMALL_WORDS = frozenset({Role.FILLS, Role.CONFIRMS, Role.OPENS, Role.POINTS, Role.HINTS})


def without_small_words(query: Query, wanted: Slots, left: float) -> Slots:
    """Return the slots *wanted* for *query* with so much (0..1) *left* of words that say nothing alone.

    What only asks counts little in them already.
    """
    counts = [
        left if role in _SMALL_WORDS and not word.asks else 1.0
        for word, role in zip(query.words, _roles(query), strict=True)
    ]
    return replace(wanted, importance=wanted.importance * counts)


def subject(query: Query, wanted: Slots) -> Scores:
    """Return the share of each slot *wanted* for *query* in its subject; together they are 1."""
    importance = wanted.importance * np.where(name_it(query), 1.0, LEFT)
    shares: Scores = importance / importance.sum()
    return shares


def name_it(query: Query) -> list[bool]:
    """Tell which words of *query* name its subject."""
    return [
        role is Role.SUBJECT and not word.asks for word, role in zip(query.words, _roles(query), strict=True)
    ]


def shown(query: Query) -> list[str]:
    """Return the terms of *query* as they are shown: one that is only guessed is searched otherwise."""
    found = terms(query.understood_as)
    return found if len(found) == len(query.reading.words) else query.reading.terms


def _roles(query: Query) -> list[Role]:
    """Return the role of each word of *query*, where it stands first."""
    roles = {term: part.kind for part in reversed(parts(query.understood_as)) for term in part.terms}
    shown_as = dict(zip(reversed(query.reading.terms), reversed(shown(query)), strict=True))
    return [roles.get(shown_as.get(word.term, word.term), Role.SUBJECT) for word in query.words]
