"""The locks: one reload, and one round over the web, at a time, over all threads and processes."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from retrieval.errors import ReloadRunningError, StoreError


@contextmanager
def reload_lock(folder: Path) -> Iterator[None]:
    """Hold the lock that lives in *folder*; the system frees it when the process dies.

    Raises ``ReloadRunningError`` where it is held, and ``StoreError`` where there can be none.
    """
    with _held(folder, "reload.lock", "a reload is already running: wait until it is done"):
        yield


@contextmanager
def round_lock(folder: Path) -> Iterator[None]:
    """Hold the lock of the one who visits the sources on the web. Raises as ``reload_lock``."""
    with _held(
        folder, "round.lock", "the sources on the web are being read already: wait until that is done"
    ):
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
