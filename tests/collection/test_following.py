"""Following: what stands on a site can be asked a moment later, and stays as the site says."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import websites
from folders import write
from reading import HANOI, windows_1258
from websites import AT_ONCE, Answer, Asked, Site, page

from retrieval.collection.collection import Collection
from retrieval.collection.lock import round_lock
from retrieval.collection.report import Report
from retrieval.errors import ReadError, ReloadRunningError


class Time:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 29, 9, 0, tzinfo=HANOI)

    def __call__(self) -> datetime:
        return self.now

    def passes(self, **span: int) -> None:
        self.now += timedelta(**span)


@pytest.fixture
def site() -> Iterator[Site]:
    with websites.running() as site:
        yield site


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def collection(
    tmp_path: Path,
    database_url: str,
    articles_dir: Path,
    site: Site,
    time: Time,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Collection]:
    monkeypatch.setattr("retrieval.web.web.USUAL", AT_ONCE)
    collection = Collection.open(
        database_url=database_url,
        index_dir=tmp_path / "state" / "index",
        articles_dir=articles_dir,
        clock=time,
        sources=tmp_path / "sources.toml",
        private_hosts=[site.host],
    )
    yield collection
    collection.close()


@pytest.fixture
def name(tmp_path: Path) -> Callable[[str], None]:
    """Write the file of sources."""

    def write_sources(text: str) -> None:
        (tmp_path / "sources.toml").write_text(text, encoding="utf-8")

    return write_sources


def first(collection: Collection, question: str) -> str | None:
    answer = collection.ask(question)
    return answer.hits[0].article.url if answer.hits else None


def counts(report: Report) -> tuple[int, int, int, int]:
    return report.added, report.updated, report.unchanged, report.removed


def reasons(report: Report, site: Site) -> dict[str, str]:
    return {failure.origin.removeprefix(site.root): str(failure.reason) for failure in report.failed}


def told(collection: Collection) -> tuple[int, int, int, int]:
    """Follow what is due, and count."""
    intake = collection.followed.follow()
    assert intake is not None
    return intake.added, intake.updated, intake.unchanged, intake.removed


def section(*pages: str) -> str:
    """A section of a portal: a list of articles."""
    entries = "".join(
        f'<h3><a href="{page}">Tiêu đề của bài viết số {page}</a></h3><p>Hai dòng đầu của bài…</p>'
        for page in pages
    )
    return f"<html><head><title>Tin tức</title></head><body><h1>Tin tức</h1>{entries}</body></html>"


def test_what_a_sitemap_lists_is_found_by_a_question(
    collection: Collection, site: Site, name: Callable[[str], None]
) -> None:
    site.article("/tin/tiem-chung", "lịch tiêm chủng")
    site.article("/tin/tang-nhac", "lớp dạy đàn tranh")
    name(f'[[site]]\naddress = "{site.sitemap("/sitemap.xml", "/tin/tiem-chung", "/tin/tang-nhac")}"')
    report = collection.reload()
    assert (counts(report), reasons(report, site)) == ((2, 0, 0, 0), {})
    assert first(collection, "lớp đàn tranh mở khi nào") == f"{site.root}/tin/tang-nhac"


def test_what_a_feed_leads_to_is_read_from_the_page(
    collection: Collection, site: Site, name: Callable[[str], None]
) -> None:
    item = f"<item><title>Tiêm</title><link>{site.article('/1', 'lịch tiêm chủng')}</link></item>"
    site.put("/rss", f'<rss version="2.0"><channel>{item}</channel></rss>', "application/rss+xml")
    name(f'[[feed]]\naddress = "{site.root}/rss"')
    assert counts(collection.reload()) == (1, 0, 0, 0)
    (article,) = collection.articles()
    assert (article.title, article.url) == ("Thông báo lịch tiêm chủng", f"{site.root}/1")
    assert "số thứ tự" in article.body


def test_a_start_page_leads_to_its_sections_and_their_articles(
    collection: Collection, site: Site, name: Callable[[str], None]
) -> None:
    for number, subject in enumerate(("lịch tiêm chủng", "lớp đàn tranh", "giờ đổ rác", "vé gửi xe")):
        site.article(f"/tin/{number}", subject)
    site.put("/", '<html><body><h1>Phường</h1><a href="/muc">Tin tức của phường</a></body></html>')
    site.put("/muc", section("/tin/0", "/tin/1", "/tin/2", "/tin/3"))
    name(f'[[site]]\naddress = "{site.root}/"')
    assert counts(collection.reload()) == (4, 0, 0, 0)


def test_a_start_page_leads_to_the_sitemaps_that_the_rules_name(
    collection: Collection, site: Site, name: Callable[[str], None]
) -> None:
    site.put("/", "<html><body>Phường</body></html>")
    site.article("/tin/1", "lịch tiêm chủng")
    inner = site.sitemap("/thang-11.xml", "/tin/1")
    space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    outer = f"<sitemapindex {space}><sitemap><loc>{inner}</loc></sitemap></sitemapindex>"
    site.put("/robots.txt", f"Sitemap: {site.put('/maps.xml', outer, 'text/xml')}", "text/plain")
    name(f'[[site]]\naddress = "{site.root}/"')
    assert counts(collection.reload()) == (1, 0, 0, 0)


def test_patterns_choose_the_pages_of_a_site(
    collection: Collection, site: Site, name: Callable[[str], None]
) -> None:
    for path in ("/tin/1", "/tin/2", "/khac/3"):
        site.article(path, f"lịch số {path}")
    address = site.sitemap("/sitemap.xml", "/tin/1", "/tin/2", "/khac/3")
    name(f'[[site]]\naddress = "{address}"\ninclude = ["/tin/*"]\nexclude = ["*2"]')
    collection.reload()
    assert [article.url for article in collection.articles()] == [f"{site.root}/tin/1"]
    assert site.paths == ["/sitemap.xml", "/tin/1"]


def test_a_page_is_read_again_when_its_list_says_that_it_changed(
    collection: Collection, site: Site, name: Callable[[str], None], time: Time
) -> None:
    site.article("/1", "lịch tiêm chủng")
    name(f'[[site]]\naddress = "{site.sitemap("/sitemap.xml", "/1", changed="2026-11-28")}"\nevery = "1h"')
    collection.reload()
    site.article("/1", "lịch tiêm vắc xin")
    time.passes(hours=2)
    assert told(collection) == (0, 0, 0, 0)  # the list is read, the page is not
    site.sitemap("/sitemap.xml", "/1", changed="2026-11-29")
    time.passes(hours=2)
    assert told(collection) == (0, 1, 0, 0)
    assert first(collection, "tiêm vắc xin") == f"{site.root}/1"


def test_nothing_is_asked_before_its_time(
    collection: Collection, site: Site, name: Callable[[str], None], time: Time
) -> None:
    name(f'[[page]]\naddress = "{site.article("/1", "lịch tiêm chủng")}"\nevery = "6h"')
    assert told(collection) == (1, 0, 0, 0)
    time.passes(hours=5)
    assert told(collection) == (0, 0, 0, 0)
    assert site.paths == ["/1"]
    time.passes(hours=2)
    assert told(collection) == (0, 0, 1, 0)
    assert site.paths == ["/1", "/1"]


def test_a_shorter_interval_counts_at_once(
    collection: Collection, site: Site, name: Callable[[str], None], time: Time
) -> None:
    address = site.article("/1", "lịch tiêm chủng")
    name(f'[[page]]\naddress = "{address}"\nevery = "2d"')
    told(collection)
    name(f'[[page]]\naddress = "{address}"\nevery = "2h"')
    time.passes(hours=1)
    assert told(collection) == (0, 0, 0, 0)
    time.passes(hours=1)
    assert told(collection) == (0, 0, 1, 0)


def test_pages_that_a_site_does_not_show_keep_no_others_waiting(
    collection: Collection, site: Site, name: Callable[[str], None]
) -> None:
    pages = [site.say(f"/{number}", 403).removeprefix(site.root) for number in range(5)]
    site.article("/tin", "lịch tiêm chủng")
    name(f'[[site]]\naddress = "{site.sitemap("/sitemap.xml", *pages, "/tin")}"')
    assert collection.reload().added == 1


def test_a_page_that_says_not_changed_is_not_sent_again(
    collection: Collection, site: Site, name: Callable[[str], None], time: Time
) -> None:
    def answer(asked: Asked) -> Answer:
        is_known = asked.headers.get("if-none-match") == '"v1"'
        return (
            Answer(status=304)
            if is_known
            else Answer(body=page("giờ đổ rác").encode(), headers={"ETag": '"v1"'})
        )

    site.pages["/1"] = answer
    name(f'[[page]]\naddress = "{site.root}/1"\nevery = "1h"')
    assert told(collection) == (1, 0, 0, 0)
    time.passes(hours=1)
    assert told(collection) == (0, 0, 1, 0)
    assert first(collection, "giờ đổ rác") == f"{site.root}/1"


@pytest.mark.parametrize("status", [404, 410])
def test_an_article_whose_page_is_gone_is_kept_and_marked(
    collection: Collection, site: Site, name: Callable[[str], None], time: Time, status: int
) -> None:
    name(f'[[page]]\naddress = "{site.article("/1", "lịch tiêm chủng")}"\nevery = "1h"')
    collection.reload()
    site.say("/1", status)
    time.passes(hours=1)
    assert told(collection) == (0, 0, 0, 0)
    assert first(collection, "lịch tiêm chủng") == f"{site.root}/1"
    (source,) = collection.followed.origins().followed
    (trouble,) = source.troubles
    assert (source.articles, trouble.state, trouble.has_article) == (1, "gone", True)
    site.article("/1", "lịch tiêm chủng")
    time.passes(days=7)
    told(collection)
    assert collection.followed.origins().followed[0].troubles == ()


def test_a_page_that_fails_is_tried_again_by_itself_more_and_more_seldom(
    collection: Collection, site: Site, name: Callable[[str], None], time: Time
) -> None:
    name(f'[[page]]\naddress = "{site.say("/1", 500)}"')
    begun, waits = time.now, []
    for _ in range(4):
        told(collection)
        (trouble,) = collection.followed.origins().followed[0].troubles
        assert (trouble.state, str(trouble.reason)) == ("failed", "the site has a problem (500)")
        waits.append(trouble.next - time.now)
        time.now = trouble.next
    assert waits == [timedelta(minutes=minutes) for minutes in (15, 30, 60, 120)]
    assert time.now - begun < timedelta(hours=4)
    site.article("/1", "lịch tiêm chủng")
    assert told(collection) == (1, 0, 0, 0)
    assert collection.followed.origins().followed[0].troubles == ()


def test_an_article_that_cannot_be_read_this_time_stays(
    collection: Collection, site: Site, name: Callable[[str], None], time: Time
) -> None:
    name(f'[[page]]\naddress = "{site.article("/1", "lịch tiêm chủng")}"\nevery = "1h"')
    collection.reload()
    for broken in (500, 403):
        site.say("/1", broken)
        time.passes(days=1)
        told(collection)
    site.put("/1", LOGIN)
    time.passes(days=1)
    told(collection)
    assert first(collection, "lịch tiêm chủng") == f"{site.root}/1"


def test_a_host_that_is_down_is_not_asked_for_each_of_its_pages(
    collection: Collection, site: Site, name: Callable[[str], None], time: Time
) -> None:
    pages = [site.say(f"/{number}", 500).removeprefix(site.root) for number in range(9)]
    name(f'[[site]]\naddress = "{site.sitemap("/sitemap.xml", *pages)}"')
    collection.reload()
    assert len(site.paths) == 1 + 3
    for path in pages:
        site.article(path, f"lịch số {path}")
    time.passes(hours=1)
    assert told(collection)[0] == 9


LOGIN = "<html><head><title>Đăng nhập</title></head><body><form><input type=password></form></body></html>"


def test_pages_without_an_article_are_named_with_the_reason(
    collection: Collection, site: Site, name: Callable[[str], None]
) -> None:
    site.put("/dang-nhap", LOGIN)
    site.put(
        "/loi", "<html><head><title>Lỗi 404</title></head><body><p>Không tìm thấy trang.</p></body></html>"
    )
    site.put("/muc", section("/tin/1", "/tin/2", "/tin/3", "/tin/4"))
    site.put("/rss", '<rss version="2.0"><channel></channel></rss>', "text/xml")
    site.put("/lon", b"<html>" + b"x" * (11 * 1024 * 1024))
    site.put("/trong", "")
    site.say("/ve-nha", 302, Location="/")
    site.put("/", page("trang chủ"))
    site.put("/robots.txt", "User-agent: *\nDisallow: /kin", "text/plain")
    pages = ["/dang-nhap", "/loi", "/muc", "/rss", "/lon", "/trong", "/ve-nha", "/kin", "/khong-co"]
    name(f'[[site]]\naddress = "{site.sitemap("/sitemap.xml", *pages)}"')
    report = collection.reload()
    assert counts(report) == (0, 0, 0, 0)
    assert reasons(report, site) == {
        "/dang-nhap": "no article found in this page",
        "/loi": "an error page, not an article",
        "/muc": "a list of articles, not an article",
        "/rss": "a feed or a sitemap, not an article; name it in the file of sources",
        "/lon": "larger than 10 MB",
        "/trong": "empty",
        "/ve-nha": "the front page of a site, not an article",
        "/kin": "the site asks programs not to read this page (robots.txt)",
        "/khong-co": "the site has no such page any more (404)",
    }
    assert {
        t.address.removeprefix(site.root) for t in collection.followed.origins().followed[0].troubles
    } == set(pages)


def test_one_article_under_several_addresses_goes_in_once(
    collection: Collection, site: Site, name: Callable[[str], None]
) -> None:
    head = f'<link rel="canonical" href="{site.root}/tin/1">'
    for path in ("/tin/1", "/tin/1?in=1", "/amp/1"):
        site.article(path, "lịch tiêm chủng", head=head)
    site.say("/cu/1", 301, Location="/tin/1")
    pages = ("/tin/1", "/tin/1?in=1", "/amp/1", "/cu/1", "/tin/1?utm_source=fb")
    name(f'[[site]]\naddress = "{site.sitemap("/sitemap.xml", *pages)}"')
    report = collection.reload()
    assert report.added == 1
    assert [article.url for article in collection.articles()] == [f"{site.root}/tin/1"]
    assert set(reasons(report, site).values()) == {f"the same article as {site.root}/tin/1"}
    assert counts(collection.reload())[:2] == (0, 0)


def test_pages_that_all_declare_one_address_keep_their_own(
    collection: Collection, site: Site, name: Callable[[str], None]
) -> None:
    head = f'<meta property="og:url" content="{site.root}/tin-tuc">'
    pages = [f"/tin/{number}" for number in range(3)]
    for path in pages:
        site.article(path, f"lịch số {path}", head=head)
    name(f'[[site]]\naddress = "{site.sitemap("/sitemap.xml", *pages[:2])}"\nevery = "1h"')
    assert collection.reload().added == 2
    name(f'[[site]]\naddress = "{site.sitemap("/sitemap.xml", *pages)}"\nevery = "1h"')
    collection.reload()
    assert {article.url for article in collection.articles()} >= {site.root + path for path in pages[:2]}
    assert len(list(collection.articles())) == 3


def test_a_page_cannot_pass_for_one_of_another_site(
    collection: Collection, site: Site, name: Callable[[str], None]
) -> None:
    head = '<link rel="canonical" href="https://phuong.example/tin/1">'
    name(f'[[page]]\naddress = "{site.article("/1", "lịch tiêm chủng", head=head)}"')
    collection.reload()
    assert [article.url for article in collection.articles()] == [f"{site.root}/1"]


def test_letters_come_right_whatever_the_server_says_of_them(
    collection: Collection, site: Site, name: Callable[[str], None]
) -> None:
    bare = page("giờ đổ rác").replace("<meta charset='utf-8'>", "")
    site.put("/1", bare, "text/html; charset=iso-8859-1")
    site.put("/2", windows_1258(bare.replace("rác", "rác sớm")), "text/html; charset=windows-1258")
    site.put("/3", page("giờ đổ rác muộn").replace("utf-8", "gb2312"), "text/html")
    name(f'[[site]]\naddress = "{site.sitemap("/sitemap.xml", "/1", "/2", "/3")}"')
    assert collection.reload().added == 3
    assert {article.title for article in collection.articles()} == {
        "Thông báo giờ đổ rác",
        "Thông báo giờ đổ rác sớm",
        "Thông báo giờ đổ rác muộn",
    }


def test_a_document_behind_an_address_goes_in(
    collection: Collection, site: Site, name: Callable[[str], None]
) -> None:
    content = (Path(__file__).parents[1] / "documents" / "letter.docx").read_bytes()
    name(f'[[page]]\naddress = "{site.put("/tai-ve?id=7", content, "application/octet-stream")}"')
    assert collection.reload().added == 1
    assert [article.url for article in collection.articles()] == [f"{site.root}/tai-ve?id=7"]


def test_a_source_that_is_taken_out_takes_its_articles_with_it_and_no_others(
    collection: Collection, site: Site, name: Callable[[str], None], articles_dir: Path
) -> None:
    write(articles_dir, "a.md")
    one, two = site.article("/1", "lịch tiêm chủng"), site.article("/2", "lớp đàn tranh")
    name(f'[[page]]\naddress = "{one}"\n[[page]]\naddress = "{two}"')
    assert collection.reload().added == 3
    name(f'[[page]]\naddress = "{two}"\n[[page')
    assert collection.reload().removed == 0  # a slip of the pen empties nothing
    name(f'[[page]]\naddress = "{two}"')
    assert collection.reload().removed == 1
    assert {article.url for article in collection.articles()} == {None, two}


def test_a_reload_of_files_leaves_what_came_from_the_web(
    collection: Collection, site: Site, name: Callable[[str], None], articles_dir: Path
) -> None:
    name(f'[[page]]\naddress = "{site.article("/1", "lịch tiêm chủng")}"')
    collection.reload()
    write(articles_dir, "a.md")
    report = collection.reload([articles_dir])
    assert (counts(report), report.articles) == ((1, 0, 0, 0), 2)


def test_a_file_keeps_the_address_that_a_page_claims(
    collection: Collection, site: Site, name: Callable[[str], None], articles_dir: Path
) -> None:
    address = site.article("/1", "lịch tiêm chủng")
    write(articles_dir, "a.md", id_=address)
    name(f'[[page]]\naddress = "{address}"')
    report = collection.reload()
    assert counts(report) == (1, 0, 0, 0)
    assert reasons(report, site)["/1"].startswith(f"the id “{address}” belongs to {articles_dir}")


def test_a_mistake_in_the_file_of_sources_is_reported(
    collection: Collection, name: Callable[[str], None], tmp_path: Path
) -> None:
    name("[[site")
    (failure,) = collection.reload().failed
    assert failure.origin == str(tmp_path / "sources.toml")
    assert [error.origin for error in collection.followed.origins().mistakes] == [failure.origin]


def test_one_page_is_taken_in_by_its_address_and_looked_after(
    collection: Collection, site: Site, time: Time
) -> None:
    address = site.article("/1", "lịch tiêm chủng")
    assert counts(collection.reload([address])) == (1, 0, 0, 0)
    assert counts(collection.reload([address])) == (0, 0, 1, 0)
    site.article("/1", "lịch tiêm vắc xin")
    time.passes(days=1)
    assert told(collection) == (0, 1, 0, 0)
    (source,) = collection.followed.origins().followed
    assert (source.kind, source.articles) == ("hand", 1)


def test_of_a_page_that_cannot_be_taken_in_nothing_is_kept(collection: Collection, site: Site) -> None:
    report = collection.reload([site.put("/1", LOGIN), f"{site.root}/2", "http://10.0.0.1/"])
    assert counts(report) == (0, 0, 0, 0)
    assert [str(failure.reason) for failure in report.failed] == [
        "no article found in this page",
        "the site has no such page any more (404)",
        "10.0.0.1 is a machine inside your network; if that is meant, add it to PRIVATE_HOSTS",
    ]
    assert collection.followed.origins().followed == ()


def test_a_page_can_be_read_without_being_taken_in(collection: Collection, site: Site) -> None:
    (article,) = collection.followed.read(site.article("/1?utm_source=fb", "lịch tiêm chủng"))
    assert (article.id, article.url) == (f"{site.root}/1", f"{site.root}/1")
    assert collection.stats().articles == 0
    with pytest.raises(ReadError, match="not an address of the web"):
        collection.followed.read("data/articles")


def test_an_article_that_an_admin_took_out_stays_out(
    collection: Collection, site: Site, name: Callable[[str], None], time: Time
) -> None:
    name(f'[[page]]\naddress = "{site.article("/1", "lịch tiêm chủng")}"\nevery = "1h"')
    collection.reload()
    collection.withholding.withhold(next(collection.articles()).key)
    site.article("/1", "lịch tiêm vắc xin")
    time.passes(hours=1)
    told(collection)
    assert first(collection, "tiêm vắc xin") is None


def test_only_one_visits_the_web_at_a_time(
    collection: Collection, site: Site, name: Callable[[str], None], tmp_path: Path, articles_dir: Path
) -> None:
    write(articles_dir, "a.md")
    name(f'[[page]]\naddress = "{site.article("/1", "lịch tiêm chủng")}"')
    with round_lock(tmp_path / "state" / "index"):
        report = collection.reload()
        with pytest.raises(ReloadRunningError):
            collection.followed.follow()
    assert counts(report) == (1, 0, 0, 0)
    assert [str(failure.reason) for failure in report.failed] == [
        "the sources on the web are being read already"
    ]


def test_a_round_that_is_stopped_keeps_what_it_visited_and_goes_on_later(
    collection: Collection, site: Site, name: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("retrieval.sources.round.BATCH_PAGES", 1)
    for path in ("/1", "/2"):
        site.article(path, f"lịch số {path}")

    def stopping(_: Asked) -> Answer:
        collection.followed.stop()
        return Answer(body=page("lịch số 3").encode())

    site.pages["/3"] = stopping
    name(f'[[site]]\naddress = "{site.sitemap("/sitemap.xml", "/1", "/3", "/2")}"')
    collection.followed.follow()
    assert {article.url for article in collection.articles()} == {f"{site.root}/1"}
    site.article("/3", "lịch số 3")
    collection.followed.follow()
    assert len(list(collection.articles())) == 3


def test_nothing_is_followed_where_nothing_is_named(collection: Collection) -> None:
    assert collection.followed.follow() is None
    assert collection.followed.origins().followed == ()
