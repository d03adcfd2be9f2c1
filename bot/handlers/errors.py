"""The error handler: a failure is logged, and the person is told; so is somebody who asks too much."""

import traceback
from datetime import timedelta

import structlog
from telegram import Update
from telegram.error import BadRequest, Conflict, Forbidden, NetworkError, RetryAfter, TelegramError

from bot import render
from bot.conversation import inline as listings
from bot.handlers.asking import inline
from bot.handlers.asking.answering import PausedError
from bot.handlers.services import Context
from bot.reply import Reply
from bot.transport.delivery import TakenOverError
from bot.transport.limiter import FloodError
from bot.transport.quota import Pause
from bot.transport.sending import acknowledge, answer_as_guest, says, send
from retrieval.errors import SearchError

_TWO_ARE_RUNNING = "another program is running with the same TELEGRAM_TOKEN: stop one of the two"
_WEBHOOK_IS_SET = (
    "another program has Telegram send the messages to a webhook: stop it, then start this one again"
)
_LOG: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

# Of no consequence: the message is gone, or too old.
_HARMLESS = (
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "query is too old",
)


async def tell(_: object, context: Context) -> None:
    """Log what went wrong and tell the person, unless they cannot or need not hear it.

    Somebody who asks too much is told so once; what they ask then is ignored until their minute is over.
    """
    error, update = context.error, context.received
    if isinstance(error, PausedError):
        await _tell_pause(error.pause, context)
        return
    if error is None or isinstance(error, TakenOverError) or _is_harmless(error):
        return
    _log(error, update, context.bot.token)
    if update is not None and not _is_unreachable(error):
        await _tell(_sorry(error, context), update, context)


def _sorry(error: Exception, context: Context) -> Reply:
    if isinstance(error, SearchError):
        return render.notice(context.texts, "I cannot search right now. Please ask again in a few minutes.")
    return render.notice(context.texts, "Something went wrong on my side. Please try again in a while.")


async def _tell_pause(pause: Pause, context: Context) -> None:
    update = context.received
    assert update is not None  # somebody asked
    if update.inline_query is not None:
        kept = timedelta(seconds=1)
        await inline.answer_query(update.inline_query, listings.paused(context.texts), kept=kept)
    elif pause.is_first:
        await _tell(render.pause(context.texts, pause.seconds), update, context)
    elif update.callback_query is not None:
        await acknowledge(update.callback_query)


async def _tell(reply: Reply, update: Update, context: Context) -> None:
    try:
        if update.callback_query is not None:
            await acknowledge(update.callback_query, reply)
        elif update.guest_message is not None:
            answer = render.guest_notice(context.texts, reply, context.links)
            await answer_as_guest(answer, to=update.guest_message)
        elif update.effective_message is not None:
            await send(reply, to=update.effective_message)
    except TelegramError as error:
        _LOG.info("not told", update_id=update.update_id, reason=error.message)


def _log(error: Exception, update: Update | None, token: str) -> None:
    if isinstance(error, Conflict):
        _LOG.error(_WEBHOOK_IS_SET if "webhook" in error.message.lower() else _TWO_ARE_RUNNING)
        return
    chat = update.effective_chat if update else None
    facts = {
        "update_id": update.update_id if update else None,
        "chat_type": chat.type if chat else None,
        "error": type(error).__name__,
        "reason": str(error).replace(token, "…"),
    }
    if isinstance(error, TelegramError):
        _LOG.warning("Telegram failed", **facts)
    else:
        # Without its last line, which says the reason once more.
        _LOG.error("a handler failed", places="".join(traceback.format_tb(error.__traceback__)), **facts)


def _is_harmless(error: Exception) -> bool:
    return isinstance(error, BadRequest) and says(error, *_HARMLESS)


def _is_unreachable(error: Exception) -> bool:
    """Tell whether the person cannot be told now: Telegram is down or wants a pause, or blocks the bot."""
    network = isinstance(error, NetworkError) and not isinstance(error, BadRequest)
    return network or isinstance(error, Forbidden | Conflict | RetryAfter | FloodError)
