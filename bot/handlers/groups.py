"""The bot comes into a group: it says how to ask there, and tells admins which messages it does not see."""

from collections.abc import Callable

import structlog
from telegram import ChatMember, ChatMemberUpdated, Update
from telegram.constants import ChatType
from telegram.error import TelegramError
from telegram.ext import ChatMemberHandler

from bot import render
from bot.allowed import Place
from bot.handlers.services import Context
from bot.language import Texts
from bot.reply import Reply
from bot.transport.sending import post

_LOG: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)
_OUTSIDE = (ChatMember.LEFT, ChatMember.BANNED)


class Added(ChatMemberHandler[Context, None]):
    """Takes only that the bot came into a group; all other changes are for others."""

    def check_update(self, update: object) -> bool:
        """Tell whether the bot has come into a group."""
        change = update.my_chat_member if isinstance(update, Update) else None
        return change is not None and _comes_in(change)


async def greet(update: Update, context: Context) -> None:
    """Tell the group how to ask; if Telegram hides messages from the bot, tell its admins."""
    change = update.my_chat_member
    assert change is not None  # the handler sees to it
    if not context.services.admission.admits_all_of(Place(chat=change.chat.id)):
        await _tell_admins(
            context, lambda texts: render.uninvited(texts, change.chat.title or "", change.chat.id)
        )
        return
    me = await context.bot.get_me()  # privacy mode may have been changed since the start
    is_admin = change.new_chat_member.status == ChatMember.ADMINISTRATOR
    sees_all = bool(me.can_read_all_group_messages) or is_admin
    hello = render.hello(context.texts, context.bot.username, sees_all=sees_all)
    await post(hello, context.bot, change.chat.id)
    if not sees_all and await context.services.notes.is_first_in(context.bot.id, change.chat.id):
        title = change.chat.title or ""
        await _tell_admins(context, lambda texts: render.hidden(texts, context.bot.username, title))


async def _tell_admins(context: Context, told: Callable[[Texts], Reply]) -> None:
    services = context.services
    for admin in sorted(services.admins):
        texts = services.languages.of(services.chosen.of(admin))
        try:
            await post(told(texts), context.bot, admin)
        except TelegramError as error:  # they never wrote to the bot, or do not want to hear of it
            _LOG.info("admin not told of a group", reason=error.message)


def _comes_in(change: ChatMemberUpdated) -> bool:
    is_group = change.chat.type in (ChatType.GROUP, ChatType.SUPERGROUP)
    was_outside = change.old_chat_member.status in _OUTSIDE
    return is_group and was_outside and change.new_chat_member.status not in _OUTSIDE
