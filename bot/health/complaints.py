"""Complaints: errors that are logged, collected for the admins' chat."""

import asyncio
import logging
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from telegram import Bot
from telegram.error import TelegramError

from bot import render
from bot.language import Texts
from bot.logs import Redact
from bot.transport.sending import post
from retrieval.errors import RetrievalError
from retrieval.store.notes import Memory

COMPLAINTS_APART = timedelta(hours=1)  # two messages, also over restarts
COMPLAIN_EVERY = 15.0  # seconds: what goes wrong together is told together
MOST_COMPLAINTS = 20  # different errors in a message
_LONGEST = 200  # characters of one
_NOTE = "complaint"

_LOG: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Complaints(logging.Handler):
    """Collects what is logged as an error, and tells it in one message an hour at most.

    Each different error is told once with its number. Logs hold no questions; secrets are taken out.
    """

    def __init__(self, chat: int, texts: Texts, memory: Memory, redact: Redact) -> None:
        super().__init__(logging.ERROR)
        self._chat = chat
        self._texts = texts
        self._memory = memory
        self._redact = redact
        self._counts: Counter[str] = Counter()

    def emit(self, record: logging.LogRecord) -> None:
        """Collect an error, from any thread."""
        self._collect(_said(record), 1)

    async def run(self, bot: Bot) -> None:
        """Tell, now and then, until this is cancelled."""
        while True:
            await asyncio.sleep(COMPLAIN_EVERY)
            await self.look(bot)

    async def look(self, bot: Bot) -> None:
        """Tell what was collected, if it is time."""
        if not self._counts or not await self._is_time(bot.id):
            return
        told, self._counts = self._counts, Counter()
        lines = [(self._redact.text(line), number) for line, number in told.most_common()]
        try:
            await post(render.complaints(self._texts, lines), bot, self._chat)
        except TelegramError as error:  # not as an error: it would be one more to tell
            _LOG.warning("errors not told", reason=error.message)
            for line, number in told.items():  # in an hour, then: Telegram may be what is wrong
                self._collect(line, number)

    def _collect(self, said: str, number: int) -> None:
        if len(self._counts) < MOST_COMPLAINTS or said in self._counts:
            self._counts[said] += number

    async def _is_time(self, bot_id: int) -> bool:
        """Tell whether the last message is long past, and note that there is one now."""
        now = datetime.now(UTC)
        try:
            last = await asyncio.to_thread(self._memory.get, _NOTE, str(bot_id), since=now - COMPLAINTS_APART)
            if last is None:
                await asyncio.to_thread(self._memory.put, {(_NOTE, str(bot_id)): now.isoformat()})
            return last is None
        except RetrievalError:  # what is collected waits
            return False


def _said(record: logging.LogRecord) -> str:
    """Return what happened, in one line, without what differs from time to time."""
    event: Any = record.msg
    if isinstance(event, dict):
        # The reason of a mistake in the program may hold what somebody asked: its kind must do.
        parts = [str(event.get("event", "")), str(event.get("error") or event.get("reason") or "")]
    else:
        parts = [record.getMessage()]
    if record.exc_info and record.exc_info[0]:
        parts.append(record.exc_info[0].__name__)
    return " ".join(": ".join(filter(None, parts)).split())[:_LONGEST]
