"""A notebook: what the bot has to remember of conversations."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

import structlog

from bot.storage.ledger import Ledger, LedgerEntry
from retrieval.errors import RetrievalError
from retrieval.store.notes import Key, Memory

_LOG: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)
FOLLOWED_WITHIN = timedelta(minutes=15)  # who writes later has another matter in mind
_LONG = timedelta(days=3)  # Telegram keeps an update for one day, a message can be edited for two
# What people asked is nobody's business for longer than it is of use.
_KEPT = {
    "update": _LONG,
    "arrived": _LONG,
    "taken": _LONG,
    "process": _LONG,
    "answer": _LONG,
    "hint": _LONG,
    "alert": _LONG,
    "brought": _LONG,
    "asked": FOLLOWED_WITHIN,
    "shown": FOLLOWED_WITHIN,
    "before": FOLLOWED_WITHIN,
    "carried": FOLLOWED_WITHIN,
    "awaited": _LONG,
    "by": FOLLOWED_WITHIN,
}
_LONGEST_WRITE = 1.0  # seconds


class Notebook:
    """The notes of one bot. One that cannot be written, or not soon, costs nobody an answer."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._memory = ledger.memory

    async def claim(self, kind: str, key: str) -> bool:
        """Note this and return whether nobody had noted it before; True if that is not known in time."""
        return await self._written(LedgerEntry(claim=(kind, key)), soon=True)

    async def put(self, notes: dict[Key, str], *, soon: bool = False) -> None:
        """Write *notes*, with what comes within a moment, or *soon*."""
        await self._written(LedgerEntry(notes=notes), soon=soon)

    async def get(self, kind: str, key: str, *, since: datetime | None = None) -> str | None:
        """Return a note, if it was written *since* then; None if there is none. Raises ``StoreError``."""
        return await asyncio.to_thread(self._memory.get, kind, key, since=since)

    def recent(self, kinds: Sequence[str], key: str) -> dict[str, str]:
        """Return the notes of the last minutes under *key*, by kind: none if they cannot be read.

        The database is waited for: not on the event loop.
        """
        since = datetime.now(UTC) - FOLLOWED_WITHIN
        try:
            return self._memory.under(key, kinds, since=since)
        except RetrievalError as error:  # then the question is answered by itself
            _LOG.warning("note not read", reason=str(error))
            return {}

    async def every(self, kind: str) -> dict[str, str]:
        """Return all notes of a kind by their keys. Raises ``StoreError``."""
        return await asyncio.to_thread(self._memory.all, kind)

    async def run(self, change: Callable[[Memory], None]) -> None:
        """Make a change behind all that is still to be written. Raises ``StoreError``."""
        await self._ledger.run(change)

    async def forget(self, keys: Sequence[Key]) -> None:
        """Forget these notes and those below them. Raises ``StoreError``."""

        def forget(memory: Memory) -> None:
            for kind, key in keys:
                memory.forget(kind, key)

        await self._ledger.run(forget)

    async def forget_old(self) -> None:
        """Forget every note that nobody can refer to any more."""
        now = datetime.now(UTC)

        def forget(memory: Memory) -> None:
            for kind, kept in _KEPT.items():
                memory.forget_before(kind, now - kept)

        try:
            await self._ledger.run(forget)
        except RetrievalError as error:  # the next time, then
            _LOG.warning("old notes not forgotten", reason=str(error))

    async def ring(self) -> None:
        """Let other processes of this bot look at what is noted. Raises ``StoreError``."""
        await asyncio.to_thread(self._memory.ring)

    async def _written(self, entry: LedgerEntry, *, soon: bool) -> bool:
        """Return whether what *entry* claims is new; True if that is not known in time."""
        done, _ = await asyncio.wait({self._ledger.put(entry, soon=soon)}, timeout=_LONGEST_WRITE)
        return done.pop().result() if done else True
