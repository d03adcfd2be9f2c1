"""Propose restrictions that a question may mean, if its words do not say so for sure.

Plain words ("in 2016") may be what it is about, and quotation marks may stand around a name or a word that is
not meant literally. So both are tried, and kept if articles like that answer the question.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from retrieval.question.hint import Hint
from retrieval.question.operators import Asked
from retrieval.restriction import Restriction

# 0..1: what the best of the articles that hold a sentence's quoted words must score, beside the best of all.
# Of 98 headlines with such words .8 keeps to them in 59, and the right article stays first; 0 in 67, and in 5
# it does not. A question that quotes what it asks of needs no such bar: of 86, 3 get better by none, 0 worse.
LEAST_QUOTED = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A restriction, and what is asked with it."""

    restriction: Restriction
    text: str
    least: float = 0.0  # 0..1: the least share of the best score of all articles


def proposals(asked: Asked, hinted: Hint | None) -> Iterator[Proposal]:
    """Yield how *asked*, which also says what is *hinted*, may be meant; most restrictions first."""
    if asked.wish and hinted:
        yield Proposal(restriction=asked.wish.also(hinted.restriction), text=hinted.rest)
    if asked.wish:
        yield Proposal(
            restriction=asked.wish, text=asked.bare, least=LEAST_QUOTED if asked.is_sentence else 0.0
        )
    if hinted:
        yield Proposal(restriction=hinted.restriction, text=hinted.rest)
