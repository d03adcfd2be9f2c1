"""Company: other processes over the same database, and hearing of what they store."""

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from threading import Event
from typing import TYPE_CHECKING
from zlib import crc32

from retrieval.collection.snapshots.embedded import Snapshots
from retrieval.errors import RetrievalError
from retrieval.store.database import Database

if TYPE_CHECKING:
    from retrieval.collection.snapshots.clustered import ClusterSnapshots

_EVERY = 5.0  # seconds: so often the generation is looked at, whether or not somebody rang
_AGAIN = 1.0  # seconds until the next try, if the database cannot be reached or the folder is locked

_LOG = logging.getLogger(__name__)


class Company:
    """The other processes that share the database: to hear them, to call them, to take turns with them."""

    def __init__(self, database: Database, snapshots: "Snapshots | ClusterSnapshots") -> None:
        """*snapshots* are what is kept up to date."""
        self._database = database
        self._snapshots = snapshots

    def keep_up(self, stop: Event, on_ring: Callable[[], None]) -> None:
        """Take in what others store in the same PostgreSQL, as it happens, until *stop* is set.

        *on_ring* is called whenever one of them may have changed a note that this one keeps in memory; a
        ``ring`` after *stop* is set lets it return soon. With SQLite it returns at once: each question looks
        whether the files of the index are new.
        """
        while not stop.is_set():
            try:
                if not self._listen(stop, on_ring):
                    return
            except RetrievalError as error:
                _LOG.warning("other processes are not heard", extra={"reason": str(error)})
            except Exception as error:  # the next look may go well
                _LOG.exception(
                    "keeping up with other processes failed", extra={"error": type(error).__name__}
                )
            stop.wait(_AGAIN)

    def ring(self) -> None:
        """Let all processes that ``keep_up`` look at once. Raises ``StoreError``."""
        self._database.ring()

    def turn(self, duty: str) -> AbstractContextManager[bool]:
        """Give whether no other process that shares the PostgreSQL has this *duty*, while the block lasts.

        With SQLite everybody has it. Raises ``StoreError``.
        """
        return self._database.turn(crc32(duty.encode()))

    def _listen(self, stop: Event, on_ring: Callable[[], None]) -> bool:
        """Keep up while the connection lasts; tell whether there is anything to listen to."""
        with self._database.listening() as wait:
            if wait is None:
                return False
            on_ring()  # nobody heard what rang before
            while not stop.is_set():
                is_done = self._snapshots.keep_up()
                if wait(_EVERY if is_done else _AGAIN):
                    on_ring()
        return True
