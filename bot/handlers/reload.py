"""/reload, for admins; for everybody else it does not exist, as all commands of admins."""

import structlog
from telegram import Message, Update
from telegram.ext import CommandHandler, filters
from telegram.ext.filters import BaseFilter

from bot import render
from bot.handlers.services import Context, Desk, Handlers, send
from bot.handlers.status import Status
from bot.language import Texts
from bot.reply import Reply
from retrieval.collection.report import Step
from retrieval.errors import ReloadRunningError, RetrievalError

_LOG: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


def handlers(desk: Desk) -> Handlers:
    """Return the handler of /reload; a stranger's goes on to the unknown commands."""
    return [CommandHandler("reload", Admin(desk).reload, by_admin(desk))]


def by_admin(desk: Desk) -> BaseFilter:
    """Return the filter of what admins newly write: an edit of an old /reload is no new one."""
    return filters.UpdateType.MESSAGE & filters.User(desk.admins)


async def begun(texts: Texts, to: Message) -> Status:
    """Say that the articles are being read."""
    reading = render.progress(texts, Step(stage="read", done=0, total=0))
    return Status(await send(reading, to=to), reading)


def failed(texts: Texts, error: RetrievalError) -> Reply:
    """Log why the articles were not taken in, and return what to say of it."""
    if isinstance(error, ReloadRunningError):
        return render.notice(texts, "Another reload is under way. Try again when it is done.")
    _LOG.error("reload failed", reason=str(error))
    return render.failure(texts, error)


class Admin:
    """Reloads the articles."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def reload(self, update: Update, context: Context) -> None:
        """Begin a reload; it goes on in the background, and questions are answered meanwhile."""
        if update.message is None:
            return
        texts = self._desk.texts(update)
        status = await begun(texts, to=update.message)
        work = status.follow(texts, lambda: self._run(texts, status))
        context.application.create_task(work, update=update)

    def _run(self, texts: Texts, status: Status) -> Reply:
        """Reload, on a thread of its own, and return what to say at the end."""
        try:
            return render.report(texts, self._desk.collection.reload(progress=status.note))
        except RetrievalError as error:
            return failed(texts, error)
