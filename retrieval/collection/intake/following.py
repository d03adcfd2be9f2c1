"""Following: what a round over the web read goes into the collection, a few pages at a time."""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from retrieval.article import Article, file_of
from retrieval.collection.intake.comparison import HOME
from retrieval.collection.intake.taking import WEB, Taking, is_from_web
from retrieval.collection.lock import round_lock
from retrieval.collection.report import Failure, Intake, Step, tell_nobody
from retrieval.collection.snapshots.embedded import OnStep, Snapshots, Turn
from retrieval.errors import ReadError, ReloadRunningError
from retrieval.readers.fields.correction import Correction
from retrieval.readers.isolation.pool import Pool
from retrieval.sources import schedule
from retrieval.sources.declared import EVERY, WebSource, read_sources
from retrieval.sources.overview import Origins, overview
from retrieval.sources.page import read_page
from retrieval.sources.round import Round, Visit
from retrieval.store.articles import Store
from retrieval.store.changes import Changes
from retrieval.store.database import Database
from retrieval.store.pages import Pages, WebPage
from retrieval.web.address import is_web, normal
from retrieval.web.guard import Guard
from retrieval.web.web import Web

if TYPE_CHECKING:
    from retrieval.collection.snapshots.clustered import ClusterSnapshots

MAX_TURNS = 600  # seconds that a batch waits while files are reloaded


class Following:
    """The sources on the web, and the way of their pages into the collection. Threads may share it."""

    def __init__(
        self,
        *,
        database: Database,
        store: Store,
        snapshots: "Snapshots | ClusterSnapshots",
        turn: Turn,
        index_dir: Path,
        path: Path | None,
        private_hosts: Collection[str],
        language: str,
        timezone: ZoneInfo,
        clock: Callable[[], datetime],
    ) -> None:
        """*path* is the file of sources; *private_hosts* are those inside that may be asked."""
        self._database = database
        self._pages = Pages(database)
        self._store = store
        self._snapshots = snapshots
        self._reloading = turn
        self._index_dir = index_dir
        self._path = path
        self._language = language
        self._timezone = timezone
        self._clock = clock
        self._web = Web(Guard(private_hosts))
        self._stop = Event()
        self._settled: tuple[WebSource, ...] | None = None  # named when it was last seen who leads to no page

    def follow(self, *, force: bool, tell: OnStep) -> Intake:
        """Visit all pages whose turn it is, and take in what they say; *force*: ask all sources now.

        Ends early after ``close``; what was visited until then is kept. Raises ``ReloadRunningError`` if
        somebody else does so, ``StoreError``.
        """
        declared = read_sources(self._path) if self._path else None
        with round_lock(self._index_dir, self._database), Pool() as pool:
            round_ = Round(
                web=self._web,
                pool=pool,
                pages=self._pages,
                sources=declared.sources if declared else (),
                language=self._language,
                timezone=self._timezone,
                now=self._clock,
                stop=self._stop,
            )
            round_.prepare(force=force)
            intake = Intake()
            if declared:
                mistakes = (Failure(origin=error.origin, reason=error.reason) for error in declared.mistakes)
                intake = Intake(failed=tuple(mistakes))
                if declared.is_whole and declared.sources != self._settled:
                    if unwanted := round_.unwanted():
                        intake += self._forget(unwanted)
                    self._settled = declared.sources
            done = 0
            for visits in round_.visits():
                intake += self._take_in(visits)
                done += len(visits)
                tell(Step(stage="visit", done=done, total=done + round_.count()))
        return intake

    def take(self, addresses: Sequence[str], *, tell: OnStep) -> Intake:
        """Read these pages now, take them in, and look after them from now on.

        One that cannot be read is in ``failed``, and nothing of it is kept. Raises as ``follow``.
        """
        intake = Intake()
        with Pool() as pool:
            for number, address in enumerate(addresses, start=1):
                intake += self._taken(address, pool)
                tell(Step(stage="visit", done=number, total=len(addresses)))
        return intake

    def _taken(self, address: str, pool: Pool) -> Intake:
        name, now = normal(address), self._clock()
        known = self._pages.find([name]).get(name)
        page = known or WebPage(address=name, source="", state="new", next=now)
        every = None if page.source else EVERY["page"]
        try:
            articles = self.read(address, pool)
        except ReadError as error:
            if known and known.state != "list":
                self._pages.put([schedule.unread(known, error, now, every=every)])
            return Intake(failed=(Failure(origin=address, reason=error.reason),))
        return self._take_in([Visit(page=schedule.read(page, self._clock(), every=every), articles=articles)])

    def read(self, address: str, pool: Pool) -> tuple[Article, ...]:
        """Return the articles of the page at *address* without taking them in. Raises ``ReadError``."""
        if not is_web(address):
            raise ReadError(address, "not an address of the web: it begins with https:// or http://")
        return read_page(address, web=self._web, pool=pool, language=self._language, timezone=self._timezone)

    def correct(self, address: str, **changes: object) -> None:
        """Let the article of the page at *address* have another title, date or address from now on.

        Nothing happens if the page is not known, or gave several. Raises ``ReloadRunningError``,
        ``StoreError``.
        """
        page = self._pages.find([address]).get(address)
        articles = tuple(self._store.read_from(address))
        if page and len(articles) == 1:
            correction = replace(Correction.from_json(page.correction), **changes)  # type: ignore[arg-type]
            self._take_in([Visit(page=replace(page, correction=correction.as_json()), articles=articles)])

    def forget(self, address: str) -> None:
        """Take out what the page at *address* gave, and visit it no more. Raises as ``correct``."""
        self._forget(list(self._pages.find([address]).values()))

    def origins(self, articles_dir: Path) -> Origins:
        """Return where articles come from, and how it stands with each source. Raises ``StoreError``."""
        declared = read_sources(self._path) if self._path else None
        counts = self._store.sources()
        folders = [(str(articles_dir), counts.pop(HOME, 0))]
        folders += sorted(item for item in counts.items() if not item[0].startswith(WEB))
        return Origins(
            folders=tuple(folders),
            followed=overview(declared.sources if declared else (), self._pages.all()),
            mistakes=declared.mistakes if declared else (),
        )

    def close(self) -> None:
        """Fetch nothing more, in whatever thread that is done."""
        self._stop.set()
        self._web.close()

    def _take_in(self, visits: Sequence[Visit]) -> Intake:
        """Take in what the visits gave, and remember them."""
        pages = {visit.page.address: visit.page for visit in visits}
        intake = Intake()
        if any(visit.articles for visit in visits):
            with self._turn(), Changes(self._index_dir) as changes:
                seen = self._store.state()
                taking = Taking(self._store, self._pages, changes, self._clock())
                pages |= {visit.page.address: taking.take(visit) for visit in visits if visit.articles}
                taking.remove_old()
                self._snapshots.commit(
                    changes, seen, partial(self._store.apply, changes, seen=seen), tell_nobody
                )
                intake = taking.intake
        # Last: if this is killed before, the pages are only visited once more.
        self._pages.put(pages.values())
        same = sum(not visit.articles and visit.page.state == "article" for visit in visits)
        failed = (Failure(origin=page.address, reason=page.reason) for page in pages.values() if page.reason)
        return intake + Intake(unchanged=same, failed=tuple(failed))

    def _forget(self, pages: Sequence[WebPage]) -> Intake:
        """Take out what came from *pages*, and visit them no more."""
        addresses = {page.address for page in pages}
        with self._turn(), Changes(self._index_dir) as changes:
            seen = self._store.state()
            for id_, entry in self._store.entries().items():
                if is_from_web(entry) and file_of(entry.origin) in addresses:
                    changes.removals.append(id_)
            if changes:
                self._snapshots.commit(
                    changes, seen, partial(self._store.apply, changes, seen=seen), tell_nobody
                )
            removed = len(changes.removals)
        self._pages.drop(addresses)
        return Intake(removed=removed)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Hold the lock of reloads; wait for it while files are reloaded."""
        with ExitStack() as held:
            for attempt in range(MAX_TURNS):
                try:
                    held.enter_context(self._reloading())
                    break
                except ReloadRunningError:
                    if attempt == MAX_TURNS - 1 or self._stop.wait(1.0):
                        raise
            yield
