"""A restriction: which articles a question is asked of; and what can be wrong with one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from typing import Any, Self


@dataclass(frozen=True, slots=True, kw_only=True)
class Restriction:
    """Conditions that an article must meet to be asked; without any, every article is."""

    since: date | None = None  # the first day that it may be of, in the reader's time zone
    until: date | None = None  # the last one
    sources: tuple[str, ...] = ()  # of which it is one, named as in the index
    phrases: tuple[str, ...] = ()  # it holds them all (``index.filter``)
    without: tuple[str, ...] = ()  # and none of these

    def __bool__(self) -> bool:
        return self != EVERYTHING

    @property
    def record(self) -> dict[str, str | list[str] | None]:
        """The restriction as an object of JSON; days as 2016-05-01."""
        return {
            "since": self.since.isoformat() if self.since else None,
            "until": self.until.isoformat() if self.until else None,
            "sources": list(self.sources),
            "phrases": list(self.phrases),
            "without": list(self.without),
        }

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Self:
        """Return the restriction that an object was made of."""
        return cls(
            since=record["since"] and date.fromisoformat(record["since"]),
            until=record["until"] and date.fromisoformat(record["until"]),
            sources=tuple(record["sources"]),
            phrases=tuple(record["phrases"]),
            without=tuple(record["without"]),
        )

    def also(self, other: "Restriction") -> "Restriction":
        """Return the restriction that lets through what both do; of sources there are some in both."""
        since = [day for day in (self.since, other.since) if day]
        until = [day for day in (self.until, other.until) if day]
        either = self.sources or other.sources
        both = tuple(name for name in either if name in (other.sources or either))
        return Restriction(
            since=max(since, default=None),
            until=min(until, default=None),
            sources=both,
            phrases=tuple(dict.fromkeys(self.phrases + other.phrases)),
            without=tuple(dict.fromkeys(self.without + other.without)),
        )


EVERYTHING = Restriction()  # lets every article through


class Wrong(Enum):
    """A mistake in a restriction."""

    SOURCE = auto()  # there is no such one
    DATE = auto()  # it is no date, or no calendar has it
    ORDER = auto()  # it ends before it begins
    NO_QUESTION = auto()  # it restricts, and asks nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """Why a question cannot be asked as it restricts its articles."""

    wrong: Wrong
    said: str = ""  # what is no source or no date, as typed
    known: tuple[str, ...] = ()  # sources there are, those with most articles first; at most five
