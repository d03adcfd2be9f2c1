"""A message: plain text, entities over it, and buttons under it; and a message as an inline list shows it."""

from dataclasses import dataclass

from telegram import InlineKeyboardMarkup, MessageEntity


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """The text of one message. It is never parsed, so nothing that an article contains can break it."""

    text: str  # 1..4096 UTF-16 units
    entities: tuple[MessageEntity, ...] = ()  # at most 100; offsets and lengths in UTF-16 units
    keyboard: InlineKeyboardMarkup | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A message that a person can choose from a list, to send it into any chat."""

    id: str  # 1..64 bytes, another one for each result of a list
    title: str
    description: str
    message: Reply  # its buttons lead to URLs: the bot need not know the chat


def units(text: str) -> int:
    """Return the length of *text* as Telegram counts it: in UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2
