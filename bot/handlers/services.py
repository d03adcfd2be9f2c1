"""What every handler works with."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from telegram import Bot, CallbackQuery, MaybeInaccessibleMessage, Message, Update, User
from telegram.constants import ChatType
from telegram.error import BadRequest, ChatMigrated
from telegram.ext import Application, BaseHandler, CallbackQueryHandler, ContextTypes, filters

from bot.conversation.replies import Turn
from bot.language import Languages, Texts
from bot.lately import Lately
from bot.links import Links
from bot.reply import Reply
from bot.storage.answers import Shown
from bot.storage.keys import person_key, place_key
from bot.storage.languages import Chosen
from bot.storage.notes import Notes
from bot.transport.quota import Courtesy
from bot.transport.typing import Waiting
from retrieval.collection.collection import Collection
from retrieval.journal.journal import Asked

Context = ContextTypes.DEFAULT_TYPE
App = Application[Any, Any, Any, Any, Any, Any]
Handlers = Sequence[BaseHandler[Any, Any, Any]]

# An automatic forward is a channel's post in its discussion group: nobody speaks to the bot there. A message
# "via" a bot is an answer that somebody shared.
SAID = ~filters.IS_AUTOMATIC_FORWARD & ~filters.VIA_BOT


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The collection, what the bot says, notes, shows and counts, and who its admins are."""

    collection: Collection
    lately: Lately
    waiting: Waiting
    asking: asyncio.Semaphore  # held while the collection is asked: more threads would only wake each other
    languages: Languages
    notes: Notes
    shown: Shown
    chosen: Chosen
    courtesy: Courtesy
    admins: frozenset[int]  # Telegram user ids
    kept_days: int  # how long questions are kept

    def texts(self, update: Update) -> Texts:
        """Return the texts in the language that whoever is behind *update* chose, else their Telegram's."""
        user = update.effective_user
        chosen = self.chosen.of(user.id) if user else None
        return self.languages.of(chosen or (user.language_code if user else None))

    def noted(self, turn: Turn, id_: str, message: Message, asker: User | None) -> Asked | None:
        """Return what is kept of the answer of *turn*, if it is one, that is shown where *message* stands."""
        if turn.found is None:
            return None
        bot_id = message.get_bot().id
        return Asked.of(
            turn.found,
            id=id_,
            asker=person_key(bot_id, asker.id if asker else 0),
            place=place_key(bot_id, message.chat.id),
            at=datetime.now(UTC),
            seconds=turn.seconds,
        )

    async def asked(self, id_: str, query: CallbackQuery) -> Asked | None:
        """Return the answer under which a button was pressed; None where it is not kept any more.

        An answer of another chat counts for none: a button's data can be made up.
        """
        if query.message is None:
            return None
        asked = await self.shown.find(id_)
        place = place_key(query.get_bot().id, query.message.chat.id)
        return asked if asked and asked.place == place else None

    def links(self, bot: Bot) -> Links:
        """Return the ways to the articles."""
        return Links(username=bot.username)

    def is_admin(self, update: Update) -> bool:
        """Tell whether the person behind *update* is an admin."""
        return update.effective_user is not None and update.effective_user.id in self.admins


def on_button(
    handle: Callable[[Update, Context], Coroutine[Any, Any, None]], parse: Callable[[str], object | None]
) -> CallbackQueryHandler[Context, None]:
    """Return the handler of the buttons whose data *parse* understands; any other is None to it."""
    return CallbackQueryHandler(handle, lambda data: parse(str(data)) is not None)


def is_private(message: MaybeInaccessibleMessage) -> bool:
    """Tell whether *message* stands in the chat of one person with the bot: in a group everybody reads it."""
    return message.chat.type == ChatType.PRIVATE


async def send(reply: Reply, to: Message) -> Message:
    """Answer the message *to*: in the same topic, and in a group as a reply to it."""
    try:
        return await to.reply_text(
            reply.text,
            entities=reply.entities or None,
            reply_markup=reply.keyboard,
        )
    except ChatMigrated as error:  # the group has become a supergroup: its messages have new numbers
        return await post(reply, to.get_bot(), error.new_chat_id)


async def post(reply: Reply, bot: Bot, chat_id: int) -> Message:
    """Write into a chat, in answer to nothing."""
    return await bot.send_message(
        chat_id,
        reply.text,
        entities=reply.entities or None,
        reply_markup=reply.keyboard,
    )


async def replace(reply: Reply, bot: Bot, chat_id: int, message_id: int) -> None:
    """Put *reply* in the place of what one of the bot's messages says; it may say that already."""
    try:
        await bot.edit_message_text(
            reply.text,
            chat_id=chat_id,
            message_id=message_id,
            entities=reply.entities or None,
            reply_markup=reply.keyboard,
        )
    except BadRequest as error:
        if not says(error, "message is not modified"):
            raise


async def acknowledge(query: CallbackQuery, notice: Reply | None = None, *, in_passing: bool = False) -> None:
    """Stop a button's clock, with a *notice* to be read; where it has run out, the notice is a message.

    One *in passing* goes away by itself, and need not be told later.
    """
    try:
        await query.answer(notice.text if notice else None, show_alert=notice is not None and not in_passing)
    except BadRequest as error:
        if not says(error, "query is too old"):
            raise
        if notice is not None and query.message is not None and not in_passing:
            await post(notice, query.get_bot(), query.message.chat.id)


def says(error: BadRequest, *texts: str) -> bool:
    """Tell whether Telegram's complaint holds one of *texts*, which are in lower case."""
    return any(text in error.message.lower() for text in texts)  # PTB changes the case of what Telegram says
