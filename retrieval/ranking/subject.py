"""The words of a question that name its subject, apart from those that make a sentence of them."""

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

import numpy as np

from retrieval.index.scoring import Scores
from retrieval.query.query import Query
from retrieval.question.parts import parts
from retrieval.question.roles import Role
from retrieval.ranking.slots import Slots
from retrieval.text.analyzer import terms

LEFT = 0.02  # 0..1: what a word counts beside the subject's: never nothing, or there might be no word left
_SMALL_WORDS = frozenset({Role.FILLS, Role.CONFIRMS, Role.OPENS, Role.POINTS, Role.HINTS})


@dataclass(frozen=True, slots=True, kw_only=True)
class WordPair:
    """Two words of a question side by side, each the first or only one of its slot."""

    place: int  # of the first of them among the words as read
    slots: tuple[int, int]
    are_parted: bool  # by a mark


class Subject:
    """What a question is about: each thing worked out once, whatever articles are compared with it."""

    def __init__(self, query: Query, wanted: Slots) -> None:
        """*wanted* are the slots of *query*."""
        self._query = query
        self._wanted = wanted

    @cached_property
    def names(self) -> list[bool]:
        """Whether each slot names it."""
        words = zip(self._query.words, self.roles, strict=True)
        return [role is Role.SUBJECT and not word.asks for word, role in words]

    @cached_property
    def roles(self) -> list[Role]:
        """The role of each slot's word, where it stands first."""
        return _roles(self._query)

    @cached_property
    def shares(self) -> Scores:
        """The share of each slot in it; together they are 1."""
        importance = self._wanted.importance * np.where(self.names, 1.0, LEFT)
        shares: Scores = importance / importance.sum()
        return shares

    @cached_property
    def shown(self) -> list[str]:
        """The terms of the question as they are shown: one that is only guessed is searched otherwise."""
        return _shown(self._query)

    def without_small_words(self, left: float) -> Slots:
        """Return the slots with so much (0..1) *left* of words that say nothing alone.

        What only asks counts little in them already.
        """
        if left == 1:
            return self._wanted
        counts = [
            left if role in _SMALL_WORDS and not word.asks else 1.0
            for word, role in zip(self._query.words, self.roles, strict=True)
        ]
        return replace(self._wanted, importance=self._wanted.importance * counts)

    @cached_property
    def pairs(self) -> list[WordPair]:
        """The words side by side that both fill a slot, in the order of the question."""
        slots = {word.term: slot for slot, word in enumerate(self._query.words)}
        return [
            WordPair(
                place=at,
                slots=(slots[left.term], slots[right.term]),
                are_parted=bool(self._query.question[left.end : right.start].strip()),
            )
            for at, (left, right) in enumerate(pairwise(self._query.reading.words))
            if left.term in slots and right.term in slots
        ]


def _shown(query: Query) -> list[str]:
    found = terms(query.understood_as)
    return found if len(found) == len(query.reading.words) else query.reading.terms


def _roles(query: Query) -> list[Role]:
    """Return the role of each word of *query*, where it stands first."""
    roles = {term: part.kind for part in reversed(parts(query.understood_as)) for term in part.terms}
    shown_as = dict(zip(reversed(query.reading.terms), reversed(_shown(query)), strict=True))
    return [roles.get(shown_as.get(word.term, word.term), Role.SUBJECT) for word in query.words]
