"""The bot comes into a group: it says how to ask there, and tells admins what it does not see."""

import structlog
from telegram import Chat, ChatMember, ChatMemberUpdated, Update
from telegram.constants import ChatType
from telegram.error import TelegramError
from telegram.ext import ChatMemberHandler

from bot import render
from bot.handlers.services import Context, Desk, Handlers, post

_LOG: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)
_OUTSIDE = (ChatMember.LEFT, ChatMember.BANNED)


class _Added(ChatMemberHandler[Context, None]):
    """Takes only that the bot came into a group; all other changes are for others."""

    def check_update(self, update: object) -> bool:
        """Tell whether the bot has come into a group."""
        change = update.my_chat_member if isinstance(update, Update) else None
        return change is not None and _comes_in(change)


def handlers(desk: Desk) -> Handlers:
    """Return the handler of being added to a group."""
    return [_Added(Groups(desk).greet)]


class Groups:
    """Introduces the bot."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def greet(self, update: Update, context: Context) -> None:
        """Tell the group how to ask; where Telegram hides messages from the bot, tell its admins."""
        change = update.my_chat_member
        if change is None:
            return
        me = await context.bot.get_me()  # privacy mode may have been changed since the start
        is_admin = change.new_chat_member.status == ChatMember.ADMINISTRATOR
        sees_all = bool(me.can_read_all_group_messages) or is_admin
        hello = render.hello(self._desk.texts(update), context.bot.username, sees_all=sees_all)
        await post(hello, context.bot, change.chat.id)
        if not sees_all and await self._desk.notes.is_first_in(context.bot.id, change.chat.id):
            await self._tell_admins(context, change.chat)

    async def _tell_admins(self, context: Context, group: Chat) -> None:
        for admin in sorted(self._desk.admins):
            texts = self._desk.languages.of(self._desk.chosen.of(admin))
            try:
                await post(render.hidden(texts, context.bot.username, group.title or ""), context.bot, admin)
            except TelegramError as error:  # they never wrote to the bot, or do not want to hear of it
                _LOG.info("admin not told of privacy mode", reason=error.message)


def _comes_in(change: ChatMemberUpdated) -> bool:
    is_group = change.chat.type in (ChatType.GROUP, ChatType.SUPERGROUP)
    was_outside = change.old_chat_member.status in _OUTSIDE
    return is_group and was_outside and change.new_chat_member.status not in _OUTSIDE
