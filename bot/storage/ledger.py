"""The ledger: all that is noted while messages are handled, written together, beside answering."""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from typing import TypeVar

import structlog

from bot.storage.writer import Writer
from retrieval.errors import RetrievalError
from retrieval.journal.journal import Journal, NotedAnswer
from retrieval.store.notes import Key, Memory

_WAITING = 10_000  # entries that wait for the database

_Outcome = TypeVar("_Outcome")
_LOG: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


@dataclass(slots=True, kw_only=True)
class LedgerEntry:
    """Something to be written, and whether its claim is new."""

    claim: Key | None = None
    notes: Mapping[Key, str] = field(default_factory=dict)  # with a claim: if it is new
    gone: tuple[Key, ...] = ()
    answer: NotedAnswer | None = None  # for the journal
    waiting: "asyncio.Future[bool] | None" = None  # of whoever waits for it


class Ledger:
    """The notes of one bot, and its *journal* if answers are noted. *thread* is the only one that writes.

    An answer leaves half a dozen of them, and each transaction costs as much as several notes: so all of
    them go through here.
    """

    def __init__(self, memory: Memory, thread: ThreadPoolExecutor, journal: Journal | None = None) -> None:
        self.memory = memory
        self._journal = journal
        self.well_since = datetime.now(UTC)  # since when the database has taken every write
        self.is_behind = False  # whether it has refused the last one
        self._writer = Writer(thread, self._write)

    def put(self, entry: LedgerEntry, *, soon: bool = True) -> "asyncio.Future[bool]":
        """Write *entry*; the result tells whether its claim is new, also if the database fails.

        *soon* is for what somebody waits for; the rest goes along with the next such, or a moment later.
        """
        entry.waiting = asyncio.get_running_loop().create_future()
        self._writer.put(entry, soon=soon)
        return entry.waiting

    def append(self, entry: LedgerEntry) -> None:
        """Write *entry* along with the next one, or a moment later; nobody waits for it."""
        self._writer.put(entry, soon=False)

    async def run(self, change: Callable[[Memory], _Outcome]) -> _Outcome:
        """Make a change behind all that is still to be written. Raises ``StoreError``."""
        return await self._writer.run(lambda: change(self.memory))

    def drop(self, is_unwanted: Callable[[NotedAnswer], bool]) -> None:
        """Forget the answers among those that wait to be written that *is_unwanted* tells."""
        self._writer.drop(lambda entry: entry.answer is not None and is_unwanted(entry.answer))

    async def written(self) -> None:
        """Wait until everything put so far has been written, if the database lets it."""
        await self._writer.written()

    def _write(self, batch: list[LedgerEntry]) -> None:
        """Write *batch* in one transaction."""
        claims = {entry.claim: entry.notes for entry in reversed(batch) if entry.claim}
        notes: dict[Key, str] = {}
        gone: set[Key] = set()
        for entry in batch:  # in their order: what is gone stays gone
            if not entry.claim:
                notes |= entry.notes
            gone |= set(entry.gone)
        answers = [entry.answer for entry in batch if entry.answer]
        beside = partial(self._journal.add, answers) if self._journal and answers else None
        try:
            new = self.memory.write(claims=list(claims), if_new=claims, notes=notes, gone=gone, beside=beside)
        except RetrievalError as error:
            lost = self._writer.put_back([_later(entry) for entry in batch], limit=_WAITING)
            _LOG.warning("notes not written", number=len(batch), lost=lost, reason=str(error))
            self.well_since, self.is_behind = datetime.now(UTC), True
            new = set(claims)
        except Exception as error:
            _tell(batch, [error] * len(batch))
            return
        else:
            self.is_behind = False
        outcomes: list[bool | Exception] = []
        for entry in batch:
            outcomes.append(entry.claim is None or entry.claim in new)
            if entry.claim:
                new.discard(entry.claim)  # the first of two has it
        _tell(batch, outcomes)


def _later(entry: LedgerEntry) -> LedgerEntry:
    """Return *entry* for another time; who waits for it is told now that what it claims is new."""
    return replace(entry, waiting=None)


def _tell(batch: Iterable[LedgerEntry], outcomes: Iterable[bool | Exception]) -> None:
    """Tell all who wait for *batch* of its *outcomes*, one each, and wake the loop once for them."""
    told = [(entry.waiting, outcome) for entry, outcome in zip(batch, outcomes, strict=True) if entry.waiting]

    def tell() -> None:
        for waiting, outcome in told:
            if waiting.done():
                continue  # who waits for it may be cancelled; the others hear of theirs all the same
            if isinstance(outcome, Exception):
                waiting.set_exception(outcome)
            else:
                waiting.set_result(outcome)

    if told:
        with suppress(RuntimeError):  # the loop is closed: nobody waits any more
            told[0][0].get_loop().call_soon_threadsafe(tell)
