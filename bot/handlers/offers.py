"""The button under "did you mean": the question that was meant is answered."""

from telegram import Message, Update

from bot.conversation import replies as dialogue
from bot.handlers import answering
from bot.handlers.services import Context, Desk, Handlers, acknowledge, on_button
from bot.offer import parse_offer
from bot.position import answer_id


def handlers(desk: Desk) -> Handlers:
    """Return the handler of offers that are taken."""
    offers = Offers(desk)
    return [on_button(offers.take, parse_offer)]


class Offers:
    """Answers the question that a message offered."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def take(self, update: Update, _: Context) -> None:
        """Answer below the message whose button was pressed."""
        query = update.callback_query
        offer = parse_offer(str(query.data)) if query else None
        if query is None or offer is None:
            return
        texts, message = self._desk.texts(update), query.message
        question = offer.question(message.text or "") if isinstance(message, Message) else ""
        if not isinstance(message, Message) or not question:  # Telegram does not say any more what it said
            await acknowledge(query, dialogue.too_old(texts))
            return
        await answering.tell(
            self._desk, texts, question, to=message, asker=query.from_user, id_=answer_id(query.id)
        )
        # Last, so that a failure before can still be told on the button.
        await acknowledge(query)
