"""Set aside what a message begins with that only places it: "à nhầm, …", "ý mình là …", "quay lại vụ …"."""

from dataclasses import dataclass
from functools import cache

import regex

from retrieval.text.canonical import clean

_WHO = r"(?:mình|minh|em|tui|tôi|toi|tớ|con|cháu|anh|chị|chi|cô|chú|bác|t|m)"
_SIGH = r"(?:(?:à|a|ủa|ua|ờ|ừ|ơ|ấy|dạ|ad|oh|oops|ah|uh|no)\b[\s,]*)?"
_SLIP = r"(?:nhầm|lộn|quên|nham|lon|quen)(?: (?:rồi|nha|nhé|mất|chút|xíu|ạ|á))*"
_SLIPPED = (
    r"(?:(?:mình|em|tui|tôi|con|cháu) )?(?:viết|gõ|ghi|nói|hỏi|đánh|viet|go|ghi|noi|hoi) "  # nobody else does
)
_NOT = r"(?:không|ko|k|hông|hổng|khong|đâu|chưa) (?:phải|đúng|phai|dung)"
_CORRECTIONS = (
    rf"{_SIGH}(?:xin lỗi[\s,]+)?(?:{_SLIPPED})?{_SLIP}\s*[,.:;!]+\s*(?:là |phải là |ý là )?",
    rf"(?:(?:à|a|ủa|ua|ấy|ờ)\b[\s,]*|{_SLIPPED}){_SLIP}\s+(?:là |phải là |ý là )?",
    rf"{_SIGH}{_NOT}(?: (?:vậy|thế|ý|rồi|nha|nhé|ý {_WHO}))*\s*[,.:;!]+\s*",
    rf"{_SIGH}{_NOT} [^,.;!?]{{1,40}}[,.;!]+\s*",
    r"(?:à|a|ủa|ua|ấy|ờ) (?:không|khong|ko)\b[\s,]*",
    r"(?:không|khong|ko|no)\s*[,.!]+\s*(?:hỏi |ý là |not [^,.;]{1,30}[,.;]\s*)?",
    rf"{_SIGH}(?:xin lỗi|sorry|thứ lỗi|my mistake|my bad)(?: (?:nha|nhé|bạn|ad))?\s*[,.!]+\s+",
    rf"{_SIGH}(?:ý|y) (?:của )?{_WHO} (?:là |la )?(?:muốn hỏi |hỏi |hoi |nói )?(?:là |về )?",
    rf"{_SIGH}(?:ý là|ý hỏi|là hỏi|tức là) (?:hỏi )?",
    rf"{_SIGH}{_WHO} (?:hỏi|hoi|đang hỏi|muốn nói|nói)(?: là| về)? ",
    r"(?:(?:oh|no|oops|sorry|wait)\b[\s,.!]*)*(?:actually[\s,]+)?i (?:mean|meant|was asking about)[\s,:]+",
    r"(?:(?:(?:oh|no|wait|actually)\s*[,.!]+|oops|sorry)[\s,.!]+)+(?:not [^,.;]{1,30}[,.;]\s*)?",
)
_RETURNS = (
    r"(?:cho (?:mình|em|tui|tôi) )?(?:quay lại|trở lại|quay về|quay lai|tro lai)(?: với| về)?"
    r"(?: (?:vụ|chuyện|việc|câu|phần|bài|chỗ|cái|vu|chuyen))+ ",
    r"(?:thôi[\s,]*)?(?:bỏ qua|bo qua|bỏ đi|kệ|quên đi)(?: (?:đi|vụ đó|chuyện đó|cái đó|nha))*\s*[,.!]+\s*",
    r"(?:à mà|mà|à|nhân tiện|sẵn|tiện thể|a ma)(?: (?:cho|hỏi|mình|em|tui|luôn))*\s*,?\s+(?=\w+ \w)",
    r"(?:by the way|btw|back to|about)[\s,:]+",
)
_ENDINGS = r"(?:\s+(?:cơ|kìa|lận|chứ|mà|á|ấy|nha|nhé|ạ|mới đúng|đó|co|kia|chu|instead|not that))+\s*[?.!]*$"
_INSTEAD = (
    r"(?:à|a|ủa|ờ)?\s*(?P<kept>[^,.;]{2,60}?),? (?:chứ )?(?:không|ko|k|hông) phải (?:là )?[^,.;?]{2,40}$"
)
_EMPHATIC = r"\s+(?:cơ|kìa|lận|chứ|mới đúng)\s*[.!]*$"
_LONGEST = 200  # characters; whoever writes more explains it


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """A message without its opening."""

    text: str
    corrects: bool  # the question before; False: it only turns to another matter


def opening(text: str) -> Opening | None:
    """Return *text*, which is clean, without its opening; None if it has none.

    An opening corrects the question before, or turns to another matter.
    """
    if len(text) > _LONGEST:
        return None
    if (match := _compiled(_INSTEAD).fullmatch(text)) and "chứ" in text:
        return Opening(text=match["kept"], corrects=True)
    for pattern, corrects in _patterns():
        if (match := pattern.match(text)) and match.end():
            rest = _compiled(_ENDINGS).sub("", text[match.end() :]) if corrects else text[match.end() :]
            if any(map(str.isalnum, rest)):
                again = opening(rest)
                return Opening(text=again.text if again else rest, corrects=corrects)
    ending = _compiled(_EMPHATIC).search(text)  # "giường sau mổ cơ"
    if ending and len(text[: ending.start()].split()) > 1:
        return Opening(text=text[: ending.start()], corrects=True)
    return None


def corrects(message: str) -> bool:
    """Tell whether *message* says that it corrects the question before."""
    found = opening(clean(message))
    return found is not None and found.corrects


@cache
def _patterns() -> list[tuple[regex.Pattern[str], bool]]:
    listed = [(pattern, True) for pattern in _CORRECTIONS] + [(pattern, False) for pattern in _RETURNS]
    return [(regex.compile(pattern, regex.IGNORECASE), corrects) for pattern, corrects in listed]


@cache
def _compiled(pattern: str) -> regex.Pattern[str]:
    return regex.compile(pattern, regex.IGNORECASE)
