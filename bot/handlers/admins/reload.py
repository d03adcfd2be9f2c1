"""/reload, for admins: articles are read in, and one message tells how that goes."""

from collections.abc import Coroutine
from typing import Any

import structlog
from telegram import Message

from bot import render
from bot.handlers.admins.status import begun
from bot.handlers.services import Context
from bot.language import Texts
from bot.reply import Reply
from bot.transport import delivery
from retrieval.errors import ReloadRunningError, RetrievalError

_LOG: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


async def reload(message: Message, context: Context) -> None:
    """Begin a reload; it goes on in the background, and questions are answered meanwhile."""
    await in_background(_reloaded(message, context), context)


async def _reloaded(message: Message, context: Context) -> None:
    collection, metrics, texts = context.services.collection, context.services.metrics, context.texts
    status = await begun(texts, to=message)

    def run() -> Reply:
        try:
            report = collection.reload(progress=status.note)
        except RetrievalError as error:
            metrics.count_reload("busy" if isinstance(error, ReloadRunningError) else "failed")
            return failed(texts, error)
        metrics.count_reload("done")
        return render.report(texts, report)

    await status.follow(texts, run)


async def in_background(work: Coroutine[Any, Any, None], context: Context) -> None:
    """Begin *work*, which goes on after its update; if the process ends before, it begins anew."""
    done = await delivery.go_on()

    async def finished() -> None:
        try:
            await work
        finally:
            done()

    context.application.create_task(finished(), update=context.received)


def failed(texts: Texts, error: RetrievalError) -> Reply:
    """Log why the articles were not taken in, and return what to say of it."""
    if isinstance(error, ReloadRunningError):
        return render.notice(texts, "Another reload is under way. Try again when it is done.")
    _LOG.error("reload failed", reason=str(error))
    return render.failure(texts, error)
