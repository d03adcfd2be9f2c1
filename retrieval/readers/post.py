"""Posts: what is written into a chat or a channel, where nobody fills in a title."""

import re

from retrieval.readers.fields.fields import TITLE_LENGTH, title_from
from retrieval.text.canonical import clean, one_line

# What stands above many posts and tells none from the others.
_HEADINGS = re.compile(
    r"\W*(?:(?:thông báo|thông tin|tin|cảnh báo|lưu ý|nóng|khẩn|khẩn cấp|mới|nhanh|hỏa tốc|quan trọng"
    r"|notice|news|urgent|attention|important)\W*){1,3}",
    re.IGNORECASE,
)
_MARKS = re.compile(r"^[^\w\"“‘(]+|[^\w\"”’)?!.…]+$")


def titled(text: str) -> tuple[str, str]:
    """Return the title and the body of a post: its first line and the rest, or "" and all of one line.

    A line that stands above many posts ("THÔNG BÁO") is no title by itself: the first sentence goes with it.
    """
    first, _, rest = clean(text).partition("\n")
    title, rest = _MARKS.sub("", one_line(first)), rest.strip()
    if not rest or not title:
        return "", clean(text)
    if _HEADINGS.fullmatch(first):
        return f"{title.rstrip('!.:')}: {title_from(rest)}", rest
    if len(title) > TITLE_LENGTH:
        return title_from(clean(text)), clean(text)
    return title, rest
