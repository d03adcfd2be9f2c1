"""Part what is typed in one piece: two words, three, a shorthand and a word, a word and a number.

hồsơ             hồ sơ
cấplạithẻ        cấp lại thẻ
ubndphường       UBND phường; the shorthand is one that the lists know
ấp3              ấp 3
ksinh            khai sinh: the first letter of a word beside which the articles hold the rest
"""

from collections.abc import Iterator, Sequence

import numpy as np

from retrieval.index.index import Index
from retrieval.query.lexicon import Lexicon
from retrieval.text.analyzer import Terms, fold
from retrieval.text.syllable import is_syllable

GLUED_LETTERS = 6  # a shorter word without accents is rather a slip than two words glued together
LONGEST_GLUED = 24  # letters; three words have hardly more
_WORDS_OF_ONE_LETTER = "aioyu"  # à, ở, ý, ...
_CONSONANTS = frozenset("bcdđghklmnpqrstvx")
_SHORTEST_BEFORE_NUMBER = 2  # letters: "ấp3", but no "a1"

_SHORTEST_REST = 3  # letters, without an accent: "ksinh", but "cso" is a slip
_SEEN_WITHOUT_ACCENTS = 2  # passages

GluedPart = tuple[Terms, int]  # what a part stands for, and how many letters of the word it takes


class Glue:
    """The parts of glued words, for one index."""

    def __init__(self, index: Index, lexicon: Lexicon, abbreviations: frozenset[str]) -> None:
        """*abbreviations* stand for other words, whether the index holds them or not."""
        self._index = index
        self._lexicon = lexicon
        self._abbreviations = abbreviations

    def parted(self, word: str) -> Sequence[GluedPart]:
        """Return the parts that are glued together in *word*, which the index does not hold; () if none are.

        With accents, they must be these very words, and syllables need not be a pair that was ever seen.
        """
        if len(word) > LONGEST_GLUED or is_syllable(word):
            return ()
        if not word.isalpha():
            return self._before_number(word)
        is_exact = word != fold(word)
        if not is_exact and len(word) < GLUED_LETTERS:
            return self._begun(word)
        return (
            self._in_two(word, is_exact)
            or self._with_abbreviation(word, is_exact)
            or (self._in_three(word) if is_exact else ())
            or self._begun(word)
        )

    def together(self, left: str, right: str, *, is_exact: bool) -> int:
        """Return in how many passages the two stand side by side, in any of their forms unless *is_exact*."""
        first, second = (
            self._index.keys_of([part])
            if is_exact
            else np.array(self._index.forms(fold(part)), dtype=np.int64)
            for part in (left, right)
        )
        pairs = self._index.pair(first[:, None], second[None, :])
        return int(self._index.document_frequency(pairs).sum())

    def _in_two(self, word: str, is_exact: bool) -> Sequence[GluedPart]:
        best: Sequence[GluedPart] = ()
        most = 0
        for left, right in _cuts(word):
            if self._may_stand_alone(left, is_exact) and self._may_stand_alone(right, is_exact):
                count = self.together(left, right, is_exact=is_exact)
                if count > most or (not most and is_exact and is_syllable(left) and is_syllable(right)):
                    best, most = (_as_typed(left), _as_typed(right)), count
        return best

    def _in_three(self, word: str) -> Sequence[GluedPart]:
        for left, right in _cuts(word):
            if is_syllable(left) and self._may_stand_alone(left, True):
                rest = self._in_two(right, True)
                if rest and all(is_syllable(part) for (part,), _ in rest):
                    return (_as_typed(left), *rest)
        return ()

    def _with_abbreviation(self, word: str, is_exact: bool) -> Sequence[GluedPart]:
        for left, right in _cuts(word):
            if meant := self._shorthand(left):
                rest = self._rest(right, is_exact)
                if rest:
                    return ((meant, len(left)), *rest)
            if (
                is_syllable(left)  # no "regions", whose end is a shorthand, too
                and (meant := self._shorthand(right))
                and self._may_stand_alone(left, is_exact)
            ):
                return (_as_typed(left), (meant, len(right)))
        return ()

    def _rest(self, word: str, is_exact: bool) -> Sequence[GluedPart]:
        if is_syllable(word) and self._may_stand_alone(word, is_exact):
            return (_as_typed(word),)
        is_glued = (is_exact or len(word) >= GLUED_LETTERS) and not is_syllable(word)
        return self._in_two(word, is_exact) if is_glued else ()

    def _shorthand(self, part: str) -> Terms:
        """Return what *part* stands for if it can be nothing but a shorthand; () if it may be a word."""
        if len(part) < 2 or is_syllable(part):
            return ()
        meanings = self._lexicon.shorthand.get(part)
        if meanings:
            return meanings[0]
        return (part,) if part in self._abbreviations else ()

    def _before_number(self, word: str) -> Sequence[GluedPart]:
        letters = word.rstrip("0123456789")
        is_number = len(letters) < len(word) <= len(letters) + 3
        if not (is_number and letters.isalpha() and len(letters) >= _SHORTEST_BEFORE_NUMBER):
            return ()
        meant = self._shorthand(letters)
        if not meant and not (
            is_syllable(letters) and self._may_stand_alone(letters, letters != fold(letters))
        ):
            return ()
        return ((meant or (letters,), len(letters)), _as_typed(word[len(letters) :]))

    def _begun(self, word: str) -> Sequence[GluedPart]:
        """Return the words of which the first is only begun, if the articles hold such a pair."""
        neighbours = self._lexicon.neighbours
        onset = next((at for at, letter in enumerate(word) if letter not in _CONSONANTS), 0)
        for size in range(min(2, onset - 1), 0, -1):
            begin, rest = word[:size], word[size:]
            is_exact = rest != fold(rest)
            is_slip = rest.startswith(begin) or (not is_exact and len(rest) < _SHORTEST_REST)
            if is_slip or not is_syllable(rest) or not self._may_stand_alone(rest, is_exact):
                continue
            firsts = self._index.keys_of(neighbours.beginning(begin))
            firsts = firsts[firsts >= 0]
            seconds = self._index.keys_of([rest]) if is_exact else np.array(self._index.forms(fold(rest)))
            pairs = self._index.pair(firsts[:, None], seconds[None, :])
            held = self._index.document_frequency(pairs).sum(axis=1)
            if len(held) and held.max() >= (1 if is_exact else _SEEN_WITHOUT_ACCENTS):
                return (((self._index.vocabulary[int(firsts[held.argmax()])],), size), _as_typed(rest))
        return ()

    def _may_stand_alone(self, part: str, is_exact: bool) -> bool:
        if len(part) == 1 and fold(part) not in _WORDS_OF_ONE_LETTER:
            return False
        return self._index.number(part) is not None if is_exact else bool(self._index.forms(fold(part)))


def _cuts(word: str) -> Iterator[tuple[str, str]]:
    return ((word[:cut], word[cut:]) for cut in range(1, len(word)))


def _as_typed(part: str) -> GluedPart:
    return (part,), len(part)
