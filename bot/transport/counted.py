"""The connections to Telegram, with each request counted."""

import time
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any, TypeVar

from telegram.error import TelegramError

from bot.metrics import Metrics
from bot.transport.limiter import Limiter
from bot.transport.polling import Polling

_Result = TypeVar("_Result")


class CountedLimiter(Limiter):
    """The limiter, through which all requests go but those for updates."""

    __slots__ = ("_metrics",)

    def __init__(self, metrics: Metrics) -> None:
        super().__init__()
        self._metrics = metrics

    async def process_request(self, *args: Any, **kwargs: Any) -> Any:
        """Carry out one request, and count it. Raises as the limiter."""
        method = kwargs["endpoint"] if "endpoint" in kwargs else args[3]
        return await _counted(
            self._metrics, method, lambda: super(CountedLimiter, self).process_request(*args, **kwargs)
        )


class CountedPolling(Polling):
    """The connection that asks for updates."""

    def __init__(self, metrics: Metrics, settle: Callable[[], Awaitable[None]]) -> None:
        """*settle* is as for ``Polling``."""
        super().__init__(settle)
        self._metrics = metrics
        self._answered = time.monotonic()

    @property
    def silence(self) -> float:
        """Return the seconds since Telegram last gave updates, or said that there are none."""
        return time.monotonic() - self._answered

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """Ask once, and count it. Raises ``TelegramError``."""
        answer = await _counted(
            self._metrics, "getUpdates", lambda: super(CountedPolling, self).do_request(*args, **kwargs)
        )
        if answer[0] == HTTPStatus.OK:  # a refusal is none: somebody else may have set a webhook
            self._answered = time.monotonic()
        return answer


async def _counted(metrics: Metrics, method: str, request: Callable[[], Awaitable[_Result]]) -> _Result:
    begun, failure = time.perf_counter(), None
    try:
        return await request()
    except TelegramError as error:
        failure = error
        raise
    finally:
        metrics.note_request(method, time.perf_counter() - begun, failure)
