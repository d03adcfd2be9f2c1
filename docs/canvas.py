"""An SVG picture in the making."""

from html import escape
from itertools import groupby

from docs.font import EM
from docs.lines import Letter, Line
from docs.theme import Theme


class Canvas:
    """Collects what is drawn. Letters are outlines that each stand in the file once, so no font is needed."""

    def __init__(self) -> None:
        self._shapes: dict[str, str] = {}
        self._drawn: list[str] = []

    def add(self, element: str) -> None:
        """Draw an SVG element above all that was drawn so far."""
        self._drawn.append(element)

    def box(self, ink: str, at: tuple[float, float], width: float, height: float, radius: float) -> None:
        """Draw a box with round corners."""
        x, y = at
        self.add(
            f'<rect class="{ink}" x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="{radius:g}"/>'
        )

    def text(self, line: Line, at: tuple[float, float], size: float) -> None:
        """Draw a line of text in letters of *size* pixels, its base line starting *at*."""
        scale = size / EM
        groups = groupby(zip(line.letters, line.places, strict=False), key=lambda pair: pair[0].ink)
        drawn = "".join(
            f'<g class="{ink}">{"".join(self._use(*placed) for placed in group)}</g>' for ink, group in groups
        )
        self.add(f'<g transform="matrix({scale:.6f} 0 0 {-scale:.6f} {at[0]:.1f} {at[1]:.1f})">{drawn}</g>')

    def svg(self, size: tuple[int, int], theme: Theme, title: str, description: str) -> str:
        """Return the file's text. *title* and *description* are what a screen reader reads out."""
        width, height = size
        shapes = "\n".join(self._shapes[key] for key in sorted(self._shapes))
        drawn = "\n".join(self._drawn)
        return f"""\
<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" \
role="img" aria-labelledby="title desc" lang="vi">
<title id="title">{escape(title)}</title>
<desc id="desc">{escape(description)}</desc>
<style>{theme.style}</style>
<defs>
<linearGradient id="wall" x1="0" y1="0" x2="0" y2="1"><stop stop-color="{theme.top}"/>\
<stop offset="1" stop-color="{theme.bottom}"/></linearGradient>
<clipPath id="frame"><rect width="{width}" height="{height}" rx="16"/></clipPath>
{shapes}
</defs>
<g clip-path="url(#frame)">
<rect width="{width}" height="{height}" fill="url(#wall)"/>
{drawn}
</g>
<rect class="edge" x=".5" y=".5" width="{width - 1}" height="{height - 1}" rx="15.5"/>
</svg>
"""

    def _use(self, letter: Letter, place: int) -> str:
        if letter.character.isspace():
            return ""
        self._shapes[letter.glyph.id] = letter.glyph.shape
        return f'<use href="#{letter.glyph.id}" x="{place}"/>'
