"""The lead that a page declares as its summary and prints nowhere in the text."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise

import regex

from retrieval.readers.fields.fields import MIN_SUMMARY, is_cut
from retrieval.readers.page.body import key
from retrieval.text.sentence import sentences

MAX_SUMMARY = 800  # characters; more is a text of its own
MIN_COMMON = 2  # pairs of neighbouring words that the title has, too; what a site says of itself has none
MAX_KNOWN = 0.8  # 0..1 of its pairs of words that stand in the text; with more it is the text, cut down

_WORDS = regex.compile(r"\w+")
_WHOLE = regex.compile(r"""(?<![.…])[.!?]["”’»)\]]*$""")
_OF_SITE = regex.compile(
    r"(?:cổng|trang|kênh|chuyên trang|báo|tạp chí) (?:thông tin |tin tức )?(?:điện tử|chính thức|tổng hợp)"
    r"|(?:tin tức|tin|thông tin|cập nhật)\b.{0,40}\b(?:nhanh|mới|nóng|đầy đủ) nhất|tin tức 24|^website"
    r"|trang chủ|(?:xem|đọc) (?:thêm|ngay|tiếp|chi tiết)|chi tiết (?:tại|xem)|tìm hiểu (?:thêm|ngay)"
    r"|bấm vào|click|official site|(?:latest|breaking) news|(?:read|learn|find out) more",
    regex.IGNORECASE,
)


def missing_lead(
    summaries: Iterable[str],
    paragraphs: Sequence[str],
    *,
    title: str,
    sites: Iterable[str],
    printed: Collection[str],
) -> str | None:
    """Return the first of *summaries* that is a lead of the article and is not in *paragraphs*.

    *sites* are the names of the site, *printed* the keys of what stands right above the title. None if
    one of the summaries is in the text, or none is a whole sentence on what the title is about.
    """
    text = "\n".join(paragraphs)
    text_key, text_pairs = key(text), _pairs(text)
    about = _pairs(title) - {pair for site in sites for pair in _pairs(site)}
    whole = [said for said in summaries if MIN_SUMMARY <= len(said) <= MAX_SUMMARY and not is_cut(said)]
    if any(part in text_key for said in summaries for part in _keys(said)):
        return None
    for said in whole:
        is_whole = _WHOLE.search(said) or key(said) in printed
        own = _pairs(said)
        if (
            is_whole
            and not _OF_SITE.search(said)
            and key(said) not in key(title)
            and len(own & about) >= max(1, min(MIN_COMMON, len(about)))
            and len(own & text_pairs) < MAX_KNOWN * len(own)
        ):
            return said
    return None


def _keys(said: str) -> Iterator[str]:
    """Yield the key of each sentence that is long enough to stand in a text for itself alone."""
    parts = (said[start:end] for start, end in sentences(said))
    yield from (key(part) for part in parts if len(part) >= MIN_SUMMARY)


def _pairs(text: str) -> set[tuple[str, str]]:
    return set(pairwise(_WORDS.findall(text.lower())))
