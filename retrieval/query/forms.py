"""Find the terms of the index that a typed word may stand for, and how readily people type it for each.

The prior of a form is the chance, up to a factor, that who means it types this word (``query.habits``); how
often the form occurs, and beside what, is for ``query.reading`` to weigh. A word that the index holds stands
for itself, and for its accented forms if accents were left out. Of one that it does not hold, the first
that fits is taken: a shorthand, struck keys (``text.keyboard``), one word in two pieces, other marks or i for
y, two words glued together, one slip of the fingers.
"""

from collections.abc import Collection, Iterator, Sequence
from itertools import compress, pairwise, zip_longest

import numpy as np

from retrieval.index.index import Index
from retrieval.query.beside import Priors, Sides, are_beside, border, likelihood
from retrieval.query.glue import Glue
from retrieval.query.habits import (
    AS_STRUCK,
    SHORTHAND,
    SLIP,
    SPOKEN,
    WRONG_MARK,
    i_for_y,
    left_out,
    level,
    marks,
    mistaken,
    toneless,
)
from retrieval.query.lexicon import Lexicon
from retrieval.query.slips import slips_known
from retrieval.question.asking import PAIRS, WORDS
from retrieval.text.analyzer import Token, fold, term
from retrieval.text.keyboard import keys_decoded
from retrieval.text.language import ENGLISH_FUNCTION_WORDS, asks_in_english
from retrieval.text.region import spoken_alike
from retrieval.text.syllable import is_syllable

FORMS = 32  # at most, of a word in which a finger slipped
MOST_GLUED = 15  # words of a question that are parted
LONGEST_WORD = 60  # letters; what is longer is no word, and to try its spellings takes seconds and gigabytes


class Speller:
    """Spells the words of one question, in one index."""

    def __init__(
        self,
        index: Index,
        lexicon: Lexicon,
        tokens: Sequence[Token],
        glue: Glue,
        *,
        abbreviations: Collection[str] = (),
        capitals: Collection[int] = (),
    ) -> None:
        """*tokens*: all of the question, as typed. *abbreviations* are listed, whatever the articles hold.

        *capitals* are where the words begin that stand in capitals among others that do not.
        """
        self._index, self._lexicon, self._glue = index, lexicon, glue
        self._abbreviations, self._capitals = abbreviations, capitals
        typed = [token.term for token in tokens]
        self._toneless = toneless(typed)
        self._is_english = asks_in_english(typed) and not ENGLISH_FUNCTION_WORDS.isdisjoint(typed)
        # Who strikes keys raw does so in all of the question: no letter has its accent, and some word makes
        # sense as keys only.
        self._is_struck = all(token.term.isascii() for token in tokens) and any(
            not self._is_held(token.term) and self._held_keys(token.term) for token in tokens
        )

    def meant(self, tokens: Sequence[Token]) -> Iterator[Token]:
        """Yield *tokens* with pieces joined, shorthand and keys replaced, and glued words parted."""
        tokens = self._asking(tokens)
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
        """Return how often this question leaves accents out: 1 if it has none at all."""
        typed = [(self._is_struck and self._held_keys(token.term)) or token.term for token in tokens]
        return left_out(typed, self._toneless)

    def priors(self, word: str, dropped: float) -> Priors:
        """Return what *word* may stand for, if each accent was left out with chance *dropped*."""
        if self._is_english and word in ENGLISH_FUNCTION_WORDS:  # "the" is no "thẻ" there
            return {self._number(word): 1.0} if self._is_held(word) else {}
        if self._is_held(word):
            return self._of_held(word, dropped)
        if self._is_settled(word):
            return {}
        typed = marks(word)
        return self._with_marks(word, typed) | self._with_marks(i_for_y(word), typed)

    def only_asks(self, before: str, word: str, behind: str) -> bool:
        """Tell whether *word* only asks beside its neighbours: "mô" of "ở mô" is no slip for "mở"."""
        is_pair = (before, word) in PAIRS or (word, behind) in PAIRS
        return is_pair and word != fold(word) and not self._is_held(word)

    def spoken_alike(self, words: Sequence[str], beside: Sequence[Sides]) -> list[Priors]:
        """Return what each of *words* may stand for if it is written as it is spoken somewhere.

        Its neighbours must have it so in the articles, and nowhere as it was typed.
        """
        neighbours = self._lexicon.neighbours
        are_held = [self._is_held(word) for word in words]
        places = [at for at, word in enumerate(words) if self._may_be_spoken(word)]
        held = [at for at in places if are_held[at]]
        typed = ([(words[at], beside[at], counts) for at in held] for counts in (False, True))
        here, at_large = (set(compress(held, are_beside(self._index, neighbours, its))) for its in typed)
        others = [
            (at, other)
            for at in places
            if at not in here
            for other in filter(self._is_held, spoken_alike(words[at]))
        ]
        asked = [(other, beside[at], not are_held[at]) for at, other in others]
        found: list[Priors] = [{} for _ in words]
        for at, other in compress(others, are_beside(self._index, neighbours, asked)):
            # "chú ở" is said, but "tạm trú" is one word
            if at not in at_large or self._is_one_word(other, beside[at]):
                found[at][self._number(other)] = SPOKEN
        return found

    def _is_one_word(self, word: str, beside: Sides) -> bool:
        """Tell whether *word* makes one word with a neighbour as that was typed."""
        go_together = self._lexicon.neighbours.go_together
        return go_together(beside.before, word) or go_together(word, beside.behind)

    def may_be_doubted(self, word: str, _priors: Priors) -> bool:
        """Tell whether *word*, which the index holds, may be a mistake for another one."""
        return word.isalpha() and len(word) > 1

    def marked_otherwise(self, word: str) -> Priors:
        """Return the forms of *word*, each as likely as its marks are mistaken."""
        return {number: WRONG_MARK * prior for number, prior in self._with_marks(word, marks(word)).items()}

    def may_have_slipped(self, word: str, priors: Priors) -> bool:
        """Tell whether *word*, which may stand for *priors*, may as well hold a slip of the fingers."""
        return (
            not self._is_held(word)
            and (word != fold(word) or not priors)
            and 1 < len(word) <= LONGEST_WORD
            and word.isalpha()
            and word not in WORDS
            and word not in self._abbreviations
            and not (self._is_english and word in ENGLISH_FUNCTION_WORDS)
        )

    def slipped(self, word: str, beside: Sides) -> Priors:
        """Return what *word* may stand for if one finger slipped.

        A word that could be Vietnamese may as well be new to the index: what is meant must be likelier there,
        or stand there beside a neighbour if Vietnamese at large has no such word either.
        """
        typed = marks(word)
        found: Priors = {}
        for spelling in slips_known(self._index)(fold(word)):
            if not (self._is_english and is_syllable(spelling)):  # "scan" is no "căn" there
                found |= self._with_marks(spelling, typed)
        numbers = np.array(list(found), dtype=np.int64)
        priors = SLIP * np.array(list(found.values()))
        chances = likelihood(self._index, numbers, beside)
        best = np.argsort(-priors * chances, kind="stable")[:FORMS]
        if self._is_strange(word):
            best = best[border(self._index, numbers[best], beside)]
        elif is_syllable(word):
            best = best[chances[best] >= self._index.novelty]
        return dict(zip(numbers[best].tolist(), priors[best].tolist(), strict=True))

    def _asking(self, tokens: Sequence[Token]) -> Sequence[Token]:
        """Return *tokens* with the accents of those pairs that ask, and that the articles cannot read.

        Where no article says "mấy", the "may" of "may gio" would be a machine ("máy").
        """
        read = list(tokens)
        for at, (left, right) in enumerate(pairwise(tokens)):
            pair = self._lexicon.phrases.get((left.term, right.term), ())
            if any(
                word != fold(word) and not self._is_held(word) for word in pair
            ) and not self._glue.together(left.term, right.term, is_exact=False):
                read[at : at + 2] = left._replace(term=pair[0]), right._replace(term=pair[1])
        return read

    def _is_strange(self, word: str) -> bool:
        """Tell whether Vietnamese at large, which is counted, does not hold *word*."""
        neighbours = self._lexicon.neighbours
        return bool(neighbours) and is_syllable(word) and not neighbours.is_syllable(word)

    def _is_held(self, word: str) -> bool:
        return self._index.number(word) is not None

    def _number(self, word: str) -> int:
        """Return the number of *word*, which the index holds."""
        number = self._index.number(word)
        return -1 if number is None else number

    def _is_settled(self, word: str) -> bool:
        """Tell whether *word* is right as it stands."""
        return len(word) > LONGEST_WORD or self._is_held(word) or word in self._lexicon.words

    def _may_be_spoken(self, word: str) -> bool:
        return word not in WORDS if word != fold(word) else not self._is_read(word)  # "gì" is no "vì"

    def _is_read(self, word: str) -> bool:
        return bool(self._index.forms(fold(word)))

    def _held_keys(self, word: str) -> str | None:
        keys = keys_decoded(word)
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
        meanings = self._lexicon.shorthand.get(word, ())
        if token.start in self._capitals:  # nobody writes "thế nào" so
            meanings = tuple(meaning for meaning in meanings if not WORDS.issuperset(meaning))
        if meanings:
            for part in self._meant_by(meanings, last, following):
                yield token._replace(term=part)
        elif self._is_struck and (keys := keys_decoded(word)) and self._is_read(keys):
            yield token._replace(term=keys)
        elif (
            may_part
            and not self._is_english
            and (marks(word) or not self._is_read(word))
            and (parts := self._glue.parted(word))
        ):
            start = token.start
            for meant, letters in parts:
                end = start + letters
                yield from (Token(meaning, start, end) for meaning in meant)
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
        forms = [
            form for form in self._index.forms(fold(word)) if level(self._index.vocabulary[form]) == word
        ]
        return dict.fromkeys(forms, self._toneless)

    def _with_marks(self, word: str, typed: str) -> Priors:
        """Return the forms of *word*: the more marks differ from those *typed*, if any, the less likely."""
        numbers = self._index.forms(fold(word))
        if not typed:
            return dict.fromkeys(numbers, 1.0)
        return {number: mistaken(typed, marks(self._index.vocabulary[number])) for number in numbers}
