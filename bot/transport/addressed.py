"""Tell whether a message is meant for the bot, and what it asks."""

import re

from telegram import Message, MessageEntity
from telegram.constants import ChatType

_COMMAND = re.compile(r"\A/(?:ask|why)(?:@\w+)?(?=\s|$)", re.IGNORECASE)


def is_addressed(message: Message) -> bool:
    """Tell whether *message* is for the bot: in a private chat, or mentioning it, or replying to it."""
    return message.chat.type == ChatType.PRIVATE or _mentions(message) or _replies(message)


def question(message: Message) -> str:
    """Return what *message* asks, without /ask or /why and without the bot's @name.

    A message that says nothing else asks the text of the message it replies to. "" without any.
    """
    name = re.compile(rf"@{re.escape(message.get_bot().username)}\b", re.IGNORECASE)
    words = name.sub(" ", _COMMAND.sub(" ", message.text or message.caption or "", count=1)).strip()
    quoted = message.reply_to_message
    if words or quoted is None or is_own(quoted):
        return words
    return quoted.text or quoted.caption or ""


def _mentions(message: Message) -> bool:
    me = message.get_bot()
    # PTB fails on half characters, in the text or cut out of it.
    units = (message.text or message.caption or "").encode("utf-16-le", "surrogatepass")

    def names_me(entity: MessageEntity) -> bool:
        words = units[2 * entity.offset : 2 * (entity.offset + entity.length)].decode("utf-16-le", "replace")
        if entity.type == MessageEntity.MENTION:
            return words.lower() == f"@{me.username}".lower()
        return (
            entity.type == MessageEntity.TEXT_MENTION and entity.user is not None and entity.user.id == me.id
        )

    return any(map(names_me, message.entities or message.caption_entities))


def _replies(message: Message) -> bool:
    return message.reply_to_message is not None and is_own(message.reply_to_message)


def is_own(message: Message) -> bool:
    """Tell whether the bot wrote *message*; the opener of a forum topic counts as nobody's.

    Everything written in a topic replies to its opener.
    """
    is_ours = message.from_user is not None and message.from_user.id == message.get_bot().id
    return is_ours and message.forum_topic_created is None
