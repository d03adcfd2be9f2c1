"""Show "typing…" if an answer takes over 0.3 s."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
from telegram import Message
from telegram.constants import ChatAction
from telegram.error import TelegramError

PATIENCE = 0.3  # seconds; a quicker answer is there before "typing…" could be read
AGAIN_EVERY = 5.0  # seconds: that long Telegram shows it

CROWD = 8  # people; if more wait, nothing is shown

_LOG: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Typing:
    """Counts the people who wait for an answer, and shows them that it is on its way."""

    def __init__(self) -> None:
        self._people = 0

    @asynccontextmanager
    async def shown(self, message: Message) -> AsyncIterator[None]:
        """Show "typing…" in the chat and topic of *message* if the block takes over ``PATIENCE``.

        It is no failure if Telegram does not show it. A crowd sees nothing: each "typing…" would be
        a request before the answers that everybody waits for.
        """
        self._people += 1
        showing: asyncio.Task[None] | None = None

        def show() -> None:
            nonlocal showing
            showing = asyncio.create_task(self._show(message))

        patience = asyncio.get_running_loop().call_later(PATIENCE, show)  # most answers need no task
        try:
            yield
        finally:
            self._people -= 1
            patience.cancel()
            if showing is not None:
                showing.cancel()

    async def _show(self, message: Message) -> None:
        topic = message.message_thread_id if message.is_topic_message else None
        try:
            while self._people <= CROWD:
                await message.chat.send_action(ChatAction.TYPING, message_thread_id=topic)
                await asyncio.sleep(AGAIN_EVERY)
        except TelegramError as error:
            _LOG.info("typing not shown", reason=error.message)
