"""An update on its way to its effect: what is written down before and after Telegram shows anything of it.

Whoever sends finds the update that it sends for in ``CURRENT``; in ``ON_ITS_WAY`` it stands while Telegram is
being asked to show something for it.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from typing import Literal

# received: Telegram surely did nothing; sending: it is being asked; apart: as received, but the chat goes on.
Standing = Literal["received", "sending", "apart"]
Marking = Callable[[Standing], Awaitable[None]]


class TakenOverError(Exception):
    """Another process has taken the update over, while this one stood still; it answers it."""


async def _always() -> bool:
    return True


class Delivery:
    """The effect of one update. Over once the update has been handled."""

    def __init__(
        self,
        mark: Marking,
        leave: Callable[[], None],
        done: Callable[[], None],
        slots: asyncio.Semaphore,
        *,
        is_again: bool = False,
        is_ours: Callable[[], Awaitable[bool]] = _always,
    ) -> None:
        """*leave* is called when it cannot be stopped; *is_again*: a process ended before it was handled.

        *leave* raises ``OSError`` if it is to be asked *is_ours* first, which tells whether no other process
        has taken the update over.
        """
        self._mark = mark
        self._leave = leave
        self._done = done
        self._slots = slots
        self._is_ours = is_ours
        self._is_sending = False
        self._is_marked = False  # as sending, but it has not left yet
        self._goes_on = False
        self._is_shown = False
        self.is_again = is_again
        self.is_over = False

    async def begin(self) -> None:
        """Make sure that the effect is this process's. Raises ``TakenOverError``."""
        if not await self._is_ours():
            raise TakenOverError

    async def sending(self) -> None:
        """Note that Telegram is about to be asked."""
        if not self._is_sending:
            self._is_sending = True
            await self._mark("sending")
            self._is_marked = True

    def leaving(self) -> None:
        """Note that it is asked now, if that was to be; after a crash, nobody knows what it has shown.

        Raises ``OSError`` if it must not be asked before it is sure whose the update is.
        """
        if self._is_marked:
            self._is_marked = self._is_sending = False
            self._leave()
            self._is_sending = True

    def shown(self) -> None:
        """Note that Telegram has shown something."""
        self._is_shown = True

    async def unsent(self) -> None:
        """Note that Telegram surely did nothing: if nothing was shown before, a crash changes nothing."""
        if self._is_sending and not self._is_shown:
            self._is_sending = False
            await self._mark("received")

    async def pause(self, seconds: float) -> None:
        """Wait, and let other chats be answered meanwhile; this one's order stays."""
        self._slots.release()
        try:
            await asyncio.sleep(seconds)
        finally:
            await self._slots.acquire()

    async def go_on(self) -> Callable[[], None]:
        """Let work go on after the update; after a crash it is handled anew, until the result is called."""
        self._goes_on, self._is_sending = True, False
        await self._mark("apart")
        return self._done

    def finish(self) -> None:
        """Note that the update has been handled, unless work goes on."""
        self.is_over = True
        if not self._goes_on:
            self._done()


CURRENT: ContextVar[Delivery | None] = ContextVar("delivery", default=None)
ON_ITS_WAY: ContextVar[Delivery | None] = ContextVar("asked", default=None)


def current() -> Delivery | None:
    """Return the update that is being handled; None for what nobody waits for."""
    delivery = CURRENT.get()
    return None if delivery is None or delivery.is_over else delivery


async def go_on() -> Callable[[], None]:
    """Let work go on after the current update, as ``Delivery.go_on`` does.

    What the caller and its tasks send from now on is tried as long as an answer, and changes nothing of what
    is written down.
    """
    delivery = current()
    done = await delivery.go_on() if delivery else _nothing
    is_again = delivery is not None and delivery.is_again
    CURRENT.set(Delivery(_not_marked, _nothing, _nothing, asyncio.Semaphore(0), is_again=is_again))
    return done


async def _not_marked(_: Standing) -> None:
    """Write nothing down."""


def _nothing() -> None:
    """Note nothing."""
