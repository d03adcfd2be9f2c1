"""The readers of pages that are compared: this project's, and the libraries that people use for it."""

import tempfile
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from retrieval.article import Article
from retrieval.readers import read

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A page as read by a reader; an empty ``body`` if it takes it for no article."""

    title: str = ""
    body: str = ""
    published: date | None = None
    author: str | None = None


def hoibao(html: str) -> Reading:
    """Read as ``hoibao reload`` does."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "page.html")
        path.write_text(html, encoding="utf-8")
        (item,) = read(path, source=path, language="vi", timezone=HANOI)
    if not isinstance(item, Article):
        return Reading()
    published = item.published.astimezone(HANOI).date() if item.published else None
    return Reading(title=item.title, body=item.body, published=published, author=item.author)


def trafilatura(html: str) -> Reading:
    """Read with trafilatura as it comes."""
    import trafilatura as library

    document: Any = library.bare_extraction(html, include_comments=False, with_metadata=True)
    if document is None:
        return Reading()
    return Reading(
        title=document.title or "",
        body=document.text or "",
        published=_day(document.date),
        author=document.author,
    )


def readability(html: str) -> Reading:
    """Read with readability-lxml, which knows neither dates nor authors."""
    from lxml import html as lxml_html  # type: ignore[import-untyped]
    from readability import Document

    document = Document(html)
    tree = lxml_html.fromstring(document.summary())
    return Reading(title=document.short_title(), body="\n".join(tree.itertext()))


def newspaper(html: str) -> Reading:
    """Read with newspaper4k."""
    from newspaper import Article as Paper

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        paper = Paper("https://example.vn/", language="vi")
        paper.download(input_html=html)
        paper.parse()
    published = paper.publish_date.date() if isinstance(paper.publish_date, datetime) else None
    return Reading(
        title=paper.title, body=paper.text, published=published, author=", ".join(paper.authors) or None
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text[:10]) if text else None


READERS: dict[str, Callable[[str], Reading]] = {
    "hoibao": hoibao,
    "trafilatura": trafilatura,
    "readability-lxml": readability,
    "newspaper4k": newspaper,
}
