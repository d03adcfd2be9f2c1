"""The seam between a question and what keeps the articles: all that is asked of them, wherever they lie.

What a question's words are and how often they stand somewhere, ``Articles.index`` tells. For a query, whoever
keeps the articles nominates: it gives an index that holds every article that may be among the best. Ranking,
confidence, selection and excerpts then run over the nominees alone. If the index is here (``Embedded``), it
nominates itself, since its lists skip the others anyway.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from retrieval.article import Article
from retrieval.index.among import Among
from retrieval.index.filter import mask
from retrieval.index.index import Index
from retrieval.index.numbered import Allowed
from retrieval.index.postings import Numbers
from retrieval.query.query import Query

_REMEMBERED = 8  # masks: a question is asked among the same articles several times


@dataclass(frozen=True, slots=True, kw_only=True)
class Nominees:
    """Articles to be ranked for a query."""

    index: Index  # which holds all that may be among the best
    allowed: Allowed | None = None  # which of its articles may answer; None: all


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """Articles in an order."""

    index: Index  # which holds them all
    numbers: Numbers  # of these articles


class Articles(Protocol):
    """The articles of one generation, as questions see them."""

    @property
    def index(self) -> Index:
        """The words of all articles, and how often each stands: what a question is read by."""

    def nominees(self, query: Query, among: Among | None) -> Nominees:
        """Return the articles to be ranked for *query*, of those *among* which it is asked (None: all)."""

    def newest(self, limit: int, among: Among | None = None, *, start: int = 0) -> Listed:
        """Return at most *limit* articles, the newest first, after the first *start* ones."""

    def has_any(self, among: Among) -> bool:
        """Tell whether there is any such article."""

    def find(self, key: str) -> Article | None:
        """Return the article with this ``Article.key``; None if there is none."""

    def every(self) -> Iterator[Article]:
        """Yield all articles, in the order of their arrival."""


class Embedded:
    """The articles of an index in this process."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._mask = lru_cache(_REMEMBERED)(lambda among: mask(index, among))

    def nominees(self, query: Query, among: Among | None) -> Nominees:  # noqa: ARG002  # any query has all
        """Nominate all: postings pass over those that cannot be among the best."""
        return Nominees(index=self.index, allowed=None if among is None else self._mask(among))

    def newest(self, limit: int, among: Among | None = None, *, start: int = 0) -> Listed:
        """Return at most *limit* articles, the newest first, after the first *start* ones."""
        newest = self.index.newest_first
        if among is not None:
            newest = newest[self._mask(among)[newest]]
        return Listed(index=self.index, numbers=newest[start : start + limit])

    def has_any(self, among: Among) -> bool:
        """Tell whether there is any such article."""
        return bool(self._mask(among)[self.index.articles].any())

    def find(self, key: str) -> Article | None:
        """Return the article with this ``Article.key``; None if there is none."""
        return self.index.find(key)

    def every(self) -> Iterator[Article]:
        """Yield all articles, in the order of their arrival."""
        return (self.index.article(number) for number in self.index.articles.tolist())
