"""Explain why a hit stands where it stands: what each word gave, in numbers that add up to its score.

score = Σ over the words and pairs of (what it gives in the passage + what it gives in the article)
        · (1 + closeness + opening)

Nothing is scored here: the numbers are those of the stages themselves (``bm25``, ``rerank``, ``confidence``),
asked for one word at a time.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from retrieval.answer import Answer, Hit
from retrieval.answering.trial import Found
from retrieval.index.bm25 import BM25
from retrieval.index.index import Index
from retrieval.query.clause import Clause
from retrieval.query.query import Query
from retrieval.query.weights import is_number
from retrieval.ranking.candidates import ARTICLE_WEIGHT, passage_gains
from retrieval.ranking.confidence import ANSWERED, Odds, odds
from retrieval.ranking.foremost import Foremost
from retrieval.ranking.rerank import WINDOW, Ranked, boosts
from retrieval.ranking.slots import Slots


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form that a word or pair of the question may stand for in the articles."""

    text: str
    weight: float  # 0..1: what it counts beside the likeliest, which counts 1
    is_synonym: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """A word of the question, or a pair of neighbours, as it is searched."""

    term: str  # as read
    is_pair: bool
    counts: float  # > 0: what its occurrences are multiplied by
    share: float  # 0..1: of the whole question; 0 for a pair
    forms: tuple[Form, ...]  # the heaviest first; none if no article holds it
    asks: bool  # it only asks, and so counts little
    is_number: bool  # it counts more
    shared: float  # 0..1: the part that its neighbours say too, and that counts there
    is_certain: bool  # False: read so by a guess that nothing bears out


@dataclass(frozen=True, slots=True, kw_only=True)
class Gain:
    """The part of a hit's score that comes from a word of the question, or a pair of neighbours."""

    term: str
    is_pair: bool
    in_passage: float  # ≥ 0
    in_article: float  # ≥ 0, all of the article with its title; ARTICLE_WEIGHT is in it
    found: tuple[str, ...]  # the forms that stand in either, the likeliest first

    @property
    def total(self) -> float:
        """The sum that it gives."""
        return self.in_passage + self.in_article


@dataclass(frozen=True, slots=True, kw_only=True)
class HitExplained:
    """A hit, and what its score is made of."""

    hit: Hit
    gains: tuple[Gain, ...]  # every word and pair of the question, the largest first
    first: float  # the sum of the gains
    coverage: float  # 0..1: the share of the question within the passage's best window
    closeness: float  # ≥ 0: what that adds to the factor
    lead: float  # 0..1: the share of the question in the article's first passage
    opening: float  # ≥ 0: what that adds to the factor
    title: float  # 0..1: the share of the question in the article's title, or what is taken for it
    subject: float  # ≥ 0: what that adds to the factor beside the titles of the others

    @property
    def by_closeness(self) -> float:
        """The part of the best window: with ``first`` and the other two it adds up to the score."""
        return self.first * self.closeness

    @property
    def by_opening(self) -> float:
        """The part of the article's first passage."""
        return self.first * self.opening

    @property
    def by_subject(self) -> float:
        """The part of the title."""
        return self.first * self.subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """An answer, and why it is this one."""

    searched: str  # the question as it was searched: a follow-up together with the one before
    answer: Answer
    sought: tuple[Sought, ...]  # the question's words in its order, then its pairs
    hits: tuple[HitExplained, ...]  # those of the answer, in their order
    odds: Odds | None  # that it is answered; None if nothing was found
    least: float  # 0..1: the confidence from which it counts as answered
    window: int = WINDOW  # words that ``coverage`` looks at together
    article_weight: float = ARTICLE_WEIGHT  # what the article counts beside its passage
    second: "Explanation | None" = None  # of the second question in the same message


def explained_by_date(answer: Answer) -> Explanation:
    """Return the explanation of an *answer* that lists articles by their day: nothing was weighed for it."""
    return Explanation(
        searched=answer.understood_as, answer=answer, sought=(), hits=(), odds=None, least=ANSWERED
    )


def explain(found: Found, answer: Answer) -> Explanation:
    """Return why *answer* was made of what a search *found*."""
    index, query, wanted, ranked = found.index, found.query, found.slots, found.ranked
    gains = _gains(
        index, query, [hit.passage for hit in found.selected], [hit.article for hit in found.selected]
    )
    return Explanation(
        searched=query.question,
        answer=answer,
        sought=tuple(_sought(index, query, wanted)),
        hits=tuple(
            _explained(ranked, hit, selected.rank, its)
            for hit, selected, its in zip(answer.hits, found.selected, gains, strict=True)
        ),
        odds=odds(Foremost(index, query, wanted, ranked), found.doubts) if len(ranked.passages) else None,
        least=ANSWERED,
    )


def _explained(ranked: Ranked, hit: Hit, rank: int, gains: list[Gain]) -> HitExplained:
    closeness, opening, subject = boosts(ranked.coverage[rank], ranked.lead[rank], ranked.ahead[rank])
    return HitExplained(
        hit=hit,
        gains=tuple(sorted(gains, key=lambda gain: -gain.total)),
        first=float(ranked.first[rank]),
        coverage=float(ranked.coverage[rank]),
        closeness=float(closeness),
        lead=float(ranked.lead[rank]),
        opening=float(opening),
        title=float(ranked.title[rank]),
        subject=float(subject),
    )


def _sought(index: Index, query: Query, wanted: Slots) -> Iterator[Sought]:
    shares = wanted.importance / wanted.importance.sum()
    beyond = [0.0] * (len(query.clauses) - len(query.words))
    for clause, share in zip(query.clauses, [*shares, *beyond], strict=True):
        forms = [
            Form(text=index.spelled(key), weight=weight)
            for key, weight in zip(clause.keys.tolist(), clause.weights.tolist(), strict=True)
        ]
        others = [
            Form(text=text, weight=phrase.weight, is_synonym=True)
            for text, phrase in zip(_others(index, clause), clause.others, strict=True)
        ]
        yield Sought(
            term=clause.term,
            is_pair=clause.is_pair,
            counts=clause.boost,
            share=float(share),
            forms=tuple(sorted(forms + others, key=lambda form: -form.weight)),
            asks=clause.asks,
            is_number=is_number(clause.term),
            shared=clause.shared,
            is_certain=clause.is_certain,
        )


def _others(index: Index, clause: Clause) -> list[str]:
    return [" ".join(index.vocabulary[term] for term in phrase.terms) for phrase in clause.others]


def _gains(index: Index, query: Query, passages: Sequence[int], articles: Sequence[int]) -> list[list[Gain]]:
    """Return what every clause of *query* gives each of *passages*, which are of these *articles*."""
    gains: list[list[Gain]] = [[] for _ in passages]
    for clause in query.clauses:
        in_passages = passage_gains(index, clause, passages)
        in_articles = _given(index.article_ranking, clause, articles)
        found = _found(index, clause, passages, articles)
        for its, passage, article, forms in zip(gains, in_passages, in_articles, found, strict=True):
            its.append(
                Gain(
                    term=clause.term,
                    is_pair=clause.is_pair,
                    in_passage=passage,
                    in_article=ARTICLE_WEIGHT * article,
                    found=forms,
                )
            )
    return gains


def _given(ranking: BM25, clause: Clause, numbers: Sequence[int]) -> list[float]:
    """Return what *clause* gives the documents of these *numbers*."""
    documents, gains = ranking.gains(clause)
    asked = np.isin(documents, numbers)
    given = dict(zip(documents[asked].tolist(), gains[asked].tolist(), strict=True))
    return [given.get(number, 0.0) for number in numbers]


def _found(
    index: Index, clause: Clause, passages: Sequence[int], articles: Sequence[int]
) -> list[tuple[str, ...]]:
    """Return which forms of *clause* each of *passages* holds, or its article."""
    likeliest_first = clause.keys[np.argsort(-clause.weights, kind="stable")]
    forms = [(index.spelled(key), np.array([key], dtype=np.int64)) for key in likeliest_first.tolist()]
    forms += [(text, phrase.keys) for text, phrase in zip(_others(index, clause), clause.others, strict=True)]
    held = [_keys_in(index, passage) for passage in passages]
    found: list[list[str]] = [[] for _ in passages]
    for text, keys in forms:
        of_articles = index.articles_with(keys)
        for its, own, article in zip(found, held, articles, strict=True):
            if own.issuperset(keys.tolist()) or article in of_articles:
                its.append(text)
    return [tuple(its) for its in found]


def _keys_in(index: Index, passage: int) -> set[int]:
    """Return the terms and pairs of a passage."""
    terms = index.terms_of(passage).astype(np.int64)
    return {*terms.tolist(), *index.pair(terms[:-1], terms[1:]).tolist()}
