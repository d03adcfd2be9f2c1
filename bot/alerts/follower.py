"""A follower of questions on Telegram: a chat, or a topic in it."""

from dataclasses import dataclass
from typing import Self

from telegram import MaybeInaccessibleMessage, Message

from bot.allowed import GENERAL, Place
from bot.transport.admission import thread


@dataclass(frozen=True, slots=True, kw_only=True)
class Follower:
    """A chat or topic that is written to when there is something new."""

    bot_id: int  # several bots may share a database
    chat_id: int
    topic: int = 0  # the thread of a forum topic; 0: none

    @classmethod
    def of(cls, message: MaybeInaccessibleMessage) -> Self:
        """Return the chat or topic of *message*."""
        topic = thread(message) if isinstance(message, Message) else None
        return cls(bot_id=message.get_bot().id, chat_id=message.chat.id, topic=topic or 0)

    @classmethod
    def parse(cls, key: str) -> Self:
        """Return the follower that has this key."""
        bot_id, chat_id, topic = map(int, key.split(":"))
        return cls(bot_id=bot_id, chat_id=chat_id, topic=topic)

    @property
    def place(self) -> Place:
        """Return where it is written to."""
        return Place(chat=self.chat_id, topic=self.topic or GENERAL)

    @property
    def key(self) -> str:
        """Return the key that the watches know it by."""
        return f"{self.bot_id}:{self.chat_id}:{self.topic}"
