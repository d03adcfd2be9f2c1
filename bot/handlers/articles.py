"""/start, /help, and reading an article page by page."""

import asyncio

from telegram import CallbackQuery, Message, Update
from telegram.ext import CommandHandler, filters

from bot import render
from bot.conversation import replies as dialogue
from bot.handlers.services import (
    SAID,
    Context,
    Desk,
    Handlers,
    acknowledge,
    is_private,
    on_button,
    post,
    replace,
    send,
)
from bot.language import Texts
from bot.links import Place, parse_data, parse_payload
from bot.reply import Reply


def handlers(desk: Desk) -> Handlers:
    """Return the handlers of the greeting, the help and the article pages."""
    articles = Articles(desk)
    fresh = filters.UpdateType.MESSAGE & SAID
    return [
        CommandHandler("start", articles.start, fresh),
        CommandHandler("help", articles.help, fresh),
        on_button(articles.turn, parse_data),
    ]


class Articles:
    """Opens articles in the chat."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def start(self, update: Update, context: Context) -> None:
        """Greet; behind a deep link, open the article it names."""
        if update.message is None:
            return
        texts = self._desk.texts(update)
        place = parse_payload(context.args[0]) if context.args else None
        if place is None:
            admin = self._is_told_to_admin(update.message, update)
            greeting = await asyncio.to_thread(dialogue.greet, self._desk.collection, texts, admin=admin)
            await send(greeting, to=update.message)
        else:
            page = await self._opened(texts, place)
            await send(page or dialogue.gone(texts), to=update.message)

    async def help(self, update: Update, _: Context) -> None:
        """Explain how to ask."""
        if update.message is not None:
            admin = self._is_told_to_admin(update.message, update)
            await send(render.help_(self._desk.texts(update), admin=admin), to=update.message)

    async def turn(self, update: Update, _: Context) -> None:
        """Show the page that a button leads to, in the place of what its message says.

        Where there is no way back from the page, the message stays and the page is one of its own.
        """
        query = update.callback_query
        place = parse_data(str(query.data)) if query else None
        if query is None or place is None:
            return
        texts = self._desk.texts(update)
        page = await self._opened(texts, place)
        if page is None:
            await acknowledge(query, dialogue.gone(texts))
            return
        await self._show(page, query, in_place=place.back is not None or not place.is_quoted)
        # Last, so that a failure before can still be told on the button.
        await acknowledge(query)

    async def _show(self, page: Reply, query: CallbackQuery, *, in_place: bool) -> None:
        message = query.message
        if message is None:
            return
        if in_place:
            await replace(page, query.get_bot(), message.chat.id, message.message_id)
        elif isinstance(message, Message):
            await send(page, to=message)
        else:  # too old for Telegram to say more than where it stands
            await post(page, query.get_bot(), message.chat.id)

    def _is_told_to_admin(self, message: Message, update: Update) -> bool:
        return is_private(message) and self._desk.is_admin(update)

    async def _opened(self, texts: Texts, place: Place) -> Reply | None:
        return await asyncio.to_thread(dialogue.page, self._desk.collection, texts, place)
