"""The line beside a title that says when an article was published, and the page tools that share it.

Thứ hai, 01/05/2016, 06:21 | Lượt xem: 12 | In trang
"""

from dataclasses import dataclass
from datetime import datetime, time, tzinfo

import regex

from retrieval.readers.around import byline
from retrieval.readers.fields import dates

LONGEST_LINE = 250  # characters; a longer line is a paragraph
TOOL_WORDS = 2  # of a page tool that is not listed, beside one that is
ACCOUNT_WORDS = 2  # of the name of an account

_TOOL = regex.compile(
    r"""\b(?:print|e-?mail|share|facebook|twitter|zalo|chia\ sẻ|cỡ\ chữ|bản\ in|(?:nghe\ )?đọc\ bài(?:\ viết)?
    |in\ (?:trang|bài)(?:\ viết|\ này)?|gửi\ (?:e-?mail|bài)(?:\ viết)?|(?:quay\ lại|về)\ trang\ (?:trước|chủ)
    |(?:(?:số\ )?lượt\ (?:xem|đọc|truy\ cập)|bình\ luận|thích|views|likes?)\ ?:?\ ?[\d.,]+(?:\ lượt)?
    |[\d.,]+\ (?:lượt\ (?:xem|đọc)|bình\ luận|thích|views|likes?))\b
    |\bđã\ (?:xem|đọc)\ ?:\ ?[\d.,]+|\b\d+\ (?:phút\ đọc|min(?:utes?)?\ read)\b
    |\b(?:Aa?\ ){0,3}Aa?\ ?[-+](?!\w)(?:\ ?Aa?[-+]?(?!\w))*""",
    regex.IGNORECASE | regex.VERBOSE,
)
_STAMP = (
    r"(?:được\ |đã\ )?(?:ngày\ |thời\ gian\ )?(?:đăng|cập\ nhật|xuất\ bản|phát\ hành)(?:\ (?:bài"
    r"|tin|tải|ngày|lúc|vào))*"
    r"|published|updated|posted"
)
_DATE_LABEL = regex.compile(
    rf"""\b(?:{_STAMP}|ngày(?:\ (?:tạo|viết))?|lúc|vào|tải|lần\ cuối|date|on|at)\b""",
    regex.IGNORECASE | regex.VERBOSE,
)
_SUBMITTED = regex.compile(
    r"(?P<verb>(?:được\ |đã\ )?(?:đăng|viết|gửi)|posted|submitted|published|written)?"
    r"(?:\ ngày|\ lúc|\ on)?\s*(?:bởi|by):?\ (?P<name>.{3,60}?)"
    r"(?:\ (?:vào(?:\ lúc)?|lúc|ngày|on|at))?",
    regex.IGNORECASE,
)
# What follows is an account.
_POSTED = regex.compile(r"người\ đăng(?:\ (?:bài(?:\ viết)?|tin))?\ ?:\ ?.{2,60}", regex.IGNORECASE)
_IS_STAMP = regex.compile(rf"\b(?:{_STAMP})\b", regex.IGNORECASE)
_STROKE = regex.compile(r"\||\s[-–—·•]")
_BETWEEN = regex.compile(r"[|·•]")
EDGES = " ,;:|-–—()[]•·"


@dataclass(frozen=True, slots=True, kw_only=True)
class DateLine:
    """The line under or over a title that says when, and perhaps by whom."""

    published: datetime
    author: str | None = None


def date_line(line: str, zone: tzinfo) -> DateLine | None:
    """Return what *line* says if it holds a date and, beside it, only labels, page tools and a byline."""
    if len(line) > LONGEST_LINE:
        return None
    published, rest = dates.take(line, zone)
    if published is None:
        return None
    # "Bến Lụa, 12/05/2025" names a place: a name without a label has the hour and a stroke beside it.
    may_be_bare = has_hour(published) and _STROKE.search(rest) is not None
    is_bar = has_hour(published) and _TOOL.search(rest) is not None
    author = None
    for part in _BETWEEN.split(_POSTED.sub("", _TOOL.sub("", rest))):
        words = part.strip(EDGES)
        if (submitted := _SUBMITTED.fullmatch(words)) and byline.is_person(submitted["name"].strip(EDGES)):
            author = author or submitted["name"].strip(EDGES)
        elif name := byline.person(words) or (words if may_be_bare and byline.is_person(words) else None):
            author = author or name
        elif submitted and submitted["verb"] and len(submitted["name"].split()) <= ACCOUNT_WORDS:
            pass  # an account
        elif (label := _DATE_LABEL.sub("", words).strip(EDGES)) and not (
            is_bar and len(label.split()) <= TOOL_WORDS
        ):
            return None
    return DateLine(published=published, author=author)


def says_stamp(line: str) -> bool:
    """Tell whether the words of *line* say that something was published."""
    return _IS_STAMP.search(line) is not None


def is_stamp(line: str, zone: tzinfo) -> bool:
    """Tell whether *line* says by its words that its date is that of publication."""
    return says_stamp(line) and date_line(line, zone) is not None


def is_tool(line: str) -> bool:
    """Tell whether *line* holds page tools and nothing else."""
    return 0 < len(line) <= LONGEST_LINE and not _TOOL.sub("", line).strip(EDGES)


def has_hour(moment: datetime) -> bool:
    """Tell whether *moment* is more than a day."""
    return moment.time() != time.min
