"""Reports: a reload as it is told to who asked for it, step by step and at its end; and what is there then.

``retrieval.collection.intake`` is where it happens.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from retrieval.errors import Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A moment of a reload."""

    stage: Literal["read", "store", "index", "visit"]  # in this order; each visit stores and indexes again
    done: int  # 0..total
    total: int  # read: files; store: changes; index: articles; visit: pages


def tell_nobody(_step: Step) -> None:
    """Follow a reload that nobody watches."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A file, or a row of one, that did not go in."""

    origin: str
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """An article that did not go in, since another one says the same."""

    origin: str
    of: str  # the id of the other one


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """What became of the files and pages that were read."""

    added: int = 0  # articles, these four
    updated: int = 0
    unchanged: int = 0
    removed: int = 0
    failed: tuple[Failure, ...] = ()  # in the order of reading
    copies: tuple[Copy, ...] = ()

    def __add__(self, other: "Intake") -> "Intake":
        return Intake(
            added=self.added + other.added,
            updated=self.updated + other.updated,
            unchanged=self.unchanged + other.unchanged,
            removed=self.removed + other.removed,
            failed=self.failed + other.failed,
            copies=self.copies + other.copies,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Report(Intake):
    """The outcome of a reload."""

    articles: int  # in the collection now
    passages: int
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Stats:
    """The size of the collection, and how fresh it is."""

    articles: int
    passages: int
    newest: datetime | None  # the latest date of an article
    reloaded: datetime | None  # when a reload last went through; None: never
