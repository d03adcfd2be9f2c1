"""The composition root for Telegram: put the application together, and run it."""

import logging
import os
import secrets
from typing import Any
from urllib.parse import urlsplit

import structlog
from telegram import LinkPreviewOptions
from telegram.constants import UpdateType
from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application, Defaults

from bot import commands
from bot.errors import TelegramDownError, TokenError
from bot.handlers import admin, articles, once, others, questions
from bot.handlers.desk import App, Desk
from bot.handlers.trouble import Trouble
from bot.language import Languages
from bot.limiter import Limiter
from bot.notes import Notes
from bot.processor import AT_ONCE, ChatByChat
from bot.settings import Settings
from retrieval.collection import Collection

# All others, such as a channel's posts, would be sent for nothing.
ALLOWED_UPDATES = [UpdateType.MESSAGE, UpdateType.EDITED_MESSAGE, UpdateType.CALLBACK_QUERY]
START_RETRIES = 5  # about a quarter of a minute; then it is better to say so than to hang

_LOG: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


def build_application(settings: Settings, collection: Collection) -> App:
    """Wire the application; start nothing.

    Raises ``TokenError`` where the settings hold no token.
    """
    if settings.telegram_token is None:
        raise TokenError("TELEGRAM_TOKEN is not set: copy .env.example to .env and fill it in")
    # PTB is on its way from seconds to timedeltas, and warns of every pause Telegram asks for otherwise.
    os.environ["PTB_TIMEDELTA"] = "true"
    desk = Desk(
        collection=collection,
        languages=Languages(settings.default_language, settings.timezone),
        notes=Notes(collection.memory),
        admins=frozenset(settings.admin_ids),
    )

    async def prepare(application: App) -> None:
        await desk.notes.forget_old()
        await commands.publish(application.bot, desk.languages, desk.admins)
        _LOG.info("connected", username=application.bot.username)

    async def clear_up(_: App) -> None:
        desk.notes.close()

    application: App = (
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
        .rate_limiter(Limiter())
        .concurrent_updates(ChatByChat())
        .connection_pool_size(2 * AT_ONCE)
        .job_queue(None)
        .post_init(prepare)
        .post_shutdown(clear_up)
        .build()
    )
    application.add_handlers(once.handlers(desk), group=once.GROUP)
    for topic in (questions, articles, admin, others):
        application.add_handlers(topic.handlers(desk))
    application.add_error_handler(Trouble(desk))
    return application


def run(settings: Settings, collection: Collection) -> None:
    """Serve Telegram until SIGINT or SIGTERM; what is being answered then is finished first.

    Raises ``TokenError`` or ``TelegramDownError`` where Telegram does not let the bot start.
    """
    application = build_application(settings, collection)
    logging.getLogger("telegram.ext").addFilter(_is_not_about_start)
    try:
        if settings.webhook_url is None:
            application.run_polling(bootstrap_retries=START_RETRIES, **polling())
        else:
            application.run_webhook(bootstrap_retries=START_RETRIES, **webhook(settings))
    except InvalidToken:
        # Its message holds the token.
        raise TokenError(
            "Telegram does not know this TELEGRAM_TOKEN: copy it again from @BotFather"
        ) from None
    except TelegramError as error:
        raise TelegramDownError(f"Telegram does not let the bot start: {error.message}") from error


def polling() -> dict[str, Any]:
    """Return how PTB's updater is to poll."""
    return {"allowed_updates": ALLOWED_UPDATES}


def webhook(settings: Settings) -> dict[str, Any]:
    """Return how PTB's updater is to listen. Without a secret in the settings, each start draws one."""
    secret = settings.webhook_secret
    return {
        "listen": settings.listen,
        "port": settings.port,
        "url_path": urlsplit(settings.webhook_url or "").path.lstrip("/"),
        "webhook_url": settings.webhook_url,
        "secret_token": secret.get_secret_value() if secret else secrets.token_urlsafe(32),
        "allowed_updates": ALLOWED_UPDATES,
    }


def _is_not_about_start(record: logging.LogRecord) -> bool:
    """Drop PTB's traceback of a failed start: ``run`` raises the error, and the command line prints it."""
    return not (record.exc_info and "Bootstrap" in record.getMessage())
