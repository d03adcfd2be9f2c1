"""A round: all pages whose turn it is are visited, a few at a time, and what lists pages is read first."""

import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from threading import Event
from zoneinfo import ZoneInfo

from retrieval.article import Article
from retrieval.errors import ClosedError, ReadError, Reason, UnreachableError
from retrieval.readers.isolation.pool import Pool
from retrieval.readers.page import kind
from retrieval.sources import schedule
from retrieval.sources.declared import EVERY, WebSource
from retrieval.sources.lists import PageLists
from retrieval.sources.page import as_file, placed, told_apart
from retrieval.store.pages import Pages, WebPage
from retrieval.web.address import host_of, normal
from retrieval.web.web import NO_TAGS, Fetched, Tags, Web

BATCH_PAGES = 50  # taken in together, and these two: new articles are not to wait for the last one
BATCH_SECONDS = 20.0
BATCH_BYTES = 20 * 1024 * 1024
DUE_AT_ONCE = 1_000  # pages that are due, among which those of different hosts are chosen in turn
SILENT = 3  # failures of a host in a row, after which the rest of its pages wait
HOPS = 2  # lists behind each other: the start page and its sections, a sitemap and those in it


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A page after a visit."""

    page: WebPage
    articles: tuple[Article, ...] = ()  # that were read; none: the page is as it was, or holds none


class Round:
    """One round over the web. Used by one thread."""

    def __init__(
        self,
        *,
        web: Web,
        pool: Pool,
        pages: Pages,
        sources: Iterable[WebSource],
        language: str,
        timezone: ZoneInfo,
        now: Callable[[], datetime],
        stop: Event,
    ) -> None:
        self._web = web
        self._pool = pool
        self._pages = pages
        self._sources = {source.address: source for source in sources}
        self._language = language
        self._timezone = timezone
        self._now = now
        self._stop = stop
        self._begun = now()
        self._lists = PageLists(
            web=web,
            pool=pool,
            pages=pages,
            sources=self._sources,
            language=language,
            timezone=timezone,
            now=now,
            begun=self._begun,
        )
        self._silent: Counter[str] = Counter()  # failures in a row, by host

    def prepare(self, *, force: bool) -> None:
        """Let every source be known; *force*: it is visited now, and so is what failed."""
        known = self._pages.find(self._sources)
        firsts = []
        for source in self._sources.values():
            page = known.get(source.address)
            is_page = source.kind == "page"
            if page is None or page.source != source.address or is_page == (page.state == "list"):
                page = WebPage(
                    address=source.address,
                    source=source.address,
                    state="new" if is_page else "list",
                    hops=0 if is_page else HOPS,
                    next=self._begun,
                    correction=page.correction if page else "",
                )
            elif force:
                page = replace(page, next=self._begun)
            elif not page.failures and page.tried and page.tried + source.every < page.next:
                page = replace(page, next=page.tried + source.every)  # the owner shortened the interval
            if page != known.get(source.address):
                firsts.append(page)
        if force:
            firsts += [
                replace(page, next=self._begun)
                for page in self._pages.all()
                if page.source in (*self._sources, "")
                and page.address not in self._sources
                and (page.state == "failed" or (page.state == "list" and not page.listed))
            ]
        self._pages.put(firsts)

    def unwanted(self) -> list[WebPage]:
        """Return the pages that no source leads to any more: the owner took it or its pattern away."""
        return [page for page in self._pages.all() if page.source and not self._is_wanted(page)]

    def _is_wanted(self, page: WebPage) -> bool:
        source = self._sources.get(page.source)
        if source is None:
            return False
        return page.state == "list" or page.address == source.address or source.wants(page.address)

    def count(self) -> int:
        """Return how many pages are still to be visited."""
        return self._pages.count_due(self._begun)

    def visits(self) -> Iterator[list[Visit]]:
        """Yield the pages whose turn it was, some at a time; whoever takes them keeps them in the store.

        Ends when the last one was visited, or when it is to stop.
        """
        while not self._stop.is_set():
            due = self._pages.due(self._begun, DUE_AT_ONCE)
            if not due:
                return
            if due[0].state == "list":
                yield self._visit([due[0]])
            else:
                yield self._visit(_by_turns(due))

    def _visit(self, due: Iterable[WebPage]) -> list[Visit]:
        until = time.monotonic() + BATCH_SECONDS
        fetched: list[tuple[WebPage, Fetched]] = []
        visits: list[Visit] = []
        size = 0
        for page in due:
            outcome = self._fetched(page)
            if isinstance(outcome, WebPage):
                visits.append(Visit(page=outcome))
            elif page.state == "list":
                visits.append(Visit(page=self._lists.read(page, outcome)))
            else:
                fetched.append((page, outcome))
                size += len(outcome.content)
            full = len(visits) + len(fetched) >= BATCH_PAGES or size >= BATCH_BYTES
            if full or time.monotonic() >= until or self._stop.is_set():
                break
        return visits + self._read(fetched)

    def _fetched(self, page: WebPage) -> Fetched | WebPage:
        """Return what stands at *page* if it is new; else the page after the visit."""
        host = host_of(page.address)
        if self._silent[host] >= SILENT:
            return replace(page, next=self._now() + schedule.RETRY)
        is_known = page.state in ("article", "list") and not page.failures
        tags = Tags(etag=page.etag, modified=page.modified) if is_known else NO_TAGS
        try:
            fetched = self._web.fetch(page.address, tags)
        except ReadError as error:
            if self._stop.is_set():
                return page
            is_silent = isinstance(error, UnreachableError) and not isinstance(error, ClosedError)
            self._silent[host] = self._silent[host] + 1 if is_silent else 0
            if page.state == "list":
                return schedule.failed(page, error.reason, self._now())
            return schedule.unread(page, error, self._now(), every=self._every(page))
        self._silent[host] = 0
        if fetched.status == "same" or (is_known and schedule.digest(fetched.content) == page.digest):
            return schedule.unchanged(page, self._now(), every=self._every(page))
        return fetched

    def _read(self, fetched: Sequence[tuple[WebPage, Fetched]]) -> list[Visit]:
        """Return the pages with their articles."""
        files, refused = {}, {}
        for page, answer in fetched:
            try:
                file = as_file(answer, language=self._language, timezone=self._timezone)
                files[page.address] = file
            except ReadError as error:
                refused[page.address] = error.reason
        items: dict[str, list[Article]] = {address: [] for address in files}
        addresses = iter(files)
        address = next(addresses, "")
        for _, item in self._pool.read(files.values()):
            if item is None:
                address = next(addresses, "")
            elif isinstance(item, ReadError):
                refused[address] = item.reason
            else:
                items[address].append(item)
        whole = [(page, answer) for page, answer in fetched if items.get(page.address)]
        found = told_apart(
            [placed(items[page.address], asked=page.address, fetched=answer) for page, answer in whole],
            [normal(answer.address) for _, answer in whole],
        )
        visits = [
            Visit(page=self._with_article(*pair), articles=own)
            for pair, own in zip(whole, found, strict=True)
        ]
        for page, answer in fetched:
            if not items.get(page.address):
                reason = refused.get(page.address) or Reason(kind.NO_ARTICLE)
                visits.append(Visit(page=self._without_article(page, answer, reason)))
        return visits

    def _with_article(self, page: WebPage, answer: Fetched) -> WebPage:
        return schedule.read(schedule.seen(page, answer), self._now(), every=self._every(page))

    def _without_article(self, page: WebPage, answer: Fetched, reason: Reason) -> WebPage:
        """Return a page without an article; a section of a site becomes a list whose pages are visited."""
        if section := self._lists.section(page, answer, reason):
            return section
        return schedule.no_article(page, reason, self._now(), every=self._every(page))

    def _every(self, page: WebPage) -> timedelta | None:
        """Return the interval of a page that is a source itself, or was asked for by hand, or is a list."""
        source = self._sources.get(page.source)
        if not page.source:
            return EVERY["page"]
        if source and (page.address == source.address or page.state == "list"):
            return source.every
        return None


def _by_turns(due: Iterable[WebPage]) -> Iterator[WebPage]:
    """Yield pages of different hosts in turn: while one host rests, others are asked."""
    hosts: dict[str, deque[WebPage]] = {}
    for page in due:
        hosts.setdefault(host_of(page.address), deque()).append(page)
    while hosts:
        for host in list(hosts):
            yield hosts[host].popleft()
            if not hosts[host]:
                del hosts[host]
