"""Gates that every update passes, before and beside all other handlers.

Who may not ask is refused before anything else is done for them.
"""

from datetime import timedelta

import structlog
from telegram import Update
from telegram.constants import ChatMemberStatus
from telegram.error import TelegramError
from telegram.ext import ApplicationHandlerStop

from bot import render
from bot.conversation import inline as listings
from bot.handlers.asking import inline
from bot.handlers.services import Context
from bot.transport.admission import place_of
from bot.transport.sending import acknowledge, is_private, send

_REFUSED_FOR = timedelta(minutes=1)  # Telegram may keep it so long; then whoever was let in sees answers
_LOG: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)
_OUT = (ChatMemberStatus.LEFT, ChatMemberStatus.BANNED)


async def admit(update: Update, context: Context) -> None:
    """Stop an update of somebody who may not ask. A channel's posts ask nothing: ``channels`` judges them."""
    if update.channel_post or update.edited_channel_post:
        return
    person = update.effective_user
    is_admitted = False
    try:
        is_admitted = await context.services.admission.admits(
            context.bot, person=person.id if person else None, place=place_of(update)
        )
        if not is_admitted:
            await _refuse(update, context)
    except TelegramError as error:
        _LOG.info("refusal not told", update_id=update.update_id, reason=error.message)
    except Exception as error:  # PTB would go on to the other handlers
        _LOG.error("not refused", update_id=update.update_id, error=type(error).__name__)
    if not is_admitted:
        raise ApplicationHandlerStop


async def _refuse(update: Update, context: Context) -> None:
    """Tell somebody that the bot is not for them: in private once a day, in a group not at all."""
    if update.inline_query is not None:
        refusal = listings.refused(context.texts)
        await inline.answer_query(update.inline_query, refusal, kept=_REFUSED_FOR)
        return
    if update.callback_query is not None:
        await acknowledge(update.callback_query, render.not_admitted(context.texts, person=None))
    chat, message = update.effective_chat, update.message
    if chat is None or not context.services.admission.is_first_refusal(chat.id):
        return
    person = context.person.id if context.person else None
    _LOG.info("not allowed to ask", chat=chat.id, person=person)
    if message is not None and person is not None and is_private(message):
        await send(render.not_admitted(context.texts, person=person), to=message)


async def wake(update: Update, context: Context) -> None:
    """Let alerts reach a chat again from which something is heard."""
    chat, change = update.effective_chat, update.my_chat_member
    is_leaving = change is not None and change.new_chat_member.status in _OUT
    if chat is not None and not is_leaving:
        context.services.alerts.wake(chat.id)
