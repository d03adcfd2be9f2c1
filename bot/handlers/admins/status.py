"""A message that tells how a reload goes: it is edited as that goes on, and at the end says how it ended."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

import structlog
from telegram import Message
from telegram.error import TelegramError

from bot import render
from bot.language import Texts
from bot.reply import Reply
from bot.transport import delivery
from bot.transport.sending import is_private, replace, send
from retrieval.collection.report import Step

EDIT_EVERY = 1.0  # seconds
EDIT_EVERY_IN_GROUPS = 5.0  # a group takes 20 messages and edits a minute, and answers need them more
LONGEST_EDIT = 30.0  # seconds: Telegram may ask for long pauses between edits, and take a new message at once

_Result = TypeVar("_Result")

_LOG: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Status:
    """A message that is edited now and then."""

    def __init__(self, message: Message, shown: Reply) -> None:
        self._message = message
        self._shown = shown
        self._edited = float("-inf")  # on the loop's clock
        self.step: Step | None = None  # of the reload; written by its thread, read by the loop

    @property
    def pause(self) -> float:
        """Seconds between two edits."""
        return EDIT_EVERY if is_private(self._message) else EDIT_EVERY_IN_GROUPS

    def note(self, step: Step) -> None:
        """Note the step of the reload, from any thread."""
        self.step = step

    async def follow(self, texts: Texts, work: Callable[[], Reply]) -> None:
        """Do the *work*, which notes its steps, on a thread; let the message say its result."""
        await self.end(await self.watch(texts, work))

    async def watch(self, texts: Texts, work: Callable[[], _Result]) -> _Result:
        """Do the *work*, which notes its steps, on a thread; let the message tell them; return the result."""
        working = asyncio.create_task(asyncio.to_thread(work))
        while not (await asyncio.wait({working}, timeout=self.pause))[0]:
            if self.step is not None:
                await self.show(render.progress(texts, self.step))
        return await working

    async def show(self, reply: Reply) -> None:
        """Let the message say *reply*; an edit that does not come through is no loss."""
        try:
            await self._edit(reply)
        except TelegramError as error:
            _LOG.info("progress not shown", reason=error.message)

    async def end(self, reply: Reply) -> None:
        """Let the message say *reply*; if it was deleted or cannot be edited soon, a new one says it."""
        try:
            async with asyncio.timeout(LONGEST_EDIT):
                await self._edit(reply)
        except (TelegramError, TimeoutError) as error:
            _LOG.info("report not shown in place", reason=str(error))
            await send(reply, to=self._message)

    async def _edit(self, reply: Reply) -> None:
        if reply == self._shown:
            return
        clock = asyncio.get_running_loop().time
        await asyncio.sleep(self._edited + self.pause - clock())
        self._shown = reply
        try:
            await replace(reply, self._message)
        finally:
            # Counted from its end: an edit that was long on its way has only just arrived.
            self._edited = clock()


async def begun(texts: Texts, to: Message) -> Status:
    """Say that the articles are being read, and if so, that it is for the second time."""
    current = delivery.current()
    if current and current.is_again:
        await send(render.notice(texts, "I was stopped before this was done, so I begin again."), to=to)
    reading = render.progress(texts, Step(stage="read", done=0, total=0))
    return Status(await send(reading, to=to), reading)
