"""Pasted links: they are found among words, and every spelling of an address leads to its article."""

from pathlib import Path

import pytest

from retrieval.collection.collection import Collection
from retrieval.question.link import link_in

URL = "https://bao.example/tin/cho-hop-buoi-sang-12.html"


@pytest.mark.parametrize(
    "typed",
    [
        URL,
        "http://www.bao.example/tin/cho-hop-buoi-sang-12.html",
        "bao.example/tin/cho-hop-buoi-sang-12.html/",
        f"{URL}?utm_source=zalo&fbclid=IwAR0",
        f"{URL}#:~:text=ch%E1%BB%A3",
        f"({URL}).",
        "https://m.bao.example/tin/cho-hop-buoi-sang-12.html?page=1",
        "HTTPS://BAO.EXAMPLE/tin/cho-hop-buoi-sang-12.html",
    ],
)
def test_an_address_is_known_in_every_spelling(typed: str) -> None:
    link = link_in(typed)
    assert link is not None
    assert link.leads_to(URL)
    assert not link.asks_more


def test_another_page_of_the_site_is_another_page() -> None:
    link = link_in("https://bao.example/tin/xem?id=4&utm_medium=x")
    assert link is not None
    assert link.leads_to("https://bao.example/tin/xem?id=4")
    assert not link.leads_to("https://bao.example/tin/xem?id=5")
    assert not link.leads_to("https://khac.example/tin/xem?id=4")


@pytest.mark.parametrize(
    "text", ["gửi ad@bao.example/x", "5.000 đồng/kg", "https://bao.example/", "và/hoặc", ""]
)
def test_what_leads_to_no_page_is_no_link(text: str) -> None:
    assert link_in(text) is None


def test_the_words_around_a_link_ask_for_the_page_or_of_it() -> None:
    about, of = link_in(f"tóm tắt giùm mình bài này với {URL}"), link_in(f"{URL} chợ họp mấy giờ vậy")
    assert about is not None
    assert of is not None
    assert (about.asks_more, of.asks_more, of.rest) == (False, True, "chợ họp mấy giờ vậy")


@pytest.fixture
def filled(collection: Collection, articles_dir: Path) -> Collection:
    text = f"---\nid: cho\ntitle: Chợ phường\nurl: {URL}\n---\nChợ mới xây xong. Chợ họp lúc 5 giờ.\n"
    (articles_dir / "cho.md").write_text(text, encoding="utf-8")
    collection.reload()
    return collection


def test_a_pasted_link_is_answered_by_its_article(filled: Collection) -> None:
    answer = filled.ask(f"cho hỏi bài này nói gì http://www.{URL[8:]}?fbclid=1")
    assert answer.answered
    assert [hit.article.id for hit in answer.hits] == ["cho"]
    assert answer.hits[0].quote == "Chợ mới xây xong. Chợ họp lúc 5 giờ."
    assert answer.understood_as == "Chợ phường"


def test_what_is_asked_of_a_link_is_asked_of_its_article(filled: Collection) -> None:
    answer = filled.ask(f"{URL} họp lúc mấy giờ")
    assert answer.answered
    assert "5 giờ" in answer.hits[0].quote


def test_a_link_to_no_article_is_not_searched_by_its_words(filled: Collection) -> None:
    answer = filled.ask("https://bao.example/tin/cho-phuong-hop-99.html")
    assert (answer.answered, answer.hits) == (False, ())
