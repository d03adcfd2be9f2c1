"""A question as it is searched: which terms it asks for, and how much each counts.

A word may stand for several terms of the index (``query.spelling``): all of these are searched, weighted by
how likely each reading is (``query.reading``).
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

import numpy as np
from numpy.typing import NDArray

from retrieval.index.bm25 import Scores
from retrieval.index.index import Index
from retrieval.query.clause import Clause
from retrieval.query.figures import figures
from retrieval.query.lexicon import NO_WORDS, Lexicon
from retrieval.query.neighbours import Neighbours
from retrieval.query.reading import Reading, inflected, read
from retrieval.query.spelling import Word, words
from retrieval.query.thesaurus import NOTHING_ELSE, Meaning, Thesaurus
from retrieval.query.weights import weigh
from retrieval.text.analyzer import fold, is_character, is_unspaced, term, tokens
from retrieval.text.canonical import clean
from retrieval.text.language import ENGLISH_SMALL_WORDS, asks_in_english, word_weight

PAIR_WEIGHT = 0.4  # 0..1: what a pair of adjacent words counts beside a word; .4 to .6 rank alike
TRANSLATED_FUNCTION_WEIGHT = 0.02  # 0..1: of an English function word, asked of articles in Vietnamese
# 0..1: what a word told beside the question counts; of 12 long stories .4 and .7 find 9, 0 finds 6.
CONTEXT_WEIGHT = 0.4
UNLIKELY_FORM = 0.1  # 0..1: the least weight of a form, so that a wrong reading does not hide the right one


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What a question asks the index for."""

    question: str  # cleaned
    understood_as: str  # with the likeliest accents, where they were left out
    words: tuple[Clause, ...]  # distinct, in the question's order
    pairs: tuple[Clause, ...]
    doubted: tuple[int, ...] = ()  # places of words that the index holds, but beside neither neighbour
    context: tuple[Clause, ...] = ()  # what is told beside the question: it only helps to find articles

    @property
    def wordings(self) -> int:
        """How many other wordings of its words are searched."""
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

    def parse(self, question: str, *, doubted: Collection[int] = ()) -> Query:
        """Return *question* as a query; *doubted* are as for ``parse``."""
        return parse(
            self._index,
            question,
            self._lexicon,
            self._thesaurus,
            doubted=doubted,
            is_translated=self._is_translating,
        )


def parse(
    index: Index,
    question: str,
    lexicon: Lexicon = NO_WORDS,
    thesaurus: Thesaurus | None = None,
    *,
    doubted: Collection[int] = (),
    is_translated: bool = False,
) -> Query:
    """Return *question* as a query to *index*. A question without a word gives a query without clauses.

    *thesaurus* knows the other wordings of what is asked; without one there are none. *doubted*
    (``Query.doubted``) are the places of words that may be mistakes although the index holds them. If it
    *is_translated*, by a glossary in the thesaurus, an article need not hold the function words of English.
    """
    thesaurus = thesaurus or Thesaurus(index=index)
    question = clean(question)
    typed = words(index, lexicon, list(tokens(question)), doubted)
    reading = read(index, typed, lexicon.neighbours)
    likeliest = _likeliest(index, reading, [word.typed for word in typed])
    rewording = thesaurus.reword([word.typed for word in typed], likeliest, figures(question, typed))
    if rewording.terms != likeliest:  # the articles hold no such wording: the rest is read beside it
        typed = [
            word if term == read_as else _spelled(index, word, term)
            for word, term, read_as in zip(typed, rewording.terms, likeliest, strict=True)
        ]
        reading = read(index, typed, lexicon.neighbours)
        likeliest = _likeliest(index, reading, rewording.terms)
    is_english = asks_in_english([word.typed for word in typed])
    if is_english:
        likeliest, reading = inflected(index, [word.typed for word in typed], likeliest, reading)
    seen = [
        is_seen or meaning != NOTHING_ELSE  # the list of synonyms bears out how it is spelled
        for is_seen, meaning in zip(
            _seen(index, typed, likeliest, lexicon.neighbours), rewording.words, strict=True
        )
    ]
    certain = _certain(typed, likeliest, seen)
    known = [term if sure else word.typed for term, word, sure in zip(likeliest, typed, certain, strict=True)]
    is_open = [
        term == fold(term) and not (sure and index.number(term) is not None)
        for term, sure in zip(known, certain, strict=True)
    ]
    pairs = list(_reworded(_pairs(index, likeliest, reading), rewording.pairs))
    of_words = _words(likeliest, certain, reading, is_english=is_english)
    if is_translated and is_english:
        of_words, pairs = _without_english(of_words), _without_english(pairs)
    merged, asked = _merged(pairs), _merged(_reworded(of_words, rewording.words))
    return Query(
        question=question,
        understood_as=_rewrite(question, typed, lexicon.restored(known, is_open)),
        words=weigh(index, likeliest, asked, merged),
        pairs=merged,
        doubted=tuple(
            place
            for place, (word, is_seen) in enumerate(zip(typed, seen, strict=True))
            if not is_seen and index.number(word.typed) is not None and len(typed) > 1
        ),
    )


def _likeliest(index: Index, reading: Reading, unknown: Sequence[str]) -> list[str]:
    """Return the likeliest reading of all words; of one that the index does not know, that in *unknown*."""
    return [
        index.vocabulary[forms[best]] if len(forms) else term
        for term, forms, best in zip(unknown, reading.forms, reading.path, strict=True)
    ]


def _spelled(index: Index, word: Word, term: str) -> Word:
    """Return *word* as one that means *term* and nothing else."""
    forms = index.keys_of([term])
    forms = forms[forms >= 0]
    return replace(word, forms=forms, priors=np.ones(len(forms)))


def _words(likeliest: list[str], certain: list[bool], reading: Reading, *, is_english: bool) -> list[Clause]:
    return [
        Clause(
            term=term,
            keys=forms,
            weights=_weights(chances),
            boost=word_weight(term, is_known=len(forms) > 0, is_english=is_english),
            is_certain=is_certain,
        )
        for term, is_certain, forms, chances in zip(
            likeliest, certain, reading.forms, reading.chances, strict=True
        )
    ]


def _without_english(clauses: Iterable[Clause]) -> list[Clause]:
    """Return *clauses* in which the small words of English count next to nothing."""
    return [
        clause
        if clause.others or ENGLISH_SMALL_WORDS.isdisjoint(clause.term.split(" "))
        else replace(clause, boost=TRANSLATED_FUNCTION_WEIGHT)
        for clause in clauses
    ]


def _pairs(index: Index, likeliest: list[str], reading: Reading) -> list[Clause]:
    forms = [index.pair(left[:, None], right[None, :]).ravel() for left, right in pairwise(reading.forms)]
    clauses: list[Clause] = []
    for (left, right), keys, held in zip(
        pairwise(likeliest), forms, index.document_frequencies(forms), strict=True
    ):
        # Two characters are about a word.
        boost = 1.0 if is_character(left) and is_character(right) else PAIR_WEIGHT
        seen = keys[held > 0]
        # Two unaccented words side by side are evidence enough, whatever they mean.
        clauses.append(Clause(term=f"{left} {right}", keys=seen, weights=np.ones(len(seen)), boost=boost))
    return clauses


def _reworded(clauses: list[Clause], meanings: Sequence[Meaning]) -> Iterator[Clause]:
    """Yield *clauses* with the other wordings of each, and without its own where those replace it."""
    for clause, meaning in zip(clauses, meanings, strict=True):
        if meaning == NOTHING_ELSE:
            yield clause
            continue
        if meaning.is_replaced:
            clause = replace(clause, keys=clause.keys[:0], weights=clause.weights[:0])
        own = clause.keys.tolist()
        # A wording that holds the word as well is found by it already: it must not count twice.
        others = tuple(phrase for phrase in meaning.others if phrase.members.isdisjoint(own))
        yield replace(clause, others=others)


def _weights(chances: NDArray[np.float64]) -> Scores:
    """Return weights for chances: 1 for the likeliest, for others the root of their share of its chance."""
    if not len(chances):
        return chances
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


def _seen(index: Index, typed: list[Word], likeliest: list[str], neighbours: Neighbours) -> list[bool]:
    """Tell which words a passage holds beside one of their neighbours, or Vietnamese at large does.

    What is said at large bears out no word in the place of another one that there is, as it was typed.
    """
    numbers = index.keys_of(likeliest)
    left, right = numbers[:-1], numbers[1:]
    are_known = (left >= 0) & (right >= 0)
    together = (index.document_frequency(index.pair(left, right)) > 0) & are_known
    seen = np.zeros(len(numbers), dtype=bool)
    seen[1:] |= together
    seen[:-1] |= together
    if neighbours and not seen.all():
        together[are_known] = neighbours.are_counted(
            neighbours.numbers(index, left[are_known]), neighbours.numbers(index, right[are_known])
        )
        is_bare = all(word.typed == fold(word.typed) for word in typed)
        is_open = np.array([is_bare or not neighbours.is_syllable(word.typed) for word in typed], dtype=bool)
        seen[1:] |= together & is_open[1:]
        seen[:-1] |= together & is_open[:-1]
    return seen.tolist()


def _certain(typed: list[Word], likeliest: list[str], seen: list[bool]) -> list[bool]:
    """Tell which readings hold: those that are as typed, and those the index has seen beside a neighbour.

    A word that the index never saw beside its neighbours may well be one that it does not know.
    """
    is_alone = len(set(likeliest)) == 1
    return [
        term == word.typed or is_seen or is_alone
        for term, word, is_seen in zip(likeliest, typed, seen, strict=True)
    ]


def _rewrite(question: str, typed: list[Word], terms: list[str]) -> str:
    """Return *question* with *terms* for the words that were typed otherwise, capitals as typed."""
    parts: list[str] = []
    end = 0
    for (start, stop), group in groupby(
        zip(typed, terms, strict=True), lambda one: (one[0].start, one[0].end)
    ):
        word = question[start:stop]
        meant = " ".join(meaning for _, meaning in group)
        is_glued = start == end > 0 and not is_unspaced(meant)
        parts += [
            " " if is_glued else question[end:start],
            question[max(end, start) : stop] if term(word) == meant else _cased(meant, like=word),
        ]  # what of the word is new: Thai words overlap
        end = stop
    return "".join([*parts, question[end:]])


def _cased(term: str, *, like: str) -> str:
    if term == like.lower():
        return like
    if len(like) > 1 and like.isupper():
        return term.upper()
    return term[:1].upper() + term[1:] if like[:1].isupper() else term
