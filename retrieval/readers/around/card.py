"""Cards: what an office prints about a document as pairs of label and value."""

from collections.abc import Sequence
from datetime import datetime, tzinfo

import regex

from retrieval.readers.fields import dates
from retrieval.readers.fields.fields import Fields

MIN_LABELS = 3  # known labels that make a list of pairs a card

_BETWEEN = regex.compile(r"\s+[–-]\s+|\s*:\s+|\t")
_TITLES = (
    "trích yếu nội dung",
    "trích yếu",
    "tên văn bản",
    "tên thủ tục",
    "tiêu đề",
    "về việc",
    "nội dung trích yếu",
)
_DATES = ("ngày ban hành", "ngày ký", "ngày văn bản", "ngày đăng", "ngày cập nhật")
_OTHERS = [
    "số hiệu văn bản",
    "số hiệu",
    "số ký hiệu",
    "số/ký hiệu",
    "số văn bản",
    "ngày hiệu lực",
    "ngày có hiệu lực",
    "ngày hết hiệu lực",
    "cơ quan ban hành",
    "đơn vị ban hành",
    "người ký",
    "chức vụ",
    "loại văn bản",
    "hình thức văn bản",
    "lĩnh vực",
    "phạm vi",
    "trạng thái",
    "tình trạng",
    "tệp đính kèm",
    "file đính kèm",
    "tải về",
    "nơi nhận",
    "mã thủ tục",
]
_LABELS = frozenset((*_TITLES, *_DATES, *_OTHERS))


def read_card(lines: Sequence[str], zone: tzinfo) -> Fields | None:
    """Return the title and the date that a card names; ``None`` if *lines* are no card."""
    pairs: dict[str, str] = {}
    for number, line in enumerate(lines):
        label, _, value = _split(line)
        if label not in _LABELS:
            label, value = line.strip(" :").lower(), lines[number + 1] if number + 1 < len(lines) else ""
        if label in _LABELS:
            pairs.setdefault(label, value.strip())
    if len(pairs) < MIN_LABELS:
        return None
    title = next((pairs[label] for label in _TITLES if pairs.get(label)), None)
    published: datetime | None = next(
        (moment for label in _DATES if (moment := dates.parse(pairs.get(label), zone))), None
    )
    return Fields(title=title, published=published) if title else None


def _split(line: str) -> tuple[str, str, str]:
    match = _BETWEEN.search(line)
    if match is None:
        return line.lower(), "", ""
    return line[: match.start()].strip().lower(), match[0], line[match.end() :]
