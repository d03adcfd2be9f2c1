"""An article from what a document holds: its paragraphs, or its markup.

A document has no page around its text, so nothing is left out as a web page's menus are. Its letterhead and
date line are read as those of a text file.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from lxml import html  # type: ignore[import-untyped]

from retrieval.article import Article
from retrieval.errors import ReadError
from retrieval.readers.fields.fields import Fields
from retrieval.readers.files import SourceFile
from retrieval.readers.letters.mending import mended
from retrieval.readers.markup import plain_text
from retrieval.readers.plain import read_plain
from retrieval.text.canonical import clean

PAGE_MARK = "\ue000"  # stands in a paragraph where a new page begins; a character that no text has


def from_paragraphs(
    file: SourceFile, paragraphs: Iterable[str], said: Fields | None = None, *, is_scan: bool = False
) -> Article:
    """Return the article with these paragraphs; ``PAGE_MARK`` may stand in them. *said* is known of it.

    Raises ``ReadError`` if there is no text.
    """
    text = mended("\n".join(paragraphs), file.origin)
    if not clean(text.replace(PAGE_MARK, "")):
        raise ReadError(file.origin, "no text")
    article = _with_pages(read_plain(file.holding(text.encode("utf-8", "replace"))))
    if said is not None:
        values = {name: getattr(said, name) for name in ("title", "published", "author", "section", "url")}
        article = replace(article, **{name: value for name, value in values.items() if value})
    return replace(article, is_scan=is_scan)


def from_markup(file: SourceFile, markup: str, said: Fields | None = None) -> Article:
    """Return the article in HTML that is all text. Raises ``ReadError`` if there is none."""
    return from_paragraphs(file, paragraphs_of(markup, file.origin), said)


def paragraphs_of(markup: str, origin: str) -> list[str]:
    """Return the paragraphs of HTML that is all text; a row of a table is one, its cells divided by " – ".

    Tables that only place things beside each other, as in a letterhead, give their paragraphs one by one.
    Raises ``ReadError`` if the letters cannot be read.
    """
    # Soft hyphens are letters of an old font, so letters come before whatever takes such characters away.
    markup = mended(markup, origin)
    try:
        tree: Any = html.fromstring(markup) if markup.strip() else None
    except (ValueError, html.etree.ParserError):
        tree = None
    if tree is None:
        return plain_text(markup).split("\n")
    for table in tree.iter("table"):
        if _is_layout(table):
            for element in table.iter("table", "thead", "tbody", "tr", "td", "th"):
                element.tag = "div"
    return plain_text(html.tostring(tree, encoding="unicode")).split("\n")


def _is_layout(table: Any) -> bool:
    cells = [cell for row in table.iter("tr") for cell in row if cell.tag in ("td", "th")]
    return any(sum(bool(part.text_content().strip()) for part in cell.iter("p", "div")) > 1 for cell in cells)


def _with_pages(article: Article) -> Article:
    parts = article.body.split(PAGE_MARK)
    if len(parts) == 1:
        return article
    starts, body = [0], parts[0]
    for part in parts[1:]:
        starts.append(len(body))
        body += part
    body = body.rstrip()
    title = re.sub(f" ?{PAGE_MARK}", "", article.title)
    return replace(article, title=title, body=body, pages=tuple(min(start, len(body)) for start in starts))
