"""Edits of people who have asked too much: the last one of each is answered when their minute is over."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from bot.transport import delivery

Begin = Callable[[Coroutine[Any, Any, None]], object]


class LateEdits:
    """The edits that wait. One that waits when the process ends is answered by the next one, at once."""

    def __init__(self) -> None:
        self._waiting: dict[int, tuple[asyncio.TimerHandle, Callable[[], None]]] = {}

    async def put(
        self, person: int, seconds: float, answer: Callable[[], Coroutine[Any, Any, None]], begin: Begin
    ) -> None:
        """Let *begin* begin what *answer* returns, in so many seconds, instead of what waits for *person*."""
        done = await delivery.go_on()
        self.drop(person)

        async def answered() -> None:
            try:
                await answer()
            finally:
                done()

        def start() -> None:
            del self._waiting[person]
            begin(answered())

        self._waiting[person] = asyncio.get_running_loop().call_later(seconds, start), done

    def drop(self, person: int) -> None:
        """Forget what waits for *person*, who has edited since."""
        if waiting := self._waiting.pop(person, None):
            timer, done = waiting
            timer.cancel()
            done()
