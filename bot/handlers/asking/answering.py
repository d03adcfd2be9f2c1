"""The one way to answer, for every door: counted, searched off the event loop, noted in the journal."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from datetime import UTC, datetime
from functools import partial
from typing import TypeVar

from telegram import Message, Update
from telegram.constants import ChatType

from bot.buttons import HitRef
from bot.conversation import replies
from bot.conversation.replies import Exchange, Shown
from bot.handlers.services import Context, Services
from bot.metrics import Fate
from bot.reply import Reply
from bot.storage.keys import chat_key, person_key
from bot.transport.quota import Pause
from bot.transport.sending import send
from retrieval.journal.journal import NotedAnswer

# Reads the question before and the hit shown last, in the chat of a message; None for either without any.
Before = Callable[[], tuple[str | None, HitRef | None]]

_Said = TypeVar("_Said")


class PausedError(Exception):
    """Somebody has asked too much for now; the error handler tells them, each door in its own way."""

    def __init__(self, pause: Pause) -> None:
        super().__init__(f"{pause.seconds} s")
        self.pause = pause


async def respond(
    context: Context,
    speak: Callable[[], Exchange[_Said]],
    *,
    near: Message | None = None,
    noted: tuple[str, int] | None = None,
    is_typing: bool = False,
) -> Exchange[_Said]:
    """Return what *speak* says to a question of the person behind the update.

    "typing…" is shown *near* a message. An answer is *noted* in the journal with its id and the chat where it
    is shown, unless it answers nothing new. *is_typing*: the question is still being typed.
    Raises ``PausedError``, ``StoreError``.
    """
    services, update, asked_at = context.services, context.received, datetime.now(UTC)
    sender = update.effective_sender if update else None
    pause = services.quota.count(sender.id, is_typing=is_typing) if sender else None
    if pause is not None:
        services.metrics.count_question(_door(update), "paused")
        raise PausedError(pause)
    waiting: AbstractAsyncContextManager[None] = services.typing.shown(near) if near else nullcontext()
    async with waiting, _turn(services):
        with services.metrics.timed("answering"):
            exchange = await asyncio.to_thread(speak)
    services.metrics.count_question(_door(update), _outcome(exchange))
    if exchange.answer is not None and noted is not None:
        id_, chat_id = noted
        services.answers.remember(
            NotedAnswer.of(
                exchange.answer,
                id=id_,
                asker=person_key(context.bot.id, context.person.id if context.person else 0),
                chat=chat_key(context.bot.id, chat_id),
                at=asked_at,
                seconds=exchange.seconds,
            )
        )
    return exchange


@asynccontextmanager
async def _turn(services: Services) -> AsyncIterator[None]:
    """Wait for a turn to search, and have it during the block."""
    with services.metrics.timed("waiting"):
        await services.asking.acquire()
    try:
        yield
    finally:
        services.asking.release()


def _door(update: Update | None) -> str:
    """Return how a question came in."""
    if update is None or update.effective_chat is None:
        return "inline"
    if update.guest_message is not None:
        return "guest"
    if update.callback_query is not None:
        return "button"
    return "private" if update.effective_chat.type == ChatType.PRIVATE else "group"


def _outcome(exchange: Exchange[_Said]) -> Fate:
    if exchange.answer is None:
        return "other"
    return "answered" if exchange.answer.answered else "nothing"


async def answer(
    context: Context,
    question: str,
    *,
    near: Message,
    id_: str,
    before: Before = lambda: (None, None),
) -> Exchange[Reply]:
    """Answer *question* for the chat and topic of *near*.

    The buttons under the answer carry *id_*. The question may follow up the one that *before* returns, or be
    about the hit: neither for a question that stands alone. Raises ``PausedError``, ``StoreError``.
    """

    def speak() -> Exchange[Reply]:
        # Here, where the search waits off the event loop too: each way to another thread and back costs more
        # than what is looked up.
        previous, shown = before()
        return replies.answer(
            context.services.collection,
            context.texts,
            question,
            context.links,
            answer_id=id_,
            previous=previous,
            recall=partial(recall, context, near, shown),
        )

    return await respond(context, speak, near=near, noted=(id_, near.chat.id))


def recall(
    context: Context, message: Message, shown: HitRef | None, article: str | None = None
) -> Shown | None:
    """Return the answer of the hit *shown* last, in the chat of *message*; None if it is not known any more.

    None, too, if *article* is given and that hit is not of it. Raises ``StoreError``. Not to be called on the
    event loop.
    """
    noted = context.answer_noted(shown.answer, message) if shown else None
    if noted is None or shown is None or (article and not noted.shows(article, shown.rank)):
        return None
    return replies.shown_again(context.services.collection, noted, shown)


async def answer_below(context: Context, question: str, *, message: Message, id_: str) -> None:
    """Answer *question* below *message*, which does not itself ask it. Raises as ``answer``."""
    exchange = await answer(context, question, near=message, id_=id_)
    sent = await send(exchange.reply, to=message)
    if exchange.shown is not None and context.person is not None:
        await context.services.notes.remember_shown(
            message, context.person.id, sent.message_id, exchange.shown.at
        )
    if exchange.understood_as is not None and context.person is not None:
        await context.services.notes.remember_question(
            message, context.person.id, sent.message_id, exchange.understood_as
        )
