"""Fetching: what a site can do to its visitor, and what becomes of it."""

import gzip
import socket
import threading
import time
import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress

import pytest
import websites
from websites import AT_ONCE, HOST, Answer, Asked, Site

from retrieval.errors import GoneError, ReadError, UnreachableError
from retrieval.web.guard import Guard
from retrieval.web.web import MAX_PAGE_BYTES, Pace, Tags, Web

HASTE = Pace(pause=0, connect=2, silence=0.2, whole=0.4)


@pytest.fixture
def site() -> Iterator[Site]:
    with websites.running() as site:
        yield site


@pytest.fixture
def web(site: Site) -> Iterator[Web]:
    with Web(Guard([site.host]), AT_ONCE) as web:
        yield web


def refused(web: Web, address: str) -> ReadError:
    with pytest.raises(ReadError) as caught:
        web.fetch(address)
    assert caught.value.origin == address
    return caught.value


def test_a_page_comes_with_its_type_its_encoding_and_its_tags(web: Web, site: Site) -> None:
    address = site.put("/a", "chữ", "Text/HTML; Charset='UTF-8'", ETag='"1"', Last_Modified="yesterday")
    fetched = web.fetch(address)
    assert (fetched.status, fetched.content.decode()) == ("new", "chữ")
    assert (fetched.type, fetched.encoding) == ("text/html", "utf-8")
    assert fetched.tags == Tags(etag='"1"', modified="yesterday")


def test_what_has_not_changed_is_not_sent_again(web: Web, site: Site) -> None:
    def answer(asked: Asked) -> Answer:
        is_known = asked.headers.get("if-none-match") == '"1"' and "if-modified-since" in asked.headers
        return Answer(status=304) if is_known else Answer(body=b"new")

    site.pages["/a"] = answer
    fetched = web.fetch(f"{site.root}/a", Tags(etag='"1"', modified="yesterday"))
    assert (fetched.status, fetched.content) == ("same", b"")


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_is_not_there_is_gone(web: Web, site: Site, status: int) -> None:
    error = refused(web, site.say("/a", status))
    assert isinstance(error, GoneError)
    assert str(error.reason) == f"the site has no such page any more ({status})"


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (500, "the site has a problem (500)"),
        (502, "the site has a problem (502)"),
        (403, "the site shows this page only after a login (403)"),
        (451, "the site gives no page (451)"),
    ],
)
def test_a_page_that_a_site_does_not_give_now_may_come_later(
    web: Web, site: Site, status: int, reason: str
) -> None:
    error = refused(web, site.say("/a", status))
    assert isinstance(error, UnreachableError)
    assert str(error.reason) == reason


def test_a_host_that_asks_for_rest_is_not_asked_again_meanwhile(web: Web, site: Site) -> None:
    address = site.say("/busy", 429, Retry_After="3600")
    site.put("/a", "chữ")
    for _ in range(2):
        assert isinstance(refused(web, address), UnreachableError)
    assert isinstance(refused(web, f"{site.root}/a"), UnreachableError)
    assert site.paths == ["/busy"]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed_and_the_last_address_is_told(web: Web, site: Site, status: int) -> None:
    site.say("/a", status, Location="/b?c=1")
    site.say("/b?c=1", 302, Location=f"{site.root}/d")
    site.put("/d", "chữ")
    assert web.fetch(f"{site.root}/a").address == f"{site.root}/d"


def test_five_redirects_are_followed_and_no_sixth(web: Web, site: Site) -> None:
    for number in range(6):
        site.say(f"/{number}", 302, Location=f"/{number + 1}")
    site.put("/6", "chữ")
    assert web.fetch(f"{site.root}/1").address == f"{site.root}/6"
    assert str(refused(web, f"{site.root}/0").reason) == "leads from one address to the next without an end"
    assert site.paths[-1] == "/5"


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "ftp://127.0.0.1/a", "http://u:p@127.0.0.1/", "data:,a"]
)
def test_a_redirect_leads_to_the_web_only(web: Web, site: Site, target: str) -> None:
    error = refused(web, site.say("/a", 302, Location=target))
    assert str(error.reason).startswith("not an address of the web")


@pytest.mark.parametrize(
    "target",
    [
        "http://localhost:1/",
        "http://10.0.0.1/",
        "http://[::1]/",
        "http://169.254.169.254/latest/",
        "http://0.0.0.0/",
    ],
)
def test_a_redirect_into_the_own_network_is_refused(web: Web, site: Site, target: str) -> None:
    error = refused(web, site.say("/a", 302, Location=target))
    assert "is a machine inside your network" in str(error.reason)


def test_a_machine_inside_is_not_asked_unless_it_is_allowed(site: Site) -> None:
    site.put("/a", "chữ")
    with Web(Guard(), AT_ONCE) as web:
        error = refused(web, f"{site.root}/a")
    assert "is a machine inside your network" in str(error.reason)
    assert site.asked == []


def test_a_name_that_leads_elsewhere_the_second_time_is_refused_then(site: Site) -> None:
    """DNS rebinding: the address that was checked is the one that is connected to, each time anew."""
    site.put("/a", "chữ")
    answers = iter([["203.0.113.7"], [HOST], [HOST]])

    def resolve(_host: str, _port: int) -> Sequence[str]:
        return next(answers)

    with Web(Guard(resolve=resolve), Pace(pause=0, connect=0.05)) as web:
        first = refused(web, f"http://rebound.example:{site.port}/a")
        second = refused(web, f"http://rebound.example:{site.port}/a")
    assert isinstance(first, UnreachableError)  # nobody answers at the public address
    assert "is a machine inside your network" in str(second.reason)
    assert site.asked == []


def test_the_machine_is_asked_under_the_name_of_the_site(site: Site) -> None:
    site.put("/a", "chữ")
    host = f"phuong.example:{site.port}"
    with Web(Guard([host], resolve=lambda _host, _port: ["::1", HOST]), AT_ONCE) as web:  # the first is deaf
        assert web.fetch(f"http://{host}/a").content.decode() == "chữ"
    assert site.asked[-1].headers["host"] == host
    assert "hoibao" in site.asked[-1].headers["user-agent"]


def test_no_cookie_is_kept(web: Web, site: Site) -> None:
    address = site.put("/a", "chữ", Set_Cookie="a=1")
    web.fetch(address)
    web.fetch(address)
    assert "cookie" not in site.asked[-1].headers


def test_a_host_that_is_not_there_is_named(web: Web) -> None:
    error = refused(web, "http://khong-co.invalid/a")
    assert str(error.reason) == "there is no host khong-co.invalid; check the address"


@pytest.mark.parametrize("before", [b"", b"HTTP/1.1 200 OK\r\nX-Slow: "], ids=["status", "headers"])
def test_headers_that_come_letter_by_letter_are_given_up(before: bytes) -> None:
    ended = threading.Event()

    def drip() -> None:
        connection, _ = listener.accept()
        with connection, suppress(OSError):  # who asked has heard enough
            connection.sendall(before)
            while not ended.wait(0.02):
                connection.sendall(b"H")

    with socket.create_server(("127.0.0.1", 0)) as listener:
        host = f"127.0.0.1:{listener.getsockname()[1]}"
        dripping = threading.Thread(target=drip)
        dripping.start()
        with Web(Guard([host]), HASTE) as web, pytest.raises(UnreachableError, match="too slowly"):
            web.fetch(f"http://{host}/")
        ended.set()
        dripping.join()


def test_a_body_that_comes_too_slowly_is_given_up(site: Site) -> None:
    def drops() -> Iterator[bytes]:
        while not site.ended.wait(0.02):
            yield b"."

    def silence() -> Iterator[bytes]:
        yield b"."
        site.ended.wait(10)

    site.pages["/slow"] = lambda _: Answer(body=drops())
    site.pages["/silent"] = lambda _: Answer(body=silence())
    with Web(Guard([site.host]), HASTE) as web:
        for path in ("/slow", "/silent"):
            error = refused(web, site.root + path)
            assert isinstance(error, UnreachableError)
            assert str(error.reason) == f"{site.host.partition(':')[0]} answers too slowly"


def test_a_body_without_an_end_is_cut_off(web: Web, site: Site) -> None:
    sent = 0

    def endless() -> Iterator[bytes]:
        nonlocal sent
        while not site.ended.is_set():
            sent += 1 << 16
            yield b"x" * (1 << 16)

    site.pages["/a"] = lambda _: Answer(body=endless())
    assert str(refused(web, f"{site.root}/a").reason) == "larger than 10 MB"
    assert sent < 4 * MAX_PAGE_BYTES


@pytest.mark.parametrize("packing", ["gzip", "deflate"])
def test_a_bomb_is_not_unpacked_beyond_the_limit(web: Web, site: Site, packing: str) -> None:
    bomb = b"\0" * (64 * MAX_PAGE_BYTES // 10)
    packed = gzip.compress(bomb) if packing == "gzip" else zlib.compress(bomb)
    address = site.put("/a", packed, Content_Encoding=packing)
    assert str(refused(web, address).reason) == "larger than 10 MB"


def test_what_is_packed_is_unpacked(web: Web, site: Site) -> None:
    text = "Ủy ban nhân dân phường Bến Lụa. ".encode() * 10_000
    raw = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    for number, (packing, packed) in enumerate(
        [
            ("gzip", gzip.compress(text)),
            ("deflate", zlib.compress(text)),
            ("deflate", raw.compress(text) + raw.flush()),
            ("identity", text),
        ]
    ):
        assert web.fetch(site.put(f"/{number}", packed, Content_Encoding=packing)).content == text


@pytest.mark.parametrize(("packing", "body"), [("gzip", b"no gzip"), ("br", b"anything")])
def test_an_answer_packed_wrongly_is_damaged(web: Web, site: Site, packing: str, body: bytes) -> None:
    error = refused(web, site.put("/a", body, Content_Encoding=packing))
    assert isinstance(error, UnreachableError)
    assert str(error.reason) == "the site's answer is damaged"


def test_what_the_rules_forbid_is_not_read(web: Web, site: Site) -> None:
    site.put(
        "/robots.txt",
        "User-agent: *\nDisallow: /rieng/\nUser-agent: hoibao\nDisallow: /*.pdf$\n",
        "text/plain",
    )
    for path in ("/rieng/a", "/b.pdf", "/c"):
        site.put(path, "chữ")
    assert "(robots.txt)" in str(refused(web, f"{site.root}/b.pdf").reason)
    site.say("/d", 302, Location="/b.pdf")
    assert "(robots.txt)" in str(refused(web, f"{site.root}/d").reason)
    assert web.fetch(f"{site.root}/c").content.decode() == "chữ"
    assert "/b.pdf" not in site.paths


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_site_without_rules_may_be_read(web: Web, site: Site, status: int) -> None:
    site.say("/robots.txt", status)
    assert web.fetch(site.put("/a", "chữ")).status == "new"


def test_a_site_whose_rules_cannot_be_read_is_left_alone(web: Web, site: Site) -> None:
    site.say("/robots.txt", 500)
    assert isinstance(refused(web, site.put("/a", "chữ")), UnreachableError)
    assert site.paths == []


def test_a_site_is_asked_one_thing_at_a_time_and_with_the_pause_that_it_wants(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The clock stands still, so that each wait is the whole pause."""
    waits: list[float] = []
    at_once, most = 0, 0
    counting = threading.Lock()

    def answer(_: Asked) -> Answer:
        nonlocal at_once, most
        with counting:
            at_once += 1
            most = max(most, at_once)

        def body() -> Iterator[bytes]:
            nonlocal at_once
            yield b"a"
            with counting:
                at_once -= 1

        return Answer(body=body())

    site.put("/robots.txt", "User-agent: *\nCrawl-delay: 7\n", "text/plain")
    site.pages |= {f"/{number}": answer for number in range(4)}
    with Web(Guard([site.host]), Pace(pause=3)) as web:
        now = time.monotonic()
        monkeypatch.setattr("retrieval.web.web.time.monotonic", lambda: now)
        monkeypatch.setattr(web._stopped, "wait", lambda seconds: waits.append(seconds))
        threads = [threading.Thread(target=web.fetch, args=(f"{site.root}/{number}",)) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert most == 1
    assert waits == [0.0, 3, 7, 7, 7]  # the rules at once, the first page after the usual pause


def test_nothing_is_fetched_after_the_end(web: Web, site: Site) -> None:
    address = site.put("/a", "chữ")
    web.close()
    assert str(refused(web, address).reason) == "stopped before it was read"
