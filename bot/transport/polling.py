"""Long polling, watched from below: PTB tells nobody that it has given up, or that nothing comes any more."""

import asyncio
import time
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import structlog
from telegram.error import NetworkError, TelegramError
from telegram.request import HTTPXRequest

LONGEST_SILENCE = 300.0  # seconds without an answer before it is logged, and between two such lines

_LOG: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Polling(HTTPXRequest):
    """The connection that asks for updates.

    A token that is revoked while the bot runs ends it: PTB would end the polling only, and the bot would
    look alive. A 404 is a proxy's: the same server knew the bot when it started.
    """

    def __init__(self) -> None:
        super().__init__()
        self.is_revoked = False
        self.stop: Callable[[], None] = _nothing  # stops the application
        self._heard = self._told = time.monotonic()

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """Ask once. Raises ``TelegramError``."""
        try:
            status, payload = await super().do_request(*args, **kwargs)
        except TelegramError:
            self._note_silence()
            raise
        if status == HTTPStatus.UNAUTHORIZED and not self.is_revoked:
            await self._end()
        if status == HTTPStatus.NOT_FOUND:
            raise NetworkError("Not Found")
        self._heard = time.monotonic()
        return status, payload

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
