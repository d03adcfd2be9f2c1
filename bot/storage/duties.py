"""Duties of one process for all that share the database: no leader is named, the first to come has them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from retrieval.collection.collection import Collection


@asynccontextmanager
async def on_duty(collection: Collection, duty: str) -> AsyncIterator[bool]:
    """Give whether this process has the *duty* while the block lasts; False if another one is at it.

    Whoever dies leaves it to the others at once. Raises ``StoreError``.
    """
    turn = collection.company.turn(duty)
    is_ours = await asyncio.to_thread(turn.__enter__)
    try:
        yield is_ours
    finally:
        await asyncio.to_thread(turn.__exit__, None, None, None)
