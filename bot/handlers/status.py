"""The one message that tells how a reload goes."""

import asyncio
from collections.abc import Callable

import structlog
from telegram import Message
from telegram.error import TelegramError

from bot import render
from bot.handlers.services import is_private, replace, send
from bot.language import Texts
from bot.reply import Reply
from retrieval.collection.report import Step

EDIT_EVERY = 1.0  # seconds
EDIT_EVERY_IN_GROUPS = 5.0  # a group takes 20 messages and edits a minute, and answers need them more

_LOG: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Status:
    """A message that is edited now and then, and at the end says how it ended."""

    def __init__(self, message: Message, shown: Reply) -> None:
        self._message = message
        self._shown = shown
        self._edited = float("-inf")  # on the loop's clock
        self.step: Step | None = None  # where the reload is; written by its thread, read by the loop

    @property
    def pause(self) -> float:
        """Seconds between two edits."""
        return EDIT_EVERY if is_private(self._message) else EDIT_EVERY_IN_GROUPS

    def note(self, step: Step) -> None:
        """Note where the reload is, from any thread."""
        self.step = step

    async def follow(self, texts: Texts, work: Callable[[], Reply]) -> None:
        """Do the *work*, which notes its steps, on a thread; let the message say what it returns."""
        working = asyncio.create_task(asyncio.to_thread(work))
        while not (await asyncio.wait({working}, timeout=self.pause))[0]:
            if self.step is not None:
                await self.show(render.progress(texts, self.step))
        await self.end(await working)

    async def show(self, reply: Reply) -> None:
        """Let the message say *reply*; an edit that does not come through is no loss."""
        try:
            await self._edit(reply)
        except TelegramError as error:
            _LOG.info("progress not shown", reason=error.message)

    async def end(self, reply: Reply) -> None:
        """Let the message say *reply*; where it has been deleted or cannot be edited, a new one says it."""
        try:
            await self._edit(reply)
        except TelegramError as error:
            _LOG.info("report not shown in place", reason=error.message)
            await send(reply, to=self._message)

    async def _edit(self, reply: Reply) -> None:
        if reply == self._shown:
            return
        clock = asyncio.get_running_loop().time
        await asyncio.sleep(self._edited + self.pause - clock())
        self._shown = reply
        try:
            await replace(reply, self._message.get_bot(), self._message.chat_id, self._message.message_id)
        finally:
            # Counted from its end: an edit that was long on its way has only just arrived.
            self._edited = clock()
