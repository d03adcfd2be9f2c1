"""The composition root: what it wires, and how a start that fails is told."""

import re

import pytest
from pydantic import SecretStr
from telegram.constants import UpdateType
from telegram.error import InvalidToken, NetworkError, TelegramError
from telegram.ext import Application

from bot import application
from bot.errors import BotError, TelegramDownError, TokenError
from bot.settings import Settings
from retrieval.collection.collection import Collection

NOBODY = "http://127.0.0.1:1"  # port 1 is not given to programs: nobody listens


def settings(**values: object) -> Settings:
    return Settings().model_copy(
        update={"telegram_token": SecretStr("1:TOKEN"), "telegram_api_url": NOBODY, "webhook_url": None}
        | values
    )


def test_without_a_token_nothing_is_built(collection: Collection) -> None:
    with pytest.raises(TokenError, match="TELEGRAM_TOKEN is not set"):
        application.build_application(settings(telegram_token=None), collection)


def test_application_is_wired_and_not_started(collection: Collection) -> None:
    app = application.build_application(settings(), collection)
    assert not app.running
    assert app.updater is not None
    assert not app.updater.running
    assert app.bot.base_url == f"{NOBODY}/bot1:TOKEN"
    assert app.bot.base_file_url == f"{NOBODY}/file/bot1:TOKEN"


def test_only_updates_that_a_handler_takes_are_asked_for() -> None:
    wanted = {
        UpdateType.MESSAGE,
        UpdateType.EDITED_MESSAGE,
        UpdateType.CALLBACK_QUERY,
        UpdateType.INLINE_QUERY,
        UpdateType.GUEST_MESSAGE,
        UpdateType.MY_CHAT_MEMBER,
        UpdateType.CHANNEL_POST,
        UpdateType.EDITED_CHANNEL_POST,
    }
    assert set(application.polling()["allowed_updates"]) == wanted
    assert set(application.webhook(settings())["allowed_updates"]) == wanted


def test_webhook_listens_where_the_settings_say() -> None:
    options = application.webhook(
        settings(webhook_url="https://bot.example/hook", webhook_secret=SecretStr("s3cret"), port=9000)
    )
    assert options["url_path"] == "hook"
    assert options["webhook_url"] == "https://bot.example/hook"
    assert options["secret_token"] == "s3cret"
    assert options["port"] == 9000


def test_webhook_without_a_secret_draws_one_at_each_start() -> None:
    first, second = (application.webhook(settings())["secret_token"] for _ in range(2))
    assert first != second
    assert len(first) > 30


def test_wrong_token_at_the_public_server_is_the_tokens_fault(
    collection: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise InvalidToken

    monkeypatch.setattr(Application, "run_polling", fail)
    given = Settings(telegram_token=SecretStr("1:TOKEN"))
    with pytest.raises(TokenError, match=r"copy it again from @BotFather\Z"):
        application.run(given, collection)


def test_any_path_of_a_webhook_is_taken_as_it_is() -> None:
    path = application.webhook(settings(webhook_url="https://bot.example/a(b.c"))["url_path"]
    assert re.fullmatch(path, "a(b.c")
    assert not re.fullmatch(path, "a(bxc")


@pytest.mark.parametrize("webhook_url", [None, "https://bot.example/hook"])
@pytest.mark.parametrize(
    ("failure", "error", "line"),
    [
        (
            NetworkError("Connection refused"),
            TelegramDownError,
            "Telegram does not let the bot start (Connection refused): "
            "check the network and TELEGRAM_API_URL, or run `hoibao doctor`",
        ),
        (
            InvalidToken("The token `1:TOKEN` was rejected by the server."),
            TokenError,
            "Telegram does not know this TELEGRAM_TOKEN: copy it again from @BotFather, "
            f"or correct TELEGRAM_API_URL, which is {NOBODY}",
        ),
    ],
)
def test_start_that_fails_is_one_line_without_the_token(
    collection: Collection,
    monkeypatch: pytest.MonkeyPatch,
    webhook_url: str | None,
    failure: TelegramError,
    error: type[BotError],
    line: str,
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise failure

    monkeypatch.setattr(Application, "run_polling", fail)
    monkeypatch.setattr(Application, "run_webhook", fail)
    with pytest.raises(error) as raised:
        application.run(settings(webhook_url=webhook_url), collection)
    assert str(raised.value) == line
