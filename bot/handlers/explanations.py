"""/why: why a question is answered as it is."""

import asyncio

from telegram import Update
from telegram.ext import CommandHandler, filters

from bot.conversation import replies as dialogue
from bot.handlers.services import SAID, Context, Desk, Handlers, send
from bot.storage.notes import sender
from bot.transport import addressed as asked


def handlers(desk: Desk) -> Handlers:
    """Return the handler of /why."""
    return [CommandHandler("why", Explanations(desk).why, filters.UpdateType.MESSAGE & SAID)]


class Explanations:
    """Explains answers."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def why(self, update: Update, context: Context) -> None:
        """Explain the answer to the question that is given, else to the one replied to or the last one."""
        message, notes = update.message, self._desk.notes
        if message is None:
            return
        before = await notes.asked_before(message)
        async with self._desk.waiting.typing(message):
            turn = await asyncio.to_thread(
                dialogue.why,
                self._desk.collection,
                self._desk.texts(update),
                asked.question(message),
                self._desk.links(context.bot),
                before=before,
            )
        sent = await send(turn.reply, to=message)
        if turn.asked is not None:
            # Not as a question that was answered: its edit is none.
            await notes.remember_asked(message, sender(message), sent.message_id, turn.asked)
