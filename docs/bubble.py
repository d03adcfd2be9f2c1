"""A message in its bubble, with the buttons below."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from docs import lines
from docs.canvas import Canvas
from docs.lines import Line
from docs.message import Button, Message, Piece

# All in pixels.
SIZE = 14.8
LEADING = 21.0
WIDEST = 376.0
_PAD = 12.0
_INDENT = 11.0  # of a quote's text
_MARGIN = 20.0  # at its right, where its signs are
_ROOM = 5.0  # above and below a quote's text
_BUTTON = 38.0
_GAP = 4.0
_SMALL = 11.5
_LABEL = 13.5
_FOLDED = 3  # lines that are seen of an expandable quote


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Lines that stand together: plain ones, or those of a quote."""

    lines: tuple[Line, ...]
    is_quote: bool = False
    is_folded: bool = False

    @property
    def height(self) -> float:
        """Return the height in pixels."""
        return len(self.lines) * LEADING + 2 * _ROOM * self.is_quote

    @property
    def width(self) -> float:
        """Return the width in pixels."""
        widest = max(line.width(SIZE) for line in self.lines)
        return widest + (_INDENT + _MARGIN) * self.is_quote


@dataclass(frozen=True, slots=True, kw_only=True)
class Bubble:
    """A message laid out."""

    blocks: tuple[Block, ...]
    rows: tuple[tuple[Button, ...], ...]
    time: Line
    is_own: bool

    @property
    def width(self) -> float:
        """Return the width in pixels, which the buttons share."""
        beside = 0.0 if self._is_time_below else self._last_width
        needed = max(beside, *(block.width for block in self.blocks))
        labels = [sum(lines.line(b.text, "white").width(_LABEL) + 28 for b in row) for row in self.rows]
        return min(max([needed + 2 * _PAD, *labels]), WIDEST)

    @property
    def height(self) -> float:
        """Return the height in pixels, without buttons."""
        return sum(block.height for block in self.blocks) + 17 + 15 * self._is_time_below

    @property
    def whole_height(self) -> float:
        """Return the height in pixels, buttons included."""
        return self.height + len(self.rows) * (_BUTTON + _GAP)

    @property
    def _last_width(self) -> float:
        return self.blocks[-1].lines[-1].width(SIZE) + 10 + self.time.width(_SMALL)

    @property
    def _is_time_below(self) -> bool:
        return self.blocks[-1].is_quote or self._last_width > WIDEST - 2 * _PAD

    def draw(self, canvas: Canvas, x: float, y: float) -> None:
        """Draw the message, its upper left corner at *x*, *y*."""
        canvas.add(_outline(x, y, self.width, self.height, is_own=self.is_own, joins=bool(self.rows)))
        top = y + 7
        for block in self.blocks:
            _draw_block(canvas, block, x + _PAD, top, self.width - 2 * _PAD)
            top += block.height
        right = x + self.width - _PAD
        canvas.text(self.time, (right - self.time.width(_SMALL) + 3, y + self.height - 8), _SMALL)
        for number, row in enumerate(self.rows):
            _draw_row(canvas, row, (x, y + self.height + _GAP + number * (_BUTTON + _GAP)), self.width)


def bubble(message: Message, time: str, *, is_own: bool = False) -> Bubble:
    """Return *message* laid out, sent at *time*; *is_own* of the person who holds the phone."""
    sent = lines.line(f"{time} ✓✓" if is_own else time, "seen" if is_own else "time")
    return Bubble(blocks=tuple(_blocks(message.pieces)), rows=message.rows, time=sent, is_own=is_own)


def _blocks(pieces: tuple[Piece, ...]) -> Iterator[Block]:
    for kind, group in groupby(_paragraphs(pieces), key=_kind):
        is_quote = bool(kind)
        room = WIDEST - 2 * _PAD - (_INDENT + _MARGIN) * is_quote
        wrapped = [line for paragraph in group for line in lines.wrap(lines.letters(paragraph), SIZE, room)]
        is_folded = kind.startswith("expandable") and len(wrapped) > _FOLDED
        shown = wrapped[:_FOLDED] if is_folded else wrapped
        yield Block(lines=tuple(shown), is_quote=is_quote, is_folded=is_folded)


def _paragraphs(pieces: tuple[Piece, ...]) -> Iterator[list[Piece]]:
    paragraph: list[Piece] = []
    for piece in pieces:
        first, *others = piece.text.split("\n")
        paragraph.append(Piece(text=first, marks=piece.marks))
        for text in others:
            yield paragraph
            paragraph = [Piece(text=text, marks=piece.marks)]
    yield paragraph


def _kind(paragraph: list[Piece]) -> str:
    # What a line break leaves at the edge of a quote says nothing, unless nothing else is in the line.
    telling = [piece for piece in paragraph if piece.text] or paragraph
    marks = {mark for piece in telling for mark in piece.marks}
    return next((mark for mark in sorted(marks) if mark.endswith("blockquote")), "")


def _outline(x: float, y: float, width: float, height: float, *, is_own: bool, joins: bool) -> str:
    """Return the bubble's shape: round, but for the corner beside the speaker and those above buttons."""
    left = 5 if joins or not is_own else 16
    right = 5 if joins or is_own else 16
    return (
        f'<path class="{"own" if is_own else "bubble"}" d="M{x + 16:.1f} {y:.1f}h{width - 32:.1f}q16 0 16 16'
        f"v{height - 16 - right:.1f}q0 {right} -{right} {right}h{left + right - width:.1f}"
        f'q-{left} 0 -{left} -{left}v{16 + left - height:.1f}q0 -16 16 -16Z"/>'
    )


def _draw_block(canvas: Canvas, block: Block, x: float, y: float, width: float) -> None:
    if block.is_quote:
        canvas.box("tint", (x, y + 1), width, block.height - 2, 4)
        canvas.box("link", (x, y + 1), 3, block.height - 2, 1.5)
        canvas.text(lines.line("”", "link", "bold"), (x + width - 11, y + 16), 15)
    if block.is_folded:
        right, bottom = x + width - 15, y + block.height - 12
        canvas.add(f'<path class="line" d="M{right:.1f} {bottom:.1f}l4 4 4 -4"/>')
    indent, above = (_INDENT, _ROOM) if block.is_quote else (0, 0)
    for number, line in enumerate(block.lines):
        canvas.text(line, (x + indent, y + above + 15.5 + number * LEADING), SIZE)


def _draw_row(canvas: Canvas, row: tuple[Button, ...], at: tuple[float, float], width: float) -> None:
    each = (width - _GAP * (len(row) - 1)) / len(row)
    x, y = at
    for button in row:
        canvas.box("primary" if button.is_primary else "button", (round(x, 1), y), round(each, 1), _BUTTON, 9)
        label = lines.shortened(button.text, "white", _LABEL, each - 12)
        canvas.text(label, (x + (each - label.width(_LABEL)) / 2, y + 23.5), _LABEL)
        if button.is_link:
            canvas.text(lines.line("↗", "white"), (x + each - 14, y + 12), 9)
        x += each + _GAP
