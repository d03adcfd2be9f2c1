"""The buttons under an answer: on to the next hit and back, and what people think of it."""

import asyncio
from collections import Counter

from telegram import CallbackQuery, Update

from bot import render
from bot.conversation import replies as dialogue
from bot.handlers.services import Context, Desk, Handlers, acknowledge, on_button, replace
from bot.language import Texts
from bot.links import Links
from bot.position import Position, parse_position
from bot.rating import parse_mark
from bot.reply import Reply
from bot.storage.keys import person_key
from retrieval.journal.journal import Asked, Rating


def handlers(desk: Desk) -> Handlers:
    """Return the handlers of the buttons that turn to a hit or judge it."""
    hits = Hits(desk)
    return [
        on_button(hits.turn, parse_position),
        on_button(hits.rate, parse_mark),
    ]


class Hits:
    """Shows an answer again, hit by hit, and notes verdicts."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def turn(self, update: Update, _: Context) -> None:
        """Show the hit that a button leads to, in the place of the one that stands there."""
        query = update.callback_query
        position = parse_position(str(query.data)) if query else None
        if query is None or position is None:
            return
        texts = self._desk.texts(update)
        if (asked := await self._desk.asked(position.answer, query)) is None:
            await acknowledge(query, dialogue.too_old(texts))
            return
        await self._show(query, texts, asked, position)
        # Last, so that a failure before can still be told on the button.
        await acknowledge(query)

    async def rate(self, update: Update, _: Context) -> None:
        """Note what somebody thinks of a hit; who says the same once more takes it back."""
        query = update.callback_query
        mark = parse_mark(str(query.data)) if query else None
        if query is None or mark is None:
            return
        texts, position = self._desk.texts(update), mark.position
        asked = await self._desk.asked(position.answer, query)
        if asked is None:
            await acknowledge(query, dialogue.too_old(texts))
            return
        is_new = await self._noted(query, asked, Rating(verdict=mark.verdict, rank=position.rank))
        await self._show(query, texts, asked, position)
        await acknowledge(query, render.thanks(texts, mark.verdict if is_new else None), in_passing=True)

    async def _noted(self, query: CallbackQuery, asked: Asked, rating: Rating) -> bool:
        """Note *rating*; False where it stood there already, and has been taken back."""
        journal = self._desk.collection.journal
        person = person_key(query.get_bot().id, query.from_user.id)
        await self._desk.shown.written()
        before = (await asyncio.to_thread(journal.ratings, asked.id)).get(person)
        is_new = before is None or before.verdict != rating.verdict
        await asyncio.to_thread(journal.rate, asked.id, person, rating if is_new else None)
        return is_new

    async def _show(self, query: CallbackQuery, texts: Texts, asked: Asked, position: Position) -> None:
        if query.message is None:
            return
        reply = await asyncio.to_thread(
            self._rendered, texts, asked, position, self._desk.links(query.get_bot())
        )
        await replace(reply, query.get_bot(), query.message.chat.id, query.message.message_id)

    def _rendered(self, texts: Texts, asked: Asked, position: Position, links: Links) -> Reply:
        collection = self._desk.collection
        ratings = collection.journal.ratings(asked.id).values()
        tally = Counter(rating.verdict for rating in ratings)
        return dialogue.hit(collection, texts, asked, position, links, tally)
