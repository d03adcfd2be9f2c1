"""Decide when an update is handled: several chats at once, each chat's updates one after the other."""

import asyncio
import sys
from collections.abc import Awaitable
from typing import Any
from weakref import WeakValueDictionary

from telegram import Update
from telegram.ext import BaseUpdateProcessor

AT_ONCE = 16  # more are slower: each request searches the whole connection pool


class ChatByChat(BaseUpdateProcessor):
    """Handles at most *at_once* updates together, and those of one chat strictly in their order.

    An update takes a slot only when its chat's turn has come, so a flood in one chat takes one slot.
    """

    def __init__(self, at_once: int = AT_ONCE) -> None:
        # The base class takes its slot before the chat's turn is known; so it gets enough of them.
        super().__init__(max_concurrent_updates=sys.maxsize)
        self._slots = asyncio.Semaphore(at_once)
        # A turn lives as long as an update waits for it or has it: nothing is left of a quiet chat.
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    @property
    def chats(self) -> int:
        """How many chats have an update that waits or is being handled."""
        return len(self._turns)

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Await *coroutine*, the handling of *update*, when its turn has come."""
        async with self._turn(update), self._slots:
            await coroutine

    async def initialize(self) -> None:
        """Do nothing: there is nothing to prepare."""

    async def shutdown(self) -> None:
        """Do nothing: the application has awaited every update before."""

    def _turn(self, update: object) -> asyncio.Lock:
        place = (update.effective_chat or update.effective_user) if isinstance(update, Update) else None
        return asyncio.Lock() if place is None else self._turns.setdefault(place.id, asyncio.Lock())
