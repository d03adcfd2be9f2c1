"""Say what fingers and habits make of a word, and how often: the channel between a word and what is typed.

A noisy channel (Kernighan, Church & Gale 1990), without any index: which words there are, and what stands
beside them, is for ``query.forms`` to ask.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from retrieval.text.analyzer import fold, term
from retrieval.text.syllable import is_syllable

ACCENTED = 0.6  # 0..1: the least share of accented syllables if all accents are typed; .78 on average
DROPPED = 0.001  # 0..1: how often even then an accent is left out
# 0..1: how often somebody types the shapes of letters (ă â ê ô ơ ư đ) and leaves all tones out
NO_TONES = 0.02
TONED = 0.05  # 0..1: how often even then a syllable has its tone
LEVEL = 0.4  # 0..1: how many syllables have no tone mark if all are typed
WRONG_MARK = 0.1  # 0..1: how often a mark is wrong, missing or too many in a word typed with some
SPOKEN = 0.1  # 0..1: how often a word is written as another that sounds like it
SLIP = 0.02  # 0..1: how often a finger slips in a word
SHORTHAND = 0.1  # 0..1: how often a word is shortened to one that the index holds, too
AS_STRUCK = 0.1  # 0..1: how often a word that the index holds is meant as it stands if keys were struck
_I_OR_Y = re.compile("(qu|[bcdghklmnpqrstvx]*)([iy])([\u0300-\u036f]*)")
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")


def left_out(words: Sequence[str], toneless: float) -> float:
    """Return how often (0..1) accents are left out of *words*: 1 if they have none at all.

    *toneless*: how likely only their tones are.
    """
    spelled = [word for word in words if is_syllable(word)]
    accented = sum(word != fold(word) for word in spelled)
    return max(DROPPED, toneless, 1 - accented / (ACCENTED * len(spelled))) if accented else 1.0


@lru_cache(maxsize=1 << 12)
def mistaken(typed: str, meant: str) -> float:
    """Return how often (0..1) the marks *meant* are typed as *typed*."""
    return WRONG_MARK ** _differing(typed, meant)


@lru_cache(maxsize=1 << 14)
def marks(word: str) -> str:
    """Return the accents of *word*, each by itself; the stroke of đ is one."""
    if word.isascii():
        return ""
    parts = unicodedata.normalize("NFD", word)
    return "".join([c for c in parts if c == "đ" or unicodedata.combining(c)])


@lru_cache(maxsize=1 << 14)
def level(word: str) -> str:
    """Return *word* without its tone mark, letters in their shapes."""
    letters = unicodedata.normalize("NFD", word)
    return unicodedata.normalize("NFC", "".join(c for c in letters if c not in _TONES))


def toneless(words: Sequence[str]) -> float:
    """Return how likely (0..1) *words* lack their tones, though not the shapes of letters."""
    spelled = [word for word in words if is_syllable(word)]
    if all(level(word) == fold(word) for word in spelled):
        return 0.0
    toned = sum(level(word) != word for word in words)
    bare = max(0, len(spelled) - toned)
    lacking, typed = NO_TONES * TONED**toned, LEVEL**bare * (1 - LEVEL) ** toned
    share = lacking / (lacking + typed)
    return share if share > NO_TONES else 0.0  # a few tones that are left out are slips


def _differing(marks: str, others: str) -> int:
    """Return how many marks are to be changed, put or taken to make one set the other."""
    left = others
    for mark in marks:
        left = left.replace(mark, "", 1)
    return max(len(marks) - len(others) + len(left), len(left))


def i_for_y(word: str) -> str:
    """Return *word* with y for i, or i for y, where school and habit differ: kĩ and kỹ, quí and quý."""
    found = _I_OR_Y.fullmatch(unicodedata.normalize("NFD", word))
    return term(found[1] + ("i" if found[2] == "y" else "y") + found[3]) if found else word
