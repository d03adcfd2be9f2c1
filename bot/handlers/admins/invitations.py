"""Tell the admins of chats that somebody brings the bot into; strangers can do that as often as they like."""

from collections.abc import Callable
from datetime import UTC, datetime

import structlog
from telegram import ChatMemberUpdated
from telegram.error import TelegramError

from bot import render
from bot.handlers.services import Context
from bot.language import Texts
from bot.reply import Reply
from bot.transport.sending import post
from retrieval.errors import N_

# Chats a day that others than admins bring the bot into; then admins hear that no more are told.
MOST_TOLD = 5

_NO_MORE = N_(
    "People who are not my admins go on bringing me into groups and channels. "
    "Today I tell you of no more of them; the log has their numbers."
)

_LOG: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


async def tell_admins(change: ChatMemberUpdated, told: Callable[[Texts], Reply], context: Context) -> None:
    """Tell each admin, in their language, of the chat of *change*."""
    services = context.services
    if change.from_user.id not in services.admins:
        _LOG.info("brought into a chat", chat=change.chat.id, person=change.from_user.id)
        today = datetime.now(UTC).date()
        number = await services.notes.number_of_day("brought", context.bot.id, today, most=MOST_TOLD + 1)
        if number is None:
            return
        if number > MOST_TOLD:
            told = _no_more
    for admin in sorted(services.admins):
        texts = services.languages.of(services.chosen.of(admin))
        try:
            await post(told(texts), context.bot, admin)
        except TelegramError as error:  # they never wrote to the bot, or do not want to hear of it
            _LOG.info("admin not told of a chat", reason=error.message)


def _no_more(texts: Texts) -> Reply:
    return render.notice(texts, _NO_MORE)
