"""The buttons to follow a question, and to end that."""

import re
from dataclasses import dataclass

_FOLLOW = re.compile(r"follow:(?P<answer>[0-9a-f]{16})", re.ASCII)
_ENDING = re.compile(r"(?P<verb>end|stop):(?P<watch>[0-9]{1,18})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Follow:
    """The wish to follow the question of an answer."""

    answer: str  # Asked.id

    @property
    def data(self) -> str:
        """What a button carries."""
        return f"follow:{self.answer}"


@dataclass(frozen=True, slots=True)
class Ending:
    """The wish to follow a question no longer."""

    watch: int  # Watch.id
    is_listed: bool  # the button stands in the list of /alerts; False: below an alert

    @property
    def data(self) -> str:
        """What a button carries."""
        return f"{'end' if self.is_listed else 'stop'}:{self.watch}"


def parse_follow(data: str) -> Follow | None:
    """Return the wish in a button's data; None for any other text."""
    found = _FOLLOW.fullmatch(data)
    return Follow(found["answer"]) if found else None


def parse_ending(data: str) -> Ending | None:
    """Return the wish in a button's data; None for any other text."""
    found = _ENDING.fullmatch(data)
    return Ending(int(found["watch"]), found["verb"] == "end") if found else None
