import pytest
from texts import article

from retrieval.article import host, source_of, web_url


@pytest.mark.parametrize(
    ("of", "expected"),
    [
        ({"url": "https://www.example.vn/a", "section": "Đời sống"}, "example.vn"),
        ({"url": "bai-viet.html", "section": "Đời sống"}, "Đời sống"),
        ({"url": "https://Tin.Example.VN"}, "tin.example.vn"),
        ({}, ""),
    ],
)
def test_a_source_is_the_host_or_else_the_section(of: dict[str, str], expected: str) -> None:
    assert source_of(article(**of)) == expected


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "ftp://example.vn/a",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "http://localhost/a",
        "http://[::1",
        "https://example.vn:99999/a",
        "https://example.vn:0/a",
        "https://example..vn/a",
        "https://exa$mple.vn/a",
        "https://999.1.1.1/a",
        "https://-example.vn/a",
        f"https://{'a' * 64}.vn/",
        "https://.",
        "https://example.vn/a b",
        "https://example.vn/\x1b]8;;",
        "//example.vn/a",
        "bai-viet.html",
    ],
)
def test_what_telegram_takes_for_no_link_is_none(url: str | None) -> None:
    assert web_url(url) is None


@pytest.mark.parametrize(
    "url",
    ["https://example.vn/tin/đời-sống?x=1#y", "http://1.2.3.4:8080/", "https://báo.vn/", "https://a_b.vn./"],
)
def test_a_web_address_is_a_link(url: str) -> None:
    assert web_url(url) == url


def test_a_host_is_named_without_port_and_www() -> None:
    assert host("https://www.example.vn:8443/a") == "example.vn"
