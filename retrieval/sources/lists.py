"""Pages that list others: start pages, sections, sitemaps, feeds. The pages behind them are noted."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

from retrieval.errors import N_, ReadError, Reason
from retrieval.readers.isolation.pool import Pool
from retrieval.readers.links.link import PageLink
from retrieval.readers.page import kind
from retrieval.sources import schedule
from retrieval.sources.declared import EVERY, WebSource
from retrieval.sources.page import list_file
from retrieval.store.pages import Pages, WebPage
from retrieval.web.address import is_home, is_web, normal
from retrieval.web.web import Fetched, Web

MAX_SOURCE_PAGES = 10_000  # of one source
MIN_SECTION_LINKS = 10  # to other pages, of a page that is neither an article nor clearly a list

TOO_MANY = N_("more than {n} pages; the first ones are read")
NO_FEED = N_("a web page, not a feed; name it as a [[site]]")


class PageLists:
    """The lists of one round. Used by its thread."""

    def __init__(
        self,
        *,
        web: Web,
        pool: Pool,
        pages: Pages,
        sources: Mapping[str, WebSource],
        language: str,
        timezone: ZoneInfo,
        now: Callable[[], datetime],
        begun: datetime,
    ) -> None:
        """*sources* by their addresses; *begun* is when the round began."""
        self._web = web
        self._pool = pool
        self._pages = pages
        self._sources = sources
        self._language = language
        self._timezone = timezone
        self._now = now
        self._begun = begun

    def read(self, page: WebPage, answer: Fetched) -> WebPage:
        """Return the list after its links were taken in."""
        source = self._sources.get(page.source)
        if source is None:
            return replace(page, next=self._now() + EVERY["site"])
        file = list_file(answer, language=self._language, timezone=self._timezone)
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
        page = schedule.listed(schedule.seen(page, answer), self._now(), every=source.every)
        return page if is_whole else replace(page, reason=Reason(TOO_MANY, {"n": MAX_SOURCE_PAGES}))

    def section(self, page: WebPage, answer: Fetched, reason: Reason) -> WebPage | None:
        """Return a page that is no article for *reason* as a list; None if it is no section of a site."""
        source = self._sources.get(page.source)
        if page.hops == 0 or source is None or reason.msgid not in (kind.LIST, kind.MENU, kind.NO_ARTICLE):
            return None
        file = list_file(answer, language=self._language, timezone=self._timezone)
        try:
            links = [link for link in self._pool.links(file) if source.wants(normal(link.address))]
        except ReadError:
            links = []
        if reason.msgid == kind.NO_ARTICLE and len(links) < MIN_SECTION_LINKS:
            return None
        self._add(source, page, links, hops=page.hops - 1)
        return schedule.listed(schedule.seen(page, answer), self._now(), every=source.every)

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
            self._pool.links(list_file(answer, language=self._language, timezone=self._timezone))
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
                next=self._begun - timedelta(microseconds=len(new) - at),  # in the order of the list
            )
            for at, address in enumerate(new[:room])
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
