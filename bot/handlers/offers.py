"""The button under "did you mean": the question that was meant is answered."""

import asyncio

from telegram import Message, Update
from telegram.ext import CallbackQueryHandler

from bot import dialogue, render, waiting
from bot.handlers.desk import Context, Desk, Handlers, acknowledge, send
from bot.offer import parse_offer
from bot.position import answer_id


def handlers(desk: Desk) -> Handlers:
    """Return the handler of offers that are taken."""
    offers = Offers(desk)
    return [CallbackQueryHandler(offers.take, lambda data: parse_offer(str(data)) is not None)]


class Offers:
    """Answers the question that a message offered."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def take(self, update: Update, context: Context) -> None:
        """Answer below the message whose button was pressed."""
        query = update.callback_query
        offer = parse_offer(str(query.data)) if query else None
        if query is None or offer is None:
            return
        texts, message = self._desk.texts(update), query.message
        question = offer.question(message.text or "") if isinstance(message, Message) else ""
        if not isinstance(message, Message) or not question:  # Telegram does not say any more what it said
            await acknowledge(query, render.notice(texts, "This message is too old. Please ask again."))
            return
        links, id_ = self._desk.links(context.bot), answer_id(query.id)
        async with waiting.typing(message):
            turn = await asyncio.to_thread(
                dialogue.answer, self._desk.collection, texts, question, links, answer_id=id_
            )
        self._desk.note(turn, id_, message, query.from_user)
        sent = await send(turn.reply, to=message)
        if turn.asked is not None:
            await self._desk.notes.remember_asked(message, query.from_user.id, sent.message_id, turn.asked)
        # Last, so that a failure before can still be told on the button.
        await acknowledge(query)
