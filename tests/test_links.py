"""A link leads to the sentence, whatever stands in it."""

from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import CHESS_HIT, LIBRARY, LIBRARY_HIT, MARKET, MARKET_HIT, hit
from telegram.constants import MessageLimit

from bot.buttons import ArticleSpot, parse
from bot.links import Links, fragment_url, parse_payload

URL = "https://example.vn/bai"
WORDS = st.lists(st.from_regex(r"[^\W_][\w\-,&%#'.]*[^\W_]", fullmatch=True), min_size=1, max_size=40)
KEYS = st.from_regex(r"[0-9a-f]{16}", fullmatch=True)


def directive(url: str) -> list[str]:
    """Return the decoded parts of the text directive of *url*, as a browser reads them."""
    return [unquote(part) for part in url.partition(":~:text=")[2].split(",")]


def test_a_short_quote_is_matched_whole() -> None:
    assert directive(fragment_url(URL, "Thẻ làm tại phòng một cửa.")) == ["Thẻ làm tại phòng một cửa"]


def test_a_long_quote_is_matched_by_its_first_and_last_words() -> None:
    quote = "Bạn đọc chỉ cần mang theo căn cước để làm thẻ, không mất phí và được mượn sách ngay."
    assert directive(fragment_url(URL, quote)) == ["Bạn đọc chỉ cần mang", "và được mượn sách ngay"]


def test_marks_at_the_ends_of_what_is_matched_are_left_out() -> None:
    quote = "“Theo chị Tạ Thị Nguyệt – – – cán bộ, thì mọi người cứ đến đọc sách tự nhiên!”"
    assert directive(fragment_url(URL, quote)) == ["Theo chị Tạ Thị Nguyệt", "đến đọc sách tự nhiên"]


def test_a_quote_without_spaces_is_matched_by_its_first_and_last_clauses() -> None:
    clause = "図書館は毎週月曜日から金曜日まで午前九時に開館し、利用者は身分証を持参すれば、"
    quote = clause + "無料で利用カードを作ることができ、一度に五冊まで借りられる。"
    parts = directive(fragment_url(URL, quote))
    assert len(parts) == 2
    assert quote.startswith(parts[0])
    assert quote.rstrip("。").endswith(parts[1])


def test_marks_with_a_meaning_in_a_directive_are_encoded() -> None:
    url = fragment_url(URL, "a-b, c & d")
    assert url == f"{URL}#:~:text=a%2Db%2C%20c%20%26%20d"


def test_vietnamese_letters_are_percent_encoded_utf_8() -> None:
    assert fragment_url(URL, "Đội") == f"{URL}#:~:text=%C4%90%E1%BB%99i"


@pytest.mark.parametrize("quote", ["नमस्ते दुनिया को", "สวัสดีครับคุณปู่", "Tạm trú e\u0323"])
def test_marks_that_belong_to_the_last_letter_stay(quote: str) -> None:
    assert directive(fragment_url(URL, f"“{quote}!”")) == [quote]


@given(WORDS)
def test_a_directive_decodes_to_the_beginning_and_the_end_of_the_quote(words: list[str]) -> None:
    quote = " ".join(words)
    url = fragment_url(URL, quote)
    text = url.partition(":~:text=")[2]
    assert set("-&# ").isdisjoint(text)
    assert text.isascii()
    first, *last = directive(url)
    if last:
        assert quote.startswith(first)
        assert quote.endswith(last[0])
        assert len(first) + len(last[0]) < len(quote)
    else:
        assert first == quote


@given(st.text())
def test_any_quote_makes_a_url_of_printable_ascii(quote: str) -> None:
    url = fragment_url(URL, quote.encode("utf-8", "replace").decode())
    assert url.isascii()
    assert url.isprintable()
    assert url.startswith(URL)


def test_a_quote_without_words_leaves_the_url_alone() -> None:
    assert fragment_url(URL, " – … ") == URL


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (URL, f"{URL}#:~:text=tin"),
        (f"{URL}#muc-2", f"{URL}#muc-2:~:text=tin"),
        (f"{URL}#", f"{URL}#:~:text=tin"),
        (f"{URL}#:~:text=cu", f"{URL}#:~:text=tin"),
        (f"{URL}#muc:~:text=cu&text=xua", f"{URL}#muc:~:text=tin"),
        (f"{URL}?a=1&b=2#x", f"{URL}?a=1&b=2#x:~:text=tin"),
    ],
)
def test_a_fragment_stays_and_an_old_text_directive_goes(url: str, expected: str) -> None:
    assert fragment_url(url, "tin") == expected


def test_an_article_on_the_web_is_linked_at_its_best_sentence() -> None:
    two = hit(LIBRARY, LIBRARY.body.partition("\n")[0], "21 giờ", "làm thẻ", "căn cước")
    link = Links(username="hoibao_bot").of(two)
    assert link.startswith(f"{LIBRARY.url}#:~:text=B%E1%BA%A1n%20")
    assert directive(link) == ["Bạn đọc chỉ cần mang theo căn cước để làm thẻ, không mất phí"]


def test_an_excerpt_without_highlights_is_linked_at_its_first_sentence() -> None:
    plain = hit(LIBRARY, LIBRARY_HIT.quote)
    assert directive(Links(username=None).of(plain))[0].startswith("Bạn đọc chỉ cần mang")


def test_an_article_without_url_is_linked_into_the_chat() -> None:
    link = Links(username="hoibao_bot").of(MARKET_HIT)
    assert link == f"https://t.me/hoibao_bot?start={MARKET.key}-{MARKET_HIT.excerpt.start}"
    assert parse_payload(link.partition("start=")[2]) == ArticleSpot(MARKET.key, MARKET_HIT.excerpt.start)


def test_without_url_and_bot_the_file_is_linked_without_its_row() -> None:
    assert Links(username=None).of(CHESS_HIT) == Path("bao/co-tuong.jsonl").absolute().as_uri()


def test_without_url_and_bot_an_origin_on_the_web_is_the_link() -> None:
    fed = replace(MARKET_HIT, article=replace(MARKET, origin="https://example.vn/feed.xml"))
    assert Links(username=None).of(fed) == "https://example.vn/feed.xml"


@given(KEYS, st.integers(0, 10**9 - 1))
def test_a_payload_comes_back_and_is_one_telegram_allows(key: str, start: int) -> None:
    text = ArticleSpot(key, start).payload
    assert parse_payload(text) == ArticleSpot(key, start)
    assert len(text) <= MessageLimit.DEEP_LINK_LENGTH
    assert text.replace("-", "").replace("_", "").isalnum()
    assert text.isascii()


@given(st.text(alphabet="0123456789abcdef-readturn:_ \n٣") | st.text())
def test_any_other_text_is_no_spot(text: str) -> None:
    bare = text.rstrip("0123456789")
    payload, data = parse_payload(text), parse(text)
    assert payload is None or payload.payload.rstrip("0123456789") == bare
    assert data is None or data.data.rstrip("0123456789") == bare


@pytest.mark.parametrize(
    "text",
    ["", "x", "0123456789abcdef", "0123456789abcdef-", "0123456789abcdef--1", "0123456789abcdef-1\n"],
)
def test_a_near_payload_is_none(text: str) -> None:
    assert parse_payload(text) is None
