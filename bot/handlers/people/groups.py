"""The bot comes into a group: it says how to ask there, and tells admins which messages it does not see."""

from telegram import ChatMember, ChatMemberUpdated, Update
from telegram.constants import ChatType
from telegram.ext import ChatMemberHandler

from bot import render
from bot.allowed import Place
from bot.handlers.admins.invitations import tell_admins
from bot.handlers.services import Context
from bot.transport.sending import post

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
    title = change.chat.title or ""
    if not context.services.admission.admits_all_of(Place(chat=change.chat.id)):
        await tell_admins(change, lambda texts: render.uninvited(texts, title, change.chat.id), context)
        return
    me = await context.bot.get_me()  # privacy mode may have been changed since the start
    is_admin = change.new_chat_member.status == ChatMember.ADMINISTRATOR
    sees_all = bool(me.can_read_all_group_messages) or is_admin
    hello = render.hello(context.texts, context.bot.username, sees_all=sees_all)
    await post(hello, context.bot, change.chat.id)
    if not sees_all and await context.services.notes.is_first_in(context.bot.id, change.chat.id):
        await tell_admins(change, lambda texts: render.hidden(texts, context.bot.username, title), context)


def _comes_in(change: ChatMemberUpdated) -> bool:
    is_group = change.chat.type in (ChatType.GROUP, ChatType.SUPERGROUP)
    was_outside = change.old_chat_member.status in _OUTSIDE
    return is_group and was_outside and change.new_chat_member.status not in _OUTSIDE
