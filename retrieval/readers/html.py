"""Web pages: the article inside, without the page around it.

The way of a page: decode → parse → what its head declares → the blocks that it shows → those that are the
article (two readings that have to agree) → is it an article at all? → title, date, author and section, from
the head and from what is printed around the text.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from retrieval.article import Article
from retrieval.errors import ReadError
from retrieval.readers.around import byline, card, closing, letterhead, portal
from retrieval.readers.decode import decode
from retrieval.readers.fields.fields import (
    Fields,
    from_mapping,
    language_tag,
    summary_of,
    title_from,
    to_article,
    web_address,
)
from retrieval.readers.files import SourceFile
from retrieval.readers.page import authors, body, dating, kind, script, sections, summary, titles
from retrieval.readers.page.declared import Declared
from retrieval.readers.page.parts import MAX_LEAD_BLOCKS, Page, take_apart
from retrieval.text.canonical import clean
from retrieval.web.address import is_home

HEAD_BYTES = 100_000  # of a page, in which it may declare its encoding; browsers look at the first 1,024

_DECLARED_ENCODING = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*>")
# Word's; the text between is shown.
_CONDITION = re.compile(r"<!\[(?:if[^>\]]{0,200}|endif)\]>", re.IGNORECASE)
_LONG_RUN = re.compile(r"[^\S\n]{200,}")


def read_html(file: SourceFile) -> Article:
    """Return the article of a web page. Raises ``ReadError``, also if the page holds none.

    Title, date, author, section, address and language are what the page declares; failing that, what a
    portal prints around the text (see ``retrieval.readers.around.portal``).
    """
    return read_markup(_markup(file), file)


def read_markup(markup: str, file: SourceFile) -> Article:
    """Return the article of a page that is decoded already. Raises ``ReadError``."""
    try:
        page = take_apart(markup)
    # Whatever a hostile page sets off in the parsers, the other files must go in.
    except Exception as error:
        raise ReadError(file.origin, "not readable as HTML: {error}", error=type(error).__name__) from error
    if page is None:
        raise ReadError(file.origin, kind.NO_ARTICLE)
    reason = _refusal(page)
    if page.rows and (article := _from_script(page, file, reason)):
        return article
    if reason:
        raise ReadError(file.origin, reason)
    return _article(page, file)


def _refusal(page: Page) -> str | None:
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


def _article(page: Page, file: SourceFile) -> Article:
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
    said, marked = (None, None) if is_document else authors.printed(page.shown, page.begin, page.end)
    fields = Fields(
        title=title,
        url=_address(says),
        published=dating.published(
            dating.declared_date(says, zone), printed.published or (stamp.published if stamp else None)
        ),
        author=authors.author(
            says, printed.author or signed or said or (stamp.author if stamp else None), marked
        ),
        section=sections.section(says, page.shown, page.begin, title, page.heading) or printed.section,
        language=language_tag(says.language),
    )
    paragraphs = [line for line in paragraphs if line] or lines
    lead = None if is_document else _missing_lead(page, title, paragraphs)
    return to_article(file, fields, "\n".join([lead, *paragraphs] if lead else paragraphs))


def _missing_lead(page: Page, title: str, paragraphs: Sequence[str]) -> str | None:
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


def _from_script(page: Page, file: SourceFile, reason: str | None) -> Article | None:
    """Return the article in the page's scripts, if it is longer than what the page shows.

    *reason* says why the page that is shown is no article; if it is that it shows none, a summary will do.
    """
    says = page.declared
    row = script.article(page.rows, (*says.titles, *says.headings), is_shell=page.is_shell)
    text = script.text(row) if row else None
    if not text and reason == kind.NO_ARTICLE and not page.asks_password:
        row = script.summary(page.rows, (*says.titles, *says.headings))
        text = summary_of(row) if row else None
    shown = 0 if reason else sum(len(block.text) for block in page.article)
    if not row or not text or len(text) <= max(shown, script.MIN_SCRIPT_TEXT):
        return None
    fields = from_mapping(row, file.timezone)
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
