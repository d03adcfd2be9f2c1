"""Readiness: do updates come, can the database be written, is the index of its generation."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.metrics import Figures
from retrieval.collection.collection import Collection
from retrieval.errors import RetrievalError

UNREADY_AFTER = 60.0  # seconds; a poll that brings nothing ends after ten
LONGEST_WRITE = 5.0  # seconds
_NOTE = ("health", "visit")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdicts:
    """Whether each part works."""

    updates: bool
    database: bool
    index: bool

    @property
    def is_ready(self) -> bool:
        """Tell whether all of them do."""
        return self.updates and self.database and self.index


class Readiness:
    """Looks when it is asked. However often that is, one look at the database is under way at a time."""

    def __init__(
        self, collection: Collection, silence: Callable[[], float], waiting: Callable[[], int]
    ) -> None:
        self._collection = collection
        self._silence = silence
        self._waiting = waiting
        self._look: asyncio.Task[tuple[bool, bool]] | None = None

    async def verdicts(self) -> Verdicts:
        """Look at everything; what does not answer in time does not work."""
        if self._look is None or self._look.done():
            self._look = asyncio.create_task(asyncio.to_thread(self._looked))
        try:
            is_written, is_current = await asyncio.wait_for(asyncio.shield(self._look), LONGEST_WRITE)
        except TimeoutError:
            is_written = is_current = False
        return Verdicts(updates=self._silence() < UNREADY_AFTER, database=is_written, index=is_current)

    async def figures(self) -> Figures:
        """Return the figures of this moment. Raises ``StoreError``."""
        stats, sources = await asyncio.to_thread(
            lambda: (self._collection.stats(), self._collection.sources())
        )
        return Figures(
            articles=stats.articles,
            passages=stats.passages,
            generation=self._collection.generation,
            reloaded=stats.reloaded.timestamp() if stats.reloaded else 0.0,
            sources=sources,
            waiting=self._waiting(),
            silence=self._silence(),
        )

    def _looked(self) -> tuple[bool, bool]:
        try:
            self._collection.memory.put({_NOTE: datetime.now(UTC).isoformat()})
            return True, self._collection.is_current
        except RetrievalError:
            return False, False
