"""What every handler works with."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from telegram import Bot, Message, Update
from telegram.ext import Application, BaseHandler, ContextTypes

from bot.language import Languages, Texts
from bot.notes import Notes
from bot.reply import Reply
from retrieval.collection import Collection

Context = ContextTypes.DEFAULT_TYPE
App = Application[Any, Any, Any, Any, Any, Any]
Handlers = Sequence[BaseHandler[Any, Any, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The collection, the bot's languages and notes, and who its admins are."""

    collection: Collection
    languages: Languages
    notes: Notes
    admins: frozenset[int]  # Telegram user ids

    def texts(self, update: Update) -> Texts:
        """Return the texts in the language of the person behind *update*."""
        user = update.effective_user
        return self.languages.of(user.language_code if user else None)

    def is_admin(self, update: Update) -> bool:
        """Tell whether the person behind *update* is an admin."""
        return update.effective_user is not None and update.effective_user.id in self.admins


async def send(reply: Reply, to: Message) -> Message:
    """Answer the message *to*: in the same topic, and in a group as a reply to it."""
    return await to.reply_text(reply.text, entities=reply.entities or None, reply_markup=reply.keyboard)


async def replace(reply: Reply, bot: Bot, chat_id: int, message_id: int) -> None:
    """Put *reply* in the place of what one of the bot's messages says."""
    await bot.edit_message_text(
        reply.text,
        chat_id=chat_id,
        message_id=message_id,
        entities=reply.entities or None,
        reply_markup=reply.keyboard,
    )
