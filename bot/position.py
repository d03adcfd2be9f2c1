"""Which hit of an answer a message shows, as its buttons carry it."""

import re
from dataclasses import dataclass
from hashlib import blake2b
from typing import Self

PATTERN = r"(?P<answer>[0-9a-f]{16}):(?P<rank>[1-9][0-9]?):(?P<of>[1-9][0-9]?)"
_DATA = re.compile(rf"hit:{PATTERN}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Position:
    """Where a message stands among the hits of an answer. A question without an answer shows all at once."""

    answer: str  # Asked.id
    rank: int = 1  # of the hit, from 1
    of: int = 1  # hits

    @property
    def text(self) -> str:
        """How a button's data names it: at most 22 bytes."""
        return f"{self.answer}:{self.rank}:{self.of}"

    @property
    def data(self) -> str:
        """What a button carries that leads here."""
        return f"hit:{self.text}"

    @classmethod
    def of_match(cls, found: re.Match[str]) -> Self | None:
        """Return what a match of ``PATTERN`` says; None where that is no place among hits."""
        rank, of = int(found["rank"]), int(found["of"])
        return cls(found["answer"], rank, of) if rank <= of else None


def parse_position(data: str) -> Position | None:
    """Return the position in a button's data; None for any other text."""
    found = _DATA.fullmatch(data)
    return Position.of_match(found) if found else None


def answer_id(*parts: object) -> str:
    """Return the id of the answer to what *parts* name: always the same, so that an edit replaces it."""
    return blake2b(":".join(map(str, parts)).encode(), digest_size=8).hexdigest()
