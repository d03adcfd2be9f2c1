"""Books (EPUB): each chapter is an article."""

import posixpath
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

from lxml import html  # type: ignore[import-untyped]

from retrieval.article import Article
from retrieval.errors import ReadError
from retrieval.readers.decode import decode
from retrieval.readers.documents.archive import ZippedFiles
from retrieval.readers.documents.drafting import from_markup
from retrieval.readers.fields import dates
from retrieval.readers.fields.fields import Fields
from retrieval.readers.files import MAX_BYTES, MAX_DOCUMENT_BYTES, SourceFile
from retrieval.text.canonical import one_line

MIN_CHAPTER = 200  # characters; covers, title pages and imprints have fewer
CONTENTS_LINKED = 0.6  # 0..1 of the text inside links; a table of contents has more
_CONTAINER = "META-INF/container.xml"


def read_epub(file: SourceFile) -> Iterator[Article | ReadError]:
    """Yield an article for each chapter, or the error of one that cannot be read. Raises ``ReadError``."""
    archive = ZippedFiles(file.load(MAX_DOCUMENT_BYTES), file.origin)
    roots = _find(archive.xml(_CONTAINER), "rootfile")
    if not roots:
        raise ReadError(file.origin, "damaged {suffix} file", suffix="EPUB")
    package_name = unquote(roots[0].get("full-path") or "")
    package = archive.xml(package_name)
    items = {item.get("id"): item.get("href") or "" for item in _find(package, "item")}
    chapters = [items[ref.get("idref")] for ref in _find(package, "itemref") if ref.get("idref") in items]
    book = Fields(
        section=_text(package, "title"),
        author=_text(package, "creator"),
        published=dates.parse(_text(package, "date"), file.timezone),
    )
    count = 0
    for row, chapter in enumerate(chapters, start=1):
        name = posixpath.normpath(posixpath.join(posixpath.dirname(package_name), unquote(chapter)))
        try:
            article = _chapter(file, archive.read(name, MAX_BYTES), book)
        except ReadError as error:
            yield ReadError(f"{file.origin}#{row}", error.reason.msgid, **error.reason.values)
            count += 1
            continue
        if article is not None:
            yield replace(article, id=f"{file.id}#{row}", origin=f"{file.origin}#{row}")
            count += 1
    if not count:
        raise ReadError(file.origin, "no text")


def _chapter(file: SourceFile, content: bytes, book: Fields) -> Article | None:
    """Return the article of a chapter; None if that is a cover, a table of contents or the like."""
    markup = decode(content, file.origin)
    try:
        tree: Any = html.fromstring(markup.encode(), parser=html.HTMLParser(encoding="utf-8"))
    except (ValueError, html.etree.ParserError):
        return None
    body = tree.find("body") if tree.find("body") is not None else tree
    length = len(body.text_content().strip())
    linked = sum(len(link.text_content().strip()) for link in body.iter("a"))
    if length < MIN_CHAPTER or linked > CONTENTS_LINKED * length:
        return None
    heading = next((one_line(node.text_content()) for node in body.iter("h1", "h2", "h3")), None)
    return from_markup(file, html.tostring(body, encoding="unicode"), replace(book, title=heading or None))


def _find(root: Any, name: str) -> list[Any]:
    return [node for node in root.iter() if isinstance(node.tag, str) and node.tag.rpartition("}")[2] == name]


def _text(root: Any, name: str) -> str | None:
    return next((one_line(node.text) for node in _find(root, name) if node.text), None) or None
