"""A line of text on a page, and the lines of a page in the order of reading."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

MIN_COLUMN_LINES = 4  # on either side; fewer lines beside each other are a letterhead or a table
MIN_COLUMN_CHARACTERS = 18  # of a column's lines, in the middle; cells of tables have fewer
MIN_GUTTER = 6.0  # points between two columns
SAME_ROW = 0.5  # 0..1 of a line's height; lines less than that apart stand beside each other

_DATE_LINE = re.compile(r"ngày.{0,12}tháng.{0,12}năm", re.IGNORECASE)  # the last one of a letterhead
_MOTTO = re.compile(r"CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A piece of text without a gap, and its box in points; y grows upwards, as in PDF."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    cells: int = 1  # pieces beside each other that it was made of

    @property
    def height(self) -> float:
        """Of its box, in points."""
        return self.top - self.bottom

    @property
    def middle(self) -> float:
        """Half way between bottom and top."""
        return (self.top + self.bottom) / 2


def in_order(lines: Sequence[Line]) -> list[list[Line]]:
    """Return *lines* in blocks, each of them a column or what goes over all columns, as they are read."""
    ordered = sorted(lines, key=lambda line: (-line.middle, line.left))
    if head := _letterhead(ordered):
        _, end, gutter = head
        # Nothing in it goes on in the next line, so each line counts as a cell.
        inside = [replace(line, cells=2) for line in ordered[:end]]
        sides = (
            [line for line in inside if line.left <= gutter],
            [line for line in inside if line.left > gutter],
        )
        return [*filter(None, sides), *in_order(ordered[end:])]
    band = _columns(ordered)
    if band is None:
        return [_rows(ordered)] if ordered else []
    start, end, gutter = band
    inside = ordered[start:end]
    blocks = in_order(ordered[:start])
    blocks += in_order([line for line in inside if line.left <= gutter])
    blocks += in_order([line for line in inside if line.left > gutter])
    return blocks + in_order(ordered[end:])


def _letterhead(ordered: Sequence[Line]) -> tuple[int, int, float] | None:
    """Return where the two halves of an official letter's head stand: the office, and the state's motto."""
    motto = next((line for line in ordered[:6] if _MOTTO.match(line.text)), None)
    if motto is None or motto.left <= min(line.left for line in ordered) + motto.height:
        return None
    gutter, end, last = motto.left - 1, 0, ordered[0]
    for line in ordered:
        is_across = line.left < motto.left - 2 * line.height and line.right > motto.left + 2 * line.height
        if is_across or last.bottom - line.top > 2.5 * line.height:
            break
        if line.left >= motto.left - 2 * line.height:
            gutter = min(gutter, line.left - 1)
        end, last = end + 1, line
        if _DATE_LINE.search(line.text):
            break
    return (0, end, gutter) if 2 < end < len(ordered) else None


def _columns(ordered: Sequence[Line]) -> tuple[int, int, float] | None:
    """Return from where to where the lines stand in two columns or more, and the x between the first two."""
    if len(ordered) < 2 * MIN_COLUMN_LINES:
        return None
    best: tuple[int, int, float] | None = None
    for gutter in _gutters(ordered):
        for start, end in _runs(ordered, gutter):
            is_longer = best is None or end - start > best[1] - best[0]
            if is_longer and _are_columns(ordered[start:end], gutter):
                best = start, end, gutter
    return best


def _gutters(lines: Sequence[Line]) -> list[float]:
    """Return the middles of all gaps that no narrow line crosses, and of those that many rows have."""
    width = max(line.right for line in lines) - min(line.left for line in lines)
    narrow = sorted((line.left, line.right) for line in lines if line.right - line.left < 0.6 * width)
    gutters, reach = [], None
    for left, right in narrow:
        if reach is not None and left - reach >= MIN_GUTTER:
            gutters.append((left + reach) / 2)
        reach = right if reach is None else max(reach, right)
    beside = (
        round((left.right + right.left) / 2 / MIN_GUTTER) * MIN_GUTTER
        for left, right in pairwise(lines)
        if left.right + MIN_GUTTER <= right.left and abs(left.middle - right.middle) < SAME_ROW * left.height
    )
    return gutters + [middle for middle, count in Counter(beside).items() if count >= MIN_COLUMN_LINES]


def _runs(ordered: Sequence[Line], gutter: float) -> list[tuple[int, int]]:
    """Return the stretches of lines of which none crosses *gutter*."""
    runs, start = [], 0
    for index, line in enumerate(ordered):
        if line.left < gutter < line.right:
            runs.append((start, index))
            start = index + 1
    return [run for run in (*runs, (start, len(ordered))) if run[1] - run[0] >= 2 * MIN_COLUMN_LINES]


def _are_columns(lines: Sequence[Line], gutter: float) -> bool:
    left = [line for line in lines if line.left <= gutter]
    right = [line for line in lines if line.left > gutter]
    if min(len(left), len(right)) < MIN_COLUMN_LINES:
        return False
    return all(median(len(line.text) for line in side) >= MIN_COLUMN_CHARACTERS for side in (left, right))


def _rows(ordered: Sequence[Line]) -> list[Line]:
    """Return one line for each row; those beside each other are cells."""
    rows: list[list[Line]] = []
    for line in ordered:
        if rows and abs(rows[-1][0].middle - line.middle) < SAME_ROW * max(rows[-1][0].height, line.height):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [_row(sorted(row, key=lambda line: line.left)) for row in rows]


def _row(row: Sequence[Line]) -> Line:
    return Line(
        text=" – ".join(line.text.strip() for line in row),
        cells=len(row),
        left=row[0].left,
        right=max(line.right for line in row),
        bottom=min(line.bottom for line in row),
        top=max(line.top for line in row),
    )
