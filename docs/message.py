"""A golden message, read back from its file: text with marks over it, and buttons under it.

``tests/render/test_golden.py`` writes the files: entities as <tags>, buttons in [brackets] with what they do.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from telegram.constants import MessageEntityType

_TAG = re.compile(rf"<(/?)({'|'.join(sorted(MessageEntityType))})(?: [^>]*)?>")
_BUTTON = re.compile(r"\[(.+?) → (\S+)( \*)?\](?: (?=\[)|$)")
_ROW = re.compile(rf"(?:{_BUTTON.pattern})+")
# Telegram's apps find commands by themselves, wherever they stand.
_COMMAND = re.compile(r"((?<!\S)/[a-z]+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of text that looks alike."""

    text: str
    marks: frozenset[str] = frozenset()  # types of entities, as Telegram names them


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """A button under a message."""

    text: str
    is_link: bool = False
    is_primary: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What one message looks like."""

    pieces: tuple[Piece, ...]
    rows: tuple[tuple[Button, ...], ...] = ()

    @property
    def text(self) -> str:
        """Return what the message says, without marks and buttons."""
        return "".join(piece.text for piece in self.pieces)


def read(golden: str) -> Message:
    """Return the message that a golden file shows."""
    text, _, below = golden.removesuffix("\n").rpartition("\n\n")
    rows = below.split("\n")
    if not text or not all(map(_ROW.fullmatch, rows)):
        return Message(pieces=tuple(_pieces(golden.removesuffix("\n"))))
    return Message(pieces=tuple(_pieces(text)), rows=tuple(tuple(_buttons(row)) for row in rows))


def _pieces(tagged: str) -> Iterator[Piece]:
    marks: list[str] = []
    position = 0
    for tag in _TAG.finditer(tagged):
        yield from _with_commands(tagged[position : tag.start()], frozenset(marks))
        position = tag.end()
        if tag[1]:
            marks.remove(tag[2])
        else:
            marks.append(tag[2])
    yield from _with_commands(tagged[position:], frozenset(marks))


def _with_commands(text: str, marks: frozenset[str]) -> Iterator[Piece]:
    for number, part in enumerate(_COMMAND.split(text)):
        if part:
            yield Piece(text=part, marks=marks | {MessageEntityType.BOT_COMMAND} if number % 2 else marks)


def _buttons(row: str) -> Iterator[Button]:
    for text, target, star in _BUTTON.findall(row):
        yield Button(text=text, is_link="://" in target, is_primary=bool(star))
