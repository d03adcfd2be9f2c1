"""The answers that stand in chats: the buttons under them need what was answered, also after a restart."""

import asyncio
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Lock

import structlog

from retrieval.errors import RetrievalError
from retrieval.journal.journal import Asked, Journal

_RECENT = 512  # answers in memory: their buttons work before they are written
_WAITING = 10_000  # answers that may wait for the database; a reload keeps it to itself for a while

_LOG: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Shown:
    """The answers of one bot. The *writer*, a thread, writes those that wait in one transaction."""

    def __init__(self, journal: Journal, writer: ThreadPoolExecutor) -> None:
        self._journal = journal
        self._recent: OrderedDict[str, Asked] = OrderedDict()
        self._waiting: dict[str, Asked] = {}
        self._lock = Lock()  # over what waits
        self._writer = writer

    def remember(self, asked: Asked) -> None:
        """Keep an answer, in the place of an earlier one with its id."""
        self._recent[asked.id] = asked
        self._recent.move_to_end(asked.id)
        if len(self._recent) > _RECENT:
            self._recent.popitem(last=False)
        with self._lock:
            self._waiting[asked.id] = asked
        self._writer.submit(self._write)

    async def find(self, id_: str) -> Asked | None:
        """Return the answer with this id; None where it is not kept any more. Raises ``StoreError``."""
        return self._recent.get(id_) or await asyncio.to_thread(self._journal.find, id_)

    async def written(self) -> None:
        """Wait until what was remembered so far has been written, if the database lets it."""
        await asyncio.get_running_loop().run_in_executor(self._writer, self._write)

    async def forget(self, person: str, place: str) -> None:
        """Forget what *person* asked and judged, and all that was asked in *place*. Raises ``StoreError``."""
        for id_ in [id_ for id_, one in self._recent.items() if _is_of(one, person, place)]:
            del self._recent[id_]

        def forget() -> None:
            with self._lock:
                left = {id_: one for id_, one in self._waiting.items() if not _is_of(one, person, place)}
                self._waiting = left
            self._journal.forget(person, place)

        # On the thread that writes: then nothing of theirs is being written meanwhile.
        await asyncio.get_running_loop().run_in_executor(self._writer, forget)

    async def forget_old(self, kept: timedelta) -> None:
        """Forget what was asked longer ago than *kept*."""

        def forget() -> None:
            try:
                self._journal.forget_before(datetime.now(UTC) - kept)
            except RetrievalError as error:  # the next time, then
                _LOG.warning("old questions not forgotten", reason=str(error))

        await asyncio.get_running_loop().run_in_executor(self._writer, forget)

    def _write(self) -> None:
        with self._lock:
            batch, self._waiting = self._waiting, {}
        try:
            self._journal.note(batch.values())
        except RetrievalError as error:
            _LOG.warning("questions not noted", number=len(batch), reason=str(error))
            with self._lock:  # the next ones take these along
                if len(batch) + len(self._waiting) <= _WAITING:
                    self._waiting = {**batch, **self._waiting}


def _is_of(asked: Asked, person: str, place: str) -> bool:
    return asked.asker == person or asked.place == place
