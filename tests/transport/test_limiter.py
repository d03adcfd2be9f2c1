"""The limiter: short pauses are kept, long ones refused, and a lost connection is tried once more."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.transport.connection import BrokenOffError, UnreachedError, UnreadableError
from bot.transport.delivery import CURRENT, ON_ITS_WAY, Delivery, Standing
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
        if asked := ON_ITS_WAY.get():  # as the connection does
            await asked.sending()
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


async def test_second_pause_for_what_answers_nobody_is_not_made() -> None:
    telegram = Telegram(RetryAfter(0), RetryAfter(0), True)
    with pytest.raises(FloodError):
        await sent(telegram)
    assert telegram.outcomes == [True]


async def test_pause_of_one_request_keeps_no_other_waiting() -> None:
    limiter, asked = Limiter(pause=0), asyncio.Event()
    await limiter.initialize()

    async def paused(*_: Any, **__: Any) -> Returned:
        asked.set()
        raise RetryAfter(20)

    waiting = asyncio.create_task(limiter.process_request(paused, (), {}, "getFile", {}, None))
    await asked.wait()
    ask = limiter.process_request(Telegram(True), (), {}, "sendMessage", {"chat_id": 7}, None)
    assert await asyncio.wait_for(ask, 10) is True
    waiting.cancel()


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


@pytest.mark.parametrize("error", [NetworkError("Bad Gateway"), BrokenOffError("ClientOSError")])
async def test_request_that_is_tried_once_is_tried_once(error: TelegramError) -> None:
    telegram = Telegram(error, True)
    with pytest.raises(TelegramError):
        await sent(telegram, ONCE)
    assert telegram.outcomes == [True]


async def test_request_that_is_tried_once_says_how_long_telegram_wants_to_wait() -> None:
    with pytest.raises(FloodError) as raised:
        await sent(Telegram(RetryAfter(5)), ONCE)
    assert raised.value.wait == timedelta(seconds=5)


class Marks:
    """What is written down of an update while it is answered."""

    def __init__(self) -> None:
        self.marks: list[bool] = []
        self.pauses: list[float] = []
        self.now = 0.0

    async def mark(self, standing: Standing) -> None:
        self.marks.append(standing == "sending")

    async def answered(self, telegram: Telegram, endpoint: str = "sendMessage") -> Returned:
        """Send what answers an update; a pause takes no time."""

        class Timed(Delivery):
            async def pause(_, seconds: float) -> None:  # noqa: N805
                self.pauses.append(seconds)
                self.now += seconds

        token = CURRENT.set(Timed(self.mark, lambda: None, lambda: None, asyncio.Semaphore(1)))
        try:
            limiter = Limiter(pause=0.5, clock=lambda: self.now)
            await limiter.initialize()
            return await limiter.process_request(telegram, (), {}, endpoint, {"chat_id": 7}, None)
        finally:
            CURRENT.reset(token)


async def test_answer_is_tried_again_with_growing_pauses_until_it_goes_through() -> None:
    marks = Marks()
    outcomes: list[TelegramError | bool] = [
        NetworkError("Bad Gateway"),
        TimedOut(),
        BrokenOffError("ClientOSError"),
        True,
    ]
    assert await marks.answered(Telegram(*outcomes)) is True
    assert marks.pauses == [0.5, 1.0, 2.0]


async def test_what_must_be_known_for_an_answer_is_asked_for_as_long_and_shows_nothing() -> None:
    marks = Marks()
    outcomes: list[TelegramError | bool] = [NetworkError("Bad Gateway"), UnreadableError("a page"), True]
    assert await marks.answered(Telegram(*outcomes), "getChatMember") is True
    assert marks.pauses == [0.5, 1.0]
    assert marks.marks == []


async def test_answer_is_given_up_after_ten_minutes() -> None:
    marks = Marks()
    with pytest.raises(TimedOut):
        await marks.answered(Telegram(*[TimedOut()] * 100))
    assert 540 < sum(marks.pauses) <= 600


async def test_answer_waits_as_long_as_telegram_asks_however_often_and_long() -> None:
    marks = Marks()
    outcomes: list[TelegramError | bool] = [*[RetryAfter(5)] * 4, RetryAfter(209), True]
    assert await marks.answered(Telegram(*outcomes)) is True
    assert marks.pauses == [5.0] * 4 + [209.0]


async def test_answer_that_telegram_would_take_when_nobody_waits_any_more_is_given_up() -> None:
    with pytest.raises(FloodError):
        await Marks().answered(Telegram(RetryAfter(43_838), True))


async def test_what_is_tried_again_is_noted_as_not_sent_while_it_waits() -> None:
    marks = Marks()
    await marks.answered(Telegram(NetworkError("Bad Gateway"), TimedOut(), RetryAfter(3), True))
    assert marks.marks == [True, False, True, False, True, False, True]


async def test_what_telegram_may_have_shown_is_not_noted_as_not_sent_once_it_is_given_up() -> None:
    marks = Marks()
    with pytest.raises(TimedOut):
        await marks.answered(Telegram(*[TimedOut()] * 100))
    assert marks.marks[-1] is True


@pytest.mark.parametrize("error", [BadRequest("Chat not found"), UnreadableError("a page")])
async def test_answer_that_was_refused_or_taken_is_not_tried_again(error: TelegramError) -> None:
    telegram = Telegram(error, True)
    with pytest.raises(type(error)):
        await Marks().answered(telegram)
    assert telegram.outcomes == [True]


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (FloodError("Flood control exceeded", timedelta(seconds=5)), True),
        (Forbidden("bot was blocked by the user"), True),
        (BadRequest("Chat not found"), True),
        (NetworkError("Bad Gateway (502). Parsing the server response b'<html>' failed"), True),
        (NetworkError("Internal Server Error"), True),
        (UnreachedError("Cannot connect to host api.telegram.org:443"), True),
        (TimedOut(), False),
        (BrokenOffError("ServerDisconnectedError"), False),
        (UnreadableError("a page"), False),
        (NetworkError("Gateway Timeout (504)"), False),
        (TelegramError("Invalid server response"), False),
    ],
)
def test_only_what_telegram_refused_or_never_got_is_surely_undone(
    error: TelegramError, expected: bool
) -> None:
    assert is_undone(error) is expected
