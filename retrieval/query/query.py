"""A question as it is searched: which terms it asks for, and how much each counts.

A word may stand for several terms of the index (``query.spelling``): all of these are searched, weighted by
how likely each reading is (``query.reading``).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise

import numpy as np
from numpy.typing import NDArray

from retrieval.index.index import Index
from retrieval.index.scoring import Scores
from retrieval.query.beside import held_pairs
from retrieval.query.clause import Clause
from retrieval.query.evidence import borne_out, left_as_typed
from retrieval.query.figures import figures
from retrieval.query.lexicon import NO_WORDS, Lexicon
from retrieval.query.reading import decide, inflected
from retrieval.query.spelling import Spelling
from retrieval.query.thesaurus import Thesaurus
from retrieval.query.weights import weigh
from retrieval.query.word import NOTHING_ELSE, Meaning, Word, typed
from retrieval.text.analyzer import Token, is_character, is_unspaced, term, terms, tokens
from retrieval.text.canonical import clean
from retrieval.text.language import ENGLISH_SMALL_WORDS, VIETNAMESE_SMALL_WORDS, asks_in_english, word_weight
from retrieval.text.syllable import is_syllable

PAIR_WEIGHT = 0.4  # 0..1: what a pair of adjacent words counts beside a word; .4 to .6 rank alike
TRANSLATED_FUNCTION_WEIGHT = 0.02  # 0..1: of an English function word, asked of articles in Vietnamese
# 0..1: what a word told beside the question counts; of 14 long stories .6 to 1 find 11, .4 finds 10.
CONTEXT_WEIGHT = 0.6
_ONE = np.ones(1)
UNLIKELY_FORM = 0.1  # 0..1: the least weight of a form, so that a wrong reading does not hide the right one


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The words of a question as they are read, before any other wordings."""

    spelling: Spelling
    words: Sequence[Word]
    is_reworded: bool = False  # whether more than these words may decide how the question is understood

    @property
    def terms(self) -> list[str]:
        """The terms that each word is read as."""
        return [word.term for word in self.words]


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A question as it is asked of an index."""

    question: str  # cleaned
    understood_as: str  # with the likeliest accents, if they were left out
    words: tuple[Clause, ...]  # distinct, in the question's order
    pairs: tuple[Clause, ...]
    doubted: tuple[int, ...] = ()  # places of words that the index holds, but beside neither neighbour
    context: tuple[Clause, ...] = ()  # what is told beside the question: it only helps to find articles
    reading: Reading = field(repr=False, compare=False)

    @property
    def wordings(self) -> int:
        """The number of other wordings of its words that are searched."""
        return sum(len(word.others) for word in self.words)

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """All that is searched: words and pairs, those of the context last."""
        return self.words + self.pairs + self.context

    def told(self, context: "Query") -> "Query":
        """Return this query with what *context* asks for as its context."""
        known = {clause.term for clause in self.words + self.pairs}
        return replace(
            self,
            context=tuple(
                replace(clause, boost=CONTEXT_WEIGHT * clause.boost)
                for clause in context.words + context.pairs
                if clause.term not in known
            ),
        )


class Parser:
    """Turns questions into queries to one index. Made once for each snapshot."""

    def __init__(
        self, index: Index, lexicon: Lexicon, thesaurus: Thesaurus, *, is_translating: bool = False
    ) -> None:
        """*is_translating*: the thesaurus holds a glossary, of another language's words."""
        self._index = index
        self._lexicon = lexicon
        self._thesaurus = thesaurus
        self._is_translating = is_translating
        # Whether two terms side by side are one word; not its own method: what is read with it is remembered,
        # and would keep an index that is gone.
        self.at_large = lexicon.neighbours
        self.are_one = self.at_large.go_together
        self._abbreviations = frozenset(
            wording[0]
            for wording in thesaurus.synonyms.meanings
            if len(wording) == 1 and not is_syllable(wording[0])
        )

    def parse(self, question: str) -> Query:
        """Return *question* as a query. A question without a word gives a query without clauses."""
        question = clean(question)
        words = list(tokens(question))
        spelling = Spelling(
            self._index,
            self._lexicon,
            words,
            abbreviations=self._abbreviations,
            names=_names(question, words),
            capitals=_capitals(question, words),
        )
        return self._query(question, self._read(spelling, spelling.words()))

    def again(self, query: Query) -> Query:
        """Return a query of another parser of the same index, with the other wordings that this one knows."""
        return self._query(query.question, replace(query.reading, is_reworded=True))

    def doubting(self, query: Query) -> Query | None:
        """Return *query* if its doubted words are mistakes; None if it is understood as before."""
        before = query.reading
        words = before.spelling.words(query.doubted)
        if not before.is_reworded and all(
            len(word.spellings) == len(read.spellings) for word, read in zip(words, before.words, strict=True)
        ):
            return None  # they are mistakes for nothing
        reading = self._read(before.spelling, words)
        if reading.terms == before.terms and not before.is_reworded:
            return None
        reading, words = self._understood(query.question, reading)
        if terms(_rewrite(query.question, words)) == terms(query.understood_as):
            return None
        return self._of_words(query.question, reading, words)

    def _read(self, spelling: Spelling, words: Sequence[Word]) -> Reading:
        neighbours = self._lexicon.neighbours
        decided = decide(self._index, words, neighbours)
        return Reading(spelling=spelling, words=list(left_as_typed(self._index, decided, neighbours)))

    def _query(self, question: str, reading: Reading) -> Query:
        return self._of_words(question, *self._understood(question, reading))

    def _understood(self, question: str, reading: Reading) -> tuple[Reading, list[Word]]:
        """Return the words of *question* with all that the stages make of them (``query.word``)."""
        index, neighbours = self._index, self._lexicon.neighbours
        words = self._thesaurus.reword(reading.words, figures(question, reading.words))
        if [word.term for word in words] != reading.terms:  # the articles hold no such wording
            words = decide(index, words, neighbours)  # the rest, beside it
            reading = replace(reading, is_reworded=True)
        if asks_in_english(typed(words)):
            words = inflected(index, words)
        return reading, borne_out(index, words, self._lexicon)

    def _of_words(self, question: str, reading: Reading, words: Sequence[Word]) -> Query:
        index = self._index
        is_english = asks_in_english(typed(words))
        names = _names(question, [Token(word.typed, word.start, word.end) for word in words])
        singles = [_reworded(_clause(word, is_english=is_english), word.meaning) for word in words]
        pairs = list(_pairs(index, words))
        if self._is_translating:
            small = ENGLISH_SMALL_WORDS if is_english else VIETNAMESE_SMALL_WORDS
            singles, pairs = _without(small, singles), _without(small, pairs)
        merged = _merged(pairs)
        return Query(
            question=question,
            understood_as=_rewrite(question, words),
            words=weigh(index, words, _merged(singles), merged),
            pairs=merged,
            doubted=tuple(
                at
                for at, word in enumerate(words)
                if not word.is_seen
                and len(words) > 1
                and (word.start in names or index.number(word.typed) is not None)
            ),
            reading=reading,
        )


def parse(
    index: Index, question: str, lexicon: Lexicon = NO_WORDS, thesaurus: Thesaurus | None = None
) -> Query:
    """Return *question* as a query to *index*.

    *thesaurus* knows the other wordings of what is asked; without one there are none.
    """
    return Parser(index, lexicon, thesaurus or Thesaurus(index=index)).parse(question)


def _names(question: str, words: Sequence[Token]) -> frozenset[int]:
    """Return where the words of names begin: capitals side by side, among words that have none."""
    are_capital = [
        question[word.start].isupper() and question[word.start + 1 : word.end].islower() for word in words
    ]
    if all(are_capital):
        return frozenset()
    beside = [False, *are_capital, False]
    return frozenset(
        word.start for at, word in enumerate(words) if are_capital[at] and (beside[at] or beside[at + 2])
    )


def _capitals(question: str, words: Sequence[Token]) -> frozenset[int]:
    """Return where the words in capitals begin, among others that are not."""
    loud = [word.start for word in words if question[word.start : word.end].isupper()]
    return frozenset(loud if len(loud) < len(words) else ())


def _clause(word: Word, *, is_english: bool) -> Clause:
    return Clause(
        term=word.term,
        keys=word.forms,
        weights=_weights(word.chances),
        boost=word_weight(word.term, is_known=len(word.forms) > 0, is_english=is_english),
        is_certain=word.is_certain,
    )


def _without(small: frozenset[str], clauses: Iterable[Clause]) -> list[Clause]:
    """Return *clauses* in which the *small* words of their language count next to nothing."""
    return [
        clause
        if clause.others or small.isdisjoint(clause.term.split(" "))
        else replace(clause, boost=TRANSLATED_FUNCTION_WEIGHT)
        for clause in clauses
    ]


def _pairs(index: Index, words: Sequence[Word]) -> Iterator[Clause]:
    """Yield each two neighbours as a clause; any two of their forms side by side are evidence enough."""
    for (left, right), keys in zip(pairwise(words), held_pairs(index, words), strict=True):
        # Two characters are about a word.
        boost = 1.0 if is_character(left.term) and is_character(right.term) else PAIR_WEIGHT
        clause = Clause(term=f"{left.term} {right.term}", keys=keys, weights=np.ones(len(keys)), boost=boost)
        yield _reworded(clause, left.with_next)


def _reworded(clause: Clause, meaning: Meaning) -> Clause:
    """Return *clause* with its other wordings, and without its own if those replace it."""
    if meaning == NOTHING_ELSE:
        return clause
    if meaning.is_replaced:
        clause = replace(clause, keys=clause.keys[:0], weights=clause.weights[:0])
    own = clause.keys.tolist()
    # A wording that holds the word as well is found by it already: it must not count twice.
    others = tuple(phrase for phrase in meaning.others if phrase.members.isdisjoint(own))
    return replace(clause, others=others)


def _weights(chances: NDArray[np.float64]) -> Scores:
    """Return weights for chances: 1 for the likeliest, for others the root of their share of its chance."""
    if len(chances) < 2:  # as most
        return _ONE[: len(chances)]
    weights: Scores = np.maximum(np.sqrt(chances / chances.max()), UNLIKELY_FORM)
    return weights


def _merged(clauses: Iterable[Clause]) -> tuple[Clause, ...]:
    """Make one clause of those with the same term: a word said twice counts twice."""
    merged: dict[str, Clause] = {}
    for clause in clauses:
        if earlier := merged.get(clause.term):
            others = tuple(dict.fromkeys(earlier.others + clause.others))
            clause = replace(earlier, boost=earlier.boost + clause.boost, others=others)
        merged[clause.term] = clause
    return tuple(merged.values())


def _rewrite(question: str, words: Sequence[Word]) -> str:
    """Return *question* with its words as they are shown, if they were typed otherwise; capitals as typed."""
    parts: list[str] = []
    end = 0
    for (start, stop), group in groupby(words, lambda word: (word.start, word.end)):
        as_typed = question[start:stop]
        meant = " ".join(word.shown for word in group)
        is_glued = start == end > 0 and not is_unspaced(meant)
        new = question[max(end, start) : stop]  # Thai words overlap
        parts += [
            " " if is_glued else question[end:start],
            new if term(as_typed) == meant else _cased(meant, like=as_typed),
        ]
        end = stop
    return "".join([*parts, question[end:]])


def _cased(term: str, *, like: str) -> str:
    if term == like.lower():
        return like
    if len(like) > 1 and like.isupper():
        return term.upper()
    return term[:1].upper() + term[1:] if like[:1].isupper() else term
