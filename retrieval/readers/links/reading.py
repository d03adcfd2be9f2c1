"""Links out of a file, whatever kind of list it is."""

import gzip
import io
import json
import re
import zlib
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urljoin

from retrieval.errors import N_, ReadError
from retrieval.readers.files import SourceFile
from retrieval.readers.links.link import PageLink
from retrieval.web.address import is_web

MAX_LISTED = 50_000  # links of one list; what the standard of sitemaps allows
MAX_LIST_BYTES = 50 * 1024 * 1024  # of a list, unpacked; the same

NO_LIST = N_("neither a feed nor a sitemap nor a page with links")
ENTITIES = N_("declares entities of its own, which are not read")

_ROOT = re.compile(rb"<(?:[\w-]+:)?(rss|feed|RDF|urlset|sitemapindex|html|body)[\s>/]", re.IGNORECASE)
_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
_BEGINNING = 4096  # bytes in which a file says what it is


def links_in(file: SourceFile) -> Iterator[PageLink | ReadError]:
    """Yield the links of *file*, whose ``address`` they are relative to, each page once.

    At most ``MAX_LISTED``. A file that lists nothing gives one ``ReadError``.
    """
    seen: set[str] = set()
    try:
        for link in _links(file):
            if link.address not in seen:
                seen.add(link.address)
                yield link
            if len(seen) == MAX_LISTED:
                return
    except ReadError as error:
        yield error


def _links(file: SourceFile) -> Iterator[PageLink]:
    content = _unpacked(file)
    head = content[:_BEGINNING].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"{"):
        return _of_json(content, file)
    root = _ROOT.search(head)
    kind = root[1].lower() if root else b""
    if kind in (b"html", b"body"):
        from retrieval.readers.links.anchors import anchors

        return anchors(replace(file, content=content))
    if not kind:
        return _of_lines(content, file)
    if _ENTITY.search(content):
        raise ReadError(file.origin, ENTITIES)
    if kind in (b"urlset", b"sitemapindex"):
        from retrieval.readers.links.sitemap import sitemap_links

        return sitemap_links(content, file)
    from retrieval.readers.links.feed import feed_links

    return feed_links(content, file)


def _unpacked(file: SourceFile) -> bytes:
    content = file.load(MAX_LIST_BYTES)
    if not content.startswith(b"\x1f\x8b"):
        return content
    try:
        with gzip.open(io.BytesIO(content)) as packed:
            content = packed.read(MAX_LIST_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise ReadError(file.origin, "damaged {suffix} file", suffix=".gz") from error
    if len(content) > MAX_LIST_BYTES:
        raise ReadError(file.origin, "larger than {size} MB", size=MAX_LIST_BYTES // 1024**2)
    return content


def _of_json(content: bytes, file: SourceFile) -> Iterator[PageLink]:
    """Yield the links of a JSON Feed (jsonfeed.org)."""
    try:
        feed = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise ReadError(file.origin, NO_LIST) from error
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        raise ReadError(file.origin, NO_LIST)
    for item in feed["items"]:
        said = item if isinstance(item, dict) else {}
        address = said.get("url") or said.get("id")
        if isinstance(address, str) and address and (said.get("url") or is_web(address)):
            changed = said.get("date_modified") or said.get("date_published")
            yield PageLink(address=urljoin(file.address, address), changed=str(changed or ""))


def _of_lines(content: bytes, file: SourceFile) -> Iterator[PageLink]:
    """Yield the links of a sitemap in plain text: an address a line."""
    lines = [line.strip() for line in content.decode("utf-8", "replace").splitlines() if line.strip()]
    if not lines or not all(line.startswith(("http://", "https://")) for line in lines):
        raise ReadError(file.origin, NO_LIST)
    return (PageLink(address=line) for line in lines)
