"""The pages that are followed on the web, for a process that may never have to fetch one."""

from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from retrieval.article import Article
from retrieval.collection.report import Failure, Intake, tell_nobody
from retrieval.collection.snapshots.embedded import OnStep
from retrieval.errors import N_, Reason, ReloadRunningError
from retrieval.store.pages import Pages
from retrieval.web.address import normal

if TYPE_CHECKING:
    from retrieval.collection.intake.following import Following
    from retrieval.sources.overview import Origins

BEING_READ = N_("the sources on the web are being read already")


class FollowedPages:
    """The pages on the web that articles come from. Threads may share it."""

    def __init__(
        self, begin: "Callable[[], Following]", pages: Pages, *, articles_dir: Path, path: Path | None
    ) -> None:
        """*begin* loads what fetches and reads pages; *path* is the file of sources."""
        self._begin = begin
        self._pages = pages
        self._articles_dir = articles_dir
        self._path = path

    @cached_property
    def _following(self) -> "Following":
        return self._begin()

    def follow(self) -> Intake | None:
        """Visit the pages whose turn it is, and take in what changed; None if nothing is followed.

        It may take hours the first time, and ends early after ``stop``; what was visited is kept. Raises
        ``ReloadRunningError`` if somebody else does so, ``StoreError``.
        """
        return self._following.follow(force=False, tell=tell_nobody) if self._has_any() else None

    def visit(self, tell: OnStep) -> Sequence[Intake]:
        """Ask all sources now, as ``follow`` does when it is their turn; nothing if nothing is followed.

        If somebody else does so, that is the outcome. Raises ``StoreError``.
        """
        if not self._has_any():
            return []
        try:
            return [self._following.follow(force=True, tell=tell)]
        except ReloadRunningError:
            return [Intake(failed=(Failure(origin=str(self._path), reason=Reason(BEING_READ)),))]

    def take(self, addresses: Sequence[str], tell: OnStep) -> Intake:
        """Read these pages now, take them in, and look after them from now on. Raises as ``follow``."""
        return self._following.take(addresses, tell=tell)

    def stop(self) -> None:
        """Let all threads that fetch from the web come to an end; what is asked later begins anew."""
        if following := vars(self).pop("_following", None):
            following.close()

    def read(self, address: str) -> "tuple[Article, ...]":
        """Return the articles of the page at *address*, fetched now, without taking them in; at least one.

        Raises ``ReadError`` with the reason if there are none: ``GoneError`` if the site has no such page,
        ``UnreachableError`` if it may be read later.
        """
        from retrieval.readers.isolation.pool import Pool

        with Pool(workers=1) as pool:
            return self._following.read(address, pool)

    def correct(self, address: str, **changes: object) -> None:
        """Let the article of a followed page have another ``title``, ``published`` or ``url`` from now on.

        Nothing happens if the page is not followed, or gave several articles. Raises ``ReloadRunningError``,
        ``StoreError``.
        """
        self._following.correct(normal(address), **changes)

    def forget(self, address: str) -> None:
        """Take out what the page at *address* gave, and follow it no more.

        One that a source leads to comes back with its next round; ``Withholding.withhold`` lasts. Raises as
        ``correct``.
        """
        self._following.forget(normal(address))

    def origins(self) -> "Origins":
        """Return where the articles come from, and how it stands with each source. Raises ``StoreError``."""
        return self._following.origins(self._articles_dir)

    def _has_any(self) -> bool:
        return (self._path is not None and self._path.exists()) or self._pages.count("") > 0
