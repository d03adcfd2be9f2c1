"""The section of a page's article: the last step of the way from the home page, or what the head says."""

from collections.abc import Sequence

import regex

from retrieval.readers.page.blocks import Block
from retrieval.readers.page.body import key
from retrieval.readers.page.chrome import named
from retrieval.readers.page.declared import Declared
from retrieval.readers.page.titles import is_generic, is_site, names_of_site
from retrieval.readers.page.tree import tag_of

MAX_SECTION_LENGTH = 60  # characters
MAX_SECTION_WORDS = 4  # of a name that nothing but its place makes a section

_WAY = regex.compile(
    r"(?<![a-z])(?:breadcrumbs?|pathway|bread-?crumb|duong-?dan|crumbs?)(?![a-z])|breadcrumb"
)
_CATEGORY = regex.compile(
    r"(?<![a-z])(?:category(?:-?name)?|cat-?(?:links?|name)|cate|detail-?cate|entry-?category|chuyen-?muc|section-?name|kicker)(?![a-z])"
)
_LABEL = regex.compile(
    r"^(?:chuyên mục|danh mục|mục|category|posted in|bạn đang ở)\s*:?\s*", regex.IGNORECASE
)
_BELOW = regex.compile(
    r"(?:chuyên mục|danh mục|xuất bản trong|đăng trong|category|posted in|filed under)\s*:?\s+([^,;|]+)",
    regex.IGNORECASE,
)
_HOME = regex.compile(r"\W*(?:trang (?:chủ|nhất)|home(?:page)?|bạn đang ở)\W*", regex.IGNORECASE)
_MARKS = " /»›>|:·•-–"


def section(
    declared: Declared, blocks: Sequence[Block], begin: int, title: str, heading: int | None
) -> str | None:
    """Return the section; *blocks* are all of the page, the article's first one has the number *begin*, the
    title *heading*.
    """
    sites = names_of_site(declared)
    title_key = key(title)

    def fits(name: str) -> bool:
        if not name or len(name) > MAX_SECTION_LENGTH or _HOME.fullmatch(name) or key(name) == title_key:
            return False
        return "://" not in name and not is_site(name, sites) and key(name) not in title_key[:0]

    ways = [crumb for crumb in declared.crumbs if fits(crumb)]
    if ways:
        return ways[-1]
    printed = [name for name in _printed(blocks[:begin], _WAY) if fits(name)]
    if printed:
        return printed[-1]
    categories = [name for name in _printed(blocks[:begin], _CATEGORY) if fits(name)]
    said = next((name for name in declared.sections if fits(name) and not is_generic(name)), None)
    below = (match[1] for block in blocks[begin:] if (match := _BELOW.fullmatch(block.text)) and block.linked)
    return (
        said or (categories[-1] if categories else _above(blocks, heading)) or next(filter(fits, below), None)
    )


def _above(blocks: Sequence[Block], heading: int | None) -> str | None:
    """Return the few words that stand right above the title, in the same box."""
    if not heading:
        return None
    over, title = blocks[heading - 1], blocks[heading]
    is_name = (
        len(over.text.split()) <= MAX_SECTION_WORDS and over.text[0].isupper() and over.text[-1].isalpha()
    )
    is_together = (
        over.element.getparent() is title.element.getparent() or over.element is title.element.getparent()
    )
    return over.text if is_name and is_together and not over.text.lower().startswith("chi tiết") else None


def _printed(blocks: Sequence[Block], names: "regex.Pattern[str]") -> list[str]:
    steps: list[str] = []
    for block in blocks:
        if len(block.text) > 3 * MAX_SECTION_LENGTH:
            continue
        element, level = block.element, 0
        while element is not None and level < 4:
            if tag_of(element) != "body" and names.search(named(element)):
                text = _LABEL.sub("", block.text)
                steps.extend(
                    part
                    for p in regex.split(r"\s*[»›→]\s*|\s*[>/|]\s+|\s+[>/|]\s*", text)
                    if (part := p.strip(_MARKS))
                )
                break
            element, level = element.getparent(), level + 1
    return steps
