"""/reload and /stats, for admins; for everybody else these commands do not exist."""

import asyncio

import structlog
from telegram import Update
from telegram.ext import CommandHandler, filters

from bot import render
from bot.handlers.desk import Context, Desk, Handlers, send
from bot.handlers.status import Status
from bot.language import Texts
from bot.reply import Reply
from retrieval.errors import ReloadRunningError, RetrievalError
from retrieval.reload import Step

_LOG: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


def handlers(desk: Desk) -> Handlers:
    """Return the handlers of the admins' commands; a stranger's goes on to the unknown commands."""
    admin = Admin(desk)
    # An edit of an old /reload is no new one.
    asked_by_admin = filters.UpdateType.MESSAGE & filters.User(desk.admins)
    return [
        CommandHandler("reload", admin.reload, asked_by_admin),
        CommandHandler("stats", admin.stats, asked_by_admin),
    ]


class Admin:
    """Reloads the articles, and tells what the collection holds."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def stats(self, update: Update, _: Context) -> None:
        """Tell what the collection holds."""
        if update.message is not None:
            stats = await asyncio.to_thread(self._desk.collection.stats)
            await send(render.statistics(self._desk.texts(update), stats), to=update.message)

    async def reload(self, update: Update, context: Context) -> None:
        """Begin a reload; it goes on in the background, and questions are answered meanwhile."""
        if update.message is None:
            return
        texts = self._desk.texts(update)
        begun = render.progress(texts, Step(stage="read", done=0, total=0))
        status = Status(await send(begun, to=update.message), begun)
        context.application.create_task(self._reload(texts, status), update=update)

    async def _reload(self, texts: Texts, status: Status) -> None:
        work = asyncio.create_task(asyncio.to_thread(self._run, texts, status))
        while not (await asyncio.wait({work}, timeout=status.pause))[0]:
            if status.step is not None:
                await status.show(render.progress(texts, status.step))
        await status.end(await work)

    def _run(self, texts: Texts, status: Status) -> Reply:
        """Reload, on a thread of its own, and return what to say at the end."""
        try:
            return render.report(texts, self._desk.collection.reload(progress=status.note))
        except ReloadRunningError:
            return render.notice(texts, "Another reload is under way. Try again when it is done.")
        except RetrievalError as error:
            _LOG.error("reload failed", reason=str(error))
            return render.failure(texts, error)
