"""Tell for each word of a question which terms of the index it may stand for (``query.forms``).

A word may be a slip for another one: many spellings are tried for that, but only so many in one question.
"""

from collections.abc import Collection, Sequence

import numpy as np

from retrieval.index.index import Index
from retrieval.query.beside import Priors, Sides
from retrieval.query.forms import Speller
from retrieval.query.glue import Glue
from retrieval.query.lexicon import Lexicon
from retrieval.query.word import Word
from retrieval.text.analyzer import Token
from retrieval.text.syllable import is_syllable

_LETTERS = 26  # of the alphabet
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
        capitals: Collection[int] = (),
    ) -> None:
        """Look up the *tokens* of a question in *index*.

        *abbreviations* stand for other words; *names* are where the words of names begin, in the question,
        *capitals* those that stand in capitals among others that do not.
        """
        self._speller = Speller(
            index,
            lexicon,
            tokens,
            Glue(index, lexicon, abbreviations),
            abbreviations=abbreviations,
            capitals=capitals,
        )
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
            Sides(left=around[at], right=around[at + 2], before=typed[at], behind=typed[at + 2])
            for at in range(len(self._meant))
        ]
        self._alike = self._speller.spoken_alike(typed[1:-1], self._beside)
        self._slipped: dict[int, Priors] = {}  # by place

    def words(self, doubted: Collection[int] = ()) -> list[Word]:
        """Return the words; those at the places *doubted* may be mistakes although the index holds them.

        Of so many spellings as may be slips of the fingers only the first few are tried.
        """
        untried = MOST_SPELLINGS
        words: list[Word] = []
        for at, (token, priors) in enumerate(zip(self._meant, self._priors, strict=True)):
            word, terms = token.term, self._alike[at] | priors
            is_doubted = at in doubted
            may_slip = self._speller.may_be_doubted if is_doubted else self._speller.may_have_slipped
            # Another name is no slip for one that the articles hold; who asks decides.
            is_name = not is_doubted and token.start in self._names and is_syllable(word)
            if may_slip(word, terms) and not is_name:
                number = len(word) * 2 * _LETTERS  # about
                slips = self._slips(at) if number <= untried else {}
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
