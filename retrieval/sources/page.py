"""One page: from its address to its articles."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from retrieval.article import Article
from retrieval.errors import N_, ReadError
from retrieval.readers.files import SourceFile
from retrieval.readers.isolation.pool import Pool
from retrieval.web.address import is_home, is_same_site, normal
from retrieval.web.web import Fetched, Web

FRONT_PAGE = N_("the front page of a site, not an article")
FEED = N_("a feed or a sitemap, not an article; name it in the file of sources")

_SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "text/csv": ".csv",
    "application/pdf": ".pdf",
    "application/rtf": ".rtf",
    "application/msword": ".doc",
    "application/vnd.ms-excel": ".xls",
    "application/epub+zip": ".epub",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.oasis.opendocument.text": ".odt",
}
_LISTS = (b"<rss", b"<feed", b"<urlset", b"<sitemapindex", b"<rdf:rdf")
_BEGINNING = 1024  # bytes in which a file says what it is


def read_page(
    address: str, *, web: Web, pool: Pool, language: str, timezone: ZoneInfo
) -> tuple[Article, ...]:
    """Return the articles of the page at *address*, fetched now; nearly always one.

    *language* and *timezone* are those of articles and dates that name none. Raises ``ReadError`` with the
    reason if there are none: ``GoneError`` if the site has no such page, ``UnreachableError`` if it may be
    read later.
    """
    fetched = web.fetch(address)
    file = as_file(fetched, language=language, timezone=timezone)
    articles = []
    for _, item in pool.read([file]):
        if isinstance(item, ReadError):
            raise item
        if item is not None:
            articles.append(item)
    if not articles:
        raise ReadError(address, "no article found in this page")
    return placed(articles, asked=normal(address), fetched=fetched)


def as_file(fetched: Fetched, *, language: str, timezone: ZoneInfo) -> SourceFile:
    """Return what was fetched as a file for the readers.

    Raises ``ReadError`` if it cannot be an article, whatever it says.
    """
    beginning = fetched.content[:_BEGINNING].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if is_home(fetched.address):
        raise ReadError(fetched.address, FRONT_PAGE)
    if not fetched.content.strip():
        raise ReadError(fetched.address, "empty")
    if beginning.startswith(b"<") and any(sign in beginning for sign in _LISTS) and b"<html" not in beginning:
        raise ReadError(fetched.address, FEED)
    return list_file(fetched, language=language, timezone=timezone)


def list_file(fetched: Fetched, *, language: str, timezone: ZoneInfo) -> SourceFile:
    """Return what was fetched as a file whose links can be read."""
    name = PurePosixPath(unquote(urlsplit(fetched.address).path)).name or "page"
    # The name decides only if the content does not; the server knows better than the address.
    suffix = _SUFFIXES.get(fetched.type, "")
    path = Path(name if not suffix or name.lower().endswith(suffix) else f"page{suffix}")
    return SourceFile(
        path=path,
        source=path,
        language=language,
        timezone=timezone,
        content=fetched.content,
        address=fetched.address,
        encoding=fetched.encoding,
    )


def placed(articles: Iterable[Article], *, asked: str, fetched: Fetched) -> tuple[Article, ...]:
    """Return *articles* with the address that their page is known by, as their id and link.

    It is the address that the page declares, if that is on the same site; else the one it came from.
    """
    return tuple(_placed(article, asked, fetched.address) for article in articles)


def _placed(article: Article, asked: str, came_from: str) -> Article:
    url = normal(article.url or "")
    if not url or not is_same_site(url, came_from) or is_home(url):
        url = normal(came_from)
    mark = article.origin.removeprefix(came_from)
    id_ = url + mark if article.id in (article.url, came_from + mark) else article.id
    return replace(article, id=id_, url=url, origin=asked + mark)


def told_apart(found: Sequence[tuple[Article, ...]], addresses: Sequence[str]) -> list[tuple[Article, ...]]:
    """Return the articles of several pages, those that declare one address under the ones they came from.

    Some portals declare one address on all their pages; that address leads to none of them.
    """
    texts = {(article.id, article.body) for articles in found for article in articles}
    times = Counter(id_ for id_, _ in texts)
    return [
        tuple(moved(article, address) if times[article.id] > 1 else article for article in articles)
        for articles, address in zip(found, addresses, strict=True)
    ]


def moved(article: Article, address: str) -> Article:
    """Return *article* under *address* in place of the one that its page declares."""
    if article.url is None or not article.id.startswith(article.url):
        return article
    return replace(article, id=address + article.id.removeprefix(article.url), url=address)
