"""Links out of a web page: the pages that it leads to."""

from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from retrieval.errors import ReadError
from retrieval.readers.decode import decode
from retrieval.readers.files import SourceFile
from retrieval.readers.links.link import PageLink
from retrieval.readers.page import tree

_NO_PAGES = (
    *(".css", ".js", ".json", ".xml", ".rss", ".ico", ".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp"),
    *(
        ".mp3",
        ".mp4",
        ".m4a",
        ".avi",
        ".mov",
        ".wmv",
        ".flv",
        ".wav",
        ".woff",
        ".woff2",
        ".ttf",
        ".exe",
        ".apk",
    ),
    *(".rar", ".7z", ".zip", ".gz"),
)


def anchors(file: SourceFile) -> Iterator[PageLink]:
    """Yield the pages that a web page links to, in their order. Raises ``ReadError`` for what is no page."""
    root = tree.parse(decode(file.load(), file.origin).replace("\0", ""))
    if root is None:
        raise ReadError(file.origin, "no article found in this page")
    base = next((element.get("href") for element in root.iter("base") if element.get("href")), "")
    base = urljoin(file.address, base)
    for element in root.iter("a", "area"):
        target = (element.get("href") or "").strip()
        address = _joined(base, target) if target else ""
        if address and "nofollow" not in (element.get("rel") or "").lower():
            yield PageLink(address=address)


def _joined(base: str, target: str) -> str:
    """Return the address of *target* on a page at *base*; "" if it leads to no other page."""
    try:
        address = urljoin(base, target).partition("#")[0]
        parts = urlsplit(address)
    except ValueError:
        return ""
    is_page = parts.scheme in ("http", "https") and not parts.path.lower().endswith(_NO_PAGES)
    return address if is_page else ""
