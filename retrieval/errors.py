"""What can go wrong in retrieval.

RetrievalError
├── ArticleError        an article that breaks its own rules: no id, no text, a date without a zone
├── ReadError           a source that cannot be read, with its origin and the reason
├── StoreError          the database cannot be opened, upgraded or written
├── IndexFileError      an index file is missing, cut short or changed, with its path and the reason
├── ReloadRunningError  another reload holds the lock
└── SuiteError          an evaluation file that cannot be used, with its path, row and the reason

Every message is one line that says what happened and, where somebody can do something, what to do.
"""

from pathlib import Path
from typing import Self


class RetrievalError(Exception):
    """Any failure of this package that a caller is meant to handle."""


class ArticleError(RetrievalError):
    """An article breaks its own rules."""


class ReadError(RetrievalError):
    """A source cannot be read."""

    def __init__(self, origin: str, reason: str) -> None:
        super().__init__(f"{origin}: {reason}")
        self.origin = origin
        self.reason = reason


class StoreError(RetrievalError):
    """The database cannot be opened, upgraded or written, or what belongs to it cannot be saved."""

    @classmethod
    def unsaved(cls, what: str, folder: Path, error: OSError) -> Self:
        """Return the error that *what*, "the index", cannot be saved in *folder*."""
        return cls(
            f"{what} cannot be saved in {folder}: {error.strerror or error}; "
            "check that the folder may be written and that the disk is not full, then reload"
        )


class IndexFileError(RetrievalError):
    """An index file is missing, cut short or changed; the index is rebuilt from the store."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class ReloadRunningError(RetrievalError):
    """Another reload, in this process or another one, is under way."""


class SuiteError(RetrievalError):
    """An evaluation file cannot be used."""

    def __init__(self, path: Path, row: int, reason: str) -> None:
        super().__init__(f"{path}, row {row}: {reason}")
        self.path = path
        self.row = row
        self.reason = reason
