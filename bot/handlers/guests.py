"""A question in a chat that the bot is no member of: it mentions the bot, or replies to its answer."""

import asyncio

from telegram import Update
from telegram.ext import MessageHandler, filters

from bot.conversation import inline as elsewhere
from bot.handlers.results import answer_as_guest
from bot.handlers.services import SAID, Context, Desk, Handlers
from bot.transport import addressed as asked


def handlers(desk: Desk) -> Handlers:
    """Return the handler of guest messages."""
    return [MessageHandler(filters.UpdateType.GUEST_MESSAGE & SAID, Guests(desk).ask)]


class Guests:
    """Answers where the bot is a guest: Telegram takes one message for each question."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def ask(self, update: Update, context: Context) -> None:
        """Answer a guest message."""
        message = update.guest_message
        if message is None:
            return
        result = await asyncio.to_thread(
            elsewhere.guest_answer,
            self._desk.collection,
            self._desk.texts(update),
            asked.question(message),
            self._desk.links(context.bot),
        )
        await answer_as_guest(result, to=message)
