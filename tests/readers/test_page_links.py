"""Links out of feeds, sitemaps and pages; what tells of none is refused with the reason."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from reading import HANOI

from retrieval.errors import ReadError
from retrieval.readers.files import SourceFile
from retrieval.readers.isolation.pool import Pool
from retrieval.readers.links.link import PageLink
from retrieval.readers.links.reading import MAX_LIST_BYTES, MAX_LISTED, links_in

BASE = "https://phuong.example/tin/danh-sach"
NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def listed(content: str | bytes) -> SourceFile:
    path = Path("list")
    content = content.encode() if isinstance(content, str) else content
    return SourceFile(path=path, source=path, language="vi", timezone=HANOI, content=content, address=BASE)


def links(content: str | bytes) -> list[PageLink]:
    found = list(links_in(listed(content)))
    assert not any(isinstance(item, ReadError) for item in found), found
    return [item for item in found if isinstance(item, PageLink)]


def reason(content: str | bytes) -> str:
    (error,) = links_in(listed(content))
    assert isinstance(error, ReadError)
    assert error.origin == BASE
    return str(error.reason)


@pytest.fixture
def pool() -> Iterator[Pool]:
    with Pool(workers=1) as pool:
        yield pool


RSS = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Báo</title>
<link>https://bao.example/</link>
<item><title>Một</title><link>https://bao.example/1.html</link><description>Hai dòng.</description>
<pubDate>Sun, 29 Nov 2026 08:00:00 +0700</pubDate></item>
<item><title>Hai</title><link>/2.html</link></item>
<item><title>Không có địa chỉ</title></item>
<item><title>Một nữa</title><link>https://bao.example/1.html</link></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Báo</title>
<entry><title>Một</title><link href="1.html"/><published>2026-11-28T01:00:00Z</published>
<updated>2026-11-29T01:00:00Z</updated></entry></feed>"""


def test_an_rss_feed_gives_the_pages_of_its_entries_once() -> None:
    assert links(RSS) == [
        PageLink(address="https://bao.example/1.html", changed="Sun, 29 Nov 2026 08:00:00 +0700"),
        PageLink(address="https://phuong.example/2.html"),
    ]


def test_an_atom_feed_gives_when_its_entries_changed() -> None:
    (link,) = links(ATOM)
    assert link == PageLink(address="https://phuong.example/tin/1.html", changed="2026-11-29T01:00:00Z")


def test_a_json_feed_gives_its_pages() -> None:
    items = '[{"url": "1.html", "date_modified": "2026-11-29"}, {"id": "2"}, {"url": 3}, {"id": "https://a.vn/4"}]'
    feed = f'{{"version": "https://jsonfeed.org/version/1.1", "items": {items}}}'
    pages = ("https://phuong.example/tin/1.html", "2026-11-29"), ("https://a.vn/4", "")
    assert links(feed) == [PageLink(address=address, changed=changed) for address, changed in pages]


def test_a_feed_that_a_service_rewrote_gives_the_pages_themselves() -> None:
    original = "<feedburner:origLink>https://phuong.example/a</feedburner:origLink>"
    item = f"<item><link>https://feeds.example/~r/a</link>{original}</item>"
    space = "xmlns:feedburner='http://rssnamespace.org/feedburner/ext/1.0'"
    [link] = links(f"<rss version='2.0' {space}><channel>{item}</channel></rss>")
    assert link.address == "https://phuong.example/a"


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_sitemap_gives_its_pages_also_packed(pack: type[bytes]) -> None:
    entry = "<url><loc> https://phuong.example/a?b=1&amp;c=2 </loc><lastmod>2026-11-29</lastmod></url>"
    text = f'<?xml version="1.0"?><urlset {NAMESPACE}>{entry}<url><loc/></url></urlset>'
    link = PageLink(address="https://phuong.example/a?b=1&c=2", changed="2026-11-29")
    assert links(pack(text.encode())) == [link]


def test_a_sitemap_of_sitemaps_gives_lists() -> None:
    entry = "<sitemap><loc>https://phuong.example/thang-11.xml</loc></sitemap>"
    (link,) = links(f"<sitemapindex {NAMESPACE}>{entry}</sitemapindex>")
    assert link == PageLink(address="https://phuong.example/thang-11.xml", is_list=True)


def test_a_sitemap_that_was_cut_off_gives_what_it_still_lists() -> None:
    assert len(links(f"<urlset {NAMESPACE}><url><loc>https://a.example/1</loc></url><url><loc>https")) == 1


def test_a_sitemap_of_plain_text_gives_its_lines() -> None:
    assert [link.address for link in links("https://a.example/1\n\nhttps://a.example/2\n")] == [
        "https://a.example/1",
        "https://a.example/2",
    ]


def test_a_page_gives_what_it_links_to() -> None:
    page = """<html><head><base href="/goc/"></head><body><a href="1.html#top">Một</a>
    <a href="//b.example/2">Hai</a> <a href="/anh.JPG">Ảnh</a> <a href="mailto:a@b.example">Thư</a>
    <a href="javascript:void(0)">Nút</a> <a href="/dang-nhap" rel="nofollow">Đăng nhập</a>
    <a href="http://[">Hỏng</a> <a>Không</a></body></html>"""
    assert [link.address for link in links(page)] == [
        "https://phuong.example/goc/1.html",
        "https://b.example/2",
    ]


@pytest.mark.parametrize("root", ["rss", "urlset", "feed"])
def test_xml_with_entities_of_its_own_is_not_read(root: str) -> None:
    bomb = f'<?xml version="1.0"?><!DOCTYPE {root} [<!ENTITY a SYSTEM "file:///etc/passwd">]><{root}>&a;</{root}>'
    assert reason(bomb) == "declares entities of its own, which are not read"


@pytest.mark.parametrize("content", ["Chào bạn.", "{}", "[1]", '{"items": 1}', "{", "<svg/>"])
def test_what_lists_nothing_is_refused(content: str) -> None:
    assert reason(content) == "neither a feed nor a sitemap nor a page with links"


def test_a_packed_list_is_not_unpacked_beyond_the_limit() -> None:
    assert reason(gzip.compress(b" " * (MAX_LIST_BYTES + 1))) == "larger than 50 MB"
    assert reason(b"\x1f\x8b\x08broken") == "damaged .gz file"


def test_a_list_gives_no_more_than_the_standard_allows() -> None:
    lines = "\n".join(f"https://a.example/{number}" for number in range(MAX_LISTED + 10))
    assert len(links(lines)) == MAX_LISTED


def test_links_are_read_in_a_worker(pool: Pool) -> None:
    assert pool.links(listed(RSS)) == links(RSS)
    with pytest.raises(ReadError, match="neither a feed"):
        pool.links(listed("Chào bạn."))
    assert pool.links(listed(ATOM)) == links(ATOM)  # the worker goes on
