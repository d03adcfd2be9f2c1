"""Text broken into lines that fit."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from docs import font
from docs.font import EM, Glyph
from docs.message import Piece

_LINKS = {"text_link", "url", "mention", "text_mention", "bot_command", "hashtag"}
_IGNORED = "\ufe0f"  # asks for colour, which emoji have here anyway


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A character as it will be drawn."""

    character: str
    glyph: Glyph
    ink: str  # names a colour of the theme


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Letters side by side."""

    letters: tuple[Letter, ...]
    places: tuple[int, ...]  # where each letter starts, in units
    length: int  # units

    def width(self, size: float) -> float:
        """Return the width in pixels at a font of *size* pixels."""
        return self.length * size / EM


def letters(pieces: Iterable[Piece], ink: str = "text") -> list[Letter]:
    """Return the letters of *pieces*, links in the colour of links and the rest in *ink*."""
    return [
        Letter(
            character=character,
            glyph=font.glyph(character, font.face(piece.marks)),
            ink="link" if piece.marks & _LINKS else ink,
        )
        for piece in pieces
        for character in piece.text
        if character not in _IGNORED
    ]


def line(text: str, ink: str, *marks: str) -> Line:
    """Return *text* as one line."""
    return _line(letters([Piece(text=text, marks=frozenset(marks))], ink))


def shortened(text: str, ink: str, size: float, width: float) -> Line:
    """Return *text* as one line of at most *width* pixels, its end replaced by … where it is too long."""
    whole = line(text, ink)
    while whole.width(size) > width and text:
        text = text[:-1]
        whole = line(f"{text.rstrip()}…", ink)
    return whole


def wrap(text: Sequence[Letter], size: float, width: float) -> Iterator[Line]:
    """Yield the lines of one paragraph, each at most *width* pixels; an empty paragraph is an empty line."""
    room = int(width * EM / size)
    while True:
        end = _fitting(text, room)
        yield _line(_stripped(text[:end]))
        text = text[end:]
        if not text:
            return


def _fitting(text: Sequence[Letter], room: int) -> int:
    """Return how many letters go into the line, which ends inside a word only where the word is too long."""
    ends = (*_places(text)[1:], _line(text).length)
    fitting = sum(end <= room for end in ends)
    if fitting == len(text):
        return fitting
    spaces = [n for n, letter in enumerate(text[: fitting + 1]) if letter.character == " "]
    return spaces[-1] + 1 if spaces else max(fitting, 1)


def _stripped(text: Sequence[Letter]) -> Sequence[Letter]:
    return text[:-1] if text and text[-1].character == " " else text


def _places(text: Sequence[Letter]) -> tuple[int, ...]:
    steps = (a.glyph.advance + font.kern(a.glyph, b.glyph) for a, b in pairwise(text))
    return tuple(accumulate(steps, initial=0))


def _line(text: Sequence[Letter]) -> Line:
    places = _places(text)
    length = places[-1] + text[-1].glyph.advance if text else 0
    return Line(letters=tuple(text), places=places, length=length)
