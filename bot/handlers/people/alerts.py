"""Following questions: the button below an answer, /alerts, and the buttons that end it."""

import asyncio

from telegram import InlineKeyboardMarkup, Message

from bot import render
from bot.alerts.follower import Follower
from bot.buttons import Ending, Follow
from bot.conversation import replies
from bot.handlers.adapters import Press
from bot.handlers.services import Context
from bot.language import Texts
from bot.reply import Reply
from bot.storage.keys import person_key
from bot.transport.sending import acknowledge, replace, send
from retrieval.errors import N_
from retrieval.store.watches import Followed

MOST_FOLLOWED = 20  # questions that are followed in one chat or topic

_NEW = N_("I will write here when a new article answers this. To stop: /alerts")
_KNOWN = N_("This question is followed here already. You find it in /alerts.")
_FULL = N_("I can follow {n} questions in one place. Please stop one first, in /alerts.")


async def show(message: Message, context: Context) -> None:
    """List the questions that are followed here."""
    await send(await _listed(context, Follower.of(message)), to=message)


async def follow(press: Press[Follow], context: Context) -> None:
    """Follow the question of an answer, for all who are in the chat."""
    answer = await context.answer_shown(press.value.answer, press.message)
    if answer is None or not isinstance(press.message, Message):
        await acknowledge(press.query, replies.too_old(context.texts))
        return
    collection, follower = context.services.collection, Follower.of(press.message)
    outcome = await asyncio.to_thread(
        lambda: collection.watches.follow(
            follower=follower.key,
            person=person_key(follower.bot_id, press.query.from_user.id),
            question=answer.understood_as,
            language=context.texts.code,
            checked=collection.generation,
            limit=MOST_FOLLOWED,
        )
    )
    await acknowledge(press.query, _told(context.texts, outcome), in_passing=outcome is not Followed.FULL)


async def end(press: Press[Ending], context: Context) -> None:
    """Stop following a question, and take it out of the message whose button was pressed."""
    ending, message, here = press.value, press.message, Follower.of(press.message)
    await asyncio.to_thread(_end, context, ending.watch, here)
    if ending.is_listed:
        await replace(await _listed(context, here), message)
    elif isinstance(message, Message):
        await replace(_without(message, ending.data), message)
    ended = render.notice(context.texts, "All right, this question is not followed any more.")
    await acknowledge(press.query, ended, in_passing=True)


def _end(context: Context, id_: int, here: Follower) -> None:
    """End a watch of this chat, in whichever topic; a button's data can be made up."""
    watches = context.services.collection.watches
    watch = watches.find(id_)
    follower = Follower.parse(watch.follower) if watch else None
    if follower and (follower.bot_id, follower.chat_id) == (here.bot_id, here.chat_id):
        watches.end(id_)


async def _listed(context: Context, follower: Follower) -> Reply:
    watches = await asyncio.to_thread(context.services.collection.watches.of, follower.key)
    return render.followed(context.texts, watches)


def _told(texts: Texts, outcome: Followed) -> Reply:
    match outcome:
        case Followed.NEW:
            return render.notice(texts, _NEW)
        case Followed.KNOWN:
            return render.notice(texts, _KNOWN)
        case Followed.FULL:
            return render.notice(texts, _FULL, n=MOST_FOLLOWED)


def _without(message: Message, data: str) -> Reply:
    """Return *message* as a reply, without the rows of buttons that carry *data*."""
    rows = message.reply_markup.inline_keyboard if message.reply_markup else ()
    kept = [row for row in rows if all(button.callback_data != data for button in row)]
    keyboard = InlineKeyboardMarkup(kept) if kept else None
    return Reply(text=message.text or "", entities=message.entities, keyboard=keyboard)
