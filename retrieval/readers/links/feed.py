"""Feeds, RSS of any age or Atom: the links in them, and the articles of one that WordPress exported."""

import io
from collections.abc import Iterator
from urllib.parse import urljoin

import feedparser  # type: ignore[import-untyped]

from retrieval.article import Article
from retrieval.errors import ReadError
from retrieval.readers.decode import decode
from retrieval.readers.fields import dates
from retrieval.readers.fields.fields import Fields, to_article, web_address
from retrieval.readers.files import SourceFile
from retrieval.readers.links.link import PageLink
from retrieval.readers.markup import plain_text

_KINDS = ("", "post", "page")  # of an entry, as WordPress exports them; the others are pictures and menus


def feed_links(content: bytes, file: SourceFile) -> Iterator[PageLink]:
    """Yield the links of a feed. Raises ``ReadError`` for what is none."""
    for entry in _entries(content, file):
        # A service that counted readers put its own address in the place of the page's.
        if address := entry.get("feedburner_origlink") or entry.get("link"):
            changed = entry["updated"] if "updated" in entry else entry.get("published", "")
            yield PageLink(address=urljoin(file.address, address), changed=str(changed))


def read_wordpress(file: SourceFile) -> Iterator[Article | ReadError]:
    """Yield the articles that WordPress exported, without drafts. Raises ``ReadError`` if there are none."""
    content = decode(file.load(), file.origin).encode()
    whole = [entry for entry in _entries(content, file) if entry.get("content") and _is_public(entry)]
    if not whole:
        raise ReadError(file.origin, "no text")
    for number, entry in enumerate(whole, start=1):
        fields = Fields(
            title=plain_text(entry.get("title", "")),
            url=web_address(entry.get("link")),
            published=dates.parse(entry.get("published") or entry.get("updated"), file.timezone),
            author=entry.get("author") or None,
            section=next((tag.term for tag in entry.get("tags", ()) if tag.scheme != "post_tag"), None),
        )
        try:
            yield to_article(file, fields, plain_text(entry.content[0].value), row=number)
        except ReadError as error:
            yield error


def _entries(content: bytes, file: SourceFile) -> Iterator[feedparser.FeedParserDict]:
    # Links are followed and texts made plain, so there is nothing to be made safe.
    feed = feedparser.parse(
        io.BytesIO(content), response_headers={"content-location": file.address}, sanitize_html=False
    )
    if not feed.version and not feed.entries:
        raise ReadError(file.origin, "not readable: {error}", error="RSS")
    yield from feed.entries


def _is_public(entry: feedparser.FeedParserDict) -> bool:
    return entry.get("wp_status", "publish") == "publish" and entry.get("wp_post_type", "") in _KINDS
