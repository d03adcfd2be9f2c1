"""Leases: whether an update that a process has in hand still is its own.

Others take over what a process has in hand if it has not said for a minute that it is alive. It may have been
stopped, swapped out, or have slept with its machine; when it goes on, it knows nothing of that, and would say
what another process has said. So whoever may have stood still asks before it says anything.
"""

import asyncio
import json
import sys
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime

import structlog

from bot.storage.ledger import Ledger, LedgerEntry
from retrieval.errors import RetrievalError
from retrieval.store.notes import Key

WRITTEN_WITHIN = 1.0  # seconds: so long an update waits for the database before it is handled all the same
_LASTS = 45.0  # seconds since the last sign of life; others wait for a minute, by clocks of their own
# Noted by who takes an update over: it says nothing, since its answer may be on the way.
MAY_HAVE_LEFT = "left"

_LOG: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


def passed() -> float:
    """Return the seconds that have passed since the machine began, those that it slept included."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if sys.platform == "linux" else time.monotonic()


class Lease:
    """The time for which the process *me* may be sure that nobody has taken over what it has in hand."""

    def __init__(self, ledger: Ledger, me: str, clock: Callable[[], float] = passed) -> None:
        self.ledger = ledger
        self.me = me
        self.clock = clock
        self.until = clock() + _LASTS
        self.in_doubt: frozenset[str] = frozenset()  # the updates in hand when it last had run out

    async def beat(self, bot_id: int, in_hand: Iterable[str]) -> None:
        """Say that this process is alive, and has the updates noted as *in_hand*.

        If the lease had run out, a new one is not for those: others may have taken them over before.
        """
        begun, moment = self.clock(), datetime.now(UTC)
        if begun >= self.until:
            self.in_doubt = frozenset(in_hand)
        await self.ledger.put(LedgerEntry(notes={("process", f"{bot_id}:{self.me}"): ""}))
        if self.ledger.well_since < moment:  # the database took it
            self.until = begun + _LASTS


class Hold:
    """An update, noted as *place*, that this process has in hand."""

    def __init__(self, lease: Lease, place: str, received: Key | None) -> None:
        """*received*: the claim of an update that this process received; None if it took that over."""
        self._lease = lease
        self._place = place
        self._claim = ("taken", f"{place}:{lease.me}")
        self._arrived = ("arrived", place)
        self._received = received
        self._until = 0.0  # on the lease's clock; asking makes it later for this update alone
        self.is_lost = False

    @property
    def is_sure(self) -> bool:
        """Whether nobody can have taken it over."""
        leased = 0.0 if self._place in self._lease.in_doubt else self._lease.until
        return not self.is_lost and self._lease.clock() < max(leased, self._until)

    async def holds(self) -> bool:
        """Tell whether it is still to be handled by this process; if that was in doubt, nobody else will now.

        If the database does not tell, it is: rather an answer too many than none.
        """
        if not self.is_lost and not self.is_sure:
            now = self._lease.clock()
            self.is_lost = not await self._is_free()
            self._until = now + _LASTS
        return not self.is_lost

    async def _is_free(self) -> bool:
        """Take the update over from oneself, unless another process has done so."""
        ledger, me = self._lease.ledger, self._lease.me
        written = ledger.put(LedgerEntry(claim=self._claim, notes={self._claim: me}))
        await asyncio.wait({written}, timeout=WRITTEN_WITHIN)
        if not written.done():
            return True
        try:
            is_free, is_noted = await asyncio.to_thread(self._noted)
        except RetrievalError:
            return True
        if not is_free:
            _LOG.warning("a message was answered by another process while this one stood still")
        if is_noted and not is_free:  # it was written after the other one had done with it
            ledger.append(LedgerEntry(gone=(self._arrived,)))
        return is_free

    def _noted(self) -> tuple[bool, bool]:
        """Tell whether it is free, and whether it is noted as this process's own. Raises ``StoreError``."""
        memory, me = self._lease.ledger.memory, self._lease.me
        taker = memory.get(*self._claim)  # the ledger says that it is new, too, if the database failed
        # Telegram may have brought it to another process, too, before it was written down.
        receiver = memory.get(*self._received) if self._received else me
        noted = memory.get(*self._arrived)
        is_free = taker in (None, me, MAY_HAVE_LEFT) and receiver in (None, "", me)
        return is_free, noted is not None and json.loads(noted)["owner"] == me
