"""Questions that are asked of some articles only, in plain words and by operators."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from fakegram import Json
from stage import ADMIN, GROUP, READER, Stage, buttons, spans

from retrieval.collection.collection import Collection

pytest_plugins = ["stage_fixtures"]

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
ABROAD = -100900  # a group without the bot
CARD = "Thẻ thư viện giá bao nhiêu một năm?"
PRICE = "ba mươi nghìn đồng"  # says the article of March 2024
MARCH = "Only: 1 Mar 2024 – 31 Mar 2024"


@pytest.fixture
def collection(tmp_path: Path, database_url: str, articles_dir: Path) -> Iterator[Collection]:
    """The collection, as if it were April 2024."""
    opened = Collection.open(
        database_url=database_url,
        index_dir=tmp_path / "state" / "index",
        articles_dir=articles_dir,
        clock=lambda: datetime(2024, 4, 10, 9, tzinfo=HANOI),
    )
    yield opened
    opened.close()


def only(message: Json) -> list[str]:
    """Return the lines that say which articles were searched."""
    return [line for line in spans(message, "italic") if line.startswith("Only: ")]


async def test_each_filter_is_kept_to_and_shown_as_understood(stage: Stage) -> None:
    for filters, shown in [
        ("tháng trước", "1 Mar 2024 – 31 Mar 2024"),
        ("thang truoc", "1 Mar 2024 – 31 Mar 2024"),
        ("tu:2024 den:5/2024", "1 Jan 2024 – 31 May 2024"),
        ("từ:05/03/2024 đến:2024-03-05", "5 Mar 2024"),
        ("tu:3/2024", "since 1 Mar 2024"),
        ("den:2024", "until 31 Dec 2024"),
        ("nguon:phuong", "source phuong.example"),
        ("Nguồn:phuong.example", "source phuong.example"),
        ("từ báo Phường", "source phuong.example"),
        ('"the thu vien"', "with “the thu vien”"),
        ("-chợ -“hội hoa”", "without “chợ” · without “hội hoa”"),
    ]:
        message = await stage.asked(f"{CARD} {filters}")
        assert PRICE in message["text"], filters
        assert only(message) == [f"Only: {shown}"]


async def test_question_without_a_filter_shows_none(stage: Stage) -> None:
    assert only(await stage.asked(CARD)) == []
    assert only(await stage.asked("Hội hoa xuân khai mạc hôm qua ở đâu?")) == []


async def test_filter_that_leaves_no_answer_offers_to_search_everything(stage: Stage) -> None:
    message = await stage.asked(f"{CARD} tu:6/2024")
    assert only(message) == ["Only: since 1 Jun 2024"]
    assert PRICE not in message["text"]
    assert "Search all articles" in buttons(message)
    stage.fake.press("Search all articles", READER)
    answer = await stage.said(READER, 2)
    assert PRICE in answer["text"]
    assert only(answer) == []


async def test_wrong_filter_is_explained_and_asks_nothing(stage: Stage) -> None:
    for question, said in [
        (f"{CARD} nguon:thanhnien", "no article from “thanhnien”"),
        (f"{CARD} tu:31/02/2024", "“31/02/2024” as a date"),
        (f"{CARD} tu:2024 den:2023", "first day is after the last one"),
        ("nguon:phuong", "what would you like to know?"),
    ]:
        message = await stage.asked(question)
        assert said in message["text"]
        assert "For example:" in message["text"]
        assert buttons(message) == []


async def test_wrong_filter_leaves_the_conversation_where_it_was(stage: Stage) -> None:
    await stage.asked("Hội hoa xuân khai mạc ngày nào?")
    await stage.asked("nguon:thanhnien")
    assert "công viên Bãi Trước" in (await stage.asked("ở đâu vậy?"))["text"]


async def test_filter_alone_is_one_for_the_question_before(stage: Stage) -> None:
    await stage.asked(CARD)
    for follow_up in ("tháng trước thì sao?", "tu:3/2024 den:3/2024"):
        message = await stage.asked(follow_up)
        assert only(message) == [MARCH]
        assert PRICE in message["text"]


async def test_filter_goes_on_with_the_conversation(stage: Stage) -> None:
    await stage.asked("Thư viện phường mở cửa lại ngày nào? nguon:phuong")
    assert only(await stage.asked("thẻ giá bao nhiêu?")) == ["Only: source phuong.example"]


async def test_corrected_filter_corrects_its_answer(stage: Stage) -> None:
    message = await stage.asked(f"{CARD} nguon:phuongg")
    stage.fake.edit_text(READER, message["message_id"] - 1, f"{CARD} nguon:phuong")
    edited = await stage.edited()
    assert only(edited) == ["Only: source phuong.example"]
    assert PRICE in edited["text"]


async def test_filter_stays_on_the_message_when_hits_are_turned_or_judged(stage: Stage) -> None:
    await stage.asked(f"{CARD} den:2024")
    stage.fake.press("👍", READER)
    assert only(await stage.edited()) == ["Only: until 31 Dec 2024"]


async def test_filters_work_in_groups_and_for_why(stage: Stage) -> None:
    message = await stage.asked(f"/ask {CARD} nguon:phuong", GROUP, user_id=READER)
    assert only(message) == ["Only: source phuong.example"]
    assert "no article from" in (await stage.asked(f"/why {CARD} nguon:x", ADMIN))["text"]
    assert "Thư viện phường" in (await stage.asked(f"/why {CARD} nguon:phuong", ADMIN))["text"]


async def test_what_only_looks_like_a_filter_is_a_question_like_others(stage: Stage) -> None:
    for question in (
        "Hội hoa xuân ở Bãi Trước -Công viên khai mạc ngày nào?",
        "Hội hoa xuân khai mạc từ: 7:30 ở đâu?",
        '"Hội hoa xuân khai mạc ở đâu?"',
        'Hội hoa xuân" khai mạc ở đâu?',
    ):
        message = await stage.asked(question)
        assert "Hội hoa xuân khai mạc" in message["text"], question
        assert "For example:" not in message["text"]
        assert only(message) == []


async def test_filters_are_told_where_the_bot_is_a_guest(stage: Stage) -> None:
    for times, (question, said) in enumerate(
        [(f"{CARD} nguon:phuong", "Only: source phuong.example"), (f"{CARD} nguon:x", "no article from “x”")],
        start=1,
    ):
        stage.fake.guest_text(f"@fake_bot {question}", ABROAD, READER)
        await stage.fake.wait("answerGuestQuery", times=times)
        assert said in stage.fake.messages(ABROAD)[-1]["text"]
