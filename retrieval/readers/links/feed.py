"""Links out of a feed: RSS of any age, or Atom."""

import io
from collections.abc import Iterator
from urllib.parse import urljoin

import feedparser  # type: ignore[import-untyped]

from retrieval.errors import ReadError
from retrieval.readers.files import SourceFile
from retrieval.readers.links.link import PageLink


def feed_links(content: bytes, file: SourceFile) -> Iterator[PageLink]:
    """Yield the links of a feed. Raises ``ReadError`` for what is none."""
    # Nothing but links is taken, so there is nothing to be made safe.
    feed = feedparser.parse(
        io.BytesIO(content), response_headers={"content-location": file.address}, sanitize_html=False
    )
    if not feed.version and not feed.entries:
        raise ReadError(file.origin, "not readable: {error}", error="RSS")
    for entry in feed.entries:
        if address := entry.get("link"):
            changed = entry["updated"] if "updated" in entry else entry.get("published", "")
            yield PageLink(address=urljoin(file.address, address), changed=str(changed))
