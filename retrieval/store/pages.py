"""Pages: the addresses that are followed on the web, what the last visit gave, and when the next one is."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, get_args

from sqlalchemy import case, delete, func, insert, select

from retrieval.errors import Reason
from retrieval.store.bulk import batches
from retrieval.store.database import Database
from retrieval.store.tables import PAGE_ROWS

_AT_ONCE = 200  # addresses in one statement

# new: not visited yet; list: leads to pages; none: holds no article; failed: could not be read the last time;
# gone: its site does not have it, or not any more.
PageState = Literal["new", "list", "article", "none", "failed", "gone"]


@dataclass(frozen=True, slots=True, kw_only=True)
class WebPage:
    """An address that is followed."""

    address: str
    source: str  # the address of the source that led to it; "" for one that was asked for by hand
    state: PageState
    next: datetime  # when it is to be visited; aware
    has_article: bool = False  # an article was read from it once, and is kept
    hops: int = 0  # how many lists may still be followed from here, if it is one
    etag: str = ""  # this and the next: what the server wants to be told
    modified: str = ""
    listed: str = ""  # when it changed last, as its list wrote it when it was read
    digest: str = ""  # of its content, in hexadecimal
    reason: Reason | None = None  # why it is no article, failed or gone
    pause: int = 0  # seconds from the last visit to the next
    failures: int = 0  # in a row
    tried: datetime | None = None  # the last visit; aware
    succeeded: datetime | None = None  # the last one that went well
    correction: str = ""  # of its article, if it gives one alone; as readers.fields.correction writes it


_FIELDS = tuple(WebPage.__slots__)


class Pages:
    """The pages. Threads and processes may share it; every method raises ``StoreError``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def due(self, moment: datetime, limit: int) -> list[WebPage]:
        """Return at most *limit* pages to be visited by *moment*: lists first, then the most overdue."""
        order = (case((PAGE_ROWS.c.state == "list", 0), else_=1), PAGE_ROWS.c.next, PAGE_ROWS.c.address)
        wanted = select(PAGE_ROWS).where(PAGE_ROWS.c.next <= moment).order_by(*order).limit(limit)
        with self._database.transaction() as connection:
            return [_page(row) for row in connection.execute(wanted)]

    def count_due(self, moment: datetime) -> int:
        """Return how many pages are to be visited by *moment*."""
        wanted = select(func.count()).select_from(PAGE_ROWS).where(PAGE_ROWS.c.next <= moment)
        with self._database.transaction() as connection:
            return connection.execute(wanted).scalar_one()

    def find(self, addresses: Collection[str]) -> dict[str, WebPage]:
        """Return the pages with these addresses; those that are not known are left out."""
        found = {}
        with self._database.transaction() as connection:
            for some in batches(addresses, _AT_ONCE):
                rows = connection.execute(select(PAGE_ROWS).where(PAGE_ROWS.c.address.in_(some)))
                found.update({row.address: _page(row) for row in rows})
        return found

    def all(self) -> list[WebPage]:
        """Return all pages, in the order of their addresses."""
        with self._database.transaction() as connection:
            rows = connection.execute(select(PAGE_ROWS).order_by(PAGE_ROWS.c.address))
            return [_page(row) for row in rows]

    def count(self, source: str) -> int:
        """Return how many pages a source has."""
        wanted = select(func.count()).select_from(PAGE_ROWS).where(PAGE_ROWS.c.source == source)
        with self._database.transaction() as connection:
            return connection.execute(wanted).scalar_one()

    def put(self, pages: Iterable[WebPage]) -> None:
        """Keep *pages* in place of what was known of their addresses."""
        rows = {page.address: _row(page) for page in pages}
        with self._database.transaction(exclusive=True) as connection:
            for some in batches(rows, _AT_ONCE):
                connection.execute(delete(PAGE_ROWS).where(PAGE_ROWS.c.address.in_(some)))
                connection.execute(insert(PAGE_ROWS), [rows[address] for address in some])

    def drop(self, addresses: Collection[str]) -> None:
        """Forget the pages with these addresses."""
        with self._database.transaction() as connection:
            for some in batches(addresses, _AT_ONCE):
                connection.execute(delete(PAGE_ROWS).where(PAGE_ROWS.c.address.in_(some)))


def _row(page: WebPage) -> dict[str, Any]:
    row = {name: getattr(page, name) for name in _FIELDS}
    reason = page.reason and {"msgid": page.reason.msgid, "values": page.reason.plain_values}
    return row | {"reason": json.dumps(reason, ensure_ascii=False) if reason else ""}


def _page(row: Any) -> WebPage:
    said = {name: getattr(row, name) for name in _FIELDS}
    reason = json.loads(row.reason) if row.reason else None
    assert row.state in get_args(PageState)
    return WebPage(**said | {"reason": reason and Reason(**reason)})
