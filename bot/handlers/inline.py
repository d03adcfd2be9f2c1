"""@bot and a question, typed in any chat: a list of answers to choose from."""

import asyncio
from datetime import timedelta

from telegram import InlineQuery, InlineQueryResultsButton, Update
from telegram.ext import InlineQueryHandler, MessageHandler, filters

from bot import carried, render
from bot.conversation import inline as elsewhere
from bot.conversation.inline import Listing
from bot.handlers import answering
from bot.handlers.results import article
from bot.handlers.services import SAID, Context, Desk, Handlers, send
from bot.position import answer_id

KEPT = timedelta(minutes=1)  # by Telegram: who deletes a letter is answered at once, and a reload shows soon
_GREETING = "hello"  # any payload that asks nothing


def handlers(desk: Desk) -> Handlers:
    """Return the handlers of inline queries, and of questions that come from one into the private chat."""
    inline = Inline(desk)
    brought = filters.UpdateType.MESSAGE & SAID & filters.ChatType.PRIVATE & filters.Regex(carried.COMMAND)
    return [InlineQueryHandler(inline.suggest), MessageHandler(brought, inline.go_on)]


class Inline:
    """Lists answers while somebody types."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def suggest(self, update: Update, context: Context) -> None:
        """List what answers the query, a page at a time."""
        query = update.inline_query
        if query is None:
            return
        found = await asyncio.to_thread(
            elsewhere.listing,
            self._desk.collection,
            self._desk.texts(update),
            query.query,
            self._desk.links(context.bot),
            start=_start(query),
        )
        await query.answer(
            [article(result) for result in found.results],
            cache_time=KEPT,
            is_personal=True,  # in the language of the person
            next_offset=None if found.next_page is None else str(found.next_page),
            button=_button(found, query),
        )
        # Afterwards: people need longer to press the button than the note to be written.
        if found.carries:
            key = carried.key_of(query.query)
            await self._desk.notes.carry(context.bot.id, query.from_user.id, key, query.query)

    async def go_on(self, update: Update, context: Context) -> None:
        """Answer the question that the person typed before they came into the private chat."""
        message, notes = update.message, self._desk.notes
        if message is None or message.from_user is None or context.match is None:
            return
        texts = self._desk.texts(update)
        question = await notes.carried(context.bot.id, message.from_user.id, context.match["key"])
        if question is None:
            await send(
                render.notice(texts, "It has been a while. Please ask your question once more."), message
            )
            return
        id_ = answer_id(context.bot.id, message.chat_id, message.message_id)
        await answering.tell(self._desk, texts, question, to=message, asker=message.from_user, id_=id_)


def _start(query: InlineQuery) -> int:
    # It is what the last answer said, but a client may send anything.
    return int(query.offset) if query.offset.isdecimal() else 0


def _button(found: Listing, query: InlineQuery) -> InlineQueryResultsButton | None:
    if found.button is None:
        return None
    payload = carried.payload(carried.key_of(query.query)) if found.carries else _GREETING
    return InlineQueryResultsButton(found.button, start_parameter=payload)
