"""Decide when a page is visited again, by what the last visit gave."""

import hashlib
from dataclasses import replace
from datetime import datetime, timedelta

from retrieval.errors import GoneError, ReadError, Reason, UnreachableError
from retrieval.store.pages import PageState, WebPage
from retrieval.web.web import Fetched

FRESH = timedelta(days=1)  # after a page was read or changed; then twice as long each time it stays the same
STALE = timedelta(days=30)  # at most, for articles
IDLE = timedelta(days=7)  # first, for pages that hold no article or are gone
RETRY = timedelta(minutes=15)  # after the first failure; then twice as long each time
MAX_RETRY = timedelta(days=1)
MOST_DOUBLED = 10  # times; more is beyond all of these


def read(page: WebPage, now: datetime, *, every: timedelta | None) -> WebPage:
    """Return the *page* that was read and holds an article; *every*: it is visited so often in any case."""
    return _well(replace(page, state="article", has_article=True, reason=None), now, every or FRESH)


def listed(page: WebPage, now: datetime, *, every: timedelta) -> WebPage:
    """Return the *page* whose links were read."""
    return _well(replace(page, state="list", reason=None), now, every)


def unchanged(page: WebPage, now: datetime, *, every: timedelta | None) -> WebPage:
    """Return the *page* that is as it was."""
    state = page.state
    if state in ("failed", "gone", "new"):
        state = "article" if page.has_article else "none"
    reason = page.reason if state == "none" else None
    doubled = min(STALE, 2 * timedelta(seconds=page.pause) or FRESH)
    return _well(replace(page, state=state, reason=reason), now, every or doubled)


def no_article(page: WebPage, reason: Reason, now: datetime, *, every: timedelta | None = None) -> WebPage:
    """Return the *page* that holds no article, or may not be read; one that it once held is kept."""
    return _well(replace(page, state="none", reason=reason), now, every or _longer(page, "none"))


def gone(page: WebPage, reason: Reason, now: datetime) -> WebPage:
    """Return the *page* that its site does not have."""
    page = replace(
        page, state="gone", reason=reason, pause=_seconds(_longer(page, "gone")), etag="", modified=""
    )
    return replace(page, tried=now, failures=0, digest="", next=now + timedelta(seconds=page.pause))


def failed(page: WebPage, reason: Reason, now: datetime) -> WebPage:
    """Return the *page* that could not be read; a list stays one."""
    pause = min(MAX_RETRY, RETRY * 2 ** min(MOST_DOUBLED, page.failures))
    state: PageState = "list" if page.state == "list" else "failed"
    page = replace(page, state=state, reason=reason, failures=page.failures + 1)
    return replace(page, tried=now, pause=_seconds(pause), next=now + pause)


def unread(page: WebPage, error: ReadError, now: datetime, *, every: timedelta | None) -> WebPage:
    """Return the *page* that gave an *error*."""
    if isinstance(error, GoneError):
        return gone(page, error.reason, now)
    if isinstance(error, UnreachableError):
        return failed(page, error.reason, now)
    return no_article(page, error.reason, now, every=every)


def _well(page: WebPage, now: datetime, pause: timedelta) -> WebPage:
    return replace(page, tried=now, succeeded=now, failures=0, pause=_seconds(pause), next=now + pause)


def _longer(page: WebPage, state: str) -> timedelta:
    return min(STALE, 2 * timedelta(seconds=page.pause)) if page.state == state and page.pause else IDLE


def _seconds(pause: timedelta) -> int:
    return int(pause.total_seconds())


def seen(page: WebPage, answer: Fetched) -> WebPage:
    """Return *page* with what tells whether it changed since *answer*."""
    return replace(page, etag=answer.tags.etag, modified=answer.tags.modified, digest=digest(answer.content))


def digest(content: bytes) -> str:
    """Return a fingerprint of a page."""
    return hashlib.sha256(content).hexdigest()
