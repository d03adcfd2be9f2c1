"""The articles of a cluster, as questions see them.

Two lists are asked for at once: the best articles A, and the best passages P, each as the cluster scores
them.

score(article) = ARTICLE_WEIGHT · BM25(article) + BM25(its best passage)

An article in neither list has at most what the last of A and the last of P give together. If that is less
than the ``ARTICLES``th best of those that were sent, all that ranking may want is there (the threshold
algorithm of Fagin, Lotem & Naor 2003); otherwise, twice as many are asked for. The cluster's scores are not
quite ours: with s(x) = x / (x + n), a clause c of forms f with weights w, found tf times, gives

ours           worth(c) · s(Σ w · tf)
the cluster's  worth(c) · Σ w · s'(tf)        n' of a rounded length, of words and pairs

s is concave, so ours ≤ worth(c) · Σ s(w · tf), and s(w · tf) = (tf + n) / (w · tf + n) · w · s(tf). If all
weights are 1, the cluster's is the greater but for n'; a form of less weight exceeds it by (tf + n) / (w · tf
+ n) at the most, which grows with tf, from 1 towards 1 / w. So the ends of both lists are widened by the most
that the exact scores of those that were sent exceed the cluster's. That is no strict bound: it takes for
granted that nobody behind the end says a form of small weight more often, in relation, than all before it,
who score more. 1 / w would be strict, and would make nearly every question read all there is. The tests and
``benchmarks.cluster`` compare what comes of it with the embedded index, to the last byte."""

from base64 import urlsafe_b64decode
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import numpy as np

from retrieval.article import Article
from retrieval.cluster.client import Client
from retrieval.cluster.found import ClusterIndex
from retrieval.cluster.loading import ARTICLES_INDEX, PASSAGES_INDEX, spelled
from retrieval.cluster.packing import unpacked
from retrieval.cluster.restricting import by_place, by_words, is_exact, keys_of
from retrieval.index.among import Among
from retrieval.index.filter import mask
from retrieval.index.index import K1
from retrieval.index.numbered import Allowed
from retrieval.index.postings import Keys, Numbers
from retrieval.index.scoring import Clauses, Scores, idf
from retrieval.query.query import Query
from retrieval.ranking.candidates import ARTICLE_WEIGHT, ARTICLES, article_totals
from retrieval.ranking.nominees import Listed, Nominees

_LIMIT = 100  # of each list, at first
_MOST = 3200  # of each list; whoever needs more gets what these hold
_PAGE = 500  # articles read at once, one after the other

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
        limit = _LIMIT
        asked = _Asked(self, clauses, among)
        while asked.bodies:
            articles, passages = asked.lists(limit)
            known |= {_order(hit): _row(hit) for hit in articles}
            is_all = len(articles) < limit
            while True:
                index = self._found(known.values(), keys)
                allowed = _allowed(index, among)
                if is_all:
                    return Nominees(index=index, allowed=allowed)
                bound = _Bound(index, allowed, clauses, articles, passages)
                missing = bound.missing() - looked_for
                if not missing:
                    break
                looked_for |= missing  # one may hold what it must not
                known |= self._rows(sorted(missing), asked.filters)
            if limit >= _MOST or bound.is_proof(limit):
                return Nominees(index=index, allowed=allowed)
            limit *= 2
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
        index = self._found(map(_row, hits), np.zeros(0, dtype=np.int64))
        orders = np.array([_order(hit) for hit in hits], dtype=np.int64)
        return Listed(index=index, numbers=np.searchsorted(index.orders, orders))

    def has_any(self, among: Among) -> bool:
        """Tell whether there is any such article."""
        if is_exact(self.index, among):
            body = {
                "size": 0,
                "terminate_after": 1,
                "track_total_hits": 1,
                "query": _all(self.filters(among)),
            }
            return bool(self.client.search(self._name(ARTICLES_INDEX), body)["hits"]["total"]["value"])
        keys = keys_of(self.index, among)
        for hits in self._pages(self.filters(among)):
            allowed = _allowed(self._found(map(_row, hits), keys), among)
            if allowed is not None and allowed.any():
                return True
        return False

    def find(self, key: str) -> Article | None:
        """Return the article with this ``Article.key``; None if there is none."""
        filters = self.filters(Among(keys=frozenset([key])))
        body = {"size": 1, "_source": ["article"], "query": _all(filters)}
        hits = self.client.search(self._name(ARTICLES_INDEX), body)["hits"]["hits"]
        return _article(hits[0]["_source"]) if hits else None

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
            found |= {_order(hit): _row(hit) for hits in self._pages(filters) for hit in hits}
        return found

    def are_together(self, keys: Keys) -> bool:
        """Tell whether an article holds all of these terms and pairs."""
        filters = [{"term": {"terms": spelled(key)}} for key in keys.tolist()] + self.filters(None)
        body = {"size": 0, "terminate_after": 1, "track_total_hits": 1, "query": _all(filters)}
        return bool(self.client.search(self._name(ARTICLES_INDEX), body)["hits"]["total"]["value"])

    def sources(self) -> dict[str, int]:
        """Return how many articles each source has, most first; of equals the first to arrive."""
        first = {"first": {"min": {"field": "order"}}}
        order = [{"_count": "desc"}, {"first": "asc"}]
        terms = {"terms": {"field": "source", "size": 10_000, "order": order}, "aggs": first}
        body = {"size": 0, "query": _all(self.filters(None)), "aggs": {"sources": terms}}
        found = self.client.search(self._name(ARTICLES_INDEX), body)["aggregations"]["sources"]["buckets"]
        return {one["key"]: one["doc_count"] for one in found}

    def texts(self, orders: Sequence[int]) -> dict[int, Article]:
        """Return articles by their order of arrival."""
        found = self.client.get(self._name(ARTICLES_INDEX), list(map(str, orders)))
        return {int(id_): _article(source) for id_, source in found.items()}

    def filters(self, among: Among | None, *, of_passages: bool = False) -> Filters:
        """Return what lets through the articles of this generation that are *among* some (None: all)."""
        filters: Filters = [{"range": {"added": {"lte": self.index.generation}}}]
        if self.removed:
            filters.append({"bool": {"must_not": [{"terms": {"order": list(self.removed)}}]}})
        if among is not None:
            filters += by_place(among)
            filters += [] if of_passages else by_words(self.index, among)
        return filters

    def _rows(self, orders: list[int], filters: Filters) -> dict[int, bytes]:
        found = self._search([{"terms": {"order": orders}}, *filters], size=len(orders))
        return {_order(hit): _row(hit) for hit in found}

    def _search(self, filters: Filters, **body: Any) -> list[Match]:
        asked = _LIGHT | {"docvalue_fields": ["order", "packed"], "query": _all(filters)} | body
        hits: list[Match] = self.client.search(self._name(ARTICLES_INDEX), asked)["hits"]["hits"]
        return hits

    def _pages(self, filters: Filters) -> Iterator[list[Match]]:
        after: dict[str, Any] = {}
        while hits := self._search(filters, size=_PAGE, sort=[{"order": "asc"}], **after):
            yield hits
            after = {"search_after": [_order(hits[-1])]}

    def _found(self, rows: Iterable[bytes], keys: Keys) -> ClusterIndex:
        return self.index.with_found(unpacked(list(rows)), keys, self.texts)

    def _name(self, kind: str) -> str:
        return f"{self.edition}-{kind}"


_LIGHT = {"_source": False, "stored_fields": "_none_", "track_total_hits": False}


class _Asked:
    """One query, as the cluster is asked it."""

    def __init__(self, articles: ClusterArticles, clauses: Clauses, among: Among | None) -> None:
        self._articles = articles
        self.filters = articles.filters(among)
        index = articles.index
        counts = index.statistics.of(clauses.keys)
        said = [spelled(key) for key in clauses.keys.tolist()]
        sizes = (index.statistics.totals.passages, index.statistics.totals.articles)
        kinds = ((ARTICLES_INDEX, 1, ARTICLE_WEIGHT), (PASSAGES_INDEX, 0, 1.0))
        self.bodies: list[tuple[str, dict[str, Any]]] = []
        for kind, column, factor in kinds:
            should = _should(clauses, said, counts[:, column], sizes[column], factor) if said else []
            if not should:
                continue
            is_articles = kind == ARTICLES_INDEX
            filters = self.filters if is_articles else articles.filters(among, of_passages=True)
            query = {"bool": {"should": should, "minimum_should_match": 1, "filter": filters}}
            fields = ["order", "packed"] if is_articles else ["order"]
            body = _LIGHT | {"docvalue_fields": fields, "query": query}
            self.bodies.append((f"{articles.edition}-{kind}", body))

    def lists(self, limit: int) -> tuple[list[Match], list[Match]]:
        """Return the best articles and the best passages, *limit* of each at the most."""
        found = self._articles.client.searches([(name, body | {"size": limit}) for name, body in self.bodies])
        hits: list[list[Match]] = [one["hits"]["hits"] for one in found]
        return hits[0], hits[1] if len(hits) > 1 else []


def _should(
    clauses: Clauses, said: Sequence[str], held: Numbers, size: int, factor: float
) -> list[dict[str, Any]]:
    """Return every form of every clause, by what it is worth: boosts that undo the cluster's own idf.

    *said* are the clauses' keys as the cluster spells them.
    """
    fewest = np.minimum.reduceat(held, clauses.form_keys[:-1])
    worths = np.repeat(factor * clauses.worths(held, size, K1), np.diff(clauses.forms))
    boosts = (worths * clauses.weights / ((K1 + 1) * idf(fewest, size))).tolist()
    bounds, counts = clauses.form_keys.tolist(), held.tolist()
    should: list[dict[str, Any]] = []
    for form in np.flatnonzero(fewest).tolist():
        first, end = bounds[form], bounds[form + 1]
        rarest = min(range(first, end), key=counts.__getitem__)
        term = {"term": {"terms": {"value": said[rarest], "boost": boosts[form]}}}
        others = [{"term": {"terms": said[key]}} for key in range(first, end) if key != rarest]
        should.append({"bool": {"must": [term], "filter": others}} if others else term)
    return should


class _Bound:
    """The most that articles which were not read can have, and what they would need to be among the best."""

    def __init__(
        self,
        index: ClusterIndex,
        allowed: Allowed | None,
        clauses: Clauses,
        articles: list[Match],
        passages: list[Match],
    ) -> None:
        of_articles, of_passages = article_totals(index, clauses)
        totals = of_articles + of_passages
        if allowed is not None:
            totals = totals[allowed]
        self._needed = np.partition(totals, -ARTICLES)[-ARTICLES] if len(totals) >= ARTICLES else 0.0
        self._orders = index.orders
        self._best: dict[int, float] = {}  # the cluster's score of the best passage of each article
        for hit in passages:
            self._best.setdefault(_order(hit), hit["_score"])
        self._count = len(passages)
        scores = {_order(hit): hit["_score"] for hit in articles}
        self._of_article = self._exceeded(of_articles, scores) * float(articles[-1]["_score"])
        self._of_passage = self._exceeded(of_passages, self._best)  # times the cluster's score
        self._last = float(passages[-1]["_score"]) if passages else 0.0

    def missing(self) -> set[int]:
        """Return the articles, by order of arrival, that were not read and may be among the best."""
        unread = self._best.keys() - set(self._orders.tolist())
        return {order for order in unread if self._reaches(self._best[order])}

    def is_proof(self, limit: int) -> bool:
        """Tell whether none behind the ends of both lists, of *limit* at the most, can be among the best."""
        return not self._reaches(self._last if self._count == limit else 0.0)

    def _reaches(self, passage: float) -> bool:
        return self._of_article + self._of_passage * passage >= self._needed

    def _exceeded(self, exact: Scores, scores: dict[int, float]) -> float:
        """Return by how much the exact scores of what was read exceed the cluster's, at least 1."""
        asked, given = np.array(list(scores), dtype=np.int64), np.array(list(scores.values()))
        is_here = np.isin(asked, self._orders)
        return float((exact[np.searchsorted(self._orders, asked[is_here])] / given[is_here]).max(initial=1.0))


def _allowed(index: ClusterIndex, among: Among | None) -> Allowed | None:
    """Return which of the articles that the cluster let through may answer; None: all."""
    return None if among is None else mask(index, _by_words(among))


def _by_words(among: Among) -> Among:
    """Return what of *among* the cluster could not decide: it knows days, sources and keys."""
    rest = (replace(one, since=None, until=None, sources=()) for one in among.restrictions)
    return Among(restrictions=tuple(one for one in rest if one), timezone=among.timezone)


def _all(filters: Filters) -> dict[str, Any]:
    return {"bool": {"filter": filters}}


def _order(hit: Match) -> int:
    return int(hit["fields"]["order"][0])


def _row(hit: Match) -> bytes:
    return urlsafe_b64decode(hit["fields"]["packed"][0] + "==")


def _article(source: dict[str, Any]) -> Article:
    values = dict(source["article"])
    published = values["published"]
    values["published"] = datetime.fromisoformat(published) if published else None
    values["pages"] = tuple(values["pages"])
    return Article(**values)
