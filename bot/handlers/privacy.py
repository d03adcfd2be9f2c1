"""/privacy and /forget: what is kept of somebody, and erasing it."""

import asyncio

from telegram import CallbackQuery, Message, Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot import render
from bot.handlers.services import SAID, Context, Desk, Handlers, acknowledge, is_private, replace, send
from bot.render.privacy import ASK, ERASE, KEEP
from bot.reply import Reply
from bot.storage.keys import person_key, place_key


def handlers(desk: Desk) -> Handlers:
    """Return the handlers of both commands and their buttons."""
    privacy = Privacy(desk)
    fresh = filters.UpdateType.MESSAGE & SAID
    return [
        CommandHandler("privacy", privacy.tell, fresh),
        CommandHandler("forget", privacy.ask, fresh),
        CallbackQueryHandler(privacy.ask_by_button, lambda data: data == ASK),
        CallbackQueryHandler(privacy.erase, lambda data: data == ERASE),
        CallbackQueryHandler(privacy.keep, lambda data: data == KEEP),
    ]


class Privacy:
    """Tells people what is kept of them, and erases it in their private chat."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def tell(self, update: Update, _: Context) -> None:
        """Tell what is kept."""
        message = update.message
        if message is not None:
            told = render.privacy(
                self._desk.texts(update), kept_days=self._desk.kept_days, in_private=is_private(message)
            )
            await send(told, to=message)

    async def ask(self, update: Update, _: Context) -> None:
        """Ask whether everything shall be erased; in a group, ask to come into the private chat."""
        message, texts = update.message, self._desk.texts(update)
        if message is None:
            return
        there = render.notice(texts, "Write /forget to me in our own chat, then I erase it.")
        await send(render.erasing(texts) if is_private(message) else there, to=message)

    async def ask_by_button(self, update: Update, _: Context) -> None:
        """Ask it below the message that tells what is kept."""
        query = update.callback_query
        if query is not None and isinstance(query.message, Message):
            await send(render.erasing(self._desk.texts(update)), to=query.message)
            await acknowledge(query)

    async def erase(self, update: Update, _: Context) -> None:
        """Erase everything that is kept of the person, and say so."""
        query = update.callback_query
        if query is None or query.message is None or query.message.chat.id != query.from_user.id:
            return
        await self._forget(query.get_bot().id, query.from_user.id)
        texts = self._desk.texts(update)
        await _conclude(query, render.notice(texts, "Erased. I keep no question of yours any more."))

    async def keep(self, update: Update, _: Context) -> None:
        """Erase nothing, and say so."""
        if update.callback_query is not None:
            texts = self._desk.texts(update)
            await _conclude(
                update.callback_query, render.notice(texts, "All right, everything stays as it is.")
            )

    async def _forget(self, bot_id: int, person: int) -> None:
        """Forget the person wherever something of them is kept. Raises ``StoreError``."""
        who, own_chat = person_key(bot_id, person), place_key(bot_id, person)  # it has the person's number
        await asyncio.to_thread(self._desk.collection.watches.forget, who)
        await self._desk.shown.forget(who, own_chat)
        await self._desk.notes.forget_person(bot_id, person)
        self._desk.chosen.forget(person)


async def _conclude(query: CallbackQuery, reply: Reply) -> None:
    if query.message is not None:
        await replace(reply, query.get_bot(), query.message.chat.id, query.message.message_id)
    await acknowledge(query)
