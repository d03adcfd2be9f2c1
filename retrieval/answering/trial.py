"""The light values by which ways to understand a question are compared.

No article was opened for them, and no excerpt cut.
"""

from dataclasses import dataclass

from retrieval.answering.proposal import Proposal
from retrieval.index.among import Among
from retrieval.index.index import Index
from retrieval.query.query import Query
from retrieval.question.operators import Asked
from retrieval.ranking.confidence import ANSWERED, Doubts
from retrieval.ranking.foremost import Foremost
from retrieval.ranking.rerank import Ranked
from retrieval.ranking.selection import Selected
from retrieval.ranking.slots import Slots
from retrieval.restriction import Restriction
from retrieval.text.analyzer import fold, terms
from retrieval.text.canonical import clean


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The outcome of one search. No article was opened for it, and no excerpt cut."""

    query: Query
    index: Index  # of the nominees: all numbers are its
    slots: Slots
    ranked: Ranked
    doubts: Doubts  # about the best article
    confidence: float  # 0..1
    selected: tuple[Selected, ...]  # the hits to be, best first

    @property
    def answered(self) -> bool:
        """Whether the passages are given as an answer."""
        return self.confidence >= ANSWERED

    @property
    def best(self) -> float:
        """The score of the best hit; 0 without hits."""
        return self.selected[0].score if self.selected else 0.0

    @property
    def articles(self) -> list[int]:
        """The articles of the hits, by number."""
        return [hit.article for hit in self.selected]

    @property
    def keys(self) -> list[int]:
        """The articles of the hits, by what is the same in every search."""
        return [self.index.key_of(article) for article in self.articles]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One way to understand a question, and what was found for it."""

    asked: Asked
    among: Among | None  # the articles that the operators let through; None: all
    whole: Found  # by all words of the question
    proposal: Proposal | None = None  # a restriction that its words may mean as well
    narrowed: Found | None = None  # with the proposal, if there is one
    going_on: Found | None = None  # either, with the article first that answered the question before
    said: str | None = None  # the message alone, if it is understood with the question before it
    other: "Trial | None" = None  # another way to understand it that is as likely
    missed: Restriction | None = None  # the days that it means, if nothing is of these

    @property
    def found(self) -> Found:
        """The hits to be shown."""
        return self.going_on or self.narrowed or self.whole

    @property
    def restriction(self) -> Restriction:
        """The restriction that the articles meet."""
        restriction = self.asked.restriction
        return restriction.also(self.proposal.restriction) if self.proposal else restriction


def best_of(found: Found) -> Foremost:
    """Return the best article of what was *found*, which is something."""
    return Foremost(found.index, found.query, found.slots, found.ranked)


def asked_of(trial: Trial) -> frozenset[str]:
    """Return the terms of a follow-up's question that the message itself does not say."""
    if trial.said is None:
        return frozenset()
    said = {fold(word) for word in terms(trial.said)}
    return frozenset(word.term for word in trial.found.query.words if fold(word.term) not in said)


def understood_as(trial: Trial) -> str:
    """Return how *trial* reads its question: as typed, if a part is left out and the rest read as typed."""
    asked, query = trial.asked, trial.whole.query
    is_shorter = len(query.question) < len(clean(asked.text))
    if is_shorter and terms(query.understood_as) == terms(query.question):
        return asked.question
    return asked.understood(query.understood_as)
