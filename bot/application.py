"""The composition root for Telegram: put the application together, and run it."""

import asyncio
import logging
import os
import re
import secrets
import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from typing import Any, cast
from urllib.parse import urlsplit

import structlog
from telegram import LinkPreviewOptions
from telegram.constants import UpdateType
from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application, ApplicationBuilder, ContextTypes, Defaults

from bot import menus
from bot.alerts.sender import Alerts
from bot.allowed import Admitted
from bot.errors import TelegramDownError, TokenError
from bot.handlers.albums import Albums
from bot.handlers.routes import add_routes
from bot.handlers.services import App, Context, Services
from bot.health.complaints import Complaints
from bot.health.health import Health
from bot.health.readiness import Readiness
from bot.language import Languages
from bot.logs import Redact
from bot.metrics import Metrics
from bot.settings import QuietHours, Settings
from bot.storage.answers import ShownAnswers
from bot.storage.arrivals import BEAT_EVERY, Arrivals, ArrivedUpdates
from bot.storage.departures import Departures
from bot.storage.duties import on_duty
from bot.storage.inbox import Inbox
from bot.storage.languages import ChosenLanguages
from bot.storage.notes import Notes
from bot.transport.admission import Admission
from bot.transport.connection import Connection
from bot.transport.counted import CountedLimiter, CountedPolling
from bot.transport.polling import Polling
from bot.transport.processor import AT_ONCE, ChatByChat
from bot.transport.quota import Quota
from bot.transport.typing import Typing
from bot.transport.webhook import bound_requests
from retrieval.collection.collection import Collection
from retrieval.errors import ReloadRunningError, RetrievalError

# All others would be sent for nothing.
ALLOWED_UPDATES = [
    UpdateType.MESSAGE,
    UpdateType.EDITED_MESSAGE,
    UpdateType.CHANNEL_POST,
    UpdateType.EDITED_CHANNEL_POST,
    UpdateType.CALLBACK_QUERY,
    UpdateType.INLINE_QUERY,
    UpdateType.GUEST_MESSAGE,
    UpdateType.MY_CHAT_MEMBER,
]
START_RETRIES = 5  # about half a minute; then it is better to say so than to hang
ASKED_AT_ONCE = 2  # Python runs one thread at a time; a second one goes on while the first is in a kernel
LONGEST_ANSWER = 20.0  # seconds: whoever asks again sooner may say twice what only took its time
LONGEST_END = (
    9.0  # seconds between the signal to stop and the end; what is left then waits for the next start
)
FOLLOWING_EVERY = 60.0  # seconds: then it is looked which pages on the web are to be visited
HOUSEKEEPING_EVERY = 300.0  # seconds: questions are noted for some minutes only

_Builder = ApplicationBuilder[Any, Any, Any, Any, Any, Any]

_LOG: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


def build_application(settings: Settings, collection: Collection) -> App:
    """Wire the application; start nothing.

    Raises ``TokenError`` if the settings hold no token.
    """
    if settings.telegram_token is None:
        raise TokenError("TELEGRAM_TOKEN is not set: copy .env.example to .env and fill it in")
    # PTB is on its way from seconds to timedeltas, and warns of every pause Telegram asks for otherwise.
    os.environ["PTB_TIMEDELTA"] = "true"
    bound_requests()
    thread = ThreadPoolExecutor(1, "writer")  # one, since SQLite lets only one write
    services = _services(settings, collection, thread)
    arrivals = Arrivals(collection.memory, thread, Departures(settings.index_dir))
    queue = ArrivedUpdates(arrivals, is_told_at_once=settings.webhook_url is not None)
    updates = CountedPolling(services.metrics, arrivals.settled)
    life = Life(services, updates, thread, arrivals, queue)
    types = ContextTypes(context=Context, bot_data=cast("type[Services]", lambda: services))
    builder = _builder(settings, life, updates).concurrent_updates(_processor(settings, arrivals))
    builder = builder.rate_limiter(CountedLimiter(services.metrics)).update_queue(queue)
    application = builder.context_types(types).build()
    updates.stop = application.stop_running
    life.health = _health(settings, services, updates, application)
    add_routes(application, services.admins)
    return application


def _services(settings: Settings, collection: Collection, thread: ThreadPoolExecutor) -> Services:
    notes = Notes(collection.memory, thread)
    languages = Languages(settings.default_language, settings.timezone, contact=settings.contact)
    quiet = QuietHours.parse(settings.quiet_hours, settings.timezone)
    admins = frozenset(settings.admin_ids)
    admission = Admission(Admitted.parse(settings.allowed), admins)
    return Services(
        collection=collection,
        typing=Typing(),
        asking=asyncio.Semaphore(ASKED_AT_ONCE),
        languages=languages,
        notes=notes,
        answers=ShownAnswers(collection.journal, thread),
        chosen=ChosenLanguages(notes),
        admission=admission,
        metrics=Metrics(),
        quota=Quota(settings.questions_per_minute),
        albums=Albums(),
        inbox=Inbox(collection, settings.articles_dir),
        alerts=Alerts(collection, notes, languages, quiet, admission),
        admins=admins,
        kept_days=settings.questions_kept_days,
    )


def _processor(settings: Settings, arrivals: Arrivals) -> ChatByChat:
    if settings.webhook_url is None:  # there is no other process: Telegram lets only one poll
        return ChatByChat(follow=arrivals.delivery)
    return ChatByChat(follow=arrivals.delivery, wait=arrivals.turn)


def _builder(settings: Settings, life: "Life", updates: Polling) -> _Builder:
    assert settings.telegram_token is not None
    return (
        Application.builder()
        .token(settings.telegram_token.get_secret_value())
        .base_url(f"{settings.telegram_api_url}/bot")
        .base_file_url(f"{settings.telegram_api_url}/file/bot")
        .defaults(
            Defaults(
                link_preview_options=LinkPreviewOptions(is_disabled=True),
                tzinfo=settings.timezone,
                allow_sending_without_reply=True,  # the question may be deleted while it is answered
            )
        )
        .get_updates_request(updates)
        .request(Connection(connection_pool_size=2 * AT_ONCE, read_timeout=LONGEST_ANSWER))
        .job_queue(None)
        .post_init(life.begin)
        .post_stop(life.leave)
        .post_shutdown(life.end)
    )


def _health(settings: Settings, services: Services, updates: CountedPolling, application: App) -> Health:
    def silence() -> float:
        return updates.silence if settings.webhook_url is None else 0.0

    def waiting() -> int:
        return application.update_queue.qsize() + application.update_processor.current_concurrent_updates

    complaints = None
    if settings.errors_chat is not None:
        texts, redact = services.languages.of(None), Redact(settings.secrets)
        complaints = Complaints(settings.errors_chat, texts, services.collection.memory, redact)
    return Health(
        Readiness(services.collection, silence, waiting),
        services.metrics,
        address=settings.listen,
        port=settings.health_port,
        complaints=complaints,
    )


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
        self._watching: asyncio.Task[None] | None = None
        self._housekeeping: asyncio.Task[None] | None = None
        self._following: asyncio.Task[None] | None = None
        self._follower = ThreadPoolExecutor(1, "follower")  # of its own, since a round may take hours
        self._keeper = ThreadPoolExecutor(1, "keeper")  # of its own, since it listens all the time
        self._keeping_up: asyncio.Future[None] | None = None
        self._stop = threading.Event()
        self._warming: asyncio.Task[None] | None = None

    async def begin(self, application: App) -> None:
        """Publish the menus of commands, and let the engine get ready.

        The first question of a process takes a second, or several if the loops are yet to be compiled.
        """
        if self._services.collection.is_first_start:
            _LOG.info("search is prepared", reason="the first start compiles it, which takes some seconds")
        self._warming = asyncio.create_task(asyncio.to_thread(self._services.collection.prepare))
        self._housekeeping = asyncio.create_task(self._keep_house())
        self._bot_id = application.bot.id
        await self._arrivals.beat(application.bot.id)
        await self._take_over(application)
        self._watching = asyncio.create_task(self._watch(application))
        self._following = asyncio.create_task(self._follow())
        await self._services.chosen.load(application.bot.id)
        self._keep_up(application.bot.id)
        await self._services.alerts.begin(application.bot)
        services = self._services
        async with on_duty(services.collection, f"menus:{application.bot.id}") as is_ours:
            if is_ours:
                await menus.publish(application.bot, services.languages, services.notes, services.admins)
        await self.health.begin(application.bot)
        _LOG.info("connected", username=application.bot.username)

    async def leave(self, _: App) -> None:
        """Send nothing more, while there still is a connection for what is being sent."""
        await self._services.alerts.end()
        self._services.collection.followed.stop()
        await self._stop_keeping_up()

    async def end(self, _: App) -> None:
        """Finish what is being written.

        Raises ``InvalidToken`` or ``TelegramDownError`` if that was why the bot stopped.
        """
        await self.health.end()
        await self._services.alerts.end()  # if the start failed, nothing came before
        self._services.collection.followed.stop()
        await self._stop_keeping_up()
        for endless in (self._housekeeping, self._watching, self._following):
            if endless is not None:
                endless.cancel()
        begun = (self._housekeeping, self._watching, self._following, self._warming)
        if tasks := {task for task in begun if task}:
            await asyncio.wait(tasks)
        await asyncio.to_thread(self._follower.shutdown)
        if self._bot_id is not None:
            await self._arrivals.leave(self._bot_id)
        self._thread.shutdown()
        if self._updates.is_revoked:
            raise InvalidToken
        if self._updates.is_deaf:
            raise TelegramDownError(
                "Telegram has not answered for a quarter of an hour: check the network, then start again"
            )

    async def _watch(self, application: App) -> None:
        """Say now and then that this process is alive, and answer what others left that are not."""
        while True:
            await asyncio.sleep(BEAT_EVERY)
            await self._arrivals.beat(application.bot.id)
            await self._take_over(application)
            if self._updates.is_deaf:
                application.stop_running()

    async def _take_over(self, application: App) -> None:
        for update in await self._arrivals.left(application.bot):
            await self._queue.put_again(update)

    def _keep_up(self, bot_id: int) -> None:
        """Take in what other processes store, and read again what they may have changed."""
        loop, services = asyncio.get_running_loop(), self._services

        def on_ring() -> None:
            asyncio.run_coroutine_threadsafe(services.chosen.load(bot_id), loop)
            asyncio.run_coroutine_threadsafe(services.answers.read_again(), loop)

        keep_up = services.collection.keep_up
        self._keeping_up = loop.run_in_executor(self._keeper, keep_up, self._stop, on_ring)

    async def _stop_keeping_up(self) -> None:
        if self._keeping_up is None or self._stop.is_set():
            return
        self._stop.set()
        with suppress(RetrievalError):  # then it takes some seconds
            await asyncio.to_thread(self._services.collection.ring)
        await self._keeping_up
        self._keeper.shutdown()

    async def _keep_house(self) -> None:
        services = self._services
        while True:
            try:
                async with on_duty(services.collection, "housekeeping") as is_ours:
                    if is_ours:
                        await services.notes.forget_old()
                        await services.answers.forget_old(timedelta(days=services.kept_days))
            except RetrievalError as error:  # the next time, then
                _LOG.warning("old notes not forgotten", reason=str(error))
            await asyncio.sleep(HOUSEKEEPING_EVERY)

    async def _follow(self) -> None:
        loop, collection = asyncio.get_running_loop(), self._services.collection
        while True:
            try:
                intake = await loop.run_in_executor(self._follower, collection.followed.follow)
            except ReloadRunningError:
                _LOG.info("pages on the web are visited by another process")
            except RetrievalError as error:
                _LOG.warning("pages on the web are not visited", reason=str(error))
            except Exception as error:  # the next round may go well
                _LOG.exception("visiting pages on the web failed", error=type(error).__name__)
            else:
                if intake and (intake.added or intake.updated or intake.removed):
                    numbers = {"added": intake.added, "updated": intake.updated, "failed": len(intake.failed)}
                    _LOG.info("pages on the web were visited", **numbers)
            await asyncio.sleep(FOLLOWING_EVERY)


def run(settings: Settings, collection: Collection) -> None:
    """Serve Telegram until SIGINT or SIGTERM; what is being answered then is finished first.

    Raises ``TokenError`` or ``TelegramDownError`` if Telegram does not let the bot start.
    """
    application = build_application(settings, collection)
    begin = application.post_init

    async def begun(started: App) -> None:
        assert begin is not None
        _end_soon_after_a_signal()
        await begin(started)

    application.post_init = begun
    for name in ("telegram.ext", "telegram.ext.Updater", "telegram.request.BaseRequest"):
        logging.getLogger(name).addFilter(_is_not_told_anyway)
    _LOG.info("connecting", server=settings.telegram_api_url)
    try:
        if settings.webhook_url is None:
            application.run_polling(bootstrap_retries=START_RETRIES, **polling())
        else:
            application.run_webhook(bootstrap_retries=START_RETRIES, **webhook(settings))
    except InvalidToken:
        # Its message holds the token.
        raise TokenError(_unknown_token(settings)) from None
    except TelegramError as error:
        raise TelegramDownError(
            f"Telegram does not let the bot start ({error.message}): "
            "check the network and TELEGRAM_API_URL, or run `hoibao doctor`"
        ) from error


def _end_soon_after_a_signal() -> None:
    """Let the process end in time, whatever it waits for: a database, Telegram, a reload.

    Nothing is lost by it: what was not done is written down.
    """

    def stop() -> None:
        timer = threading.Timer(LONGEST_END, _end_at_once)
        timer.daemon = True
        timer.start()
        raise SystemExit  # as PTB's own handlers do

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGABRT):
        asyncio.get_running_loop().add_signal_handler(number, stop)


def _end_at_once() -> None:
    _LOG.warning("ended before everything was done: it goes on at the next start")
    os._exit(0)


def polling() -> dict[str, Any]:
    """Return how PTB's updater is to poll."""
    return {"allowed_updates": ALLOWED_UPDATES}


def webhook(settings: Settings) -> dict[str, Any]:
    """Return how PTB's updater is to listen. Without a secret in the settings, each start draws one."""
    secret = settings.webhook_secret
    return {
        "listen": settings.listen,
        "port": settings.port,
        # The server takes it for a regular expression.
        "url_path": re.escape(urlsplit(settings.webhook_url or "").path.lstrip("/")),
        "webhook_url": settings.webhook_url,
        "secret_token": secret.get_secret_value() if secret else secrets.token_urlsafe(32),
        "allowed_updates": ALLOWED_UPDATES,
    }


def _unknown_token(settings: Settings) -> str:
    advice = "copy it again from @BotFather"
    if settings.has_own_server:
        advice += f", or correct TELEGRAM_API_URL, which is {settings.telegram_api_url}"
    return f"Telegram does not know this TELEGRAM_TOKEN: {advice}"


def _is_not_told_anyway(record: logging.LogRecord) -> bool:
    """Drop PTB's tracebacks of what it also raises: a failed start, a wrong token, an answer not in JSON."""
    error = record.exc_info[1] if record.exc_info else None
    is_start = error is not None and "Bootstrap" in record.getMessage()
    return not (is_start or isinstance(error, InvalidToken | ValueError))
