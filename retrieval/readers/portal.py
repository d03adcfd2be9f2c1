"""What a news portal prints around an article when its page is saved: breadcrumb, date line, tools, byline.

A saved page begins like one of these::

    Tin tức Tin tức              Tin tức                          Trang chủ › Kinh tế
    The title                    Thứ hai, 01/05/2016, 06:21       The title
    06:21 | 01/05/2016 Print     The title                        Ngày đăng: 01/05/2016

and may end with ``Bài, ảnh: Lan Anh``. The date line is the landmark; what else belongs to the header
follows from its place. None of these lines stays in the text: they become the article's fields.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

import regex

from retrieval.readers import byline, dates
from retrieval.readers.fields import Fields

HEADER_LINES = 4  # lines with text among which the date line is sought; further down it is the article's own
TITLE_LENGTH = 200  # characters; a longer line is a paragraph
SECTION_WORDS = 3  # a line of more words that stands alone above the date is a title

_TOOL = regex.compile(
    r"""\b(?:print|e-?mail|share|facebook|twitter|zalo|chia\ sẻ|cỡ\ chữ|bản\ in
    |in\ (?:trang|bài)(?:\ viết|\ này)?|gửi\ (?:e-?mail|bài)(?:\ viết)?
    |(?:số\ )?lượt\ (?:xem|đọc)\s*:?\s*[\d.,]+|[\d.,]+\ (?:lượt\ (?:xem|đọc)|views))\b
    |\bA[-+](?!\w)""",
    regex.IGNORECASE | regex.VERBOSE,
)
_DATE_LABEL = regex.compile(
    r"""\b(?:ngày\ (?:đăng|cập\ nhật|xuất\ bản|tạo|viết)|cập\ nhật(?:\ lần\ cuối)?|đăng(?:\ tải|\ ngày|\ lúc)?
    |xuất\ bản|ngày|lúc|published|updated|posted|date)\b(?:\ (?:on|at|lúc|ngày)\b)?""",
    regex.IGNORECASE | regex.VERBOSE,
)
_CRUMB = regex.compile(r"\s+[>/|]\s+|\s*[»›→]\s*")
_HOME = ("trang chủ", "trang nhất", "home")
_MARKS = " ,;:|-–—()[]•·"


@dataclass(frozen=True, slots=True, kw_only=True)
class DateLine:
    """The line under or over a title that says when, and perhaps by whom."""

    published: datetime
    author: str | None = None


def date_line(line: str, zone: tzinfo) -> DateLine | None:
    """Return what *line* says if it holds a date and, beside it, only labels, page tools and a byline."""
    published, rest = dates.take(line, zone)
    if published is None:
        return None
    author = None
    for part in _TOOL.sub("", rest).split("|"):
        if name := byline.person(part.strip(_MARKS)):
            author = author or name
        elif _DATE_LABEL.sub("", part).strip(_MARKS):
            return None
    return DateLine(published=published, author=author)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Header:
    title: str | None = None
    section: str | None = None
    published: datetime | None = None
    author: str | None = None
    end: int = 0  # the header is lines[:end]


def read_page(lines: Sequence[str], zone: tzinfo) -> tuple[Fields, list[str]]:
    """Return the fields that a page names, and the lines of the article itself.

    *lines* are clean, blank ones empty. Without a date line, a short first line is the title if it stands
    alone: before a blank line, or in a text that has none.
    """
    lines, signed = without_closing(_without_blank_ends(lines))
    header = _dated_header(lines, zone) or _undated_header(lines)
    author, end = header.author, header.end
    for line in lines[header.end :]:
        name = byline.person(line)
        if line and not name and not _is_tool(line):
            break
        author, end = author or name, end + 1
    fields = Fields(
        title=header.title, section=header.section, published=header.published, author=author or signed
    )
    return fields, lines[end:]


def without_closing(lines: Sequence[str]) -> tuple[list[str], str | None]:
    """Return *lines* without the bylines and page tools that close them, and whom the bylines name.

    Whoever wrote or photographed counts before the publisher it was taken from ("Theo …", "Nguồn: …").
    """
    people: list[str] = []
    publisher, end = None, len(lines)
    while end > 1:
        line = lines[end - 1]
        if name := byline.person(line):
            people.insert(0, name)
        elif name := byline.publisher(line):
            publisher = name
        elif line and not _is_tool(line):
            break
        end -= 1
    return list(lines[:end]), ", ".join(dict.fromkeys(people)) or publisher


def _dated_header(lines: Sequence[str], zone: tzinfo) -> _Header | None:
    numbers = [i for i, line in enumerate(lines) if line]
    found = _first_date_line(lines, numbers[:HEADER_LINES], zone)
    if found is None:
        return None
    place, dated = found
    above = [lines[i] for i in numbers[:place]]
    end = numbers[place] + 1
    # With only a section above it, or nothing, the date line stands over the title.
    if all(map(_is_section, above)) and place + 1 < len(numbers) and _is_title(lines[numbers[place + 1]]):
        above.append(lines[numbers[place + 1]])
        end = numbers[place + 1] + 1
    title = above.pop() if above else None
    while above and title and title[0].islower():  # a long title, broken over two lines
        title = f"{above.pop()} {title}"
    section = _section(above[-1], title) if above else None
    return _Header(title=title, section=section, published=dated.published, author=dated.author, end=end)


def _first_date_line(lines: Sequence[str], numbers: list[int], zone: tzinfo) -> tuple[int, DateLine] | None:
    """Return the place in *numbers* of the first date line, and what it says; a paragraph ends the search."""
    for place, number in enumerate(numbers):
        if dated := date_line(lines[number], zone):
            return place, dated
        if len(lines[number]) > TITLE_LENGTH:
            break
    return None


def _undated_header(lines: Sequence[str]) -> _Header:
    section, begin = None, 0
    # Without a date below it, "30 / 35" is no breadcrumb: only one that begins at the home page is.
    if (
        lines
        and (_said_once(lines[0]) or lines[0].lower().startswith(_HOME))
        and len(lines[0]) <= TITLE_LENGTH
    ):
        section = _section(lines[0], None)
        begin = next((i for i in range(1, len(lines)) if lines[i]), 1)
    rest = lines[begin:]
    stands_alone = len(rest) > 1 and (not rest[1] or all(rest))
    if stands_alone and _is_title(rest[0]):
        return _Header(title=rest[0], section=section, end=begin + 1)
    return _Header(section=section, end=begin)


def _is_title(line: str) -> bool:
    is_short = 0 < len(line) <= TITLE_LENGTH and line[-1] not in ".:;,"
    return is_short and not _is_tool(line) and byline.person(line) is None


def _is_section(line: str) -> bool:
    return len(line.split()) <= SECTION_WORDS or bool(_said_once(line) or _CRUMB.search(line))


def _section(line: str, title: str | None) -> str | None:
    """Return the last crumb of a breadcrumb that is neither the home page nor the title itself."""
    crumbs = [crumb.strip() for crumb in _CRUMB.split(_said_once(line) or line)]
    names = [crumb for crumb in crumbs if crumb and crumb.lower() not in _HOME and crumb != title]
    return names[-1] if names else None


def _said_once(line: str) -> str | None:
    """Return the half of a line that says the same thing twice, as a breadcrumb beside its page's name."""
    words = line.split()
    half = len(words) // 2
    return " ".join(words[:half]) if words and words[:half] == words[half:] else None


def _is_tool(line: str) -> bool:
    return bool(line) and not _TOOL.sub("", line).strip(_MARKS)


def _without_blank_ends(lines: Sequence[str]) -> list[str]:
    written = [i for i, line in enumerate(lines) if line]
    return list(lines[written[0] : written[-1] + 1]) if written else []
