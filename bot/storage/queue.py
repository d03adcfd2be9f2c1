"""The queue between Telegram and the handlers: what goes in is written down first."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

from telegram import Update

from bot.storage.arrivals import TOLD_WITHIN, Arrivals, is_kept
from retrieval.text.canonical import encodable

_Reading = Callable[[Update], tuple[Update, dict[str, Any]]]


class ArrivedUpdates(asyncio.Queue[object]):
    """The queue between Telegram and the handlers: what goes in is written down first."""

    def __init__(self, arrivals: Arrivals, *, is_told_at_once: bool, read: _Reading) -> None:
        """*is_told_at_once*: Telegram is told that an update has arrived as soon as ``put`` returns.

        *read* returns an update whole, and in Telegram's words.
        """
        super().__init__()
        self._arrivals = arrivals
        self._read = read
        self._is_told_at_once = is_told_at_once
        self._last: asyncio.Task[None] | None = None
        self._is_at_end = False

    async def put(self, item: object) -> None:
        """Write an update down, and hand it on if it is new; in their order.

        Anything else is PTB's signal to stop. What has not been taken from the queue by then, and what comes
        behind it, is only written down, for the next process: PTB does not look after it any more.
        """
        if not isinstance(item, Update):
            self._is_at_end = True
            while not self.empty():
                self.get_nowait()
                self.task_done()
            await super().put(item)
            return
        update, record = _whole(*self._read(item))
        if not is_kept(update):
            await self._add(update)
            return
        written = self._arrivals.receive(update, record)
        self._last = asyncio.create_task(self._hand_on(update, written, self._last))
        if self._is_told_at_once:
            await asyncio.wait({written}, timeout=TOLD_WITHIN)
            await self._last

    async def put_again(self, update: Update) -> None:
        """Hand an update on that was written down before."""
        await self._add(update)

    async def _hand_on(
        self, update: Update, written: "asyncio.Future[bool]", last: "asyncio.Task[None] | None"
    ) -> None:
        await asyncio.wait({written}, timeout=self._arrivals.patience)
        if last is not None:
            await asyncio.wait({last})
        if not written.done() or written.exception() is not None or written.result():
            await self._add(update)
        else:
            self._arrivals.forget(update)

    async def _add(self, update: Update) -> None:
        if not self._is_at_end:
            await super().put(update)


def _whole(update: Update, record: dict[str, Any]) -> tuple[Update, dict[str, Any]]:
    """Return *update* and its *record* with U+FFFD for each half of a character.

    No store and no library takes those.
    """
    said = json.dumps(record, ensure_ascii=False)
    if (whole := encodable(said)) == said:
        return update, record
    record = json.loads(whole)
    return Update.de_json(record, update.get_bot()), record
