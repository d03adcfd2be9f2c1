"""Find the terms of the index that a typed word may stand for, and how readily people type it for each.

A noisy channel (Kernighan, Church & Gale 1990): the prior of a form is the chance, up to a factor, that who
means it types this word; how often the form occurs, and beside what, is for ``query.reading`` to weigh.
A word that the index holds stands for itself, and for its accented forms where accents were left out. Of one
that it does not hold, the first that fits is taken: a shorthand, struck keys (``text.keyboard``), one
word in two pieces, other marks or i for y, two words glued together, one slip of the fingers.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest

import numpy as np
from numpy.typing import NDArray

from retrieval.index.index import Index
from retrieval.query.glue import Glue
from retrieval.query.lexicon import Lexicon
from retrieval.query.word import Word
from retrieval.question.asking import PAIRS, WORDS
from retrieval.text.analyzer import Token, fold, term
from retrieval.text.keyboard import decoded
from retrieval.text.language import ENGLISH_FUNCTION_WORDS, asks_in_english
from retrieval.text.region import spoken_alike
from retrieval.text.syllable import is_syllable

ACCENTED = 0.6  # 0..1: the least share of accented syllables where all accents are typed; .78 on average
DROPPED = 0.001  # 0..1: how often even then an accent is left out
NO_TONES = (
    0.02  # 0..1: how often somebody types the shapes of letters (ă â ê ô ơ ư đ) and leaves all tones out
)
LEVEL = 0.4  # 0..1: how many syllables have no tone mark where all are typed
WRONG_MARK = 0.1  # 0..1: how often a mark is wrong, missing or too many in a word typed with some
SPOKEN = 0.1  # 0..1: how often a word is written as another that sounds like it
SLIP = 0.02  # 0..1: how often a finger slips in a word
SHORTHAND = 0.1  # 0..1: how often a word is shortened to one that the index holds, too
AS_STRUCK = 0.1  # 0..1: how often a word that the index holds is meant as it stands where keys were struck
DISCOUNT = 0.75  # 0..1: what a pair's count is too high by: seen once, it may be chance
BACKOFF = 0.03  # 0..1: the share of a word's own frequency in what it is expected to be beside its neighbours
FORMS = 32  # at most, of a word in which a finger slipped
MOST_GLUED = 15  # words of a question that are parted
_I_OR_Y = re.compile("(qu|[bcdghklmnpqrstvx]*)([iy])([\u0300-\u036f]*)")
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"

Priors = dict[int, float]  # number of the term → 0..1


LONGEST_WORD = 60  # letters; what is longer is no word, and to try its spellings takes seconds and gigabytes
MOST_SPELLINGS = 1_500  # that are tried for all words of a question: of about seven words


class Spelling:
    """The words of one question, and what each may stand for."""

    def __init__(
        self,
        index: Index,
        lexicon: Lexicon,
        tokens: Sequence[Token],
        *,
        abbreviations: frozenset[str] = frozenset(),
        names: Collection[int] = (),
    ) -> None:
        """Look up the *tokens* of a question in *index*.

        *abbreviations* stand for other words; *names* are where the words of names begin, in the question.
        """
        self._speller = _Speller(index, lexicon, tokens, Glue(index, lexicon, abbreviations))
        self._meant = list(self._speller.meant(tokens))
        self._names = names
        dropped = self._speller.dropped(tokens)
        typed = ["", *(token.term for token in self._meant), ""]
        self._priors = [
            {} if self._speller.only_asks(*three) else self._speller.priors(three[1], dropped)
            for three in zip(typed, typed[1:], typed[2:], strict=False)
        ]
        around = [{}, *self._priors, {}]
        self._beside = [
            _Beside(left=around[place], right=around[place + 2], before=typed[place], behind=typed[place + 2])
            for place in range(len(self._meant))
        ]
        self._alike = self._speller.spoken_alike(typed[1:-1], self._beside)
        self._slipped: dict[int, Priors] = {}  # by place

    def words(self, doubted: Collection[int] = ()) -> list[Word]:
        """Return the words; those at the places *doubted* may be mistakes although the index holds them.

        Of so many spellings as may be slips of the fingers only the first few are tried.
        """
        untried = MOST_SPELLINGS
        words: list[Word] = []
        for place, (token, priors) in enumerate(zip(self._meant, self._priors, strict=True)):
            word, terms = token.term, self._alike[place] | priors
            is_doubted = place in doubted
            may_slip = self._speller.may_be_doubted if is_doubted else self._speller.may_have_slipped
            # Another name is no slip for one that the articles hold; who asks decides.
            is_name = not is_doubted and token.start in self._names and is_syllable(word)
            if may_slip(word, terms) and not is_name:
                number = len(word) * 2 * len(_LETTERS)  # about
                slips = self._slips(place) if number <= untried else {}
                untried -= number if number <= untried else 0
                terms = (slips | self._speller.marked_otherwise(word) if is_doubted else slips) | terms
            words.append(_word(token, terms))
        return words

    def _slips(self, place: int) -> Priors:
        if place not in self._slipped:
            self._slipped[place] = self._speller.slipped(self._meant[place].term, self._beside[place])
        return self._slipped[place]


def _word(token: Token, priors: Priors) -> Word:
    return Word(
        typed=token.term,
        start=token.start,
        end=token.end,
        term=token.term,
        spellings=np.array(list(priors), dtype=np.int64),
        priors=np.array(list(priors.values()), dtype=np.float64),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Beside:
    """The neighbours of a word, on both sides."""

    left: Priors
    right: Priors
    before: str  # the terms as typed; "" at either end
    behind: str


class _Speller:
    """Spells the words of one question, for one index."""

    def __init__(self, index: Index, lexicon: Lexicon, tokens: Sequence[Token], glue: Glue) -> None:
        self._index = index
        self._lexicon = lexicon
        self._glue = glue
        self._toneless = _toneless([token.term for token in tokens])
        typed = [token.term for token in tokens]
        self._is_english = asks_in_english(typed) and not ENGLISH_FUNCTION_WORDS.isdisjoint(typed)
        # Who strikes keys raw does so in all of the question: no letter has its accent, and some word makes
        # sense as keys only.
        self._is_struck = all(token.term.isascii() for token in tokens) and any(
            not self._is_held(token.term) and self._held_keys(token.term) for token in tokens
        )

    def meant(self, tokens: Sequence[Token]) -> Iterator[Token]:
        """Yield *tokens* with pieces joined, shorthand and keys replaced, and glued words parted."""
        skipped, parted = False, 0
        before = [None, *tokens]
        for last, token, following in zip_longest(before[:-1], tokens, tokens[1:]):
            if skipped:
                skipped = False
            elif following and (whole := self._whole(token, following)):
                skipped = True
                yield Token(whole, token.start, following.end)
            elif self._is_settled(token.term):
                yield token
            else:
                meant = list(self._unheld(token, last, following, may_part=parted < MOST_GLUED))
                parted += len(meant) > 1
                yield from meant

    def dropped(self, tokens: Sequence[Token]) -> float:
        """Return how often this question leaves accents out: 1 where it has none at all."""
        typed = [(self._is_struck and self._held_keys(token.term)) or token.term for token in tokens]
        spelled = [word for word in typed if is_syllable(word)]
        accented = sum(word != fold(word) for word in spelled)
        return max(DROPPED, self._toneless, 1 - accented / (ACCENTED * len(spelled))) if accented else 1.0

    def priors(self, word: str, dropped: float) -> Priors:
        """Return what *word* may stand for, where each accent was left out with chance *dropped*."""
        if self._is_english and word in ENGLISH_FUNCTION_WORDS:  # "the" is no "thẻ" there
            return {self._number(word): 1.0} if self._is_held(word) else {}
        if self._is_held(word):
            return self._of_held(word, dropped)
        if self._is_settled(word):
            return {}
        marks = _marks(word)
        return self._with_marks(word, marks) | self._with_marks(_i_for_y(word), marks)

    def only_asks(self, before: str, word: str, behind: str) -> bool:
        """Tell whether *word* only asks beside its neighbours: "mô" of "ở mô" is no slip for "mở"."""
        is_pair = (before, word) in PAIRS or (word, behind) in PAIRS
        return is_pair and word != fold(word) and not self._is_held(word)

    def spoken_alike(self, words: Sequence[str], beside: Sequence[_Beside]) -> list[Priors]:
        """Return what each of *words* may stand for if it is written as it is spoken somewhere.

        Its neighbours must have it so in the articles, and nowhere as it was typed.
        """
        are_held = [self._is_held(word) for word in words]
        places = [n for n, word in enumerate(words) if word != fold(word) or not self._is_read(word)]
        held = [place for place in places if are_held[place]]
        as_typed = self._are_beside([(words[place], beside[place], True) for place in held])
        settled = {place for place, is_beside in zip(held, as_typed, strict=True) if is_beside}
        others = [
            (place, other)
            for place in places
            if place not in settled
            for other in filter(self._is_held, spoken_alike(words[place]))
        ]
        asked = [(other, beside[place], not are_held[place]) for place, other in others]
        found: list[Priors] = [{} for _ in words]
        for (place, other), is_beside in zip(others, self._are_beside(asked), strict=True):
            if is_beside:
                found[place][self._number(other)] = SPOKEN
        return found

    def _are_beside(self, asked: Sequence[tuple[str, _Beside, bool]]) -> list[bool]:
        """Tell of each word whether the articles hold it so beside some others, or people ask so.

        Or whether it stands so in Vietnamese at large, if the last of the three says that this counts.
        """
        index, neighbours = self._index, self._lexicon.neighbours
        firsts: list[int] = []
        seconds: list[int] = []
        spans: list[slice] = []
        for word, beside, _ in asked:
            number, begin = self._number(word), len(firsts)
            firsts += [*beside.left, *[number] * len(beside.right)]
            seconds += [*[number] * len(beside.left), *beside.right]
            spans.append(slice(begin, len(firsts)))
        if not firsts:
            return [self._is_asked(word, beside) for word, beside, _ in asked]
        left, right = np.array(firsts, dtype=np.int64), np.array(seconds, dtype=np.int64)
        held = (index.document_frequency(index.pair(left, right)) > 0).tolist()
        are_held = [
            self._is_asked(word, beside) or any(held[span])
            for (word, beside, _), span in zip(asked, spans, strict=True)
        ]
        if not neighbours or all(are_held):
            return are_held
        at_large = neighbours.are_counted(
            neighbours.numbers(index, left), neighbours.numbers(index, right)
        ).tolist()
        return [
            is_held or (counts and any(at_large[span]))
            for is_held, (_, _, counts), span in zip(are_held, asked, spans, strict=True)
        ]

    def _is_asked(self, word: str, beside: _Beside) -> bool:
        return (beside.before, word) in PAIRS or (word, beside.behind) in PAIRS

    def may_be_doubted(self, word: str, _priors: Priors) -> bool:
        """Tell whether *word*, which the index holds, may be a mistake for another one."""
        return word.isalpha() and len(word) > 1

    def marked_otherwise(self, word: str) -> Priors:
        """Return the forms of *word*, each as likely as its marks are mistaken."""
        return {number: WRONG_MARK * prior for number, prior in self._with_marks(word, _marks(word)).items()}

    def may_have_slipped(self, word: str, priors: Priors) -> bool:
        """Tell whether *word*, which may stand for *priors*, may as well hold a slip of the fingers."""
        return (
            not self._is_held(word)
            and (word != fold(word) or not priors)
            and 1 < len(word) <= LONGEST_WORD
            and word.isalpha()
            and word not in WORDS
            and not (self._is_english and word in ENGLISH_FUNCTION_WORDS)
        )

    def slipped(self, word: str, beside: _Beside) -> Priors:
        """Return what *word* may stand for if one finger slipped.

        A word that could be Vietnamese may as well be new to the index: what is meant must be likelier there,
        or stand there beside a neighbour if Vietnamese at large has no such word either.
        """
        marks = _marks(word)
        found: Priors = {}
        for spelling in sorted(self._index.vocabulary.known(_slips(fold(word)))):  # a set has no order
            if not (self._is_english and is_syllable(spelling)):  # "scan" is no "căn" there
                found |= self._with_marks(spelling, marks)
        numbers = np.array(list(found), dtype=np.int64)
        priors = SLIP * np.array(list(found.values()))
        likelihood = self._likelihood(numbers, beside)
        best = np.argsort(-priors * likelihood, kind="stable")[:FORMS]
        if self._is_strange(word):
            best = best[self._border(numbers[best], beside)]
        elif is_syllable(word):
            best = best[likelihood[best] >= self._index.novelty]
        return dict(zip(numbers[best].tolist(), priors[best].tolist(), strict=True))

    def _is_strange(self, word: str) -> bool:
        """Tell whether Vietnamese at large, which is counted, does not hold *word*."""
        neighbours = self._lexicon.neighbours
        return bool(neighbours) and is_syllable(word) and not neighbours.is_syllable(word)

    def _border(self, numbers: NDArray[np.int64], beside: _Beside) -> NDArray[np.bool_]:
        """Tell which terms the articles hold behind the left or before the right."""
        index = self._index
        left, right = (np.array(list(side), dtype=np.int64)[:, None] for side in (beside.left, beside.right))
        keys = np.concatenate([index.pair(left, numbers), index.pair(numbers, right)])
        seen: NDArray[np.bool_] = np.any(index.document_frequency(keys) > 0, axis=0)
        return seen

    def _likelihood(self, numbers: NDArray[np.int64], beside: _Beside) -> NDArray[np.float64]:
        """Return how likely each term stands behind the left, times how much that favours the right."""
        index = self._index
        before, behind = (
            np.array(list(side), dtype=np.int64)[:, None] for side in (beside.left, beside.right)
        )
        own, first, last, left, right = index.document_frequencies(
            [numbers, before, behind, index.pair(before, numbers), index.pair(numbers, behind)]
        )
        own, first, last = (np.maximum(count, 1) for count in (own, first, last))
        follows = np.maximum(left - DISCOUNT, 0) / first
        leads = np.maximum(right - DISCOUNT, 0) / own
        chance = (1 - BACKOFF) * follows.max(axis=0, initial=0) + BACKOFF * own / index.token_count
        favour = (1 - BACKOFF) * leads * index.passage_count / last + BACKOFF
        likelihood: NDArray[np.float64] = chance * (favour.max(axis=0) if beside.right else 1)
        return likelihood

    def _is_held(self, word: str) -> bool:
        return self._index.number(word) is not None

    def _number(self, word: str) -> int:
        """Return the number of *word*, which the index holds."""
        number = self._index.number(word)
        return -1 if number is None else number

    def _is_settled(self, word: str) -> bool:
        """Tell whether *word* is right as it stands."""
        return len(word) > LONGEST_WORD or self._is_held(word) or word in self._lexicon.words

    def _is_read(self, word: str) -> bool:
        return bool(self._index.forms(fold(word)))

    def _held_keys(self, word: str) -> str | None:
        keys = decoded(word)
        return keys if keys is not None and self._is_held(keys) else None

    def _whole(self, left: Token, right: Token) -> str | None:
        """Return the word that two pieces make, of which the index does not hold one."""
        if right.start != left.end + 1 or (self._is_read(left.term) and self._is_read(right.term)):
            return None
        whole = term(left.term + right.term)
        return whole if self._is_held(whole) else None

    def _unheld(
        self, token: Token, last: Token | None, following: Token | None, *, may_part: bool
    ) -> Iterator[Token]:
        """Yield what a *token* stands for that the index does not hold, between two others."""
        word = token.term
        if meanings := self._lexicon.shorthand.get(word):
            for part in self._meant_by(meanings, last, following):
                yield token._replace(term=part)
        elif self._is_struck and (keys := decoded(word)) and self._is_read(keys):
            yield token._replace(term=keys)
        elif may_part and (_marks(word) or not self._is_read(word)) and (parts := self._glue.parted(word)):
            start = token.start
            for meant, letters in parts:
                end = start + letters
                yield from (Token(one, start, end) for one in meant)
                start = end
        else:
            yield token

    def _meant_by(
        self, meanings: Sequence[tuple[str, ...]], last: Token | None, following: Token | None
    ) -> tuple[str, ...]:
        """Return the one of *meanings* that stands most often between two words; the first of equals."""
        if len(meanings) == 1:
            return meanings[0]

        def seen(meaning: tuple[str, ...]) -> int:
            sides = [(last.term, meaning[0])] if last else []
            sides += [(meaning[-1], following.term)] if following else []
            return sum(
                self._glue.together(*side, is_exact=False) for side in sides if all(map(self._is_read, side))
            )

        return max(meanings, key=seen)

    def _of_held(self, word: str, dropped: float) -> Priors:
        number = self._number(word)
        if word != fold(word):
            return self._with_tones(word) | {number: 1.0}
        found = dict.fromkeys(self._index.forms(word), dropped) | {number: 1.0}
        for meaning in self._lexicon.shorthand.get(word, ()):
            if len(meaning) == 1 and self._is_held(meaning[0]):
                found.setdefault(self._number(meaning[0]), SHORTHAND)
        if self._is_struck and (keys := self._held_keys(word)):
            found = {number: AS_STRUCK, self._number(keys): 1.0}
        return found

    def _with_tones(self, word: str) -> Priors:
        """Return the forms of *word* with a tone, if the question has none."""
        if not self._toneless:
            return {}
        forms = [one for one in self._index.forms(fold(word)) if _level(self._index.vocabulary[one]) == word]
        return dict.fromkeys(forms, self._toneless)

    def _with_marks(self, word: str, marks: str) -> Priors:
        """Return the forms of *word*: the more marks differ from those typed, if any, the less likely."""
        numbers = self._index.forms(fold(word))
        if not marks:
            return dict.fromkeys(numbers, 1.0)
        return {
            number: WRONG_MARK ** _differing(marks, _marks(self._index.vocabulary[number]))
            for number in numbers
        }


@lru_cache(maxsize=1 << 14)
def _marks(word: str) -> str:
    """Return the accents of *word*, each by itself; the stroke of đ is one."""
    if word.isascii():
        return ""
    parts = unicodedata.normalize("NFD", word)
    return "".join([c for c in parts if c == "đ" or unicodedata.combining(c)])


@lru_cache(maxsize=1 << 14)
def _level(word: str) -> str:
    """Return *word* without its tone mark, letters in their shapes."""
    letters = unicodedata.normalize("NFD", word)
    return unicodedata.normalize("NFC", "".join(c for c in letters if c not in _TONES))


def _toneless(words: Sequence[str]) -> float:
    """Return how likely (0..1) *words* lack their tones, though not the shapes of letters."""
    spelled = [word for word in words if is_syllable(word)]
    if any(_level(word) != word for word in words) or all(word == fold(word) for word in spelled):
        return 0.0
    return NO_TONES / (NO_TONES + LEVEL ** len(spelled))


def _differing(marks: str, others: str) -> int:
    """Return how many marks are to be changed, put or taken to make one set the other."""
    left = others
    for mark in marks:
        left = left.replace(mark, "", 1)
    return max(len(marks) - len(others) + len(left), len(left))


def _i_for_y(word: str) -> str:
    """Return *word* with y for i, or i for y, where school and habit differ: kĩ and kỹ, quí and quý."""
    found = _I_OR_Y.fullmatch(unicodedata.normalize("NFD", word))
    return term(found[1] + ("i" if found[2] == "y" else "y") + found[3]) if found else word


def _slips(word: str) -> set[str]:
    """Return what *word* is after one slip: a letter too many, too few or wrong, two in the wrong order.

    Trying them all is quick for words as short as ours, and needs no index of its own (Norvig 2007, "How to
    write a spelling corrector"). Of two letters there is only the word that lacks one.
    """
    cuts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    longer = {left + letter + right for left, right in cuts for letter in _LETTERS}
    if len(word) < 3:
        return longer
    return longer.union(
        (left + right[1:] for left, right in cuts if right),
        (left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1),
        (left + letter + right[1:] for left, right in cuts if right for letter in _LETTERS),
    )
