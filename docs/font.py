"""Outlines and widths of letters, the same on every machine: from a font that comes with matplotlib.

It is DejaVu Sans, which has every letter of Vietnamese, made narrow as its sister DejaVu Sans Condensed is.
"""

from collections.abc import Set
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import matplotlib
from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

from docs.emoji import DRAWINGS

EM = 2048  # units a letter's coordinates are given in
_NARROW = 0.9
_EMOJI = 1.3  # of the EM: as wide as apps show them
_FACES = {
    "DejaVuSans": "r",
    "DejaVuSans-Bold": "b",
    "DejaVuSans-Oblique": "i",
    "DejaVuSans-BoldOblique": "z",
    "DejaVuSansMono": "m",
}


class MissingGlyphError(LookupError):
    """Neither the font nor ``emoji.py`` can draw a character; drawn anyway, it would be an empty box."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Glyph:
    """One drawn character."""

    id: str  # one for each shape, the same in every picture
    name: str  # in its font, "" for an emoji
    face: str
    advance: int  # in units
    shape: str  # an SVG element, y upwards from the base line, in units


def face(marks: Set[str]) -> str:
    """Return the face that text with these *marks* is set in."""
    if marks & {"code", "pre"}:
        return "DejaVuSansMono"
    style = "Bold" * ("bold" in marks) + "Oblique" * ("italic" in marks)
    return f"DejaVuSans-{style}" if style else "DejaVuSans"


@cache
def glyph(character: str, face: str) -> Glyph:
    """Return how *character* is drawn in *face*; a MissingGlyphError says that it cannot be."""
    if character in DRAWINGS:
        return _emoji(character, face)
    font = _font(face)
    name = font.getBestCmap().get(ord(character))
    if name is None:
        raise MissingGlyphError(
            f"no drawing of {character!r} (U+{ord(character):04X}): add one to docs/emoji.py"
        )
    glyphs = font.getGlyphSet()
    pen = SVGPathPen(glyphs, ntos=lambda number: str(round(number)))
    glyphs[name].draw(TransformPen(pen, (_NARROW, 0, 0, 1, 0, 0)))
    id_ = f"{_FACES[face]}{ord(character):x}"
    shape = f'<path id="{id_}" d="{pen.getCommands()}"/>'
    return Glyph(id=id_, name=name, face=face, advance=round(glyphs[name].width * _NARROW), shape=shape)


@cache
def kern(left: Glyph, right: Glyph) -> int:
    """Return by how many units *right* moves when it follows *left*."""
    if left.face != right.face or "kern" not in _font(left.face):
        return 0
    pairs: dict[tuple[str, str], int] = _font(left.face)["kern"].kernTables[0].kernTable
    return round(pairs.get((left.name, right.name), 0) * _NARROW)


def _emoji(character: str, face: str) -> Glyph:
    scale = EM * _EMOJI / 24
    id_ = f"e{ord(character):x}"
    # A fifth of an emoji hangs below the base line.
    place = f"matrix({scale:.1f} 0 0 {-scale:.1f} 0 {EM * _EMOJI * 0.8:.0f})"
    shape = f'<g id="{id_}" transform="{place}">{DRAWINGS[character]}</g>'
    return Glyph(id=id_, name="", face=face, advance=round(EM * _EMOJI), shape=shape)


@cache
def _font(face: str) -> Any:
    return TTFont(Path(matplotlib.get_data_path()) / "fonts" / "ttf" / f"{face}.ttf")
