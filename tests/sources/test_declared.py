"""The file of sources: what an owner may write, and what is said of a mistake."""

from datetime import timedelta
from pathlib import Path

import pytest

from retrieval.sources.declared import WebSource, read_sources

SITE = WebSource(
    kind="site",
    address="https://phuong.example",
    every=timedelta(hours=6),
    include=("/tin-tuc/*",),
    exclude=("*in-trang*",),
)


def written(folder: Path, text: str) -> Path:
    path = folder / "sources.toml"
    path.write_text(text, encoding="utf-8")
    return path


def mistake(folder: Path, text: str) -> str:
    named = read_sources(written(folder, text))
    (error,) = named.mistakes
    assert not named.is_whole
    return str(error.reason)


def test_sites_feeds_and_pages_are_read_with_their_intervals(tmp_path: Path) -> None:
    text = """\ufeff# nguồn
[[site]]
address = "https://Phuong.example/"
include = ["/tin-tuc/*"]
exclude = "*in-trang*"
[[feed]]
address = " https://bao.example/rss?utm_source=a "
every = "30m"
[[page]]
address = "https://phuong.example/lich"
every = "2 d"
"""
    named = read_sources(written(tmp_path, text))
    assert named.is_whole
    site, feed, page = named.sources
    assert site == WebSource(
        kind="site",
        address=site.address,
        every=timedelta(hours=6),
        include=("/tin-tuc/*",),
        exclude=("*in-trang*",),
    )
    assert site.address.rstrip("/") == "https://phuong.example"
    assert (feed.address, feed.every) == ("https://bao.example/rss", timedelta(minutes=30))
    assert page.every == timedelta(days=2)


def test_without_a_file_there_is_no_source_and_nobody_knows_which_were_left_out(tmp_path: Path) -> None:
    named = read_sources(tmp_path / "sources.toml")
    assert (named.sources, named.mistakes, named.is_whole) == ((), (), False)


def test_nothing_is_visited_more_often_than_every_five_minutes(tmp_path: Path) -> None:
    (source,) = read_sources(
        written(tmp_path, '[[page]]\naddress = "https://a.example/1"\nevery = "1m"')
    ).sources
    assert source.every == timedelta(minutes=5)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[[site]]\n", 'it has no address; write address = "https://…"'),
        ('[[site]]\naddress = "phuong.example"', 'it has no address; write address = "https://…"'),
        ('[[site]]\naddress = "ftp://a.example"', 'it has no address; write address = "https://…"'),
        ('[[site]]\naddress = "https://a.example"\nevery = 6', "“6” is no interval"),
        ('[[site]]\naddress = "https://a.example"\nevery = "bald"', "“bald” is no interval"),
        ('[[site]]\naddress = "https://a.example"\ninclude = ["tin"]', "patterns stand in a list"),
        ('[[site]]\naddress = "https://a.example"\nsitemap = "x"', "“sitemap” is not known there"),
        ('[[feed]]\naddress = "https://a.example"\ninclude = ["/x"]', "“include” is not known there"),
        ('[site]\naddress = "https://a.example"', "“site” is none of"),
        ('[[blog]]\naddress = "https://a.example"', "“blog” is none of"),
        ("site = [1]", "it has no address"),
        ("[[site", "not valid TOML"),
        (f"site = {'9' * 5000}", "not valid TOML"),
        (f"site = {'[' * 5000}", "not valid TOML"),
    ],
)
def test_a_mistake_is_told_with_its_place(tmp_path: Path, text: str, reason: str) -> None:
    assert mistake(tmp_path, text).startswith(reason)


def test_a_mistake_costs_none_of_the_others(tmp_path: Path) -> None:
    entries = '[[page]]\naddress = "https://a.example/1"\n' * 2 + '[[page]]\naddress = "?"\n'
    named = read_sources(written(tmp_path, entries))
    assert [source.address for source in named.sources] == ["https://a.example/1"]
    assert [str(error) for error in named.mistakes] == [
        f"{tmp_path}/sources.toml: https://a.example/1 stands there twice",
        f'{tmp_path}/sources.toml, page 3: it has no address; write address = "https://…"',
    ]


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    path = tmp_path / "sources.toml"
    path.write_bytes("[[site]] # é".encode("latin-1"))
    assert str(read_sources(path).mistakes[0].reason) == "not UTF-8 text; save it again as UTF-8"


@pytest.mark.parametrize(
    ("address", "is_wanted"),
    [
        ("https://phuong.example/tin-tuc/1", True),
        ("https://www.phuong.example/tin-tuc/1?id=2", True),
        ("https://phuong.example/tin-t%75c/1", True),
        ("https://phuong.example/gioi-thieu", False),
        ("https://phuong.example/tin-tuc/in-trang/1", False),
        ("https://khac.example/tin-tuc/1", False),
        ("ftp://phuong.example/tin-tuc/1", False),
    ],
)
def test_a_site_wants_its_own_pages_as_the_patterns_say(address: str, is_wanted: bool) -> None:
    assert SITE.wants(address) == is_wanted
