"""An article or not: lists, forms, errors and menus are pages too, and would win answers they do not hold."""

from collections.abc import Sequence
from itertools import islice, pairwise

import regex

from retrieval.errors import N_
from retrieval.readers.page.blocks import Block
from retrieval.readers.page.chrome import named
from retrieval.readers.page.errors import MAX_ERROR, is_about_cookies, is_error, tells_news
from retrieval.readers.page.logins import is_login
from retrieval.readers.page.tree import Element, tag_of

MIN_ENTRIES = 3  # linked headings, or links to read on, of a list
MAX_ENTRY = 400  # characters of text for each entry of a list; more is an article with links in it
LINK = 0.9  # 0..1 of the text of a block inside links; a block with more of it is a link
MIN_NAME = 8  # characters of the title of another article
MIN_TEASER = 40  # characters of the beginning of another article
MIN_NAME_WORDS = 4  # of the linked title of another article
MAX_ENTRY_DEPTH = 6  # elements between the text of an entry and the element that holds it
MIN_LISTED = 0.7  # 0..1 of the text shown; a page whose entries have more is a list
MAX_FORM = 300  # characters of text outside links beside a password's field
MIN_DOCUMENTS = 5  # rows of a table of documents
MIN_BOXES = 3  # linked headings that follow a text, of boxes that are not part of it
MAX_BOX = 3  # blocks of such a box, its heading among them
MIN_TOLD = 300  # characters of a text that such boxes may follow
MAX_LINKED = 0.6  # 0..1 of the text inside links; more is a menu

NO_ARTICLE = N_("no article found in this page")
LIST = N_("a list of articles, not an article")
ERROR = N_("an error page, not an article")
MENU = N_("a page of links, not an article")
EXPORT = N_("a channel that Telegram saved as a web page; export it again and choose JSON")

_READ_ON = regex.compile(
    r"\W*(?:xem|đọc) (?:tiếp|thêm|chi tiết|toàn bộ)\W*|\W*chi tiết\W*|\W*(?:read|learn|view"
    r"|see) (?:more|on|details?)\W*|\W*continue reading.*|\W*more\W*",
    regex.IGNORECASE,
)
_RESULTS = regex.compile(
    r"(?:kết quả tìm kiếm|search results|tìm thấy \d+ kết quả|danh sách (?:tin|bài viết|văn bản)|lưu trữ"
    r"|archives?|category:|chuyên mục:|tag:)\b",
    regex.IGNORECASE,
)
_WAITING = regex.compile(
    r"""\W*(?:(?:nội\ dung|dữ\ liệu|thông\ tin|trang|chuyên\ mục)[^.]{0,20}\ đang\ (?:được\ )?(?:cập\ nhật
    |xây\ dựng)
    |đang\ (?:tải|xử\ lý|chuyển)|(?:xin|vui\ lòng)\ (?:chờ|đợi|bật)|loading|please\ (?:wait|enable)
    |redirecting|(?:you\ need\ to|bạn\ cần)\ (?:enable|bật))\b.{0,120}""",
    regex.IGNORECASE | regex.VERBOSE,
)
_DAY = regex.compile(r"\b\d{1,2}[/.-]\d{1,2}[/.-]\d{4}\b")
_TEASER_END = ("...", "…")
_ANOTHER = ("h2", "h3", "h4", "h5")


def is_export(root: Element) -> bool:
    """Tell whether the page is one of those to which Telegram Desktop exports chats."""
    names = {element.get("class") or "" for element in root.iter("div")}
    return {"page_wrap", "history"} <= names and any(name.startswith("message ") for name in names)


def refusal(
    title: str,
    article: Sequence[Block],
    around: Sequence[Block],
    *,
    headings: Sequence[str] = (),
    asks_password: bool,
    asks_name: bool,
    is_dated: bool,
) -> str | None:
    """Return why a page is no article, or ``None`` if it can be one.

    *article* would be its text; *around* is all that the page shows from its first block to its last one.
    *headings* are its <title>s; *is_dated* says that it declares a date.
    """
    plain = sum(len(block.text) - block.linked for block in article)
    if (
        not article
        or (asks_password and plain <= MAX_FORM and not tells_news(article))
        or is_about_cookies(article)
        or all(_WAITING.fullmatch(block.text) for block in article)
    ):
        return NO_ARTICLE
    if plain <= MAX_ERROR and is_error((title, *headings), article, plain, is_dated):
        return ERROR
    if plain <= MAX_FORM and is_login((title, *headings), article, around, asks_name):
        return NO_ARTICLE
    if _is_table_of_documents(article):
        return LIST
    if _is_list(title, around, sum(len(b.text) - b.linked for b in around)) or _is_row_of_entries(around):
        return LIST
    linked = sum(min(block.linked, len(block.text)) for block in article)
    if linked > MAX_LINKED * (linked + plain) and not any(map(_is_told, article)):
        return MENU
    return None


def _is_list(title: str, article: Sequence[Block], plain: int) -> bool:
    read_on = sum(bool(_READ_ON.fullmatch(block.text)) for block in article)
    heads = sum(_is_entry(block) for block in article)
    links = sum(block.link_share >= LINK for block in article)
    teasers = sum(_is_teaser(block) for block in article)
    told = sum(_is_told(block) and len(block.text) > MAX_ENTRY / 2 for block in article)
    is_named = any(_RESULTS.match(text) for text in (title, *(block.text for block in article[:3])))
    entries = max(read_on, heads, links if is_named else min(links, teasers))
    if entries < MIN_ENTRIES or plain / entries > MAX_ENTRY:
        return False
    return (
        read_on >= MIN_ENTRIES
        or heads > len(article) / 4
        or min(links, teasers) > len(article) / 6
        or (told < entries / 2 and is_named)
    )


def _is_table_of_documents(article: Sequence[Block]) -> bool:
    """Tell whether *article* is a table whose rows lead to one document each, and say when it was made."""
    rows = [b for b in article if b.tag == "tr" and b.linked and _leads_on(b) and _DAY.search(b.text)]
    listed = sum(len(block.text) for block in rows)
    return len(rows) >= MIN_DOCUMENTS and listed >= MIN_LISTED * sum(len(block.text) for block in article)


def _is_row_of_entries(shown: Sequence[Block]) -> bool:
    """Tell whether most of what is *shown* stands side by side, each time a link with a teaser.

    Many portals mark their lists with nothing but <div>.
    """
    held: dict[Element, list[Block]] = {}
    for block in shown:
        for element in (block.element, *islice(block.element.iterancestors(), MAX_ENTRY_DEPTH)):
            held.setdefault(element, []).append(block)
    rows: dict[tuple[Element, str, str], list[int]] = {}
    for element, blocks in held.items():
        around = element.getparent()
        if around is not None and _is_linked_teaser(blocks):
            kind = (around, tag_of(element), named(element))
            rows.setdefault(kind, []).append(sum(len(block.text) for block in blocks))
    whole = sum(len(block.text) for block in shown)
    return any(len(sizes) >= MIN_ENTRIES and sum(sizes) >= MIN_LISTED * whole for sizes in rows.values())


def _is_linked_teaser(blocks: Sequence[Block]) -> bool:
    """Tell whether *blocks* are the linked title of another article and a few words from it."""
    links = [
        n for n, b in enumerate(blocks) if b.link_share >= LINK and len(b.text.split()) >= MIN_NAME_WORDS
    ]
    told = [n for n, b in enumerate(blocks) if b.link_share < LINK and len(b.text) >= MIN_TEASER]
    plain = sum(len(block.text) - block.linked for block in blocks)
    return (
        len(links) == 1
        and bool(told)
        and links[0] < told[0]
        and plain <= MAX_ENTRY
        and _leads_on(blocks[links[0]])
    )


def _leads_on(block: Block) -> bool:
    """Tell whether the link of *block* leads to another page."""
    links = (*block.element.iter("a"), *block.element.iterancestors("a"))
    return any(
        not (link.get("href") or "#").strip().startswith(("#", "javascript:", "mailto:")) for link in links
    )


def text_between(shown: Sequence[Block], begin: int, end: int) -> tuple[int, int]:
    """Return the numbers of the first and the last block of the text in ``shown[begin:end + 1]``.

    Boxes of other articles before or behind it are left out: linked titles, each with hardly more than a
    teaser, and nothing else.
    """
    entries = [number for number in range(max(0, begin - 1), end + 1) if _is_entry(shown[number])]
    if len(entries) < MIN_BOXES or max(b - a for a, b in pairwise(entries)) > MAX_BOX:
        return begin, end
    first, last = entries[0], entries[-1]
    if _tells(shown[begin:first]) and end + 1 - last <= MAX_BOX:
        return begin, first - 1
    if first <= begin + 1 and _tells(shown[last + 2 : end + 1]):
        return last + 2, end
    return begin, end


def _tells(blocks: Sequence[Block]) -> bool:
    return sum(len(block.text) for block in blocks if _is_told(block)) >= MIN_TOLD


def _is_teaser(block: Block) -> bool:
    """Tell whether *block* is the beginning of another article."""
    return block.link_share < LINK and len(block.text) >= MIN_TEASER and block.text.endswith(_TEASER_END)


def _is_entry(block: Block) -> bool:
    """Tell whether *block* is the linked title of another article."""
    if block.link_share < LINK or len(block.text) < MIN_NAME:
        return False
    element = block.element
    return block.tag in _ANOTHER or any(
        tag_of(e) in _ANOTHER for e in element.iterancestors() if tag_of(e) in _ANOTHER
    )


def _is_told(block: Block) -> bool:
    return block.link_share < 0.3 and len(block.text) >= 80
