"""Errors of retrieval.

RetrievalError
├── ArticleError        an article that breaks its own rules: no id, no text, a date without a zone
├── ReadError           a source that cannot be read, with its origin and the reason
│   ├── GoneError       a page that its site does not have any more
│   └── UnreachableError  a page that may be read the next time
│       └── ClosedError  a page that its site does not show, though it answers
├── StoreError          the database cannot be opened, upgraded or written
├── SearchError         the search cluster cannot be reached, or does not answer as it should
│   └── SupersededError  a question that is asked again, since articles changed meanwhile
├── IndexFileError      an index file is missing, cut short or changed, with its path and the reason
├── ReloadRunningError  another reload holds the lock
├── BackupError         a backup cannot be written, or is none, with its path and the reason
└── SuiteError          an evaluation file that cannot be used, with its path, row and the reason

Every message is one line that says what happened and, if anybody can do something, what to do.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self


def N_(msgid: str) -> str:  # noqa: N802 (the name that gettext's tools know)
    """Mark *msgid* as a text for people, to be translated when it is shown; return it unchanged."""
    return msgid


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something went wrong, in a form that can be told in any language.

    ``str()`` gives the English text. A value may be a reason itself.
    """

    msgid: str  # English, with {placeholders}
    values: Mapping[str, object] = field(default_factory=dict)  # by placeholder

    def __str__(self) -> str:
        return self.msgid.format(**self.values)

    @property
    def plain_values(self) -> dict[str, str | int]:
        """Return the values as JSON keeps them: what is no number as text."""
        return {name: value if isinstance(value, int) else str(value) for name, value in self.values.items()}


class RetrievalError(Exception):
    """Any failure of this package that a caller is meant to handle."""


class ArticleError(RetrievalError):
    """An article breaks its own rules."""

    def __init__(self, origin: str, msgid: str, /, **values: object) -> None:
        self.origin = origin
        self.reason = Reason(msgid, values)
        super().__init__(f"{origin}: {self.reason}")


class ReadError(RetrievalError):
    """A source cannot be read.

    *origin* is a path, with "#<row>" for a row of a file. *msgid* is a whole English sentence that the bot
    translates, its ``{placeholders}`` filled with *values*: ``ReadError(origin, "line {n} is broken", n=3)``.
    A *msgid* that is not written in the call itself is marked with ``N_`` where it is written.
    """

    def __init__(self, origin: str, msgid: str, /, **values: object) -> None:
        self.origin = origin
        self.reason = Reason(msgid, values)
        super().__init__(f"{origin}: {self.reason}")

    @classmethod
    def unopened(cls, origin: str, error: OSError) -> Self:
        """Return the error of a file or folder that the system cannot open or read."""
        return cls(origin, N_("cannot be opened: {error}"), error=error.strerror or error)


class GoneError(ReadError):
    """A page that its site says it does not have, or not any more."""


class UnreachableError(ReadError):
    """A page that cannot be read now; the next time it may be."""


class ClosedError(UnreachableError):
    """A page that its site does not show now, to this program or to anybody, though it answers."""


class StoreError(RetrievalError):
    """The database cannot be opened, upgraded or written, or what belongs to it cannot be saved."""

    @classmethod
    def unsaved(cls, what: str, folder: Path, error: OSError) -> Self:
        """Return the error that *what*, "the index", cannot be saved in *folder*."""
        return cls(
            f"{what} cannot be saved in {folder}: {error.strerror or error}; "
            "check that the folder may be written and that the disk is not full, then reload"
        )


class SearchError(RetrievalError):
    """The search cluster cannot be reached, or does not answer as it should."""


class SupersededError(SearchError):
    """Another generation is asked by now than the one that a question began with: ask again."""


class IndexFileError(RetrievalError):
    """An index file is missing, cut short or changed; the index is rebuilt from the store."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class BackupError(RetrievalError):
    """A backup cannot be written or read, or is none."""

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
