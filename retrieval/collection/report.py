"""A reload, as it is told to the one who asked for it: its steps, its failures, its report.

``retrieval.collection.reload`` is where it happens.
"""

from dataclasses import dataclass
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
class Report:
    """The outcome of a reload."""

    added: int  # articles, these four
    updated: int
    unchanged: int
    removed: int
    failed: tuple[Failure, ...]  # in the order of reading
    copies: tuple[Copy, ...] = ()
    articles: int  # in the collection now
    passages: int
    seconds: float
