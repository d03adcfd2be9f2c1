"""The limiter: short pauses are kept, long ones refused, and a lost connection is tried once more."""

from datetime import timedelta
from typing import Any

import httpx
import pytest
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.transport.limiter import ONCE, FloodError, Limiter, Returned, is_undone


@pytest.fixture(autouse=True)
def timedeltas(monkeypatch: pytest.MonkeyPatch) -> None:
    """As ``build_application`` sets it."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


class Telegram:
    """Answers requests with these outcomes, one after the other."""

    def __init__(self, *outcomes: TelegramError | bool) -> None:
        self.outcomes = list(outcomes)

    async def __call__(self, *_: Any, **__: Any) -> Returned:
        outcome = self.outcomes.pop(0)
        if isinstance(outcome, TelegramError):
            raise outcome
        return outcome


async def sent(telegram: Telegram, how_often: int | None = None) -> Returned:
    limiter = Limiter(pause=0)
    await limiter.initialize()
    return await limiter.process_request(telegram, (), {}, "sendMessage", {"chat_id": 7}, how_often)


async def test_short_pause_is_kept_and_the_request_repeated() -> None:
    assert await sent(Telegram(RetryAfter(0), True)) is True


async def test_repeated_requests_for_a_pause_give_up() -> None:
    with pytest.raises(RetryAfter):
        await sent(Telegram(*[RetryAfter(0)] * 3))


async def test_long_pause_is_refused_at_once() -> None:
    telegram = Telegram(RetryAfter(209), True)
    with pytest.raises(FloodError, match="Flood control exceeded"):
        await sent(telegram)
    assert telegram.outcomes == [True]


async def test_request_that_a_lost_connection_kept_from_telegram_is_sent_once_more() -> None:
    assert await sent(Telegram(NetworkError("Bad Gateway"), True)) is True


async def test_second_lost_connection_is_an_error() -> None:
    telegram = Telegram(NetworkError("one"), NetworkError("two"), True)
    with pytest.raises(NetworkError, match="two"):
        await sent(telegram)
    assert telegram.outcomes == [True]


@pytest.mark.parametrize("error", [TimedOut(), BadRequest("Chat not found"), Forbidden("bot was blocked")])
async def test_what_telegram_may_have_done_or_has_refused_is_not_sent_again(error: TelegramError) -> None:
    telegram = Telegram(error, True)
    with pytest.raises(type(error)):
        await sent(telegram)
    assert telegram.outcomes == [True]


@pytest.mark.parametrize("error", [NetworkError("Bad Gateway"), NetworkError("httpx.ReadError: ")])
async def test_request_that_is_tried_once_is_tried_once(error: TelegramError) -> None:
    telegram = Telegram(error, True)
    with pytest.raises(TelegramError):
        await sent(telegram, ONCE)
    assert telegram.outcomes == [True]


async def test_request_that_is_tried_once_says_how_long_telegram_wants_to_wait() -> None:
    with pytest.raises(FloodError) as raised:
        await sent(Telegram(RetryAfter(5)), ONCE)
    assert raised.value.wait == timedelta(seconds=5)


def caused(error: TelegramError, cause: Exception) -> TelegramError:
    """Return *error* as PTB raises it from what its HTTP library raised."""
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (FloodError("Flood control exceeded", timedelta(seconds=5)), True),
        (Forbidden("bot was blocked by the user"), True),
        (BadRequest("Chat not found"), True),
        (NetworkError("Bad Gateway (502). Parsing the server response b'<html>' failed"), True),
        (NetworkError("Internal Server Error"), True),
        (caused(NetworkError("httpx.ConnectError: refused"), httpx.ConnectError("refused")), True),
        (caused(TimedOut(), httpx.ConnectTimeout("")), True),
        (caused(TimedOut("Pool timeout"), httpx.PoolTimeout("")), True),
        (caused(TimedOut(), httpx.ReadTimeout("")), False),
        (caused(NetworkError("httpx.ReadError: "), httpx.ReadError("")), False),
        (caused(NetworkError("httpx.RemoteProtocolError: "), httpx.RemoteProtocolError("")), False),
        (NetworkError("Gateway Timeout (504)"), False),
        (TelegramError("Invalid server response"), False),
    ],
)
def test_only_what_telegram_refused_or_never_got_is_surely_undone(
    error: TelegramError, expected: bool
) -> None:
    assert is_undone(error) is expected
