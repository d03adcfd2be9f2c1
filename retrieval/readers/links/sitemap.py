"""Links out of a sitemap (sitemaps.org), or of a sitemap of sitemaps."""

from collections.abc import Iterator
from urllib.parse import urljoin

from lxml import etree  # type: ignore[import-untyped]

from retrieval.errors import ReadError
from retrieval.readers.files import SourceFile
from retrieval.readers.links.link import PageLink
from retrieval.readers.page import tree


def sitemap_links(content: bytes, file: SourceFile) -> Iterator[PageLink]:
    """Yield the links of a sitemap. Raises ``ReadError`` for what is no XML at all."""
    # A sitemap that was cut off still lists what stands before the cut.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise ReadError(file.origin, "not readable: {error}", error="XML") from error
    if root is None:
        raise ReadError(file.origin, "not readable: {error}", error="XML")
    for entry in root.iter("{*}url", "{*}sitemap"):
        said = {
            etree.QName(child).localname: (child.text or "").strip() for child in entry.iterchildren("{*}*")
        }
        address = said.get("loc", "")
        if address.startswith(("http://", "https://", "/")):
            yield PageLink(
                address=urljoin(file.address, address),
                changed=said.get("lastmod", ""),
                is_list=tree.tag_of(entry) == "sitemap",
            )
