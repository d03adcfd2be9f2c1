"""Long polling, watched from below: PTB tells nobody that it has given up, or that nothing comes any more."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any

import structlog
from telegram import Update
from telegram.error import NetworkError, TelegramError

from bot.transport.connection import Connection

LONGEST_POLL = 90.0  # seconds that one request may take; Telegram answers after ten if nothing comes
LONGEST_SILENCE = 300.0  # seconds without an answer before it is logged, and between two such lines
DEAF_AFTER = 900.0  # seconds without an answer, with new connections all the time, before the process ends

_LOG: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


async def _nothing_to_settle() -> None:
    """Wait for nothing."""


class Polling(Connection):
    """The connection that asks for updates.

    A token that is revoked while the bot runs ends it: PTB would end the polling only, and the bot would
    look alive. A 404 is a proxy's: the same server knew the bot when it started. A request can hang without
    any error, so each has its time, and after it comes a new connection.
    """

    def __init__(self, settle: Callable[[], Awaitable[None]] = _nothing_to_settle) -> None:
        """*settle* is awaited before each request, which tells Telegram that all before has arrived."""
        super().__init__()
        self.is_revoked = False
        self.stop: Callable[[], None] = _nothing  # stops the application
        self._settle = settle
        self._records: dict[int, dict[str, Any]] = {}  # the updates that came last, by their numbers
        self._is_asked = False
        self._heard = self._told = time.monotonic()

    @property
    def is_deaf(self) -> bool:
        """Whether Telegram has said nothing for so long that only a new process may help."""
        return self._is_asked and time.monotonic() - self._heard > DEAF_AFTER

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """Ask once. Raises ``TelegramError``."""
        if not self._is_asked:
            self._is_asked, self._heard = True, time.monotonic()
        await self._settle()
        try:
            async with asyncio.timeout(LONGEST_POLL):
                status, payload = await super().do_request(*args, **kwargs)
        except TimeoutError:
            self._note_silence()
            await self._renew()
            raise NetworkError("Telegram hangs") from None
        except TelegramError:
            self._note_silence()
            raise
        if status == HTTPStatus.UNAUTHORIZED and not self.is_revoked:
            await self._end()
        if status == HTTPStatus.NOT_FOUND:
            raise NetworkError("Not Found")
        self._heard = time.monotonic()
        return status, self._numbers(payload) if status == HTTPStatus.OK else payload

    def _numbers(self, payload: bytes) -> bytes:
        """Return the bare numbers of the updates that came, which is all that PTB needs for polling."""
        updates = json.loads(payload)["result"]
        self._records = {update["update_id"]: update for update in updates}
        return json.dumps(
            {"ok": True, "result": [{"update_id": number} for number in self._records]}
        ).encode()

    def read(self, numbered: Update) -> tuple[Update, dict[str, Any]]:
        """Return the update with this number, if it came last, and what Telegram said of it.

        One that PTB cannot read stays a number: PTB itself would give up polling over it, and after the next
        start again, since it comes first.
        """
        record = self._records.pop(numbered.update_id, None)
        if record is None:
            return numbered, numbered.to_dict()
        try:
            return Update.de_json(record, numbered.get_bot()), record
        except Exception:  # whatever Telegram may come to send
            number = numbered.update_id
            _LOG.error("an update cannot be read", update_id=number, holds=sorted(record))
            return numbered, numbered.to_dict()

    async def _renew(self) -> None:
        """Throw all connections away: a wedged one would be used again."""
        await self.shutdown()
        await self.initialize()

    async def _end(self) -> None:
        """Stop the application, and wait for it to cancel this."""
        self.is_revoked = True
        while True:
            self.stop()  # has no effect while it starts
            await asyncio.sleep(0.1)

    def _note_silence(self) -> None:
        now = time.monotonic()
        if now - max(self._heard, self._told) > LONGEST_SILENCE:
            self._told = now
            minutes = round((now - self._heard) / 60)
            _LOG.error("Telegram does not answer: check the network", minutes=minutes)


def _nothing() -> None:
    """Stop nothing: the application is not there yet."""
