"""A writer that batches: items that wait are written together, on the one thread that may write."""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import Generic, TypeVar

MOMENT = 0.05  # seconds that what nobody waits for may wait for more of its kind

_Item = TypeVar("_Item")
_Outcome = TypeVar("_Outcome")


class Writer(Generic[_Item]):
    """Hands *write* all items that wait, in one call on *thread*: a crowd takes little longer than one.

    SQLite lets nobody else write while a reload does, so items may wait for a while.
    """

    def __init__(self, thread: ThreadPoolExecutor, write: Callable[[list[_Item]], None]) -> None:
        self._thread = thread
        self._write = write
        self._waiting: list[_Item] = []
        self._is_due = False  # whether all that waits is about to be written
        self._timer: asyncio.TimerHandle | None = None  # until that is so
        self._lock = Lock()  # over what waits

    def put(self, item: _Item, *, soon: bool = True) -> None:
        """Write *item*: *soon*, or along with the next one that is, or after a ``MOMENT``."""
        with self._lock:
            self._waiting.append(item)
        if soon:
            self._write_soon()
        elif self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(MOMENT, self._write_at_last)

    def put_back(self, items: Sequence[_Item], *, limit: int) -> int:
        """Write *items* along with the next one; return how many of the oldest are lost.

        No more than *limit* wait with those that came meanwhile.
        """
        with self._lock:
            lost = min(len(items), max(0, len(items) + len(self._waiting) - limit))
            self._waiting[:0] = items[lost:]
        return lost

    def drop(self, is_unwanted: Callable[[_Item], bool]) -> None:
        """Forget waiting items."""
        with self._lock:
            self._waiting = [item for item in self._waiting if not is_unwanted(item)]

    async def run(self, work: Callable[[], _Outcome]) -> _Outcome:
        """Return the result of *work*, done on the thread after everything that waits."""

        def after_all() -> _Outcome:
            self._write_all()
            return work()

        return await asyncio.get_running_loop().run_in_executor(self._thread, after_all)

    async def written(self) -> None:
        """Wait until everything put so far has been handed to *write*."""
        await self.run(lambda: None)

    def _write_at_last(self) -> None:
        self._timer = None
        self._write_soon()

    def _write_soon(self) -> None:
        with self._lock:
            is_new = bool(self._waiting) and not self._is_due
            self._is_due |= is_new
        if is_new:
            self._thread.submit(self._write_all)

    def _write_all(self) -> None:
        with self._lock:
            batch, self._waiting, self._is_due = self._waiting, [], False
        if batch:
            self._write(batch)
