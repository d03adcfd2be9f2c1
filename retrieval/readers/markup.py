"""Marked-up text to plain paragraphs."""

import html
import re
from html.parser import HTMLParser

# Every other element begins and ends a paragraph: with an unknown one that costs a line end, not two glued
# words.
_INLINE_NAMES = """
    a abbr b bdi bdo big cite code data del dfn em font graphic hi i img ins kbd label mark q ref rp rt ruby s
    samp small span strike strong sub sup time tt u var wbr
"""
_INLINE = frozenset(_INLINE_NAMES.split())
_CELL = frozenset({"td", "th", "cell"})
_SILENT = frozenset({"script", "style", "template", "noscript", "title"})
_BETWEEN_CELLS = " – "


_MARKUP = re.compile(
    r"</(?:p|div|span|strong|b|em|i|a|li|h[1-6]|td)\s*>|<(?:br|p|hr)\b[^<>]*>", re.IGNORECASE
)
_ESCAPED = re.compile(r"&lt;/?(?:p|div|br|span|strong)\b", re.IGNORECASE)


def without_markup(text: str) -> str:
    """Return *text* plain if it is HTML, also written as text once more, else as it is: "5 < 6" is no tag."""
    if _ESCAPED.search(text) and not _MARKUP.search(text):
        text = html.unescape(text)
    return plain_text(text) if _MARKUP.search(text) else text


def plain_text(markup: str) -> str:
    """Return what a reader sees of *markup* (HTML, or XML like it), paragraphs divided by line ends.

    The cells of a row stand in one line, a picture is its description. Never fails: what is no proper
    markup is text.
    """
    text = _Text()
    text.feed(markup)
    text.close()
    return "\n".join(line for line in "".join(text.parts).split("\n") if line.strip())


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0  # open elements whose text is not shown
        self._preformatted = 0  # open elements whose line ends are shown
        self._cells = 0  # cells begun in this row

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img":
            self.parts.append(next((f" {value} " for name, value in attrs if name == "alt" and value), ""))
        elif tag in _CELL:
            self.parts.append(_BETWEEN_CELLS if self._cells else "")
            self._cells += 1
        elif tag not in _INLINE:
            # A paragraph inside a cell is part of its row.
            self.parts.append(" " if self._cells else "\n")
        if tag in {"tr", "row"}:
            self._end_row()
        self._silent += tag in _SILENT
        self._preformatted += tag == "pre"

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in _SILENT and self._silent > 0
        self._preformatted -= tag == "pre" and self._preformatted > 0
        if tag in {"tr", "row", "table"}:
            self._end_row()
        elif tag not in _INLINE and tag not in _CELL:
            self.parts.append(" " if self._cells else "\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(data if self._preformatted else data.replace("\n", " "))

    def _end_row(self) -> None:
        self.parts.append("\n")
        self._cells = 0
