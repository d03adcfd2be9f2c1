"""Changes: what a reload found to be different, gathered before any of it is written.

Gathering takes as long as the files take to read; writing then takes one short transaction, so that
nobody else who writes to the database has to wait for a reload.
"""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """An article to be written."""

    article: Article
    source: str
    is_new: bool  # the store does not hold its id
    text_key: str = ""  # see retrieval.collection.intake.copies


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """An article that is the same but was read from another place, or whose copies were not known."""

    id: str
    source: str
    origin: str
    text_key: str


class Changes:
    """Articles to be written, in a temporary file that vanishes with the process; moves; ids to remove.

    Raises ``StoreError`` if the disk fails.
    """

    def __init__(self, folder: Path) -> None:
        self.updates: list[str] = []  # the ids of articles that were put and are not new
        self.moves: list[Move] = []
        self.removals: list[str] = []
        self._folder = folder
        self._count = 0
        with self._told():
            self._file = TemporaryFile(dir=folder)  # noqa: SIM115  # closed in __exit__

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(OSError):  # a full disk; what was not written is not wanted any more
            self._file.close()

    def __len__(self) -> int:
        return self._count + len(self.moves) + len(self.removals)

    def put(self, change: Change) -> None:
        """Add an article that is new or different."""
        with self._told():
            pickle.dump((change.article, change.source, change.is_new, change.text_key), self._file)
        self._count += 1
        if not change.is_new:
            self.updates.append(change.article.id)

    def __iter__(self) -> Iterator[Change]:
        with self._told():
            self._file.seek(0)
        for _ in range(self._count):
            with self._told():
                article, source, is_new, text_key = pickle.load(self._file)
            yield Change(article=article, source=source, is_new=is_new, text_key=text_key)

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise StoreError(
                f"a temporary file in {self._folder} failed: {error.strerror or error}; make room on the disk"
            ) from error
