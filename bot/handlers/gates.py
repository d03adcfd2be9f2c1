"""Gates that every update passes, before and beside all other handlers.

Telegram sends an update again if the bot stopped before it could acknowledge it. The update is claimed
before it is handled, not after: a poller acknowledges updates while they are being handled, so an update
that is lost in a crash is lost either way, and claiming late would only add answers that come twice.
Inline queries are not claimed: one comes with every letter, and to answer it again does no harm.
"""

from telegram import Update
from telegram.constants import ChatMemberStatus
from telegram.ext import ApplicationHandlerStop

from bot.handlers.services import Context

_OUT = (ChatMemberStatus.LEFT, ChatMemberStatus.BANNED)


async def claim(update: Update, context: Context) -> None:
    """Stop an update that was handled before."""
    if update.inline_query is not None:
        return
    if not await context.services.notes.is_new(context.bot.id, update.update_id):
        raise ApplicationHandlerStop


async def wake(update: Update, context: Context) -> None:
    """Let alerts reach a chat again from which something is heard."""
    chat, change = update.effective_chat, update.my_chat_member
    is_leaving = change is not None and change.new_chat_member.status in _OUT
    if chat is not None and not is_leaving:
        context.services.alerts.wake(chat.id)
