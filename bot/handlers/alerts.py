"""Following questions: the button below an answer, /alerts, and the buttons that end it."""

import asyncio

from telegram import InlineKeyboardMarkup, Message, Update
from telegram.ext import CommandHandler, TypeHandler, filters

from bot import render
from bot.alerts.follower import Follower
from bot.alerts.sender import Alerts
from bot.conversation import replies as dialogue
from bot.follow import parse_ending, parse_follow
from bot.handlers.services import SAID, Context, Desk, Handlers, acknowledge, on_button, replace, send
from bot.language import Texts
from bot.reply import Reply
from bot.storage.keys import person_key
from retrieval.errors import N_
from retrieval.store.watches import Followed

MOST = 20  # questions that are followed in one place
WAKING = 20  # the group of the handler that wakes alerts: beside all others, whatever they do

_NEW = N_("I will write here when a new article answers this. To end it: /alerts")
_KNOWN = N_("This question is followed here already. You find it in /alerts.")
_FULL = N_("I can follow {n} questions in one place. Please end one first, in /alerts.")


def handlers(desk: Desk) -> Handlers:
    """Return the handlers of the buttons and of /alerts."""
    following = Following(desk)
    return [
        CommandHandler("alerts", following.show, filters.UpdateType.MESSAGE & SAID),
        on_button(following.follow, parse_follow),
        on_button(following.end, parse_ending),
    ]


def waking(alerts: Alerts) -> Handlers:
    """Return the handler that hears that a chat can be reached again; it belongs into ``WAKING``."""
    return [TypeHandler(Update, alerts.wake)]


class Following:
    """Lets a chat follow questions, and end that."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def show(self, update: Update, _: Context) -> None:
        """List what is followed here."""
        if update.message is not None:
            listed = await self._listed(self._desk.texts(update), Follower.of(update.message))
            await send(listed, to=update.message)

    async def follow(self, update: Update, _: Context) -> None:
        """Follow the question of the answer whose button was pressed, for all who are in the chat."""
        query = update.callback_query
        wish = parse_follow(str(query.data)) if query else None
        if query is None or wish is None:
            return
        texts, message = self._desk.texts(update), query.message
        asked = await self._desk.asked(wish.answer, query)
        if asked is None or not isinstance(message, Message):
            await acknowledge(query, dialogue.too_old(texts))
            return
        follower = Follower.of(message)
        person = person_key(follower.bot_id, query.from_user.id)
        outcome = await asyncio.to_thread(self._begin, follower, person, asked.understood_as, texts)
        await acknowledge(query, _told(texts, outcome), in_passing=outcome is not Followed.FULL)

    async def end(self, update: Update, context: Context) -> None:
        """Follow a question no longer, and take it out of the message whose button was pressed."""
        query = update.callback_query
        ending = parse_ending(str(query.data)) if query else None
        if query is None or ending is None or query.message is None:
            return
        texts, message, here = self._desk.texts(update), query.message, Follower.of(query.message)
        await asyncio.to_thread(self._end, ending.watch, here)
        if ending.is_listed:
            await replace(await self._listed(texts, here), context.bot, here.chat_id, message.message_id)
        elif isinstance(message, Message):
            await replace(_without(message, ending.data), context.bot, here.chat_id, message.message_id)
        ended = render.notice(texts, "All right, this question is not followed any more.")
        await acknowledge(query, ended, in_passing=True)

    def _begin(self, follower: Follower, person: str, question: str, texts: Texts) -> Followed:
        collection = self._desk.collection
        return collection.watches.follow(
            follower=follower.key,
            person=person,
            question=question,
            language=texts.code,
            checked=collection.generation,
            limit=MOST,
        )

    def _end(self, id_: int, here: Follower) -> None:
        """End a watch of this chat, in whichever topic; a button's data can be made up."""
        watches = self._desk.collection.watches
        watch = watches.find(id_)
        place = Follower.parse(watch.follower) if watch else None
        if place and (place.bot_id, place.chat_id) == (here.bot_id, here.chat_id):
            watches.end(id_)

    async def _listed(self, texts: Texts, follower: Follower) -> Reply:
        watches = await asyncio.to_thread(self._desk.collection.watches.of, follower.key)
        return render.followed(texts, watches)


def _told(texts: Texts, outcome: Followed) -> Reply:
    match outcome:
        case Followed.NEW:
            return render.notice(texts, _NEW)
        case Followed.KNOWN:
            return render.notice(texts, _KNOWN)
        case Followed.FULL:
            return render.notice(texts, _FULL, n=MOST)


def _without(message: Message, data: str) -> Reply:
    """Return what *message* says without the buttons that carry *data*."""
    rows = message.reply_markup.inline_keyboard if message.reply_markup else ()
    kept = [row for row in rows if all(button.callback_data != data for button in row)]
    keyboard = InlineKeyboardMarkup(kept) if kept else None
    return Reply(text=message.text or "", entities=message.entities, keyboard=keyboard)
