"""Bylines: the lines that say who wrote, photographed or published an article ("Bài, ảnh: Lan Anh").

Captions and facts begin with the same words ("Ảnh: Lễ trao giải tại hội trường"), so what follows has to
be a name.
"""

from collections.abc import Sequence

import regex

LINE_LENGTH = 160  # characters; a longer line is a paragraph
MIN_PARAGRAPH = 50  # characters of the paragraph that a bare name signs
NAME_WORDS = 5  # of one person
OFFICE_WORDS = 8  # of an office or a paper

_WORK = r"(?:tin|bài(?:\ viết)?|ảnh|clip|video)"
_PERSON = regex.compile(
    rf"""(?i:{_WORK}(?:(?:\s*[,&/-]\s*|\s+(?:và\s+)?){_WORK})*|tác\ giả(?:\ bài\ viết)?
        |người\ viết|thực\ hiện|phóng\ viên
        |author|by|text|photos?)\s*:\s*(?P<name>\p{{Lu}}.*)
    |By\ (?P<name>\p{{Lu}}\S*(?:\ \p{{Lu}}\S*){{1,4}})""",
    regex.VERBOSE,
)
_PUBLISHER = regex.compile(
    r"(?i:theo|nguồn(?:\ (?:tin|bài|ảnh))?|source)\s*:\s*(?P<name>\S.*)|Theo\ (?P<name>\S.*)", regex.VERBOSE
)
_BETWEEN_NAMES = regex.compile(r"\s*[,;&/]\s*|\s+[-–—]\s+|\s+(?:và|and)\s+")
_OFFICE = regex.compile(
    r"""(?i:ban\ (?:biên\ tập|tuyên\ giáo)|cổng\ (?:thông\ tin|ttđt)|đài\ (?:truyền|phát)\ thanh
    |thông\ tấn\ xã|văn\ phòng|tổ\ truyền\ thông|t(?:òa|oà)\ soạn|trang\ (?:tin|thông\ tin)
    |trung\ tâm\ (?:văn|truyền\ thông))\b
    |(?i:báo|tạp\ chí|đài|phòng|sở|tổ|trạm|trung\ tâm)\ \p{Lu}""",
    regex.VERBOSE,
)
_SITE = regex.compile(r"\S+\.\p{Ll}{2,}\S*")
_REMARK = regex.compile(r"\s*\([^()]*\)$")  # "Lan Anh (tổng hợp)"


def person(line: str) -> str | None:
    """Return whom *line* names as its author or photographer, or ``None`` if it is no such line."""
    return _named(_PERSON, line)


def publisher(line: str) -> str | None:
    """Return the paper or site that *line* says the text was taken from, or ``None``."""
    return _named(_PUBLISHER, line)


def is_person(text: str) -> bool:
    """Tell whether *text* is written like the name of one person: "Nguyễn Văn An"."""
    words = text.split()
    return 1 < len(words) <= NAME_WORDS and not text.isupper() and all(map(_is_capital, words))


def is_somebody(text: str) -> bool:
    """Tell whether *text* is written like the name of one person, or of an office."""
    return is_person(text) or (len(text.split()) <= OFFICE_WORDS and _OFFICE.match(text) is not None)


def signature(lines: Sequence[str]) -> tuple[str | None, list[str]]:
    """Return the name that stands alone below the last paragraph, and *lines* without it."""
    if len(lines) < 3 or not is_person(lines[-1]) or not _is_paragraph(lines[-2]):
        return None, list(lines)
    return lines[-1], list(lines[:-1])


def _is_paragraph(line: str) -> bool:
    return len(line) >= MIN_PARAGRAPH and line.rstrip("”\"')").endswith((".", "!", "?", "…"))


def _named(pattern: "regex.Pattern[str]", line: str) -> str | None:
    if len(line) > LINE_LENGTH:
        return None
    match = pattern.fullmatch(line[1:-1] if line.startswith("(") and line.endswith(")") else line)
    name = match["name"].strip() if match else ""
    return name if name and _is_name(name) else None


def _is_name(text: str) -> bool:
    if _SITE.fullmatch(text):
        return True
    # A sentence may begin like a byline; it ends with a stop.
    if text[-1] in ".!?:;…" or regex.search(r"\d", text):
        return False
    parts = _BETWEEN_NAMES.split(_REMARK.sub("", text))
    return all(_is_one_name(part.split()) for part in parts)


def _is_one_name(words: Sequence[str]) -> bool:
    if _OFFICE.match(" ".join(words)):
        return len(words) <= OFFICE_WORDS
    small = sum(not _is_capital(word) for word in words)
    return 0 < len(words) <= NAME_WORDS and 3 * small < len(words)


def _is_capital(word: str) -> bool:
    return word[0].isupper()
