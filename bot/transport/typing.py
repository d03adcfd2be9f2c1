"""Show that an answer is on its way, where it takes longer than people take for at once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
from telegram import Message
from telegram.constants import ChatAction
from telegram.error import TelegramError

PATIENCE = 0.3  # seconds; a quicker answer is there before "typing…" could be read
AGAIN_EVERY = 5.0  # seconds: that long Telegram shows it

CROWD = 8  # people; where more wait, nothing is shown

_LOG: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Waiting:
    """Those who wait for an answer, and what they see meanwhile."""

    def __init__(self) -> None:
        self._people = 0

    @asynccontextmanager
    async def typing(self, message: Message) -> AsyncIterator[None]:
        """Show "typing…" where *message* stands, in its topic, while the block takes over ``PATIENCE``.

        Where Telegram does not show it, that is no failure. A crowd sees nothing: each "typing…" would be
        a request before the answers that all wait for.
        """
        self._people += 1
        showing = asyncio.create_task(self._show(message))
        try:
            yield
        finally:
            self._people -= 1
            showing.cancel()

    async def _show(self, message: Message) -> None:
        await asyncio.sleep(PATIENCE)
        topic = message.message_thread_id if message.is_topic_message else None
        try:
            while self._people <= CROWD:
                await message.chat.send_action(ChatAction.TYPING, message_thread_id=topic)
                await asyncio.sleep(AGAIN_EVERY)
        except TelegramError as error:
            _LOG.info("typing not shown", reason=error.message)
