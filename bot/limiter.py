"""Keep to Telegram's sending limits, and try again where that is soon and safe."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any

from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError, TimedOut
from telegram.ext import AIORateLimiter

LONGEST_WAIT = timedelta(seconds=30)  # Telegram has asked for twelve hours; no handler waits that long
RETRIES = 2  # each waits as long as Telegram asks; all other requests wait too

Result = bool | dict[str, Any] | list[dict[str, Any]]
Request = Callable[..., Coroutine[Any, Any, Result]]


class FloodError(TelegramError):
    """Telegram asks for a longer pause than anybody would wait for an answer."""


class Limiter(AIORateLimiter):
    """PTB's limiter, which also sends once more what a lost connection kept from Telegram.

    After *pause* seconds. A connection that breaks off has mostly been closed while it lay idle, so its
    request was never read: a question without an answer would be worse than the rare answer that comes
    twice. After a timeout the request has most likely been carried out; it is not sent again.
    """

    __slots__ = ("_pause",)

    def __init__(self, *, pause: float = 0.5) -> None:
        super().__init__(max_retries=RETRIES)
        self._pause = pause

    async def process_request(
        self,
        callback: Request,
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> Result:
        """Carry out one request. Raises ``FloodError`` where Telegram asks for more than ``LONGEST_WAIT``."""

        async def request(*args: Any, **kwargs: Any) -> Result:
            try:
                return await self._sent(callback, *args, **kwargs)
            except RetryAfter as error:
                if _wait(error) > LONGEST_WAIT:
                    raise FloodError(error.message) from None
                raise

        return await super().process_request(request, args, kwargs, endpoint, data, rate_limit_args)

    async def _sent(self, callback: Request, *args: Any, **kwargs: Any) -> Result:
        try:
            return await callback(*args, **kwargs)
        except (BadRequest, TimedOut):
            raise  # both are NetworkErrors to PTB
        except NetworkError:
            await asyncio.sleep(self._pause)
        return await callback(*args, **kwargs)


def _wait(error: RetryAfter) -> timedelta:
    # PTB is on its way from seconds to timedeltas.
    wait = error.retry_after
    return wait if isinstance(wait, timedelta) else timedelta(seconds=wait)
