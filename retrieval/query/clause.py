"""A clause: what a question asks the index for, piece by piece."""

from dataclasses import dataclass

from retrieval.index.scoring import AnyOf
from retrieval.query.word import Phrase


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Clause(AnyOf):
    """A word, or a pair of adjacent words, that is searched: its forms count as one term.

    The likeliest form has the weight 1; without any the index knows none. A word said twice has twice the
    boost.
    """

    term: str  # the likeliest form
    is_certain: bool = True  # False: the index bears none of the forms out
    information: float = 1.0  # > 0: what a passage says by holding it, of a word; the highest if unknown
    asks: bool = False  # whether it only asks, and so counts little
    shared: float = 0.0  # 0..1: the part of what it says that its neighbours say too, and that counts there
    others: tuple[Phrase, ...] = ()  # more forms: other wordings of what it is part of

    @property
    def is_pair(self) -> bool:
        """Whether it is two words side by side."""
        return " " in self.term
