"""Who asks too much for now is told so, once, and then not answered until their minute is over."""

from telegram import Update
from telegram.ext import ApplicationHandlerStop, CommandHandler, MessageHandler, filters

from bot import render
from bot.handlers.services import SAID, Context, Desk, Handlers, acknowledge, on_button, send
from bot.offer import parse_offer
from bot.reply import Reply
from bot.transport import addressed as asked

GROUP = -1  # before the handlers that answer

_SAID = filters.UpdateType.MESSAGES & SAID


def handlers(desk: Desk) -> Handlers:
    """Return the handlers that stop what asks too much; they belong into ``GROUP``."""
    moderation = Moderation(desk)
    return [
        CommandHandler(["ask", "why"], moderation.count, _SAID),
        MessageHandler(_SAID & (filters.TEXT | filters.CAPTION) & ~filters.COMMAND, moderation.hear),
        on_button(moderation.count, parse_offer),
    ]


class Moderation:
    """Counts what people ask, by messages and by buttons."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def hear(self, update: Update, context: Context) -> None:
        """Count a message, if it is meant for the bot."""
        if update.effective_message is not None and asked.is_meant(update.effective_message):
            await self.count(update, context)

    async def count(self, update: Update, _: Context) -> None:
        """Count a question; stop one too many, with a word about it to the first."""
        sender = update.effective_sender
        pause = self._desk.courtesy.ask(sender.id) if sender else None
        if pause is None:
            return
        notice = render.pause(self._desk.texts(update), pause.seconds) if pause.is_first else None
        await _tell(update, notice)
        raise ApplicationHandlerStop


async def _tell(update: Update, notice: Reply | None) -> None:
    if update.callback_query is not None:
        await acknowledge(update.callback_query, notice)
    elif notice is not None and update.effective_message is not None:
        await send(notice, to=update.effective_message)
