"""Web pages: the article inside, without the page around it.

The way of a page: decode → parse → what its head declares → the blocks that it shows → those that are the
article (two readings that have to agree) → is it an article at all? → title, date, author and section, from
the head and from what is printed around the text.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import trafilatura

from retrieval.article import Article
from retrieval.errors import ReadError
from retrieval.readers import byline, card, closing, letterhead, portal
from retrieval.readers.decode import decode
from retrieval.readers.fields import (
    Fields,
    from_mapping,
    language_tag,
    text_of,
    title_from,
    to_article,
    web_address,
)
from retrieval.readers.files import SourceFile
from retrieval.readers.markup import plain_text
from retrieval.readers.page import (
    authors,
    body,
    chrome,
    dating,
    kind,
    logins,
    script,
    sections,
    summary,
    titles,
    tree,
)
from retrieval.readers.page.blocks import Block, blocks
from retrieval.readers.page.declared import Declared, declared
from retrieval.text.canonical import clean
from retrieval.web.address import is_home

MIN_COVERAGE = 0.6  # 0..1 of the second reading's text; with less of it left, too much was taken for boxes
MIN_SCRIPT = 200  # characters of text that a page without scripts shows; with less its scripts are asked
MAX_LEAD_BLOCKS = 12  # blocks from the title to the text; a title further away belongs to something else
MIN_POINTER = 0.5  # 0..1 of its text inside the link
HEAD_BYTES = 100_000  # of a page, in which it may declare its encoding; browsers look at the first 1,024

_POINTERS = (
    *(">>", "»", "►", "▶", "☛", "xem thêm:", "đọc thêm:", "xem tiếp:", "tin liên quan:", "bài liên quan:"),
    *("read more:", "read also:", "also read:", "see also:", "related:"),
)
_DECLARED_ENCODING = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*>")
_CONDITION = re.compile(
    r"<!\[(?:if[^>\]]{0,200}|endif)\]>", re.IGNORECASE
)  # Word's; the text between is shown
_LONG_RUN = re.compile(r"[^\S\n]{200,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """A page, taken apart."""

    declared: Declared
    shown: Sequence[Block]  # all that it shows, in order
    article: Sequence[Block]
    begin: int  # number of the article's first block among those shown
    end: int  # number of its last one
    title: str | None
    heading: int | None  # number of the block that prints the title
    asks_password: bool
    asks_name: bool  # of an account
    is_export: bool
    rows: Sequence[Mapping[str, object]]  # the objects in its scripts, if they had to be asked


def read_html(file: SourceFile) -> Article:
    """Return the article of a web page. Raises ``ReadError``, also if the page holds none.

    Title, date, author, section, address and language are what the page declares; failing that, what a
    portal prints around the text (see ``retrieval.readers.portal``).
    """
    return read_markup(_markup(file), file)


def read_markup(markup: str, file: SourceFile) -> Article:
    """Return the article of a page that is decoded already. Raises ``ReadError``."""
    try:
        page = _taken_apart(markup)
    # Whatever a hostile page sets off in the parsers, the other files must go in.
    except Exception as error:
        raise ReadError(file.origin, "not readable as HTML: {error}", error=type(error).__name__) from error
    if page is None:
        raise ReadError(file.origin, kind.NO_ARTICLE)
    if page.rows and (article := _from_script(page, file)):
        return article
    if reason := _refusal(page):
        raise ReadError(file.origin, reason)
    return _article(page, file)


def _refusal(page: _Page) -> str | None:
    """Return why *page* is no article; None if it is one."""
    if page.is_export:
        return kind.EXPORT
    return kind.refusal(
        page.title or "",
        page.article,
        page.shown[max(0, page.begin - 2) : page.end + 1],
        headings=page.declared.headings,
        asks_password=page.asks_password,
        asks_name=page.asks_name,
        is_dated=bool(page.declared.dates),
    )


def _markup(file: SourceFile) -> str:
    content = file.load()
    encoding = _DECLARED_ENCODING.search(content[:HEAD_BYTES])
    text = decode(content, file.origin, declared=encoding[1].decode() if encoding else file.encoding)
    text = _CONDITION.sub("", _XML_DECLARATION.sub("", text, count=1).replace("\0", ""))
    text = _LONG_RUN.sub(" ", text)  # some patterns of the libraries take quadratic time on them
    return text if "<html" in text.lower() else f"<html><body><div>{text}</div></body></html>"


def _taken_apart(markup: str) -> _Page | None:
    root = tree.parse(markup)
    if root is None:
        return None
    says = declared(root)
    asks_password, asks_name = logins.has_password(root), logins.has_user_name(root)
    is_export = kind.is_export(root)
    second = _second_reading(markup)
    tree.drop_hidden(root)
    shown = blocks(root)
    rows: list[Mapping[str, object]] = []
    if sum(len(block.text) for block in shown) < MIN_SCRIPT:
        whole = tree.parse(markup)
        rows = [] if whole is None else list(script.articles(whole))
    own = _own_blocks(root, markup, second, shown, says)
    if not own and not rows and not says.text:
        return None
    places = _places(own, shown)
    if places:
        first, last = kind.text_between(shown, places[0], places[-1])
        own = [block for block, place in zip(own, places, strict=True) if first <= place <= last]
        places = [place for place in places if first <= place <= last]
    begin = places[0] if places else len(shown)
    title, heading = titles.title(says, shown, begin)
    if title is None:
        title, heading = titles.over(shown, dating.line_above(shown, begin))
    article = _without_heading(own, places, title, heading)
    begin = next((place for place in places if heading is None or place > heading), begin)
    article = [*_lead(shown, heading, begin, says), *article]
    return _Page(
        declared=says,
        shown=shown,
        article=article,
        begin=begin,
        end=places[-1] if places else begin,
        title=title,
        heading=heading,
        asks_password=asks_password,
        asks_name=asks_name,
        is_export=is_export,
        rows=rows,
    )


def _lead(shown: Sequence[Block], heading: int | None, begin: int, says: Declared) -> list[Block]:
    """Return the sentences that the page prints between its title and the text."""
    if heading is None or begin - heading > MAX_LEAD_BLOCKS:
        return []
    between = shown[heading + 1 : begin]
    return [block for block in between if body.is_lead(block, says.summaries) and not _is_hidden(block)]


def _is_hidden(block: Block) -> bool:
    return any(map(chrome.is_hidden, (block.element, *block.element.iterancestors())))


def _second_reading(markup: str) -> str:
    """Return the text that trafilatura takes for the article; "" if it finds none."""
    root: Any = trafilatura.load_html(markup)
    if root is None:
        return ""
    document: Any = trafilatura.bare_extraction(root, include_comments=False, with_metadata=False)
    return (document.text or "") if document is not None else ""


def _own_blocks(root: Any, markup: str, second: str, shown: Sequence[Block], says: Declared) -> list[Block]:
    """Return the blocks that are the article."""
    hides, goes_on = chrome.remove_hidden(root), chrome.remove_next(root)
    if hides or goes_on:
        shown = blocks(root)
    chrome.remove(root, (*says.titles, *says.headings))
    left = blocks(root)
    if len(second) >= MIN_SCRIPT and body.coverage(left, second) < MIN_COVERAGE * body.coverage(
        shown, second
    ):
        root = tree.parse(markup)
        tree.drop_hidden(root)
        chrome.remove_hidden(root)
        chrome.remove_next(root)
        left = blocks(root)
    return [left[number] for number in body.chosen(left, tree.measures(root), second)]


def _places(own: Sequence[Block], shown: Sequence[Block]) -> list[int]:
    """Return the numbers that the blocks *own* have among all that are *shown*."""
    places: list[int] = []
    number = 0
    for block in own:
        same = next((n for n in range(number, len(shown)) if shown[n].text == block.text), None)
        number = number if same is None else same
        places.append(number)
    return places


def _is_pointer(block: Block) -> bool:
    """Tell whether *block* is a link to another article behind a mark: ">> Chợ đêm dời chỗ"."""
    return block.text.lower().startswith(_POINTERS) and block.link_share > MIN_POINTER


def _without_heading(
    own: Sequence[Block], places: Sequence[int], title: str | None, heading: int | None
) -> list[Block]:
    """Return *own* without the title, and without what stands above it."""
    title_key = body.key(title or "")
    return [
        block
        for number, (block, place) in enumerate(zip(own, places, strict=True))
        if not _is_pointer(block)
        and not (number == 0 and titles.is_generic(block.text))
        and not (number < 4 and title_key and body.key(block.text) == title_key)
        and (heading is None or place > heading)
    ]


def _article(page: _Page, file: SourceFile) -> Article:
    zone, says = file.timezone, page.declared
    lines = [block.text for block in page.article]
    above = [block.text for block in page.shown[max(0, page.begin - dating.HEADER_BLOCKS) : page.begin]]
    head = letterhead.read_letterhead([*above, *lines], zone)
    if head is None or head.end < len(above) - dating.HEADER_BLOCKS:
        printed, paragraphs = portal.read_page(closing.without_rest(lines), zone)
    else:
        whole = [*above, *lines]
        printed = Fields(title=head.title, published=head.published)
        paragraphs = closing.without_rest(whole[head.end :])
        if head.number:
            paragraphs.insert(0, f"Số: {head.number}")
    if (pairs := card.read_card(lines, zone)) is not None:
        printed, paragraphs = pairs, lines
    is_document = head is not None or pairs is not None
    title = page.title
    if is_document and (title is None or titles.is_generic(title) or titles.is_letterhead(title)):
        title = printed.title
    title = title or printed.title or title_from(clean("\n".join(paragraphs or lines)))
    if printed.title and not is_document and body.key(printed.title) != body.key(title):
        paragraphs.insert(0, printed.title)  # a short first paragraph after all
    stamp = None if printed.published else dating.stamp(page.shown, page.begin, page.end, zone)
    signed, paragraphs = (None, paragraphs) if is_document else byline.signature(paragraphs)
    by = (
        None
        if is_document
        else (printed.author or signed or authors.printed(page.shown, page.begin, page.end))
    )
    fields = Fields(
        title=title,
        url=_address(says),
        published=dating.published(
            dating.declared_date(says, zone), printed.published or (stamp.published if stamp else None)
        ),
        author=authors.author(says, by or (stamp.author if stamp else None)),
        section=sections.section(says, page.shown, page.begin, title, page.heading) or printed.section,
        language=language_tag(says.language),
    )
    paragraphs = [line for line in paragraphs if line] or lines
    lead = None if is_document else _missing_lead(page, title, paragraphs)
    return to_article(file, fields, "\n".join([lead, *paragraphs] if lead else paragraphs))


def _missing_lead(page: _Page, title: str, paragraphs: Sequence[str]) -> str | None:
    """Return the lead that stands only in the page's head, or above its title."""
    above = page.shown[max(0, (page.heading or 0) - MAX_LEAD_BLOCKS) : page.heading or 0]
    return summary.missing_lead(
        page.declared.summaries,
        paragraphs,
        title=title,
        sites=page.declared.sites,
        printed={body.key(block.text) for block in above},
    )


def _address(says: Declared) -> str | None:
    """Return the declared address of the page; ``None`` for that of the whole site.

    Many portals declare their home page on every page.
    """
    for text in says.addresses:
        if (url := web_address(text)) and not is_home(url):
            return url
    return None


def _title_in_script(page: str | None, script: str | None) -> str | None:
    """Return the title in the script if the page's is the same with the name of the site behind it."""
    if page and script and body.key(script) not in body.key(page):
        return page
    return script or page


def _from_script(page: _Page, file: SourceFile) -> Article | None:
    """Return the article in the page's scripts, if it is longer than what the page shows."""
    shown = sum(len(block.text) for block in page.article)
    texts = [(text, row) for row in page.rows if (text := text_of(row))]
    if not texts:
        return None
    text, row = max(texts, key=lambda pair: len(pair[0]))
    text = clean(plain_text(text))
    if len(text) <= max(shown, script.MIN_SCRIPT_TEXT):
        return None
    fields = from_mapping(row, file.timezone)
    says = page.declared
    return to_article(
        file,
        replace(
            fields,
            id=None,
            title=_title_in_script(page.title, fields.title) or title_from(text),
            url=_address(says) or fields.url,
            published=dating.declared_date(says, file.timezone) or fields.published,
            author=authors.author(says, fields.author),
            section=sections.section(says, page.shown, 0, page.title or "", None) or fields.section,
            language=language_tag(says.language) or fields.language,
        ),
        text,
    )
