"""Keep to Telegram's sending limits, and try again what failed for Telegram's sake."""

import asyncio
import time
from collections.abc import Callable, Coroutine
from datetime import timedelta
from functools import partial
from typing import Any

from telegram.error import (
    BadRequest,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.ext import AIORateLimiter

from bot.transport.connection import BrokenOffError, UnreadableError
from bot.transport.delivery import ON_ITS_WAY, Delivery, current

LONGEST_WAIT = timedelta(seconds=30)  # Telegram has asked for twelve hours; no handler waits that long
OF_USE = 600.0  # seconds: so long somebody waits for an answer
LONGEST_PAUSE = 30.0  # seconds between two attempts
# What people see. A sign of typing, or the end of a button's clock, is of no use any more when it is late.
EFFECTS = frozenset(
    {
        "sendMessage",
        "sendPhoto",
        "sendDocument",
        "editMessageText",
        "editMessageReplyMarkup",
        "answerGuestQuery",
    }
)
# What must be known before anything can be shown: asked for as long, and shows nothing itself.
NEEDED = frozenset({"getChatMember", "getFile"})
# The ``rate_limit_args`` of a request that nobody waits for: it is tried once, and keeps no other waiting.
ONCE = -1  # PTB takes 0 for none

Returned = bool | dict[str, Any] | list[dict[str, Any]]
Request = Callable[..., Coroutine[Any, Any, Returned]]


class FloodError(TelegramError):
    """Telegram asks for a longer pause than anybody would wait for an answer, or for one before ``ONCE``."""

    def __init__(self, message: str, wait: timedelta) -> None:
        super().__init__(message)
        self.wait = wait


class Limiter(AIORateLimiter):
    """PTB's limiter, which also tries again what failed for Telegram's sake.

    What answers somebody is tried for ten minutes, with pauses that grow from *pause* seconds, or as long as
    Telegram asks for: a question without an answer is worse than the rare answer that comes twice, because
    only Telegram's word of it was lost. Meanwhile other chats are answered: Telegram does not tell whether it
    has had too much of this one or of all. Anything else is tried once more.
    """

    __slots__ = ("_clock", "_pause")

    def __init__(self, *, pause: float = 0.5, clock: Callable[[], float] = time.monotonic) -> None:
        # Thirty messages a second is Telegram's limit for broadcasts, and alerts have a pace of their own.
        # A crowd that asks is answered as fast as Telegram takes it: if it wants a pause, it says so.
        # PTB's own retries would let everybody wait for one chat's.
        super().__init__(overall_max_rate=0, max_retries=0)
        self._pause = pause
        self._clock = clock

    async def process_request(
        self,
        callback: Request,
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> Returned:
        """Carry out one request; if *rate_limit_args* is ``ONCE``, in one attempt.

        Raises ``FloodError`` if Telegram asks for a longer pause than is made.
        """
        is_once = rate_limit_args == ONCE
        delivery = current() if endpoint in EFFECTS | NEEDED and not is_once else None
        is_shown = endpoint in EFFECTS
        sent = partial(self._delivered, delivery, is_shown) if delivery else self._sent

        async def request(*args: Any, **kwargs: Any) -> Returned:
            try:
                return await (callback if is_once else partial(sent, callback))(*args, **kwargs)
            except RetryAfter as error:
                raise FloodError(error.message, _wait(error)) from None

        return await super().process_request(request, args, kwargs, endpoint, data, None)

    async def _delivered(
        self, delivery: Delivery, is_shown: bool, callback: Request, *args: Any, **kwargs: Any
    ) -> Returned:
        """Ask Telegram until it is known what became of it, or nobody waits for it any more.

        Between two attempts it counts as not asked, whatever became of the first: a process that ends then
        leaves to the next one what it would have done itself.
        """
        until, pause = self._clock() + OF_USE, self._pause
        while True:
            await delivery.begin()
            token = ON_ITS_WAY.set(delivery if is_shown else None)  # the connection notes when it is asked
            try:
                returned = await callback(*args, **kwargs)
                if is_shown:
                    delivery.shown()
                return returned
            except TelegramError as error:
                wait = _wait(error).total_seconds() if isinstance(error, RetryAfter) else pause
                is_useful = _is_for_telegrams_sake(error) or (
                    isinstance(error, UnreadableError) and not is_shown
                )
                is_given_up = not is_useful or self._clock() + wait > until
                if not is_given_up or is_undone(error):
                    await delivery.unsent()
                if is_given_up:
                    raise
            finally:
                ON_ITS_WAY.reset(token)
            await delivery.pause(wait)
            pause = min(2 * pause, LONGEST_PAUSE)

    async def _sent(self, callback: Request, *args: Any, **kwargs: Any) -> Returned:
        try:
            return await callback(*args, **kwargs)
        except (BadRequest, TimedOut, UnreadableError):
            raise  # all of them are NetworkErrors to PTB
        except RetryAfter as error:
            if _wait(error) > LONGEST_WAIT:
                raise
            await asyncio.sleep(_wait(error).total_seconds())
        except NetworkError:
            await asyncio.sleep(self._pause)
        return await callback(*args, **kwargs)


def _is_for_telegrams_sake(error: TelegramError) -> bool:
    """Tell whether the same request may go through later. One with an unreadable answer went through."""
    is_of_network = isinstance(error, NetworkError) and not isinstance(error, BadRequest | UnreadableError)
    return is_of_network or isinstance(error, RetryAfter)


def is_undone(error: TelegramError) -> bool:
    """Tell whether Telegram surely did not carry out the request that ended with *error*.

    It did not if it said so, or was never reached. A connection that broke off without an answer, a
    timeout, an answer that nobody can read, or a gateway that waited in vain say nothing.
    """
    if isinstance(error, TimedOut | BrokenOffError | UnreadableError):
        return False
    if isinstance(error, NetworkError):  # a refusal is one, too
        return "gateway timeout" not in error.message.lower()
    return isinstance(error, Conflict | FloodError | Forbidden | InvalidToken | RetryAfter)


def _wait(error: RetryAfter) -> timedelta:
    # PTB is on its way from seconds to timedeltas.
    wait = error.retry_after
    return wait if isinstance(wait, timedelta) else timedelta(seconds=wait)
