"""Buttons: what each carries comes back as it was, fits, and nothing else is taken for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram.constants import InlineKeyboardButtonLimit

from bot.alerts.follower import Follower
from bot.buttons import (
    ArticleSpot,
    Button,
    Ending,
    Fix,
    Follow,
    Forget,
    HitRef,
    LanguageChoice,
    Mark,
    Meant,
    Offer,
    Ruling,
    Sent,
    Sheet,
    parse,
)
from bot.links import CARRIED, carried_key, carried_payload, parse_payload
from bot.storage.keys import answer_id
from retrieval.journal.journal import VERDICTS

KEYS = st.from_regex(r"[0-9a-f]{16}", fullmatch=True)
OFFSETS = st.integers(0, 99999)
NUMBERS = st.integers(1, 2**52)
HITS = st.integers(1, 99).flatmap(lambda of: st.builds(HitRef, KEYS, st.integers(1, of), st.just(of)))
SPOTS = st.builds(ArticleSpot, KEYS, st.integers(0, 10**9 - 1), st.booleans(), st.none() | HITS)
BUTTONS = st.one_of(
    st.builds(Offer, OFFSETS, OFFSETS),
    HITS,
    st.builds(Mark, HITS, st.sampled_from(VERDICTS)),
    st.builds(Follow, KEYS),
    st.builds(Ending, NUMBERS, st.booleans()),
    st.builds(Ruling, st.sampled_from(["remove", "keep", "restore"]), KEYS),
    st.builds(Fix, st.sampled_from(["title", "date", "today", "url"]), KEYS),
    st.builds(Sent, st.sampled_from(["card", "undo"]), KEYS),
    st.builds(Meant, st.sampled_from(["add", "ask"])),
    st.builds(
        Sheet,
        list=st.sampled_from(["gaps", "articles"]),
        number=st.integers(0, 999999),
        words=st.none() | st.tuples(OFFSETS, OFFSETS),
    ),
    st.builds(LanguageChoice, st.none() | st.sampled_from(["vi", "en", "yue"])),
    st.builds(Forget, st.sampled_from(["ask", "yes", "no"])),
    SPOTS,
)


@given(BUTTONS)
def test_a_value_comes_back_from_its_button_and_fits(button: Button) -> None:
    assert parse(button.data) == button
    assert len(button.data.encode()) <= InlineKeyboardButtonLimit.MAX_CALLBACK_DATA


@given(SPOTS)
def test_a_deep_link_leads_to_the_quoted_sentence(spot: ArticleSpot) -> None:
    assert parse_payload(spot.payload) == ArticleSpot(spot.key, spot.start)


@pytest.mark.parametrize(
    "data",
    [
        None,
        "",
        "ask",
        "ask:1",
        "ask:1:2:3",
        "ask:-1:2",
        "ask:a:b",
        "hit:",
        "hit:0123456789abcdef:3:2",
        "hit:0123456789abcdef:0:2",
        "hit:x:1:2",
        "rate:",
        "rate:0123456789abcdef:3:2:good",
        "rate:0123456789abcdef:1:2:great",
        "follow:",
        "follow:xyz",
        "end:",
        "end:a",
        "stop:-1",
        "stop:1 ",
        "gaps",
        "gaps:",
        "gaps:x",
        "gaps:1:2",
        "news:1",
        "remove:",
        "erase:0123456789abcdef",
        "remove:0123456789ABCDEF",
        "language:vietnamese",
        "forget:all",
        "read:0123456789abcdef",
    ],
)
def test_other_data_is_no_button(data: str | None) -> None:
    assert parse(data) is None


def test_an_offer_is_found_again_in_the_message_that_made_it() -> None:
    text = "🎉 Có phải bạn muốn hỏi: “lệ phí khai sinh”?"
    start = text.index("lệ phí")
    offer = Offer(start, start + 16)
    assert offer.question(text) == "lệ phí khai sinh"
    assert offer.question("") == ""


def test_words_of_a_list_are_those_of_the_message() -> None:
    assert Sheet(list="articles", words=(8, 16)).words_in("11 bài “thư viện”") == "thư viện"
    assert Sheet(list="articles").words_in("11 bài “thư viện”") == ""


def test_the_same_message_has_the_same_answer() -> None:
    assert answer_id(1, -5, 7) == answer_id(1, -5, 7)
    assert len({answer_id(1, -5, 7), answer_id(1, -57), answer_id(15, 7)}) == 3


@given(st.text(), st.sampled_from(["/start", "/start@hoi_bao_bot"]))
def test_a_carried_question_is_known_by_the_key_in_its_link(question: str, command: str) -> None:
    key = carried_key(question)
    match = CARRIED.match(f"{command} {carried_payload(key)}")
    assert match is not None
    assert match["key"] == key
    assert len(carried_payload(key)) <= 64


@given(NUMBERS, st.integers(-(2**52), 2**52), st.just(0) | NUMBERS)
def test_a_follower_comes_back_from_its_key(bot_id: int, chat_id: int, topic: int) -> None:
    follower = Follower(bot_id=bot_id, chat_id=chat_id, topic=topic)
    assert Follower.parse(follower.key) == follower
