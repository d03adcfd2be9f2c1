"""A round: all pages whose turn it is are visited, a few at a time, and what lists pages is read first."""

import hashlib
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from threading import Event
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

from retrieval.article import Article
from retrieval.errors import N_, ClosedError, ReadError, Reason, UnreachableError
from retrieval.readers.isolation.pool import Pool
from retrieval.readers.links.link import PageLink
from retrieval.readers.page import kind
from retrieval.sources import schedule
from retrieval.sources.declared import EVERY, WebSource
from retrieval.sources.page import as_file, listing, placed, told_apart
from retrieval.store.pages import Pages, WebPage
from retrieval.web.address import host_of, is_home, is_web, normal
from retrieval.web.web import NO_TAGS, Fetched, Tags, Web

MAX_SOURCE_PAGES = 10_000  # of one source
BATCH_PAGES = 50  # taken in together, and these two: new articles are not to wait for the last one
BATCH_SECONDS = 20.0
BATCH_BYTES = 20 * 1024 * 1024
DUE_AT_ONCE = 1_000  # pages that are due, among which those of different hosts are chosen in turn
SILENT = 3  # failures of a host in a row, after which the rest of its pages wait
HOPS = 2  # lists behind each other: the start page and its sections, a sitemap and those in it
MIN_SECTION_LINKS = 10  # to other pages, of a page that is neither an article nor clearly a list

TOO_MANY = N_("more than {n} pages; the first ones are read")
NO_FEED = N_("a web page, not a feed; name it as a [[site]]")


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
                visits.append(Visit(page=self._list(page, outcome)))
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
        if fetched.status == "same" or (is_known and _digest(fetched.content) == page.digest):
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
        return schedule.read(_seen(page, answer), self._now(), every=self._every(page))

    def _without_article(self, page: WebPage, answer: Fetched, reason: Reason) -> WebPage:
        """Return a page without an article; a section of a site becomes a list whose pages are visited."""
        source = self._sources.get(page.source)
        if page.hops > 0 and source and reason.msgid in (kind.LIST, kind.MENU, kind.NO_ARTICLE):
            file = listing(answer, language=self._language, timezone=self._timezone)
            try:
                links = [link for link in self._pool.links(file) if source.wants(normal(link.address))]
            except ReadError:
                links = []
            if reason.msgid != kind.NO_ARTICLE or len(links) >= MIN_SECTION_LINKS:
                self._add(source, page, links, hops=page.hops - 1)
                return schedule.listed(_seen(page, answer), self._now(), every=source.every)
        return schedule.no_article(page, reason, self._now(), every=self._every(page))

    def _list(self, page: WebPage, answer: Fetched) -> WebPage:
        """Return the list after its links were taken in."""
        source = self._sources.get(page.source)
        if source is None:
            return replace(page, next=self._now() + EVERY["site"])
        file = listing(answer, language=self._language, timezone=self._timezone)
        try:
            is_page = b"<html" in answer.content[:4096].lower()
            if is_page and source.kind == "feed":
                raise ReadError(page.address, NO_FEED)
            links = self._pool.links(file)
            hops = page.hops - 1 if is_page else 0  # what a sitemap or a feed lists are articles
            if is_page and page.address == source.address and (maps := self._sitemaps(page)):
                links, hops = [*maps, *links], 0
            is_whole = self._add(source, page, links, hops=hops)
        except ReadError as error:
            return schedule.failed(page, error.reason, self._now())
        page = schedule.listed(_seen(page, answer), self._now(), every=source.every)
        return page if is_whole else replace(page, reason=Reason(TOO_MANY, {"n": MAX_SOURCE_PAGES}))

    def _sitemaps(self, page: WebPage) -> list[PageLink]:
        """Return the sitemaps of the site: those that it names, or the one where it usually lies."""
        named = self._web.robots(page.address).sitemaps
        if named:
            return [PageLink(address=address, is_list=True) for address in named]
        usual = urljoin(page.address, "/sitemap.xml")
        if normal(usual) in self._pages.find([normal(usual)]):
            return [PageLink(address=usual, is_list=True)]
        try:
            answer = self._web.fetch(usual)
            self._pool.links(listing(answer, language=self._language, timezone=self._timezone))
        except ReadError:
            return []
        is_page = b"<html" in answer.content[:4096].lower()  # many sites answer all addresses with a page
        return [] if is_page else [PageLink(address=usual, is_list=True)]

    def _add(self, source: WebSource, page: WebPage, links: Sequence[PageLink], *, hops: int) -> bool:
        """Let the pages behind *links* be visited if they are new or changed; return whether all go in."""
        wanted: dict[str, PageLink] = {}
        for link in links:
            address = normal(link.address)
            if self._leads_on(source, page, link, address):
                wanted.setdefault(address, link)
        known = self._pages.find(wanted)
        room = max(0, MAX_SOURCE_PAGES - self._pages.count(source.address))
        new = [address for address in wanted if address not in known]
        put = [
            WebPage(
                address=address,
                source=source.address,
                state="list" if wanted[address].is_list else "new",
                listed=wanted[address].changed,
                hops=page.hops - 1 if wanted[address].is_list else hops,
                next=self._begun - timedelta(microseconds=len(new) - place),  # in the order of the list
            )
            for place, address in enumerate(new[:room])
        ]
        for address, before in known.items():
            changed = wanted[address].changed
            if not changed or before.source != source.address:
                continue
            if changed != before.listed:
                put.append(replace(before, listed=changed, next=min(self._begun, before.next)))
            elif before.state == "list" and not before.failures:  # it would list the same
                put.append(replace(before, next=self._now() + source.every))
        self._pages.put(put)
        return len(new) <= room

    def _leads_on(self, source: WebSource, page: WebPage, link: PageLink, address: str) -> bool:
        if not address or address == page.address:
            return False
        if link.is_list:
            return page.hops > 0 and is_web(address)
        return source.wants(address) and not is_home(address)

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


def _seen(page: WebPage, answer: Fetched) -> WebPage:
    digest = _digest(answer.content)
    return replace(page, etag=answer.tags.etag, modified=answer.tags.modified, digest=digest)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
