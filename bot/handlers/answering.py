"""An answer on its way: found off the event loop, kept for its buttons, and sent."""

import asyncio

from telegram import Message, User

from bot.conversation import replies as dialogue
from bot.conversation.replies import Turn
from bot.handlers.services import Desk, send
from bot.language import Texts
from retrieval.journal.journal import Asked


async def find(
    desk: Desk,
    texts: Texts,
    question: str,
    *,
    near: Message,
    asker: User | None,
    id_: str,
    after: str | None = None,
) -> Turn:
    """Answer *question*, which may follow up the one it comes *after*, for the chat and topic of *near*.

    *id_* is what the buttons under the answer know it by. Raises ``StoreError``.
    """

    def answer() -> tuple[Turn, Asked | None]:
        turn = dialogue.answer(
            desk.collection,
            texts,
            question,
            desk.links(near.get_bot()),
            ask=desk.lately.ask,
            answer_id=id_,
            after=after,
        )
        return turn, desk.noted(turn, id_, near, asker)

    async with desk.waiting.typing(near), desk.asking:
        turn, noted = await asyncio.to_thread(answer)
    if noted is not None:
        desk.shown.remember(noted)
    return turn


async def tell(desk: Desk, texts: Texts, question: str, *, to: Message, asker: User, id_: str) -> None:
    """Answer *question* below the message *to*, which is not its own. Raises ``StoreError``."""
    turn = await find(desk, texts, question, near=to, asker=asker, id_=id_)
    sent = await send(turn.reply, to=to)
    if turn.asked is not None:
        await desk.notes.remember_asked(to, asker.id, sent.message_id, turn.asked)
