"""/remove, for admins: take an article out of all answers, and let it in again."""

import asyncio

from telegram import Update
from telegram.ext import CommandHandler

from bot import render
from bot.conversation import admin as review
from bot.handlers.reload import by_admin
from bot.handlers.services import Context, Desk, Handlers, acknowledge, on_button, replace, send
from bot.ruling import parse_ruling
from retrieval.errors import ReloadRunningError


def handlers(desk: Desk) -> Handlers:
    """Return the handlers of removals."""
    removals = Removals(desk)
    return [
        CommandHandler("remove", removals.offer, by_admin(desk)),
        on_button(removals.rule, parse_ruling),
    ]


class Removals:
    """Asks before an article goes, and can undo it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def offer(self, update: Update, context: Context) -> None:
        """Show the article that is meant, and ask; one that is out already, with the way back."""
        message = update.message
        if message is None:
            return
        said = await asyncio.to_thread(
            review.removal,
            self._desk.collection,
            self._desk.texts(update),
            " ".join(context.args or ()),
            message.reply_to_message,
        )
        await send(said, to=message)

    async def rule(self, update: Update, context: Context) -> None:
        """Do what the button says, and let the message say so."""
        query = update.callback_query
        ruling = parse_ruling(str(query.data)) if query else None
        if query is None or ruling is None:
            return
        notice = None
        if query.message is not None and self._desk.is_admin(update):
            texts = self._desk.texts(update)
            try:
                said = await asyncio.to_thread(review.ruled, self._desk.collection, texts, ruling)
            except ReloadRunningError:
                said = None
                notice = render.notice(texts, "Another reload is under way. Try again when it is done.")
            if said is not None:
                await replace(said, context.bot, query.message.chat.id, query.message.message_id)
        await acknowledge(query, notice)
