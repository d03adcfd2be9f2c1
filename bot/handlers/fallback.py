"""What the bot has no use for, and says so: unknown commands, pictures, buttons of another time."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from bot import render
from bot.handlers.services import Context, Desk, Handlers, acknowledge, send

_TO_ME = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE & ~filters.VIA_BOT
# What the chat says by itself (a pinned message, a new timer) is nobody's question.
_WORDLESS = ~filters.TEXT & ~filters.CAPTION & ~filters.StatusUpdate.ALL


def handlers(desk: Desk) -> Handlers:
    """Return the handlers of what no other handler takes; they come last."""
    others = Others(desk)
    return [
        MessageHandler(_TO_ME & filters.COMMAND, others.unknown_command),
        MessageHandler(_TO_ME & _WORDLESS, others.wordless),
        CallbackQueryHandler(others.old_button),
    ]


class Others:
    """Says kindly what does not work; in groups it keeps silent."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def unknown_command(self, update: Update, _: Context) -> None:
        """Point to the help."""
        if update.message is not None:
            texts = self._desk.texts(update)
            await send(render.notice(texts, "I do not know this command. See /help."), to=update.message)

    async def wordless(self, update: Update, _: Context) -> None:
        """Ask for words, once a day: an album is many messages."""
        if update.message is not None and await self._desk.notes.is_first_today(update.message):
            texts = self._desk.texts(update)
            await send(render.notice(texts, "I can only read text: ask me in words."), to=update.message)

    async def old_button(self, update: Update, _: Context) -> None:
        """Stop the button's clock from turning."""
        if update.callback_query is not None:
            await acknowledge(update.callback_query)
