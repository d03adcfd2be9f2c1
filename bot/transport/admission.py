"""Admission: decide whether an update, or an alert, concerns somebody who may ask."""

import time
from collections.abc import Callable

import structlog
from cachetools import TTLCache
from telegram import Bot, ChatMember, ChatMemberRestricted, Message, Update
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.allowed import GENERAL, Admitted, Place

# Seconds that Telegram's word on a membership counts: so long somebody removed may still ask
BELIEVED = 300.0
TOLD_EVERY = 86_400.0  # seconds between two refusals that one chat hears of
_MOST = 10_000  # people or chats that are remembered
_UNKNOWN = 0  # a topic that no list names
_INSIDE = (ChatMember.OWNER, ChatMember.ADMINISTRATOR, ChatMember.MEMBER)

_LOG: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Admission:
    """Admit the *allowed*, and always the *admins*. Whoever cannot be told to be allowed is not."""

    def __init__(
        self, allowed: Admitted, admins: frozenset[int], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._allowed = allowed
        self._admins = admins
        self._members: TTLCache[tuple[int, int], bool] = TTLCache(_MOST, BELIEVED, clock)
        self._told: TTLCache[int, bool] = TTLCache(_MOST, TOLD_EVERY, clock)

    async def admits(self, bot: Bot, *, person: int | None, place: Place | None) -> bool:
        """Tell whether *person* may ask in *place*; None for nobody, and for outside of any known chat.

        Raises ``TelegramError`` if Telegram cannot be asked now: then nobody knows.
        """
        if (place is not None and self.admits_all_of(place)) or self._allowed.is_everybody:
            return True
        if person is None:
            return False
        if person in self._admins | self._allowed.people:
            return True
        unknown: TelegramError | None = None
        for group in sorted(self._allowed.members_of):
            try:
                if await self._is_member(bot, group, person):
                    return True
            except TelegramError as error:  # they may be in another group
                unknown = error
        if unknown is not None:
            raise unknown
        return False

    def admits_all_of(self, place: Place) -> bool:
        """Tell whether whoever can write in *place* may ask there."""
        return self._allowed.admits_all_of(place) or place.chat in self._admins

    def is_first_refusal(self, chat: int) -> bool:
        """Tell whether *chat* has not heard of a refusal today, and note that it has now."""
        is_first = chat not in self._told
        self._told[chat] = True
        return is_first

    async def _is_member(self, bot: Bot, group: int, person: int) -> bool:
        key = (group, person)
        if key not in self._members:
            try:
                member = await bot.get_chat_member(group, person)
            except TelegramError as error:  # asked again the next time
                _LOG.warning("membership not known", group=group, reason=error.message)
                if isinstance(error, BadRequest | Forbidden):  # such a group, or person, is none
                    return False
                raise
            is_inside = isinstance(member, ChatMemberRestricted) and member.is_member
            self._members[key] = member.status in _INSIDE or is_inside
        return self._members[key]


def place_of(update: Update) -> Place | None:
    """Return the chat and topic that *update* comes from; None for an inline query."""
    chat, message = update.effective_chat, update.effective_message
    if chat is None:
        return None
    if message is not None and not isinstance(message, Message):  # too old to be looked at
        return Place(chat=chat.id, topic=_UNKNOWN)
    return Place(chat=chat.id, topic=thread(message) or GENERAL)


def thread(message: Message | None) -> int | None:
    """Return the number of the topic of *message*; None if it is in none.

    In a group without topics, the number that Telegram gives is a chain of replies.
    """
    return message.message_thread_id if message is not None and message.is_topic_message else None
