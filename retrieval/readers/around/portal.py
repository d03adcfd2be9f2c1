"""Lines that a news portal prints around an article: breadcrumb, date line, tools, byline.

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

from retrieval.readers.around import byline
from retrieval.readers.around.dateline import (
    EDGES,
    LONGEST_LINE,
    DateLine,
    date_line,
    has_hour,
    is_stamp,
    is_tool,
    says_stamp,
)
from retrieval.readers.fields import dates
from retrieval.readers.fields.fields import Fields

HEADER_LINES = 4  # lines with text among which the date line is sought; further down it is the article's own
MENU_WORDS = 5  # of a name in a menu
MIN_MENU = 3  # names in a menu
SECTION_WORDS = 3  # between dashes; a line of more words that stands alone above the date is a title

_DAY = regex.compile(r"\b\d{1,2}([/.-])\d{1,2}\1(?:\d\d){1,2}\b")
_SENTENCE_END = (".", "…", ".”", '."')
_UNFINISHED = ("của", "và", "với", "tại", "cho", "từ", "ở", "về", "các", "những", "là", "do", "theo", "trong")
_CRUMB = regex.compile(r"\s+[>/|]\s+|\s*[»›→]\s*")
_ISSUE = regex.compile(
    r"(?:bản tin|tạp chí|tập san|nội san|đặc san|nguyệt san|báo(?! cáo)) .{1,80}[-–—,|(]\s?số:? \d{1,4}\b"
    r".{0,30}\b20\d\d\)?",
    regex.IGNORECASE,
)
_MENU_END = regex.compile(r"[\d.:!?…]")
_HOME = ("trang chủ", "trang nhất", "home")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Header:
    title: str | None = None
    section: str | None = None
    lead: Sequence[str] = ()  # paragraphs of the text that stand above the date line
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
        if line and not (name or is_tool(line) or is_stamp(line, zone)):
            break
        author, end = author or name, end + 1
    fields = Fields(
        title=header.title, section=header.section, published=header.published, author=author or signed
    )
    lead = [*header.lead, *([""] if header.lead and "" in lines else [])]
    return fields, [*lead, *lines[end:]]


def without_menu(lines: Sequence[str]) -> list[str]:
    """Return *lines* without the menu of a page that was copied as text: short names below "Trang chủ"."""
    numbers = [number for number, line in enumerate(lines) if line]
    if len(numbers) < MIN_MENU or lines[numbers[0]].lower() not in _HOME:
        return list(lines)
    names = 0
    for number in numbers:
        line = lines[number]
        if len(line.split()) > MENU_WORDS or _MENU_END.search(line) or _is_breadcrumb(line):
            break
        names += 1
    return list(lines) if not MIN_MENU <= names < len(numbers) else list(lines[numbers[names] :])


def without_issue(lines: Sequence[str]) -> list[str]:
    """Return *lines* without the name and number of a paper above its title: "BẢN TIN … – Số 3/2026"."""
    first = next((number for number, line in enumerate(lines) if line), None)
    is_issue = first is not None and _ISSUE.fullmatch(lines[first]) and any(lines[first + 1 :])
    return list(lines[first + 1 :]) if is_issue and first is not None else list(lines)


def is_unfinished(line: str) -> bool:
    """Tell whether *line* ends with a word that no title, caption or sentence ends with: "tặng quà cho"."""
    return line.lower().split()[-1] in _UNFINISHED


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
        elif line and not is_tool(line):
            break
        end -= 1
    return list(lines[:end]), ", ".join(dict.fromkeys(people)) or publisher


def _dated_header(lines: Sequence[str], zone: tzinfo) -> _Header | None:
    numbers = [i for i, line in enumerate(lines) if line]
    first = _first_date_line(lines, numbers[:HEADER_LINES], zone)
    if first is None:
        return None
    position, dated = first
    above = _whole_lines([lines[number] for number in numbers[:position]])
    end = numbers[position] + 1
    # With only a section above it, or nothing, the date line stands over the title.
    if (
        all(map(_is_section, above))
        and position + 1 < len(numbers)
        and _is_title(lines[numbers[position + 1]])
    ):
        above.append(lines[numbers[position + 1]])
        end = numbers[position + 1] + 1
    sections, title, lead = _sorted_out(above)
    section = _section(sections[-1], title) if sections else None
    return _Header(
        title=title, section=section, lead=lead, published=dated.published, author=dated.author, end=end
    )


def _sorted_out(above: Sequence[str]) -> tuple[list[str], str | None, list[str]]:
    """Return which of the lines above the text are sections, title and lead, in this order."""
    rest = list(above)
    sections: list[str] = []
    lead: list[str] = []
    while rest and (len(rest[-1]) > LONGEST_LINE or _is_lead(rest)):
        lead.insert(0, rest.pop())
    while len(rest) > 1 and _is_section(rest[0]):
        sections.append(rest.pop(0))
    if len(rest) > 1 and not sections:  # a section of many words
        sections.append(rest.pop(0))
    title = rest.pop(0) if rest else None
    return sections, title, rest + lead


def _is_lead(above: Sequence[str]) -> bool:
    """Tell whether the last of these lines is a sentence below a title."""
    return len(above) > 1 and above[-1].endswith(_SENTENCE_END) and not _is_breadcrumb(above[-2])


def _whole_lines(lines: Sequence[str]) -> list[str]:
    """Return *lines* with those joined that a long title was broken over."""
    whole: list[str] = []
    for line in lines:
        if whole and (line[0].islower() or is_unfinished(whole[-1])):
            whole[-1] += f" {line}"
        else:
            whole.append(line)
    return whole


def _first_date_line(lines: Sequence[str], numbers: list[int], zone: tzinfo) -> tuple[int, DateLine] | None:
    """Return the position in *numbers* of the first date line, and the line; ``None`` if it is the text's.

    A day without the hour is the text's own under a paragraph, and if more days follow, as in a schedule.
    """
    for position, number in enumerate(numbers):
        if dated := date_line(lines[number], zone):
            is_sure = has_hour(dated.published) or says_stamp(lines[number])
            is_under_paragraph = any(len(lines[above]) > LONGEST_LINE for above in numbers[:position])
            if not is_sure and (is_under_paragraph or _is_in_schedule(lines, number, zone)):
                return None
            return position, dated
    return None


def _is_in_schedule(lines: Sequence[str], number: int, zone: tzinfo) -> bool:
    """Tell whether another day is written further down in the same way, and not only in digits."""
    _, shape = dates.take(lines[number], zone)
    has_words = any(map(str.isalpha, lines[number]))
    return has_words and any(
        moment and rest.strip(EDGES) == shape.strip(EDGES)
        for moment, rest in (
            dates.take(line, zone) for line in lines[number + 1 :] if len(line) <= LONGEST_LINE
        )
    )


def _undated_header(lines: Sequence[str]) -> _Header:
    section, begin = None, 0
    # Without a date below it, "30 / 35" is no breadcrumb: only one that begins at the home page is.
    if (
        lines
        and (_said_once(lines[0]) or lines[0].lower().startswith(_HOME))
        and len(lines[0]) <= LONGEST_LINE
    ):
        section = _section(lines[0], None)
        begin = next((i for i in range(1, len(lines)) if lines[i]), 1)
    rest = lines[begin:]
    stands_alone = len(rest) > 1 and (not rest[1] or all(rest) or _is_unknown_date_line(rest[1:]))
    if stands_alone and _is_title(rest[0]):
        return _Header(title=rest[0], section=section, end=begin + 1)
    return _Header(section=section, end=begin)


def _is_unknown_date_line(lines: Sequence[str]) -> bool:
    """Tell whether the first of *lines* looks like a date line, though what else it says is unclear."""
    line = lines[0]
    is_line = len(line) <= LONGEST_LINE and not line[0].islower() and not any(lines[1:2])
    return is_line and _DAY.search(line) is not None


def _is_title(line: str) -> bool:
    is_short = 0 < len(line) <= LONGEST_LINE and line[-1] not in ".:;,"
    return is_short and not is_tool(line) and byline.person(line) is None


def _is_section(line: str) -> bool:
    parts = regex.split(r"\s[-–&]\s", line)
    is_short = all(len(part.split()) <= SECTION_WORDS for part in parts)
    return is_short or _is_breadcrumb(line)


def _is_breadcrumb(line: str) -> bool:
    return bool(_said_once(line) or _CRUMB.search(line))


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


def _without_blank_ends(lines: Sequence[str]) -> list[str]:
    written = [i for i, line in enumerate(lines) if line]
    return list(lines[written[0] : written[-1] + 1]) if written else []
