"""The limiter: short pauses are kept, long ones refused, and a lost connection is tried once more."""

from typing import Any

import pytest
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.limiter import FloodError, Limiter, Result


@pytest.fixture(autouse=True)
def timedeltas(monkeypatch: pytest.MonkeyPatch) -> None:
    """As ``build_application`` sets it."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


class Telegram:
    """Answers requests with these outcomes, one after the other."""

    def __init__(self, *outcomes: TelegramError | bool) -> None:
        self.outcomes = list(outcomes)

    async def __call__(self, *_: Any, **__: Any) -> Result:
        outcome = self.outcomes.pop(0)
        if isinstance(outcome, TelegramError):
            raise outcome
        return outcome


async def sent(telegram: Telegram) -> Result:
    limiter = Limiter(pause=0)
    await limiter.initialize()
    return await limiter.process_request(telegram, (), {}, "sendMessage", {"chat_id": 7}, None)


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
