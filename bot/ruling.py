"""What an admin decides about an article, as the buttons carry it."""

import re
from dataclasses import dataclass
from typing import Literal, cast, get_args

Decision = Literal["remove", "keep", "restore"]

_DATA = re.compile(rf"(?P<decision>{'|'.join(get_args(Decision))}):(?P<key>[0-9a-f]{{16}})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Ruling:
    """A decision and its article. The button says it all: so it works as long as there is the message."""

    decision: Decision
    key: str  # Article.key

    @property
    def data(self) -> str:
        """What a button carries."""
        return f"{self.decision}:{self.key}"


def parse_ruling(data: str) -> Ruling | None:
    """Return the ruling in a button's data; None for any other text."""
    found = _DATA.fullmatch(data)
    return Ruling(cast("Decision", found["decision"]), found["key"]) if found else None
