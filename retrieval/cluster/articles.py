"""The articles of a cluster, as questions see them.

Two lists are asked for at once: the best articles A, and the best passages P, each as the cluster scores
them, which is never below what we give (``bounding``).

score(article) = ARTICLE_WEIGHT · BM25(article) + BM25(its best passage)

So an article in neither list has at most what the last of A and the last of P say together, and one in a
list what that says of it. Those that may be among the ``ARTICLES`` best by that are read. If none behind the
ends can be, all that ranking may want is there (the threshold algorithm of Fagin, Lotem & Naor 2003);
otherwise, twice as many are asked for.

Articles of no generation may falsify the cluster's scores (``bounding``): the ends of both lists are widened
by the most that the exact scores of what was read exceed the cluster's, which is nothing otherwise. The
tests and ``benchmarks.cluster`` compare what comes of it with the embedded index, to the last byte."""

from binascii import a2b_base64
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from retrieval.article import Article
from retrieval.cluster import bounding
from retrieval.cluster.bounding import Bound
from retrieval.cluster.client import Client
from retrieval.cluster.found import ClusterIndex
from retrieval.cluster.loading import ARTICLES_INDEX, PASSAGES_INDEX, article_id, spelled_key
from retrieval.cluster.packing import unpacked
from retrieval.cluster.restricting import by_place, by_words, is_exact, keys_of
from retrieval.cluster.statistics import OF_ARTICLES, OF_PASSAGES
from retrieval.index.among import Among
from retrieval.index.archive import article_from
from retrieval.index.filter import mask
from retrieval.index.numbered import Allowed
from retrieval.index.postings import Keys
from retrieval.index.scoring import Clauses
from retrieval.query.query import Query
from retrieval.ranking.candidates import ARTICLE_WEIGHT
from retrieval.ranking.nominees import Listed, Nominees

# Of each list, at first. What a document has by several forms of a word is added up there, and counts once
# here: so if words have many, longer lists cost less than another trip.
_LIMIT, _LIMIT_OF_MANY = 80, 200
_MANY_FORMS = 2  # a clause: questions with accents have 1.1 to 1.4, those without 3 to 6
# Postings a term of a query: if there are fewer, Lucene adds up all of them sooner than it finds out which
# ones it may pass over. It passes over none if it is to count what it finds.
_WORTH_SKIPPING = 10_000
_MOST = 10_000  # of each list, which is all that OpenSearch gives; whoever needs more gets what these hold
_LIKELY = 6  # articles of the first list: their texts are read with the first text that is wanted
_PAGE = 500  # articles read at once, one after the other
_NAMED = 50_000  # articles in one filter; OpenSearch takes 65,536

Match = dict[str, Any]
Filters = list[dict[str, Any]]


@dataclass(frozen=True, kw_only=True, eq=False)
class ClusterArticles:
    """The articles of one generation that lie in a cluster. Threads may share it."""

    client: Client
    edition: str
    index: ClusterIndex
    removed: tuple[int, ...] = ()  # by order of arrival: gone from this generation, though they may lie there

    def nominees(self, query: Query, among: Among | None) -> Nominees:
        """Return the articles to be ranked for *query*, of those *among* which it is asked (None: all)."""
        clauses = Clauses.of(query.clauses)
        keys = clauses.keys if among is None else np.append(clauses.keys, keys_of(self.index, among))
        known: dict[int, bytes] = {}
        looked_for: set[int] = set()
        has_many = len(clauses.weights) > _MANY_FORMS * len(clauses.boosts)
        first = limit = _LIMIT_OF_MANY if has_many else _LIMIT
        asked = _Asked(self, clauses, among)
        while asked.bodies:
            articles, passages = asked.lists(limit, are_read=limit == first)
            if limit == first:
                known = _rows(articles)
            index, allowed = self._found(known, keys, among)
            if len(articles) < limit == first:
                return Nominees(index=index, allowed=allowed)
            bound = Bound(_scored(articles), _scored(passages), limit)
            bound.read(index, allowed, clauses)
            while missing := bound.missing() - looked_for:
                looked_for |= missing  # one may hold what it must not
                if rows := self._read(sorted(missing), asked.filters):
                    known |= rows
                    bound.read(*self._found(rows, keys, among), clauses)
            if bound.is_proof() or limit >= _MOST:
                if bound.are_more_needed():
                    index, allowed = self._found(known, keys, among)
                return Nominees(index=index, allowed=allowed)
            limit = min(2 * limit, _MOST)
        return Nominees(index=self.index, allowed=_allowed(self.index, among))

    def newest(self, limit: int, among: Among | None = None, *, start: int = 0) -> Listed:
        """Return at most *limit* articles, the newest first, after the first *start* ones."""
        order = [{"published": {"order": "desc", "missing": "_last"}}, {"order": "desc"}]
        filters = self.filters(among)
        hits = (
            self._search(filters, size=limit, sort=order, **({"from": start} if start else {}))
            if limit
            else []
        )
        index, _ = self._found(_rows(hits), np.zeros(0, dtype=np.int64), None)
        orders = np.array([_order(hit) for hit in hits], dtype=np.int64)
        return Listed(index=index, numbers=np.searchsorted(index.orders, orders))

    def has_any(self, among: Among) -> bool:
        """Tell whether there is any such article."""
        if is_exact(self.index, among):
            body = {
                "size": 0,
                "terminate_after": 1,
                "track_total_hits": 1,
                "query": self._all(self.filters(among)),
            }
            return bool(self.client.search(self._name(ARTICLES_INDEX), body)["hits"]["total"]["value"])
        keys = keys_of(self.index, among)
        for hits in self._pages(self.filters(among)):
            _, allowed = self._found(_rows(hits), keys, among)
            if allowed is not None and allowed.any():
                return True
        return False

    def find(self, key: str) -> Article | None:
        """Return the article with this ``Article.key``; None if there is none."""
        filters = self.filters(Among(keys=frozenset([key])))
        body = {"size": 1, "_source": ["article"], "query": self._all(filters)}
        hits = self.client.search(self._name(ARTICLES_INDEX), body)["hits"]["hits"]
        return article_from(hits[0]["_source"]["article"]) if hits else None

    def every(self) -> Iterator[Article]:
        """Yield all articles, in the order of their arrival."""
        for hits in self._pages(self.filters(None)):
            orders = [_order(hit) for hit in hits]
            texts = self.texts(orders)
            yield from (texts[order] for order in orders)

    def places(self, keys: Sequence[str]) -> dict[int, bytes]:
        """Return what ranking reads of the articles with these ``Article.key``, by their order of arrival."""
        found: dict[int, bytes] = {}
        for start in range(0, len(keys), _PAGE):
            filters = self.filters(Among(keys=frozenset(keys[start : start + _PAGE])))
            for hits in self._pages(filters):
                found |= _rows(hits)
        return found

    def are_together(self, keys: Keys) -> bool:
        """Tell whether an article holds all of these terms and pairs."""
        filters = [{"term": {"terms": spelled_key(key)}} for key in keys.tolist()] + self.filters(None)
        body = {"size": 0, "terminate_after": 1, "track_total_hits": 1, "query": self._all(filters)}
        return bool(self.client.search(self._name(ARTICLES_INDEX), body)["hits"]["total"]["value"])

    def sources(self) -> dict[str, int]:
        """Return how many articles each source has, most first; of equals the first to arrive."""
        first = {"first": {"min": {"field": "order"}}}
        order = [{"_count": "desc"}, {"first": "asc"}]
        terms = {"terms": {"field": "source", "size": 10_000, "order": order}, "aggs": first}
        body = {"size": 0, "query": self._all(self.filters(None)), "aggs": {"sources": terms}}
        found = self.client.search(self._name(ARTICLES_INDEX), body)["aggregations"]["sources"]["buckets"]
        return {bucket["key"]: bucket["doc_count"] for bucket in found}

    def texts(self, orders: Sequence[int]) -> dict[int, Article]:
        """Return articles by their order of arrival."""
        found = self.client.get(self._name(ARTICLES_INDEX), list(map(article_id, orders)))
        return {int(id_): article_from(source["article"]) for id_, source in found.items()}

    def filters(self, among: Among | None, *, of_passages: bool = False) -> Filters:
        """Return what lets through the articles that are *among* some (None: all)."""
        if among is None:
            return []
        return by_place(among) + ([] if of_passages else by_words(self.index, among))

    @cached_property
    def others(self) -> Filters:
        """What finds the articles that may lie there and are of other generations: few, if any."""
        later: Filters = [{"range": {"added": {"gt": self.index.generation}}}]
        named = (self.removed[start : start + _NAMED] for start in range(0, len(self.removed), _NAMED))
        return later + [{"terms": {"order": list(orders)}} for orders in named]

    @cached_property
    def gone(self) -> tuple[int, int]:
        """The number of passages and articles that may lie there and count, though of other generations."""
        totals = self.index.statistics.totals
        kinds = ((PASSAGES_INDEX, totals.passages), (ARTICLES_INDEX, totals.articles))
        of_passages, of_articles = (
            max(0, self.client.lying(self._name(kind)) - count) for kind, count in kinds
        )
        return of_passages, of_articles

    def _read(self, orders: list[int], filters: Filters) -> dict[int, bytes]:
        rows: dict[int, bytes] = {}
        for start in range(0, len(orders), _PAGE):
            some = orders[start : start + _PAGE]
            found = self._search([{"terms": {"order": some}}, *filters], size=len(some))
            rows |= _rows(found)
        return rows

    def _search(self, filters: Filters, **body: Any) -> list[Match]:
        asked = _LIGHT | {"docvalue_fields": ["order", "packed"], "query": self._all(filters)} | body
        hits: list[Match] = self.client.search(self._name(ARTICLES_INDEX), asked)["hits"]["hits"]
        return hits

    def _pages(self, filters: Filters) -> Iterator[list[Match]]:
        after: dict[str, Any] = {}
        while hits := self._search(filters, size=_PAGE, sort=[{"order": "asc"}], **after):
            yield hits
            after = {"search_after": [_order(hits[-1])]}

    def _all(self, filters: Filters) -> dict[str, Any]:
        return {"bool": {"filter": filters, "must_not": self.others}}

    def _found(
        self, rows: Mapping[int, bytes], keys: Keys, among: Among | None
    ) -> tuple[ClusterIndex, Allowed | None]:
        """Return the index of what was found, and which of its articles may answer; None: all."""
        index = self.index.with_found(unpacked([*rows.values()]), keys, self.texts, [*rows][:_LIKELY])
        return index, _allowed(index, among)

    def _name(self, kind: str) -> str:
        return f"{self.edition}-{kind}"


_LIGHT = {"_source": False, "stored_fields": "_none_", "track_total_hits": False}


class _Asked:
    """One query, as the cluster is asked it."""

    def __init__(self, articles: ClusterArticles, clauses: Clauses, among: Among | None) -> None:
        self._articles = articles
        self.filters = articles.filters(among)
        said = [spelled_key(key) for key in clauses.keys.tolist()]
        kinds = (
            (OF_ARTICLES, ARTICLES_INDEX, ARTICLE_WEIGHT),
            (OF_PASSAGES, PASSAGES_INDEX, 1.0),
        )
        self.bodies: list[tuple[str, dict[str, Any]]] = []
        for kind, name, factor in kinds if said else ():
            statistics, gone = articles.index.statistics, articles.gone[kind]
            should = bounding.should(clauses, said, statistics, gone, kind, factor)
            if not should:
                continue
            filters = self.filters if name == ARTICLES_INDEX else articles.filters(among, of_passages=True)
            query = {"bool": _any(should, filters) | {"must_not": articles.others}}
            postings = int(statistics.of(clauses.keys)[:, kind].sum())
            is_short = not filters and postings < _WORTH_SKIPPING * len(should)
            body = {"docvalue_fields": ["order"], "track_total_hits": is_short, "query": query}
            self.bodies.append((f"{articles.edition}-{name}", _LIGHT | body))

    def lists(self, limit: int, *, are_read: bool) -> tuple[list[Match], list[Match]]:
        """Return the best articles and the best passages, *limit* of each at the most.

        *are_read*: what ranking reads comes with the articles, of which few are wanted in longer lists.
        """
        sized = [(name, body | {"size": limit}) for name, body in self.bodies]
        if are_read:
            sized[0][1]["docvalue_fields"] = ["order", "packed"]
        found = self._articles.client.searches(sized)
        hits: list[list[Match]] = [answer["hits"]["hits"] for answer in found]
        return hits[0], hits[1] if len(hits) > 1 else []


def _any(should: Filters, filters: Filters) -> dict[str, Any]:
    """Return what finds any of *should*, such that Lucene passes over what cannot be in the list.

    It does not if optional clauses stand beside filters, and looks at each document that holds a word.
    """
    found = {"should": should, "minimum_should_match": 1}
    return {"must": [{"bool": found}], "filter": filters} if filters else found


def _allowed(index: ClusterIndex, among: Among | None) -> Allowed | None:
    """Return which of the articles that the cluster let through may answer; None: all."""
    return None if among is None else mask(index, _by_words(among))


def _by_words(among: Among) -> Among:
    """Return what of *among* the cluster could not decide: it knows days, sources and keys."""
    rest = (replace(restriction, since=None, until=None, sources=()) for restriction in among.restrictions)
    return Among(
        restrictions=tuple(restriction for restriction in rest if restriction), timezone=among.timezone
    )


def _scored(hits: list[Match]) -> list[tuple[int, float]]:
    return [(_order(hit), hit["_score"]) for hit in hits]


def _order(hit: Match) -> int:
    return int(hit["fields"]["order"][0])


def _rows(hits: list[Match]) -> dict[int, bytes]:
    """Return what ranking reads of each article, by its order of arrival."""
    return {_order(hit): a2b_base64(hit["fields"]["packed"][0] + "==") for hit in hits}
