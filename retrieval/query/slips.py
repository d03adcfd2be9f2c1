"""Words as one slip of the fingers makes them, and which of these an index holds."""

from collections.abc import Callable
from functools import lru_cache
from weakref import WeakKeyDictionary

from retrieval.index.index import Index

SLIPS_KEPT = 1 << 12  # words whose known slips are remembered: the same ones are doubted in many questions
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SLIPS: WeakKeyDictionary[Index, Callable[[str], list[str]]] = WeakKeyDictionary()


def slips_known(index: Index) -> Callable[[str], list[str]]:
    """Return what tells which spellings of *index* an unaccented word may be a slip for, in their order."""
    if (remembered := _SLIPS.get(index)) is not None:
        return remembered
    vocabulary = index.vocabulary  # not the index, or it would never be let go

    @lru_cache(SLIPS_KEPT)
    def known(word: str) -> list[str]:
        return sorted(vocabulary.known(slips(word)))  # a set has no order

    _SLIPS[index] = known
    return known


def slips(word: str) -> set[str]:
    """Return what *word* is after one slip: a letter too many, too few or wrong, two in the wrong order.

    Trying them all is quick for words as short as ours, and needs no index of its own (Norvig 2007, "How to
    write a spelling corrector"). Of two letters there is only the word that lacks one.
    """
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    longer = {left + letter + right for left, right in cuts for letter in _LETTERS}
    if len(word) < 3:
        return longer
    return longer.union(
        (left + right[1:] for left, right in cuts if right),
        (left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1),
        (left + letter + right[1:] for left, right in cuts if right for letter in _LETTERS),
    )
