"""The life of a process on Telegram: its start, what it does beside answering, its end."""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from functools import partial

import structlog
from telegram.error import InvalidToken

from bot import heap, menus
from bot.errors import TelegramDownError
from bot.handlers.services import App, Services
from bot.health.health import Health
from bot.storage.arrivals import BEAT_EVERY, Arrivals
from bot.storage.duties import on_duty
from bot.storage.queue import ArrivedUpdates
from bot.transport.polling import Polling
from retrieval.collection.workers.garbage import settle
from retrieval.errors import ReloadRunningError, RetrievalError

FOLLOWING_EVERY = 60.0  # seconds: then it is looked which pages on the web are to be visited
TRIMMING_EVERY = 60.0  # seconds: a reload leaves some megabytes free, which take milliseconds to give back
WRITING_BACK_EVERY = 10.0  # seconds: the longer, the more the disk has to take at once
HOUSEKEEPING_EVERY = 300.0  # seconds: questions are noted for some minutes only

_LOG: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Life:
    """Start-up, background tasks, shutdown."""

    health: Health  # known once there is an application

    def __init__(
        self,
        services: Services,
        updates: Polling,
        thread: ThreadPoolExecutor,
        arrivals: Arrivals,
        queue: ArrivedUpdates,
    ) -> None:
        self._services = services
        self._updates = updates
        self._thread = thread
        self._arrivals = arrivals
        self._queue = queue
        self._bot_id: int | None = None  # once Telegram has let it start
        self._warming: asyncio.Task[None] | None = None
        self._repeated: list[asyncio.Task[None]] = []
        self._follower = ThreadPoolExecutor(1, "follower")  # of its own, since a round may take hours
        self._keeper = ThreadPoolExecutor(1, "keeper")  # of its own, since it listens all the time
        self._keeping_up: asyncio.Future[None] | None = None
        self._stop = threading.Event()

    async def begin(self, application: App) -> None:
        """Publish the menus of commands, and let the engine get ready.

        The first question of a process takes a second, or several if the loops are yet to be compiled.
        """
        if self._services.collection.is_first_start:
            _LOG.info("search is prepared", reason="the first start compiles it, which takes some seconds")
        self._warming = asyncio.create_task(asyncio.to_thread(self._warm_up))
        self._repeat("housekeeping", self._keep_house, HOUSEKEEPING_EVERY)
        self._bot_id = application.bot.id
        await self._arrivals.beat(application.bot.id)
        await self._take_over(application)
        self._repeat("watching", partial(self._watch, application), BEAT_EVERY)
        self._repeat("visiting pages on the web", self._follow, FOLLOWING_EVERY)
        write_back = self._services.collection.memory.write_back
        self._repeat("writing notes back", partial(asyncio.to_thread, write_back), WRITING_BACK_EVERY)
        self._repeat("giving memory back", partial(asyncio.to_thread, heap.trim), TRIMMING_EVERY)
        await self._services.chosen.load(application.bot.id)
        self._keep_up(application.bot.id)
        await self._services.alerts.begin(application.bot)
        services = self._services
        async with on_duty(services.collection, f"menus:{application.bot.id}") as is_ours:
            if is_ours:
                await menus.publish(application.bot, services.languages, services.notes, services.admins)
        await self.health.begin(application.bot)
        _LOG.info("connected", username=application.bot.username)

    def _warm_up(self) -> None:
        self._services.collection.prepare()
        settle()

    async def leave(self, _: App) -> None:
        """Send nothing more, while there still is a connection for what is being sent."""
        await self._services.alerts.end()
        self._services.collection.followed.stop()
        await self._stop_keeping_up()

    async def end(self, application: App) -> None:
        """Finish what is being written, and close the connections.

        Raises ``InvalidToken`` or ``TelegramDownError`` if that was why the bot stopped.
        """
        await application.bot.shutdown()  # PTB leaves it open if the start failed
        await self.health.end()
        await self._services.alerts.end()  # if the start failed, nothing came before
        self._services.collection.followed.stop()
        await self._stop_keeping_up()
        for endless in self._repeated:
            endless.cancel()
        if tasks := {*self._repeated, *filter(None, [self._warming])}:
            await asyncio.wait(tasks)
        await asyncio.to_thread(self._follower.shutdown)
        if self._bot_id is not None:
            await self._arrivals.leave(self._bot_id)
        await self._services.answers.written()
        self._thread.shutdown()
        await application.bot.shutdown()  # if the start failed, PTB leaves them open
        if self._updates.is_revoked:
            raise InvalidToken
        if self._updates.is_deaf:
            raise TelegramDownError(
                "Telegram has not answered for a quarter of an hour: check the network, then start again"
            )

    def _repeat(self, name: str, work: Callable[[], Awaitable[None]], every: float) -> None:
        """Do *work* again and again, *every* so many seconds, whatever becomes of it."""

        async def repeat() -> None:
            while True:
                try:
                    await work()
                except RetrievalError as error:  # the next time, then
                    _LOG.warning(f"{name} is put off", reason=str(error))
                except Exception as error:  # the next time may go well
                    _LOG.exception(f"{name} failed", error=type(error).__name__)
                await asyncio.sleep(every)

        self._repeated.append(asyncio.create_task(repeat()))

    async def _watch(self, application: App) -> None:
        """Say that this process is alive, and answer what others left that are not."""
        if self._updates.is_deaf:
            application.stop_running()
        await self._arrivals.beat(application.bot.id)
        await self._take_over(application)

    async def _take_over(self, application: App) -> None:
        for update in await self._arrivals.left(application.bot):
            await self._queue.put_again(update)

    def _keep_up(self, bot_id: int) -> None:
        """Take in what other processes store, and read again what they may have changed."""
        loop, services = asyncio.get_running_loop(), self._services

        def on_ring() -> None:
            asyncio.run_coroutine_threadsafe(services.chosen.load(bot_id), loop)
            asyncio.run_coroutine_threadsafe(services.answers.read_again(), loop)

        keep_up = services.collection.company.keep_up
        self._keeping_up = loop.run_in_executor(self._keeper, keep_up, self._stop, on_ring)

    async def _stop_keeping_up(self) -> None:
        if self._keeping_up is None or self._stop.is_set():
            return
        self._stop.set()
        with suppress(RetrievalError):  # then it takes some seconds
            await asyncio.to_thread(self._services.collection.company.ring)
        await self._keeping_up
        self._keeper.shutdown()

    async def _keep_house(self) -> None:
        services = self._services
        async with on_duty(services.collection, "housekeeping") as is_ours:
            if is_ours:
                await services.notes.forget_old()
                await services.answers.forget_old(timedelta(days=services.kept_days))

    async def _follow(self) -> None:
        loop, collection = asyncio.get_running_loop(), self._services.collection
        try:
            intake = await loop.run_in_executor(self._follower, collection.followed.follow)
        except ReloadRunningError:
            _LOG.info("pages on the web are visited by another process")
            return
        if intake and (intake.added or intake.updated or intake.removed):
            numbers = {"added": intake.added, "updated": intake.updated, "failed": len(intake.failed)}
            _LOG.info("pages on the web were visited", **numbers)
