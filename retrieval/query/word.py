"""A word of a question, on its way from what was typed to what is searched.

    spelling     spellings, priors             the terms that it may stand for
    reading      term, forms, chances          which of these it is, beside its neighbours
    thesaurus    meaning, with_next            what else says the same
    query        is_seen, is_certain, shown    what bears that out, and how it is told

Every stage takes the words of a question and returns them, each with what it adds.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retrieval.index.postings import Keys
from retrieval.index.scoring import AllOf

# 0..1: what another wording counts beside the one that was asked, which comes first between equals; .5 to 1
# rank news alike.
SYNONYM_WEIGHT = 0.9

Probabilities = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Phrase(AllOf):
    """Terms that stand one behind the other; one term alone is a phrase, too.

    Its keys are what a document that holds it holds: the term, or every pair of neighbours.
    """

    terms: tuple[int, ...]
    weight: float = SYNONYM_WEIGHT

    @property
    def members(self) -> set[int]:
        """Its terms and pairs, as keys of the index."""
        return {*self.terms, *self.keys.tolist()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """Other wordings of a word of a question, or of a pair of neighbours."""

    others: tuple[Phrase, ...] = ()
    is_replaced: bool = False  # whether it is not searched itself

    def also(self, other: "Meaning") -> "Meaning":
        """Return what either means."""
        return Meaning(
            others=tuple(dict.fromkeys(self.others + other.others)),
            is_replaced=self.is_replaced or other.is_replaced,
        )


NOTHING_ELSE = Meaning()


class Word(NamedTuple):  # each stage makes new ones, in a third of the time that a frozen dataclass takes
    """A word of a question. The words that one shorthand stands for share its place."""

    typed: str  # the term as typed; as meant, if a shorthand or keys were typed
    start: int  # code points into the question
    end: int
    spellings: Keys  # the terms that it may stand for, by number; none if the index knows none
    priors: Probabilities  # 0..1 each: how readily people type it for that term
    term: str  # the likeliest of them; as typed, if there is none
    forms: Keys = np.zeros(0, dtype=np.int64)  # those that are likely enough to be searched
    chances: Probabilities = np.zeros(0)  # 0..1 each
    meaning: Meaning = NOTHING_ELSE
    with_next: Meaning = NOTHING_ELSE  # of the pair with the word behind it
    is_seen: bool = False  # whether the articles, Vietnamese at large or the synonyms have it in its place
    is_certain: bool = True  # False: nothing bears out that it was meant otherwise than typed
    shown: str = ""  # as the question is told to the reader


def typed(words: Sequence[Word]) -> list[str]:
    """Return the terms of *words* as typed."""
    return [word.typed for word in words]
