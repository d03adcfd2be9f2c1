"""Lines of pages to paragraphs: without running heads and page numbers, joined over lines and pages."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from retrieval.readers.paper.line import Line
from retrieval.readers.plain import LIST_ITEM

NEW_PAGE = 1.35  # of the usual distance of two lines; a greater one divides paragraphs
OTHER_SIZE = 0.2  # 0..1; a line that much higher or lower is a heading, or what follows one
INDENT = 0.8  # of a line's height; a line that begins so much further right begins a paragraph
SHORT = 0.12  # 0..1 of the column's width; a line that ends so much earlier ends a paragraph
MIN_FULL = 4  # lines of a block; only then a line that fills it was cut by the end of the column
EDGE_LINES = 3  # at the top and the bottom of a page, that may be running heads
SAME_PLACE = 4.0  # points; running heads stand at the same height on all pages

_PAGE_NUMBER = re.compile(
    r"[-–—|\s]*(?:(?:trang|page|tr\.)\s*)?\d{1,4}(?:\s*(?:/|of|trên)\s*\d{1,4})?[-–—|\s]*", re.IGNORECASE
)
_SENTENCE_END = (".", "!", "?", "…", ":", ";")
_DIGITS = re.compile(r"\d+")
_CUT = re.compile(r"(?<=[^\W\d_])[-\u00ad\u2010\u0002]$")
HYPHEN = "\u0002"  # PDFium's sign for a hyphen at which a word goes on in the next line


def paragraphs(pages: Sequence[Sequence[Sequence[Line]]], mark: str) -> list[str]:
    """Return the paragraphs of *pages*, which are blocks of lines; *mark* stands where a page begins."""
    joined: list[str] = []
    pending = ""  # marks of pages whose first line is still to come
    goes_on = is_full = False  # the last line so far
    for number, blocks in enumerate(pages):
        pending += mark if number else ""
        for lines in blocks:
            for index, line in enumerate(lines):
                text = line.text.strip()
                if index:
                    is_new = _begins(lines[index - 1], line, lines)
                else:
                    is_new = not goes_on or not (text[:1].islower() or is_full)
                if is_new or not joined:
                    joined.append(pending + text)
                else:
                    joined[-1] = _glued(joined[-1], pending, text)
                pending = ""
            if lines:
                goes_on = not lines[-1].text.rstrip().endswith(_SENTENCE_END)
                width = max(line.right for line in lines) - min(line.left for line in lines)
                is_short = max(line.right for line in lines) - lines[-1].right > SHORT * width
                is_full = len(lines) >= MIN_FULL and lines[-1].cells == 1 and not is_short
    return [paragraph.replace(HYPHEN, "-") for paragraph in joined]


def _glued(before: str, mark: str, after: str) -> str:
    if _CUT.search(before) and after[:1].islower():
        return before[:-1] + mark + after
    space = "" if before.endswith(("-", HYPHEN)) else " "
    return f"{before}{space}{mark}{after}"


def _begins(before: Line, line: Line, block: Sequence[Line]) -> bool:
    """Tell whether *line* begins a paragraph."""
    left, right = min(part.left for part in block), max(part.right for part in block)
    steps = [a.bottom - b.bottom for a, b in pairwise(block) if a.bottom > b.bottom]
    text, width = line.text.strip(), max(right - left, 1.0)
    is_apart = bool(steps) and before.bottom - line.bottom > NEW_PAGE * median(steps)
    is_other = abs(before.height - line.height) > OTHER_SIZE * max(before.height, line.height)
    is_indented = line.left - left > INDENT * line.height and line.left - before.left > INDENT * line.height
    is_after_short = right - before.right > SHORT * width and not text[:1].islower()
    is_ended = before.text.rstrip().endswith(_SENTENCE_END) or before.left - left > SHORT * width
    return (
        is_apart
        or is_other
        or is_indented
        or (is_after_short and (is_ended or right - before.right > 2 * SHORT * width))
        or before.cells + line.cells > 2
        or bool(LIST_ITEM.match(text))
    )


def without_running_heads(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Return the lines of each page without those that repeat on pages, or number them."""
    edges = [_at_edges(lines) for lines in pages]
    seen = Counter(key for lines in edges for key in {_key(line) for line in lines})
    repeated = {key for key, count in seen.items() if count > 1 and count >= 0.5 * (len(pages) - 1)}
    heads = {
        id(line)
        for lines in edges
        for line in lines
        if _PAGE_NUMBER.fullmatch(line.text.strip()) or _key(line) in repeated
    }
    return [[line for line in lines if id(line) not in heads] for lines in pages]


def _at_edges(lines: Sequence[Line]) -> list[Line]:
    """Return the lines in the first and the last rows of a page; pieces beside each other are one row."""
    heights = sorted({round(line.bottom / SAME_PLACE) for line in lines}, reverse=True)
    wanted = {*heights[:EDGE_LINES], *heights[-EDGE_LINES:]}
    return [line for line in lines if round(line.bottom / SAME_PLACE) in wanted]


def _key(line: Line) -> tuple[str, int]:
    return _DIGITS.sub("#", line.text.strip()), round(line.bottom / SAME_PLACE)
