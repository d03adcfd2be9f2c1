"""The composition root for Telegram: put the application together, and run it."""

import asyncio
import atexit
import logging
import os
import re
import secrets
import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any, cast
from urllib.parse import urlsplit

import structlog
from telegram import LinkPreviewOptions, TelegramObject
from telegram.constants import UpdateType
from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application, ApplicationBuilder, ContextTypes, Defaults

from bot.alerts.sender import Alerts
from bot.allowed import Admitted
from bot.errors import TelegramDownError, TokenError
from bot.handlers.admins.albums import Albums
from bot.handlers.asking.late_edits import LateEdits
from bot.handlers.routes import add_routes
from bot.handlers.services import App, Context, Services
from bot.health.complaints import Complaints
from bot.health.health import Health
from bot.health.readiness import Readiness
from bot.language import Languages
from bot.life import Life
from bot.logs import Redact
from bot.metrics import Metrics
from bot.settings import QuietHours, Settings
from bot.storage.answers import ShownAnswers
from bot.storage.arrivals import Arrivals
from bot.storage.departures import Departures
from bot.storage.inbox import Inbox
from bot.storage.languages import ChosenLanguages
from bot.storage.ledger import Ledger
from bot.storage.notes import Notes
from bot.storage.queue import ArrivedUpdates
from bot.transport.admission import Admission
from bot.transport.connection import Connection
from bot.transport.counted import CountedLimiter, CountedPolling
from bot.transport.polling import Polling
from bot.transport.processor import AT_ONCE, ChatByChat
from bot.transport.quota import Quota
from bot.transport.typing import Typing
from bot.transport.webhook import bound_requests
from retrieval.collection.collection import Collection

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
LONGEST_ANSWER = 20.0  # seconds: whoever asks again sooner may say twice what only took its time
LONGEST_END = 5.0  # seconds between the signal to stop and the end; the next start does what is left then

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
    leave_unguarded()
    thread = ThreadPoolExecutor(1, "writer")  # one, since SQLite lets only one write
    ledger = Ledger(collection.memory, thread, collection.journal)
    services = _services(settings, collection, ledger)
    arrivals = Arrivals(ledger, Departures(ledger.memory.folder or settings.index_dir))
    updates = CountedPolling(services.metrics, arrivals.settled)
    is_told_at_once = settings.webhook_url is not None
    queue = ArrivedUpdates(arrivals, is_told_at_once=is_told_at_once, read=updates.read)
    life = Life(services, updates, thread, arrivals, queue)
    types = ContextTypes(context=Context, bot_data=cast("type[Services]", lambda: services))
    builder = _builder(settings, life, updates).concurrent_updates(_processor(settings, arrivals))
    builder = builder.rate_limiter(CountedLimiter(services.metrics)).update_queue(queue)
    application = builder.context_types(types).build()
    updates.stop = application.stop_running
    life.health = _health(settings, services, updates, application)
    add_routes(application, services.admins)
    return application


def _services(settings: Settings, collection: Collection, ledger: Ledger) -> Services:
    notes = Notes(ledger)
    languages = Languages(settings.default_language, settings.timezone, contact=settings.contact)
    quiet = QuietHours.parse(settings.quiet_hours, settings.timezone)
    admins = frozenset(settings.admin_ids)
    admission = Admission(Admitted.parse(settings.allowed), admins)
    return Services(
        collection=collection,
        typing=Typing(),
        asking=asyncio.Semaphore(collection.asked_at_once),
        languages=languages,
        notes=notes,
        answers=ShownAnswers(collection.journal, ledger),
        chosen=ChosenLanguages(notes),
        admission=admission,
        late_edits=LateEdits(),
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


def _builder(settings: Settings, life: Life, updates: Polling) -> _Builder:
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
        .request(Connection(at_once=2 * AT_ONCE, read_timeout=LONGEST_ANSWER))
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
        atexit.register(os._exit, 0)  # Python takes a second to tear itself down, on a busy machine ten
        raise SystemExit  # as PTB's own handlers do

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGABRT):
        asyncio.get_running_loop().add_signal_handler(number, stop)


def _end_at_once() -> None:
    _LOG.warning("ended before everything was done: it goes on at the next start")
    os._exit(0)


def leave_unguarded() -> None:
    """Let PTB set what its objects hold without looking whether it may, which took half of making them.

    A message has a hundred attributes, each set by a call of Python. Nothing here writes to one.
    """
    if "__setattr__" in vars(TelegramObject):
        del TelegramObject.__setattr__


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
    """Drop PTB's tracebacks of what it also raises: a failed start, a wrong token, an answer not in JSON.

    And those of its last word to Telegram, which need not arrive: what did is written down.
    """
    error = record.exc_info[1] if record.exc_info else None
    is_start_or_end = any(part in record.getMessage() for part in ("Bootstrap", "get_updates` one more time"))
    return not (error is not None and is_start_or_end) and not isinstance(error, InvalidToken | ValueError)
