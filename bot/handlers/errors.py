"""What happens when a handler fails, or polling does: it is logged, then the person is told."""

import traceback

import structlog
from telegram import Update
from telegram.error import BadRequest, Conflict, Forbidden, NetworkError, RetryAfter, TelegramError

from bot import render
from bot.handlers.results import answer_as_guest
from bot.handlers.services import Context, Desk, acknowledge, says, send
from bot.transport.limiter import FloodError

_LOG: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

# Of no consequence: the message is gone, or too old.
_HARMLESS = (
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "query is too old",
)


class Trouble:
    """The error handler of the application."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def __call__(self, update: object, context: Context) -> None:
        """Log what went wrong, and tell the person, unless they cannot or need not hear it."""
        error = context.error
        if error is None or _is_harmless(error):
            return
        place = update if isinstance(update, Update) else None
        _log(error, place, context.bot.token)
        if place is not None and not _is_unreachable(error):
            await self._tell(place)

    async def _tell(self, update: Update) -> None:
        texts = self._desk.texts(update)
        sorry = render.notice(texts, "Something went wrong on my side. Please try again in a while.")
        try:
            if update.callback_query is not None:
                await acknowledge(update.callback_query, sorry)
            elif update.guest_message is not None:
                links = self._desk.links(update.guest_message.get_bot())
                await answer_as_guest(render.guest_notice(texts, sorry, links), to=update.guest_message)
            elif update.effective_message is not None:
                await send(sorry, to=update.effective_message)
        except TelegramError as error:
            _LOG.info("not told", update_id=update.update_id, reason=error.message)


def _log(error: Exception, update: Update | None, token: str) -> None:
    if isinstance(error, Conflict):
        _LOG.error("another program is running with the same TELEGRAM_TOKEN: stop one of the two")
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
    """Tell whether the person cannot be told now: Telegram is away or wants a pause, or they want no word."""
    network = isinstance(error, NetworkError) and not isinstance(error, BadRequest)
    return network or isinstance(error, Forbidden | Conflict | RetryAfter | FloodError)
