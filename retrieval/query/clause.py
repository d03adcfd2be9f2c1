"""A clause: what a question asks the index for, piece by piece."""

from dataclasses import dataclass

from retrieval.index.bm25 import Part, Scores
from retrieval.index.postings import Keys
from retrieval.query.word import Phrase

# 0..1: what another wording counts beside the one that was asked, which comes first between equals; .5 to 1
# rank news alike.
SYNONYM_WEIGHT = 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A word, or a pair of adjacent words, that is searched: its forms count as one term."""

    term: str  # the likeliest form
    keys: Keys  # the forms, as keys of the index; empty where the index knows none
    weights: Scores  # 0..1 each, the likeliest 1
    boost: float  # > 0: what the clause counts, times its repeats
    is_certain: bool = True  # False: the index bears none of the forms out
    asks: bool = False  # whether it only asks, and so counts little
    shared: float = 0.0  # 0..1: the part of what it says that its neighbours say too, and that counts there
    others: tuple[Phrase, ...] = ()  # more forms, of SYNONYM_WEIGHT: other wordings of what it is part of

    @property
    def is_pair(self) -> bool:
        """Whether it is two words side by side."""
        return " " in self.term

    @property
    def part(self) -> Part:
        """The clause as it is scored."""
        return Part(
            keys=self.keys,
            weights=self.weights,
            together=[(phrase.keys, SYNONYM_WEIGHT) for phrase in self.others],
            boost=self.boost,
        )
