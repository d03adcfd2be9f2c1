"""A question that a message offers to ask, and the button that takes the offer."""

import re
from dataclasses import dataclass

_DATA = re.compile(r"ask:(?P<start>[0-9]{1,5}):(?P<end>[0-9]{1,5})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Offer:
    """Where the question stands in the message: a button holds 64 bytes, its message holds any question.

    So the button works as long as there is the message, also after a restart.
    """

    start: int  # code points into the message's text
    end: int

    @property
    def data(self) -> str:
        """What a button carries."""
        return f"ask:{self.start}:{self.end}"

    def question(self, text: str) -> str:
        """Return the question from the *text* of the message."""
        return text[self.start : self.end]


def parse_offer(data: str) -> Offer | None:
    """Return the offer in a button's data; None for any other text."""
    found = _DATA.fullmatch(data)
    return Offer(int(found["start"]), int(found["end"])) if found else None
