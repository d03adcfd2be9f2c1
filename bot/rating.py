"""What somebody thinks of an answer, as the button under it carries it."""

import re
from dataclasses import dataclass

from bot import position
from bot.position import Position
from retrieval.journal.journal import VERDICTS, Verdict

_DATA = re.compile(rf"rate:{position.PATTERN}:(?P<verdict>{'|'.join(VERDICTS)})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Mark:
    """A verdict on the hit that a message shows."""

    position: Position
    verdict: Verdict

    @property
    def data(self) -> str:
        """What a button carries."""
        return f"rate:{self.position.text}:{self.verdict}"


def parse_mark(data: str) -> Mark | None:
    """Return the mark in a button's data; None for any other text."""
    found = _DATA.fullmatch(data)
    place = Position.of_match(found) if found else None
    if found is None or place is None:
        return None
    verdict = next(verdict for verdict in VERDICTS if verdict == found["verdict"])
    return Mark(place, verdict)
