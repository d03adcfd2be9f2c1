"""Requests that are on their way while the next ones are written."""

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Self

_AT_ONCE = 3  # a node more than these has little to gain: each spreads what it gets over all


class Underway:
    """Sends what it is given, a few at once; leaving the block waits until all has arrived.

    What a request raises, a later call or the end of the block raises.
    """

    def __init__(self, send: Callable[[bytes], None]) -> None:
        self._send = send
        self._threads = ThreadPoolExecutor(_AT_ONCE)
        self._waiting: deque[Future[None]] = deque()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._threads.shutdown(cancel_futures=error is not None)
        while error is None and self._waiting:
            self._waiting.popleft().result()

    def __call__(self, lines: bytes) -> None:
        """Send *lines*, once fewer than so many are on their way."""
        if len(self._waiting) > _AT_ONCE:
            self._waiting.popleft().result()
        self._waiting.append(self._threads.submit(self._send, lines))
