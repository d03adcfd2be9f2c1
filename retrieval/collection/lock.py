"""The locks: one reload, and one round over the web, at a time, over all threads and processes."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from filelock import FileLock, Timeout

from retrieval.errors import ReloadRunningError, StoreError
from retrieval.store.database import Database

_RELOAD, _ROUND = 7295015, 7295016  # any numbers, as long as nobody else takes them


@contextmanager
def reload_lock(folder: Path, database: Database | None = None) -> Iterator[None]:
    """Hold the lock that lives in *folder*; the system frees it when the process dies.

    *database*: nobody else who shares it reloads meanwhile, in whatever folder. Raises ``ReloadRunningError``
    if it is held, and ``StoreError`` if there can be none.
    """
    running = "a reload is already running: wait until it is done"
    with _held(folder, "reload.lock", running), _alone(database, _RELOAD, running):
        yield


@contextmanager
def round_lock(folder: Path, database: Database | None = None) -> Iterator[None]:
    """Hold the lock of the one who visits the sources on the web. Arguments and errors as ``reload_lock``."""
    running = "the sources on the web are being read already: wait until that is done"
    with _held(folder, "round.lock", running), _alone(database, _ROUND, running):
        yield


@contextmanager
def _alone(database: Database | None, number: int, running: str) -> Iterator[None]:
    with database.turn(number) if database else nullcontext(True) as taken:
        if not taken:
            raise ReloadRunningError(running)
        yield


@contextmanager
def _held(folder: Path, name: str, running: str) -> Iterator[None]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # A file that merely exists would stay behind a killed process: rather no lock than that one.
        lock = FileLock(folder / name, fallback_to_soft=False)
        lock.acquire(blocking=False)
    except Timeout:
        raise ReloadRunningError(running) from None
    except (OSError, NotImplementedError) as error:
        raise StoreError(f"{folder} cannot be written: {error}; check INDEX_DIR") from error
    try:
        yield
    finally:
        lock.release()
