"""Changes: what a reload found to be different, gathered before any of it is written.

Gathering takes as long as the files take to read; writing then takes one short transaction, so that
nobody else who writes to the database has to wait for a reload.
"""

import os
import pickle
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from types import TracebackType
from typing import Self

from retrieval.article import Article
from retrieval.errors import StoreError

_BUFFER = 1 << 16  # bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """An article to be written."""

    article: Article
    source: str
    is_new: bool  # the store does not hold its id
    text_key: str = ""  # see retrieval.collection.intake.copies
    near_key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """An article that is the same but was read from another place, or whose copies were not known."""

    id: str
    source: str
    origin: str
    text_key: str
    near_key: str = ""


class Changes:
    """Articles to be written, in a temporary file that vanishes with the process; moves; ids to remove.

    Raises ``StoreError`` if the disk fails.
    """

    def __init__(self, folder: Path) -> None:
        self.updates: list[str] = []  # the ids of articles that were put and are not new
        self.moves: list[Move] = []
        self.removals: list[str] = []
        self._folder = folder
        self._places: dict[str, tuple[int, int]] = {}  # by id: where each article begins in the file; bytes
        self._size = 0  # bytes that were written to it
        self._is_at_end = True  # a file that seeks before each article writes and reads it by itself
        with self._told():
            self._file = TemporaryFile(buffering=_BUFFER, dir=folder)  # noqa: SIM115  # closed in __exit__

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(OSError):  # a full disk; what was not written is not wanted any more
            self._file.close()

    def __len__(self) -> int:
        return len(self._places) + len(self.moves) + len(self.removals)

    def put(self, change: Change) -> None:
        """Add an article that is new or different."""
        with self._told():
            if not self._is_at_end:
                self._file.seek(0, os.SEEK_END)
                self._is_at_end = True
            values = pickle.dumps(tuple(getattr(change, name) for name in Change.__slots__))
            self._file.write(values)
        self._places[change.article.id] = self._size, len(values)
        self._size += len(values)
        if not change.is_new:
            self.updates.append(change.article.id)

    def drop(self, id_: str) -> bool:
        """Forget what was noted of an article; tell whether it was new or different."""
        if id_ in self.updates:
            self.updates.remove(id_)
        self.moves = [move for move in self.moves if move.id != id_]
        return self._places.pop(id_, None) is not None

    def find(self, id_: str) -> Article | None:
        """Return the article with this id; None if it is neither new nor different."""
        place = self._places.get(id_)
        return None if place is None else self._read(place).article

    def __iter__(self) -> Iterator[Change]:
        yield from map(self._read, list(self._places.values()))

    def _read(self, place: tuple[int, int]) -> Change:
        start, size = place
        with self._told():
            self._is_at_end = False
            self._file.seek(start)
            values = self._file.read(size)  # pickle.load() would take half as long again
        return Change(**dict(zip(Change.__slots__, pickle.loads(values), strict=True)))

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise StoreError(
                f"a temporary file in {self._folder} failed: {error.strerror or error}; make room on the disk"
            ) from error
