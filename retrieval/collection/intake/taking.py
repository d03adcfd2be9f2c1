"""Taking: which of the articles that pages gave go in, and under which id."""

import os
from collections.abc import Iterator
from datetime import datetime

from retrieval.article import Article, file_of
from retrieval.collection.intake.comparison import Comparison
from retrieval.collection.intake.copies import CopyKeys
from retrieval.collection.report import Intake
from retrieval.errors import N_, Reason
from retrieval.readers.fields.correction import Correction
from retrieval.sources import schedule
from retrieval.sources.page import moved
from retrieval.sources.round import Visit
from retrieval.store.articles import Entry, Store
from retrieval.store.changes import Changes
from retrieval.store.pages import Pages, WebPage

WEB = "web:"  # before the address of the source, as the source that is stored with an article

COPY = N_("the same article as {origin}")
TAKEN = N_("the id “{id}” belongs to {origin}")


class Taking:
    """Notes in *changes* what some visits gave that the store does not hold."""

    def __init__(self, store: Store, pages: Pages, changes: Changes, now: datetime) -> None:
        self._store = store
        self._pages = pages
        self._changes = changes
        self._now = now
        self._entries = store.entries()
        self._comparison = Comparison((), store, self._entries, changes)
        self._taken: dict[str, Article] = {}  # by id
        self._visited: set[str] = set()  # addresses of pages that gave articles

    @property
    def intake(self) -> Intake:
        """The outcome so far."""
        comparison = self._comparison
        return Intake(
            added=comparison.added,
            updated=comparison.updated,
            unchanged=comparison.unchanged,
            removed=comparison.removed,
        )

    def take(self, visit: Visit) -> WebPage:
        """Note the articles of a visit; return its page, which is none of an article if nothing may go in."""
        page, articles = visit.page, visit.articles
        if len(articles) == 1:
            articles = (Correction.from_json(page.correction).of_article(articles[0]),)
        reasons = []
        for article in articles:
            taken = self._resolved(article, page)
            if isinstance(taken, Reason):
                reasons.append(taken)
            else:
                self._taken[taken.id] = taken
                self._comparison.let_in(taken, WEB + page.source, CopyKeys.of(taken))
        self._visited.add(page.address)
        if len(reasons) == len(articles):
            return schedule.no_article(page, reasons[0], self._now)
        return page

    def remove_old(self) -> None:
        """Note what the visited pages once gave and no longer do: the address of an article may change."""
        for id_, entry in self._entries.items():
            if is_from_web(entry) and id_ not in self._taken and file_of(entry.origin) in self._visited:
                self._changes.removals.append(id_)

    def _resolved(self, article: Article, page: WebPage) -> Article | Reason:
        """Return *article* under an id that is free or its own; else why it cannot go in."""
        reason = Reason(TAKEN, {"id": article.id, "origin": ""})
        for candidate in _candidates(article, page):
            owner = self._owner(candidate, page)
            if owner is None:
                first = self._copied(candidate, page)
                return Reason(COPY, {"origin": first}) if first else candidate
            origin, other = owner
            if other and candidate.title == other.title:
                return Reason(COPY, {"origin": origin})
            reason = Reason(TAKEN, {"id": candidate.id, "origin": origin})
        return reason

    def _copied(self, article: Article, page: WebPage) -> str | None:
        """Return from where another article with the same text is, if that is not gone."""
        for id_ in self._comparison.others(article):
            entry, taken = self._entries.get(id_), self._taken.get(id_)
            origin = taken.origin if taken else entry.origin if entry else ""
            is_gone = taken is None and entry is not None and is_from_web(entry) and self._is_gone(origin)
            if file_of(origin) != page.address and not is_gone:
                return origin
        return None

    def _is_gone(self, origin: str) -> bool:
        first = file_of(origin)
        owner = self._pages.find([first]).get(first)
        return owner is None or owner.state == "gone" or not owner.has_article

    def _owner(self, article: Article, page: WebPage) -> tuple[str, Article | None] | None:
        """Return from where another article has this id, and that article if it is from the web."""
        if (other := self._taken.get(article.id)) is not None:
            return (other.origin, other) if other.origin != article.origin else None
        entry = self._entries.get(article.id)
        if entry is None or file_of(entry.origin) == page.address:
            return None
        if not is_from_web(entry):
            return (entry.origin, None) if os.path.lexists(file_of(entry.origin)) else None
        if self._is_gone(entry.origin):
            return None
        return entry.origin, self._store.find(article.id)


def is_from_web(entry: Entry) -> bool:
    """Tell whether a stored article was read from a followed page."""
    return entry.source.startswith(WEB)


def _candidates(article: Article, page: WebPage) -> Iterator[Article]:
    yield article
    if (own := moved(article, page.address)).id != article.id:
        yield own
