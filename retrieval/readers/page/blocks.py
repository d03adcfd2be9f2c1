"""The paragraphs of a page in the order in which they are read, each with its place in the tree."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree  # type: ignore[import-untyped]

from retrieval.readers.page.tree import BLOCK_TAGS, Element, tag_of
from retrieval.text.canonical import one_line

BETWEEN_CELLS = " – "
MAX_CELL = 300  # characters; a cell with more holds a part of the page
_LAYOUT = frozenset(["form", "h1", "h2", "h3", "h4", "h5", "h6", "table", "article", "section"])
_PARAGRAPHS = frozenset(["p", "div", "blockquote"])


_LABELS = frozenset(["span", "a", "time", "label"])  # that stand apart because a style says so


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paragraph, heading, list item, caption or row of a table."""

    text: str  # one line, clean, never empty
    element: Element  # the innermost element around it that begins a paragraph
    linked: int  # characters inside links

    @property
    def tag(self) -> str:
        """The tag of ``element``."""
        return tag_of(self.element)

    @property
    def link_share(self) -> float:
        """0..1 of the text."""
        return min(1.0, self.linked / len(self.text))


def blocks(root: Element) -> list[Block]:
    """Return the blocks below *root*. A line break ends a block; a row of a table of values is one block."""
    return list(_Walk(root).blocks())


class _Walk:
    def __init__(self, root: Element) -> None:
        self.root = root
        self.parts: list[str] = []
        self.linked = 0
        self.links = self.preformatted = 0  # elements of the kind around this place
        self.around: list[Element] = [root]  # the elements around this place that begin a paragraph
        self.row: Element | None = None
        self.cells = 0

    def blocks(self) -> Iterator[Block]:
        for event, element in etree.iterwalk(self.root, events=("start", "end")):
            tag = tag_of(element)
            if event == "start":
                yield from self._begin(element, tag)
            else:
                yield from self._end(element, tag)
        yield from self._flush()

    def _begin(self, element: Element, tag: str) -> Iterator[Block]:
        if tag in BLOCK_TAGS:
            if self.row is None:
                yield from self._flush()
                self.around.append(element)
                if tag == "tr" and is_row_of_values(element):
                    self.row, self.cells = element, 0
            elif tag in ("td", "th"):
                self.parts.append(BETWEEN_CELLS if self.cells else "")
                self.cells += 1
            else:
                self.parts.append(" ")
        elif self.parts and tag in _LABELS and _follows_label(element):
            before, after = self.parts[-1][-1:], next(element.itertext(), "")[:1]
            self.parts.append(" " if after.isupper() and not before.isupper() else "")
        self.links += tag == "a"
        self.preformatted += tag == "pre"
        yield from self._text(element.text)

    def _end(self, element: Element, tag: str) -> Iterator[Block]:
        self.links -= tag == "a"
        self.preformatted -= tag == "pre"
        if element is self.row:
            self.row = None
        if tag in BLOCK_TAGS:
            if self.row is None:
                yield from self._flush()
                if self.around[-1] is element:
                    self.around.pop()
            else:
                self.parts.append(" ")
        if element is not self.root:
            yield from self._text(element.tail)

    def _text(self, text: str | None) -> Iterator[Block]:
        if not text:
            return
        lines = text.split("\n") if self.preformatted and self.row is None else [text]
        for number, line in enumerate(lines):
            if number:
                yield from self._flush()
            self.parts.append(line)
            self.linked += len(line.strip()) if self.links else 0

    def _flush(self) -> Iterator[Block]:
        text = one_line(" ".join("".join(self.parts).split()).strip()) if self.parts else ""
        if self.cells:
            text = text.strip("– ") if text.strip("– ") else ""
        element = self.around[-1]
        while tag_of(element) == "br" and element.getparent() is not None:
            element = element.getparent()
        if text:
            yield Block(text=text, element=element, linked=self.linked)
        self.parts.clear()
        self.linked = self.cells = 0


def _follows_label(element: Element) -> bool:
    """Tell whether nothing stands between *element* and another one: "16/03/2026", "Lượt xem: 12"."""
    before = element.getprevious()
    return before is not None and not before.tail and tag_of(before) in _LABELS


def is_row_of_values(row: Element) -> bool:
    """Tell whether a row of a table holds values side by side, rather than the parts of a page."""
    cells = [cell for cell in row if tag_of(cell) in ("td", "th")]
    return len(cells) > 1 and all(map(_is_value, cells))


def _is_value(cell: Element) -> bool:
    paragraphs = length = 0
    for element in cell.iter():
        tag = tag_of(element)
        if tag in _LAYOUT and element is not cell:
            return False
        paragraphs += tag in _PARAGRAPHS
        length += len((element.text or "").strip())
        if element is not cell:
            length += len((element.tail or "").strip())
        if paragraphs > 2 or length > MAX_CELL:
            return False
    return paragraphs < 2
