"""A question as it is searched: which terms it asks for, and how much each counts.

A word typed with accents, or any word of a question that has accents somewhere, means the term as typed.
A word of a question typed without accents, and a word the index does not know, may mean every term that
folds to it: all of these are searched, weighted by how likely each reading is.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from retrieval.analyzer import Token, fold, tokens
from retrieval.bm25 import Scores
from retrieval.clause import Clause
from retrieval.index import Index
from retrieval.reading import Reading, read
from retrieval.text import clean
from retrieval.thesaurus import NOTHING_ELSE, Meaning, Thesaurus
from retrieval.weights import weigh

PAIR_WEIGHT = 0.4  # 0..1: what a pair of adjacent words counts beside a word; .4 to .6 rank alike
UNLIKELY_FORM = 0.1  # 0..1: the least weight of a form, so that a wrong reading does not hide the right one


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What a question asks the index for."""

    question: str  # cleaned
    understood_as: str  # with the likeliest accents, where they were left out
    words: tuple[Clause, ...]  # distinct, in the question's order
    pairs: tuple[Clause, ...]

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """Words and pairs together."""
        return self.words + self.pairs


def parse(index: Index, question: str, thesaurus: Thesaurus | None = None) -> Query:
    """Return *question* as a query to *index*. A question without a word gives a query without clauses.

    *thesaurus* knows the other wordings of what is asked; without one there are none.
    """
    thesaurus = thesaurus or Thesaurus(index=index)
    question = clean(question)
    typed = list(tokens(question))
    terms = [token.term for token in typed]
    candidates = _candidates(index, typed)
    reading = read(index, candidates)
    likeliest = _likeliest(index, reading, terms)
    rewording = thesaurus.reword(terms, likeliest)
    if rewording.terms != likeliest:  # the articles hold no such wording: the rest is read beside it
        for place, (term, read_as) in enumerate(zip(rewording.terms, likeliest, strict=True)):
            if term != read_as:
                candidates[place] = index.numbers_of(term)
        reading = read(index, candidates)
        likeliest = _likeliest(index, reading, rewording.terms)
    certain = [
        sure or meaning != NOTHING_ELSE  # the list of synonyms bears out how it is spelled
        for sure, meaning in zip(_certain(index, typed, likeliest), rewording.words, strict=True)
    ]
    known = [
        term if sure else token.term for term, token, sure in zip(likeliest, typed, certain, strict=True)
    ]
    words = _merged(_reworded(_words(likeliest, certain, reading), rewording.words))
    pairs = _merged(_reworded(_pairs(index, likeliest, reading), rewording.pairs))
    return Query(
        question=question,
        understood_as=_rewrite(question, typed, known),
        words=weigh(index, likeliest, words, pairs),
        pairs=pairs,
    )


def _candidates(index: Index, typed: list[Token]) -> list[list[int]]:
    has_accents = any(token.term != fold(token.term) for token in typed)
    candidates: list[list[int]] = []
    for token in typed:
        number = index.numbers.get(token.term)
        if has_accents and number is not None:
            candidates.append([number])
        else:
            candidates.append(index.forms.get(fold(token.term), []))
    return candidates


def _likeliest(index: Index, reading: Reading, unknown: Sequence[str]) -> list[str]:
    """Return the likeliest form of each word; of one that the index does not know, that in *unknown*."""
    return [
        index.vocabulary[forms[chances.argmax()]] if len(forms) else term
        for term, forms, chances in zip(unknown, reading.forms, reading.chances, strict=True)
    ]


def _words(likeliest: list[str], certain: list[bool], reading: Reading) -> list[Clause]:
    return [
        Clause(
            term=term,
            keys=forms,
            weights=_weights(chances, UNLIKELY_FORM),
            boost=1.0,
            is_certain=is_certain,
        )
        for term, is_certain, forms, chances in zip(
            likeliest, certain, reading.forms, reading.chances, strict=True
        )
    ]


def _pairs(index: Index, likeliest: list[str], reading: Reading) -> list[Clause]:
    clauses: list[Clause] = []
    for i, joint in enumerate(reading.joint):
        keys = index.pair(reading.forms[i][:, None], reading.forms[i + 1][None, :]).ravel()
        # Two unaccented words side by side are evidence enough, whatever they mean.
        weights = _weights(joint.ravel(), 1.0)
        seen = index.document_frequency(keys) > 0
        term = f"{likeliest[i]} {likeliest[i + 1]}"
        clauses.append(Clause(term=term, keys=keys[seen], weights=weights[seen], boost=PAIR_WEIGHT))
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


def _weights(chances: NDArray[np.float64], least: float) -> Scores:
    """Return weights for chances: 1 for the likeliest, for others the root of their share of its chance."""
    if not len(chances):
        return chances
    weights: Scores = np.maximum(np.sqrt(chances / chances.max()), least)
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


def _certain(index: Index, typed: list[Token], likeliest: list[str]) -> list[bool]:
    """Tell which readings hold: those that are as typed, and those the index has seen beside a neighbour.

    A word that the index never saw beside its neighbours may well be one that it does not know.
    """
    numbers = [index.numbers.get(term, -1) for term in likeliest]
    beside = [False] * (len(numbers) + 1)
    for place, (left, right) in enumerate(pairwise(numbers), start=1):
        beside[place] = min(left, right) >= 0 and index.is_seen(left, right)
    is_alone = len(set(likeliest)) == 1
    return [
        term == token.term or before or after or is_alone
        for term, token, before, after in zip(likeliest, typed, beside[:-1], beside[1:], strict=True)
    ]


def _rewrite(question: str, typed: list[Token], terms: list[str]) -> str:
    """Return *question* with *terms* for the words typed without accents, capitals as typed."""
    parts: list[str] = []
    end = 0
    for token, term in zip(typed, terms, strict=True):
        word = question[token.start : token.end]
        if token.term == fold(token.term):
            word = _cased(term, like=word)
        parts += [question[end : token.start], word]
        end = token.end
    return "".join([*parts, question[end:]])


def _cased(term: str, *, like: str) -> str:
    if term == like.lower():
        return like
    if len(like) > 1 and like.isupper():
        return term.upper()
    return term[:1].upper() + term[1:] if like[:1].isupper() else term
