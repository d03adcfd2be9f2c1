"""How a question may be meant to be restricted where its words do not say so for sure.

Plain words ("in 2016") may be what it is about, and quotation marks may stand around a name or a word that is
not meant literally. So both are tried, and kept where articles like that answer the question.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from retrieval.answer import Answer
from retrieval.question.hint import Hint
from retrieval.question.operators import Asked
from retrieval.restriction import Restriction

# 0..1: what the best of the articles that hold a sentence's quoted words must score, beside the best of all.
# Of 98 headlines with such words .8 keeps to them in 59, and the right article stays first; 0 in 67, and in 5
# it does not. A question that quotes what it asks of needs no such bar: of 86, 3 get better by none, 0 worse.
NEAR = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A restriction, and what is asked with it."""

    restriction: Restriction
    text: str
    least: float = 0.0  # 0..1: the least share of the best score of all articles

    def holds(self, narrowed: Answer, answer: Answer) -> bool:
        """Tell whether *narrowed*, the answer with the restriction, may replace *answer*, that without."""
        best = answer.hits[0].score if answer.hits else 0.0
        return narrowed.answered and narrowed.hits[0].score >= self.least * best


def proposals(asked: Asked, hinted: Hint | None, answer: Answer) -> Iterator[Proposal]:
    """Yield how *asked* may be meant, that with most restrictions first.

    Not by a date that *answer*, the one to all of it, says itself: there the question is about it.
    """
    if hinted and (not hinted.leaves_a_question or _says(answer, hinted)):
        hinted = None
    if asked.wish and hinted:
        yield Proposal(restriction=asked.wish.also(hinted.restriction), text=hinted.rest)
    if asked.wish:
        yield Proposal(restriction=asked.wish, text=asked.bare, least=NEAR if asked.is_sentence else 0.0)
    if hinted:
        yield Proposal(restriction=hinted.restriction, text=hinted.rest)


def _says(answer: Answer, hinted: Hint) -> bool:
    return answer.answered and bool(hinted.numbers) and {*hinted.numbers} <= {*answer.hits[0].matched}
