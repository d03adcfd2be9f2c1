"""Tell whether a message is meant for the bot, and what it asks."""

import re

from telegram import Message, MessageEntity
from telegram.constants import ChatType

_COMMAND = re.compile(r"\A/(?:ask|why)(?:@\w+)?(?=\s|$)", re.IGNORECASE)


def is_meant(message: Message) -> bool:
    """Tell whether *message* is for the bot: in a private chat, or mentioning it, or replying to it."""
    return message.chat.type == ChatType.PRIVATE or _mentions(message) or _replies(message)


def question(message: Message) -> str:
    """Return what *message* asks, without /ask or /why and without the bot's @name.

    Where nothing else is said, it points at the message it replies to, and that one's text is asked.
    "" where there is none either.
    """
    name = re.compile(rf"@{re.escape(message.get_bot().username)}\b", re.IGNORECASE)
    words = name.sub(" ", _COMMAND.sub(" ", message.text or message.caption or "", count=1)).strip()
    quoted = message.reply_to_message
    if words or quoted is None or _own(quoted):
        return words
    return quoted.text or quoted.caption or ""


def _mentions(message: Message) -> bool:
    me = message.get_bot()
    parse = message.parse_entities if message.text else message.parse_caption_entities
    return any(
        mention.lower() == f"@{me.username}".lower() or (entity.user is not None and entity.user.id == me.id)
        for entity, mention in parse([MessageEntity.MENTION, MessageEntity.TEXT_MENTION]).items()
    )


def _replies(message: Message) -> bool:
    answered = message.reply_to_message
    # Whatever is written in a forum topic replies to the message that opened the topic.
    return answered is not None and answered.forum_topic_created is None and _own(answered)


def _own(message: Message) -> bool:
    return message.from_user is not None and message.from_user.id == message.get_bot().id
