"""A page of a list that fills one message, and what the buttons that turn it carry."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal, Self, cast

List = Literal["gaps", "articles"]

_DATA = re.compile(
    r"(?P<list>gaps|articles):(?P<number>[0-9]{1,6})(?::(?P<start>[0-9]{1,5}):(?P<end>[0-9]{1,5}))?", re.ASCII
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Which list, which page, and where in the message stand the words that it is searched by.

    A button holds 64 bytes, its message holds any words: so it works as long as there is the message.
    """

    list: List
    number: int = 0  # from 0; beyond the end stands for the last one
    words: tuple[int, int] | None = None  # code points into the message's text

    @property
    def data(self) -> str:
        """What a button carries."""
        where = "" if self.words is None else f":{self.words[0]}:{self.words[1]}"
        return f"{self.list}:{self.number}{where}"

    def turned(self, to: int) -> Self:
        """Return another page of the same list."""
        return replace(self, number=to)

    def words_in(self, text: str) -> str:
        """Return the words from the *text* of the message; "" where there are none."""
        return text[slice(*self.words)] if self.words else ""


def parse_sheet(data: str) -> Sheet | None:
    """Return the page of a list that a button's data names; None for any other text."""
    found = _DATA.fullmatch(data)
    if found is None:
        return None
    words = (int(found["start"]), int(found["end"])) if found["start"] else None
    return Sheet(list=cast("List", found["list"]), number=int(found["number"]), words=words)


def turns(of: List) -> Callable[[object], bool]:
    """Return what tells a button's data that names a page of the list *of* from any other."""

    def is_of(data: object) -> bool:
        sheet = parse_sheet(str(data))
        return sheet is not None and sheet.list == of

    return is_of
