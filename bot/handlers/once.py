"""An update that comes again is not handled again.

Telegram sends an update again when the bot stopped before it could acknowledge it. The update is claimed
before it is handled, not after: a poller acknowledges updates while they are being handled, so an update
that is lost in a crash is lost either way, and claiming late would only add answers that come twice.
Inline queries are not claimed: one comes with every letter, and to answer it again does no harm.
"""

from telegram import Update
from telegram.ext import ApplicationHandlerStop, TypeHandler

from bot.handlers.services import Context, Desk, Handlers

GROUP = -2  # before all other handlers


def handlers(desk: Desk) -> Handlers:
    """Return the handler that stops updates seen before; it belongs into ``GROUP``."""

    async def claim(update: Update, context: Context) -> None:
        if update.inline_query is not None:
            return
        if not await desk.notes.is_new(context.bot.id, update.update_id):
            raise ApplicationHandlerStop

    return [TypeHandler(Update, claim)]
