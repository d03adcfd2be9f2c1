"""Part a message that asks two questions: "vé bao nhiêu và mấy giờ chạy", "chợ họp ngày nào? gửi xe ở đâu?".

Both halves must ask by themselves: "giá vé và giờ chạy" is one question, as is what only lists two things.
"""

import regex

from retrieval.question.manners.pieces import have_role
from retrieval.question.parts import parts
from retrieval.question.roles import Role
from retrieval.text.analyzer import terms
from retrieval.text.canonical import closed_up

_ON = (  # what a second question is put on with
    r"và|va|vs|rồi|roi|còn\s+nữa|con\s+nua|còn|con|(?:với|voi)\s+(?:lại|lai|cả|ca)|(?:tiện|tien)\s+(?:thể|the)"
    r"|(?:nhân|nhan|luôn|luon)\s+(?:tiện|tien)|ngoài\s+ra|ngoai\s+ra|thêm\s+nữa|them\s+nua|à\s+mà|a\s+ma"
    r"|(?:sẵn|san)(?:\s+(?:tiện|tien|đây|day))?(?=,?\s+(?:cho|hỏi|hoi|mình|minh|em|tôi|toi))|and|also|plus"
)
_BETWEEN = regex.compile(
    rf"[?？]+\s*|\n+|(?<!\d)[,;.]\s+|[,;.]\s+(?!\d)|,?\s(?:{_ON})[\s,]+", regex.IGNORECASE
)
_AND = regex.compile(rf"^(?:(?!con\s)(?:{_ON})[\s,]+)+", regex.IGNORECASE)
_LISTED = regex.compile(
    r"(?:1\s?[).:/]|(?:một|mot|thứ\s+nhất|thu\s+nhat)(?:\s+(?:là|la)\b|,))\s*(?P<first>\S.*?)[\s,;.?]+"
    r"(?:(?:và|va)\s+)?(?:2\s?[).:/]|(?:hai|thứ\s+hai|thu\s+hai)(?:\s+(?:là|la)\b|,))\s*(?P<second>\S.*)",
    regex.IGNORECASE,
)
_ASKS = frozenset({Role.ASKS, Role.CONFIRMS})
_SHORTEST = 2  # words of a half
_LONGEST = 40  # words; a longer text tells a story


def halves(text: str) -> tuple[str, str] | None:
    """Return the two questions that *text*, which is clean, asks; None if it asks one, or more than two.

    The second may lack its subject, as what follows up the first: "mấy giờ mở cửa".
    """
    if len(terms(text)) > _LONGEST:
        return None
    if listed := _LISTED.fullmatch(text):
        return (listed["first"], listed["second"]) if _names(listed["first"]) else None
    for match in _BETWEEN.finditer(text):
        first, second = closed_up(text[: match.start()]), closed_up(_AND.sub("", text[match.end() :]))
        if _asks(second) and _asks(first) and _names(first):  # the second is often empty
            return first, second
    return None


def _asks(text: str) -> bool:
    return len(terms(text)) >= _SHORTEST and have_role(parts(text), _ASKS)


def _names(text: str) -> bool:
    return any(part.kind is Role.SUBJECT for part in parts(text))
