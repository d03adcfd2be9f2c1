"""A question as it is searched: which terms it asks for, and how much each counts.

A word may stand for several terms of the index (``retrieval.spelling``): all of these are searched, weighted
by how likely each reading is (``retrieval.reading``).
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from retrieval.analyzer import fold, term, tokens
from retrieval.bm25 import Scores
from retrieval.clause import Clause
from retrieval.index import Index
from retrieval.lexicon import NO_WORDS, Lexicon
from retrieval.reading import Reading, read
from retrieval.spelling import Word, words
from retrieval.text import clean
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
    doubted: tuple[int, ...] = ()  # places of words that the index holds, but beside neither neighbour

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """Words and pairs together."""
        return self.words + self.pairs


def parse(
    index: Index, question: str, lexicon: Lexicon = NO_WORDS, *, doubted: Collection[int] = ()
) -> Query:
    """Return *question* as a query to *index*. A question without a word gives a query without clauses.

    *doubted* (``Query.doubted``) are the places of words that may be mistakes although the index holds them.
    """
    question = clean(question)
    typed = words(index, lexicon, list(tokens(question)), doubted)
    reading = read(index, typed)
    likeliest = [
        index.vocabulary[forms[best]] if len(forms) else word.typed
        for word, forms, best in zip(typed, reading.forms, reading.path, strict=True)
    ]
    seen = _seen(index, likeliest)
    certain = _certain(typed, likeliest, seen)
    known = [term if sure else word.typed for term, word, sure in zip(likeliest, typed, certain, strict=True)]
    is_open = [
        term == fold(term) and not (sure and term in index.numbers)
        for term, sure in zip(known, certain, strict=True)
    ]
    pairs = _pairs(index, likeliest, reading)
    return Query(
        question=question,
        understood_as=_rewrite(question, typed, lexicon.restored(known, is_open)),
        words=weigh(index, likeliest, _words(likeliest, certain, reading), pairs),
        pairs=pairs,
        doubted=tuple(
            place
            for place, (word, is_seen) in enumerate(zip(typed, seen, strict=True))
            if not is_seen and word.typed in index.numbers and len(typed) > 1
        ),
    )


def _words(likeliest: list[str], certain: list[bool], reading: Reading) -> tuple[Clause, ...]:
    clauses = [
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
    return _merged(clauses)


def _pairs(index: Index, likeliest: list[str], reading: Reading) -> tuple[Clause, ...]:
    clauses: list[Clause] = []
    for i, joint in enumerate(reading.joint):
        if not joint.size:
            continue
        keys = index.pair(reading.forms[i][:, None], reading.forms[i + 1][None, :]).ravel()
        # Two unaccented words side by side are evidence enough, whatever they mean.
        weights = _weights(joint.ravel(), 1.0)
        seen = index.document_frequency(keys) > 0
        term = f"{likeliest[i]} {likeliest[i + 1]}"
        clauses.append(Clause(term=term, keys=keys[seen], weights=weights[seen], boost=PAIR_WEIGHT))
    return _merged(clauses)


def _weights(chances: NDArray[np.float64], least: float) -> Scores:
    """Return weights for chances: 1 for the likeliest, for others the root of their share of its chance."""
    if not len(chances):
        return chances
    weights: Scores = np.maximum(np.sqrt(chances / chances.max()), least)
    return weights


def _merged(clauses: list[Clause]) -> tuple[Clause, ...]:
    """Make one clause of those with the same term: a word said twice counts twice."""
    merged: dict[str, Clause] = {}
    for clause in clauses:
        if earlier := merged.get(clause.term):
            clause = replace(earlier, boost=earlier.boost + clause.boost)
        merged[clause.term] = clause
    return tuple(merged.values())


def _seen(index: Index, likeliest: list[str]) -> list[bool]:
    """Tell which words a passage holds beside one of their neighbours."""
    numbers = np.array([index.numbers.get(term, -1) for term in likeliest], dtype=np.int64)
    left, right = numbers[:-1], numbers[1:]
    together = (index.document_frequency(index.pair(left, right)) > 0) & (left >= 0) & (right >= 0)
    seen = np.zeros(len(numbers), dtype=bool)
    seen[1:] |= together
    seen[:-1] |= together
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
        is_glued = start == end > 0
        parts += [
            " " if is_glued else question[end:start],
            word if term(word) == meant else _cased(meant, like=word),
        ]
        end = stop
    return "".join([*parts, question[end:]])


def _cased(term: str, *, like: str) -> str:
    if term == like.lower():
        return like
    if len(like) > 1 and like.isupper():
        return term.upper()
    return term[:1].upper() + term[1:] if like[:1].isupper() else term
