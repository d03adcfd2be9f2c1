"""Company: other processes over the same database, and hearing of what they store."""

from collections.abc import Callable
from threading import Event
from typing import TYPE_CHECKING

import structlog

from retrieval.collection.snapshots import Snapshots
from retrieval.errors import RetrievalError
from retrieval.store.database import Database

if TYPE_CHECKING:
    from retrieval.collection.clustered import ClusterSnapshots

_EVERY = 5.0  # seconds: so often the generation is looked at, whether or not somebody rang
_AGAIN = 1.0  # seconds until the next try, if the database cannot be reached or the folder is locked

_LOG: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


def keep_up(
    database: Database, snapshots: "Snapshots | ClusterSnapshots", stop: Event, on_ring: Callable[[], None]
) -> None:
    """Keep *snapshots* up to date with *database*, as ``Collection.keep_up`` says."""
    while not stop.is_set():
        try:
            if not _listen(database, snapshots, stop, on_ring):
                return
        except RetrievalError as error:
            _LOG.warning("other processes are not heard", reason=str(error))
        except Exception as error:  # the next look may go well
            _LOG.exception("keeping up with other processes failed", error=type(error).__name__)
        stop.wait(_AGAIN)


def _listen(
    database: Database, snapshots: "Snapshots | ClusterSnapshots", stop: Event, on_ring: Callable[[], None]
) -> bool:
    """Do so while the connection lasts; tell whether there is anything to listen to."""
    with database.listening() as wait:
        if wait is None:
            return False
        on_ring()  # nobody heard what rang before
        while not stop.is_set():
            is_done = snapshots.keep_up()
            if wait(_EVERY if is_done else _AGAIN):
                on_ring()
    return True
