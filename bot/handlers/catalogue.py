"""/articles, for admins: look through the collection."""

import asyncio

from telegram import Message, Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from bot.conversation import admin as review
from bot.conversation import replies as dialogue
from bot.handlers.reload import by_admin
from bot.handlers.services import Context, Desk, Handlers, acknowledge, replace, send
from bot.language import Texts
from bot.reply import Reply
from bot.sheet import parse_sheet, turns


def handlers(desk: Desk) -> Handlers:
    """Return the handlers of the list of articles."""
    catalogue = Catalogue(desk)
    return [
        CommandHandler("articles", catalogue.list, by_admin(desk)),
        CallbackQueryHandler(catalogue.turn, turns("articles")),
    ]


class Catalogue:
    """Lists the articles: all of them, the newest first, or those that some words find."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def list(self, update: Update, context: Context) -> None:
        """Begin a list."""
        if update.message is not None:
            words = " ".join(context.args or ())
            said = await self._sheet(self._desk.texts(update), context, 0, words)
            await send(said, to=update.message)

    async def turn(self, update: Update, context: Context) -> None:
        """Show another page of it in place."""
        query = update.callback_query
        sheet = parse_sheet(str(query.data)) if query else None
        if query is None or sheet is None:
            return
        texts, message = self._desk.texts(update), query.message
        words = sheet.words_in(message.text or "") if isinstance(message, Message) else ""
        if sheet.words and not words:  # Telegram does not say any more what it said
            await acknowledge(query, dialogue.too_old(texts))
            return
        if message is not None and self._desk.is_admin(update):
            said = await self._sheet(texts, context, sheet.number, words)
            await replace(said, context.bot, message.chat.id, message.message_id)
        await acknowledge(query)

    async def _sheet(self, texts: Texts, context: Context, number: int, words: str) -> Reply:
        links = self._desk.links(context.bot)
        return await asyncio.to_thread(review.articles, self._desk.collection, texts, links, number, words)
