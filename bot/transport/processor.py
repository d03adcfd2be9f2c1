"""Decide when an update is handled: several chats at once, each chat's updates one after the other."""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any
from weakref import WeakValueDictionary

from telegram import InlineQuery, Update
from telegram.ext import BaseUpdateProcessor

from bot.transport.delivery import CURRENT, Delivery

# Return what is written down of an update; None for one that is not worth it.
Delivering = Callable[[Update, asyncio.Semaphore], Delivery | None]

# Return what waits until other processes have handled what came before; None if there is nothing to wait for.
Waiting = Callable[[Update], Awaitable[object] | None]

AT_ONCE = 32  # most of the time an update waits for Telegram: half as many kept a burst waiting for slots


class ChatLock(asyncio.Lock):
    """Taken while an update of its chat, or of a person without a chat, is handled."""

    def __init__(self) -> None:
        super().__init__()
        self.gate = asyncio.Lock()  # taken while the chat's next update waits for other processes

    typed: InlineQuery | None = None  # the newest one


class ChatByChat(BaseUpdateProcessor):
    """Handles at most *at_once* updates together, and those of one chat strictly in their order.

    An update takes a slot only when its chat's turn has come, so a flood in one chat takes one slot.
    An inline query comes with every letter: one that is still waiting when the next one is there is
    dropped, since nobody would see its answer.
    """

    def __init__(
        self,
        at_once: int = AT_ONCE,
        follow: Delivering = lambda _update, _slots: None,
        wait: Waiting = lambda _update: None,
    ) -> None:
        # The base class takes its slot before the chat's lock is known; so it gets enough of them.
        super().__init__(max_concurrent_updates=sys.maxsize)
        self._slots = asyncio.Semaphore(at_once)
        self._follow = follow
        self._wait = wait
        # A lock lives as long as an update waits for it or has it: nothing is left of a quiet chat.
        self._locks: WeakValueDictionary[int, ChatLock] = WeakValueDictionary()

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Await *coroutine*, the handling of *update*, when its turn has come."""
        lock = self._lock_of(update)
        query = update.inline_query if isinstance(update, Update) else None
        if query is not None:
            lock.typed = query
        waiting = self._wait(update) if isinstance(update, Update) else None
        if waiting is not None:
            async with lock.gate:  # so that those behind it do not overtake it
                await waiting
                await lock.acquire()
        else:
            await lock.acquire()
        try:
            await self._handled(update, coroutine, lock)
        finally:
            lock.release()

    async def _handled(self, update: object, coroutine: Awaitable[Any], lock: ChatLock) -> None:
        query = update.inline_query if isinstance(update, Update) else None
        async with self._slots:
            if query is None or query is lock.typed:
                await self._followed(update, coroutine)
            elif isinstance(coroutine, Coroutine):
                coroutine.close()  # else Python warns that nobody awaited it

    async def _followed(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Await *coroutine*; if it is cut off, *update* counts as not handled."""
        delivery = self._follow(update, self._slots) if isinstance(update, Update) else None
        token = CURRENT.set(delivery)
        try:
            await coroutine
        finally:
            CURRENT.reset(token)
        if delivery is not None:
            delivery.finish()

    async def initialize(self) -> None:
        """Do nothing: there is nothing to prepare."""

    async def shutdown(self) -> None:
        """Do nothing: the application has awaited every update before."""

    def _lock_of(self, update: object) -> ChatLock:
        chat = (update.effective_chat or update.effective_user) if isinstance(update, Update) else None
        return ChatLock() if chat is None else self._locks.setdefault(chat.id, ChatLock())
