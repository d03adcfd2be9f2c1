"""An article, as it was read: the unit that is stored, dated and linked to."""

import hashlib
import json
import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from retrieval.errors import ArticleError

_ROW = re.compile(r"#\d+$", re.ASCII)
_AS_IN_MEMORY = "utf-16-le"
_LONGEST_HOST = 253  # characters, as in the domain name system
_LABEL = re.compile(r"(?!-)[\w-]{1,63}(?<!-)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article. Its texts are clean (``retrieval.text.canonical``); excerpts are cut from ``body``.

    Raises ``ArticleError`` if the id or the body is empty, or ``published`` has no time zone.
    """

    id: str  # stable over reloads; any text
    title: str  # one line; empty if the source has none
    body: str  # NFC, "\n" between paragraphs; all offsets are code points into it
    url: str | None = None
    published: datetime | None = None  # aware
    author: str | None = None
    section: str | None = None
    language: str = "vi"  # BCP 47
    origin: str  # where it was read from: a path or URL, with "#<row>" for a row of a file
    pages: tuple[int, ...] = ()  # where each page begins in ``body``, ascending from 0; empty: it has none
    is_scan: bool = False  # read from a picture by character recognition: letters may be wrong

    def __post_init__(self) -> None:
        if not self.id:
            raise ArticleError(self.origin, "an article needs an id")
        if not self.body:
            raise ArticleError(self.origin, "the article has no text")
        if self.published is not None and self.published.tzinfo is None:
            raise ArticleError(self.origin, "the date {date} has no time zone", date=str(self.published))

    def __reduce__(self) -> "tuple[Callable[..., Article], tuple[object, ...]]":
        # A reload hands all articles from process to process; dataclasses' own way takes five times as long.
        values = (getattr(self, name) for name in self.__slots__ if name != "body")
        return _article, (bytes_of_body(self.body), *values)

    @property
    def key(self) -> str:
        """Sixteen characters [0-9a-f] that stand for the id if ids are too long or too free."""
        return article_key(self.id)

    @property
    def content_hash(self) -> str:
        """SHA-256 over all that a reader sees, in hexadecimal: two equal hashes, same article."""
        published = self.published.isoformat() if self.published else None
        seen: list[object] = [self.title, self.body, self.url, published, self.author, self.section]
        seen.append(self.language)
        if self.pages or self.is_scan:  # most articles have neither, and keep the hash they had before
            seen.append([self.pages, self.is_scan])
        return hashlib.sha256(json.dumps(seen).encode()).hexdigest()

    def page_at(self, offset: int) -> int | None:
        """Return the number of the page, from 1, on which the character at *offset* of ``body`` stands."""
        return bisect_right(self.pages, offset) or None


def bytes_of_body(body: str) -> bytes:
    """Return *body* for another process, as its characters lie in memory.

    In UTF-8 that takes as long as all else of an article, as JSON five times as long.
    """
    return body.encode(_AS_IN_MEMORY, "surrogatepass")


def body_of_bytes(content: bytes) -> str:
    """Return the body that ``bytes_of_body`` made *content* of. Raises ``UnicodeDecodeError``."""
    return content.decode(_AS_IN_MEMORY, "surrogatepass")


def _article(body: bytes, *values: Any) -> Article:
    names = (name for name in Article.__slots__ if name != "body")
    return Article(body=body_of_bytes(body), **dict(zip(names, values, strict=True)))


def file_of(origin: str) -> str:
    """Return the file of an origin, which may be a row of it."""
    return _ROW.sub("", origin)


def article_key(article_id: str) -> str:
    """Return the key of the article with this id: 64 bits of its SHA-256, in hexadecimal."""
    return hashlib.sha256(article_id.encode()).hexdigest()[:16]


def source_of(article: Article) -> str:
    """Return the host of the article's page; its section if it has no page; "" if it has neither."""
    url = web_url(article.url)
    return host(url) if url else article.section or ""


def web_url(url: str | None) -> str | None:
    """Return *url* if it can be a link: http or https, with a host and a port that there can be.

    Of a message with any other link Telegram shows nothing.
    """
    if url is None or " " in url or not url.isprintable():  # of all spaces only this one is printable
        return None
    try:
        parts = urlsplit(url)
        is_port = parts.port is None or parts.port > 0
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and is_port and _is_host(parts.hostname or "") else None


def _is_host(name: str) -> bool:
    """Tell whether *name* can be a host with a domain, or is an address in numbers."""
    labels = name.removesuffix(".").split(".")
    if ":" in name:
        return True  # IPv6, which was checked as the URL was split
    if len(labels) < 2 or len(name) > _LONGEST_HOST or not all(map(_LABEL.fullmatch, labels)):
        return False
    return labels[-1].isalpha() or labels[-1].startswith("xn--") or _is_address(labels)


def _is_address(labels: list[str]) -> bool:
    return len(labels) == 4 and all(label.isdecimal() and int(label) < 256 for label in labels)


def host(url: str) -> str:
    """Return the host of a web URL as people say it: without port and "www."."""
    return (urlsplit(url).hostname or "").removeprefix("www.")
