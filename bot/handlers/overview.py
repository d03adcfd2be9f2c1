"""/stats and /unanswered, for admins: what is asked, and what becomes of it."""

import asyncio

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from bot import render
from bot.conversation import admin as review
from bot.handlers.reload import by_admin
from bot.handlers.services import Context, Desk, Handlers, acknowledge, is_private, replace, send
from bot.language import Texts
from bot.reply import Reply
from bot.sheet import parse_sheet, turns


def handlers(desk: Desk) -> Handlers:
    """Return the handlers of what admins are told of questions."""
    statistics = Statistics(desk)
    return [
        CommandHandler("stats", statistics.stats, by_admin(desk)),
        CommandHandler("unanswered", statistics.unanswered, by_admin(desk)),
        CallbackQueryHandler(statistics.turn, turns("gaps")),
    ]


class Statistics:
    """Tells of questions, though to admins alone: in a group it shows none that people asked."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def stats(self, update: Update, _: Context) -> None:
        """Tell what the collection holds; in a private chat with a picture of what is asked."""
        message = update.message
        if message is None:
            return
        said, picture = await asyncio.to_thread(
            self._stats, self._desk.texts(update), with_picture=is_private(message)
        )
        if picture is None:
            await send(said, to=message)
        else:
            await message.reply_photo(picture, caption=said.text, caption_entities=said.entities)

    async def unanswered(self, update: Update, context: Context) -> None:
        """List what was asked in vain."""
        if update.message is None:
            return
        texts = self._desk.texts(update)
        if is_private(update.message):
            said = await self._sheet(texts, context, 0)
        else:
            said = render.notice(texts, "That is about people's questions: please ask me in private.")
        await send(said, to=update.message)

    async def turn(self, update: Update, context: Context) -> None:
        """Show another page of that list in place."""
        query = update.callback_query
        sheet = parse_sheet(str(query.data)) if query else None
        if query is None or sheet is None:
            return
        if query.message is not None and self._desk.is_admin(update):
            said = await self._sheet(self._desk.texts(update), context, sheet.number)
            await replace(said, context.bot, query.message.chat.id, query.message.message_id)
        await acknowledge(query)

    async def _sheet(self, texts: Texts, context: Context, number: int) -> Reply:
        links = self._desk.links(context.bot)
        return await asyncio.to_thread(review.unanswered, self._desk.collection, texts, links, number)

    def _stats(self, texts: Texts, *, with_picture: bool) -> tuple[Reply, bytes | None]:
        # Drawing is learnt when it is first needed: it takes longer to load than an answer does.
        from bot.render.chart import usage_chart

        collection = self._desk.collection
        usage = review.usage(collection, texts)
        said = render.statistics(texts, collection.stats(), usage)
        return said, usage_chart(texts, usage) if with_picture and usage.questions else None
