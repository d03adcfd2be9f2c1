"""Guest mode: the bot is asked in a chat that it is no member of, and answers once."""

from typing import Any

import pytest
from fakegram import Json
from stage import READER, Stage, buttons, links, spans

from retrieval.collection.collection import Collection
from retrieval.errors import StoreError

pytest_plugins = ["stage_fixtures"]

ABROAD = -100900  # a group without the bot
QUESTION = "Thẻ thư viện giá bao nhiêu một năm?"
ANSWER = "Thẻ thư viện có giá ba mươi nghìn đồng một năm."
OFF_TOPIC = "Đội tuyển bóng bầu dục nước Anh gồm những ai?"


async def answered(stage: Stage, text: str, **how: Any) -> Json:
    """Let somebody ask there, and return the bot's message."""
    before = len(stage.fake.sent("answerGuestQuery"))
    stage.fake.guest_text(text, ABROAD, READER, **how)
    calls = await stage.fake.wait("answerGuestQuery", times=before + 1)
    assert len(calls) == before + 1
    return stage.fake.messages(ABROAD)[-1]


async def test_guest_answers_with_the_best_hit_and_links_only(stage: Stage) -> None:
    message = await answered(stage, f"@fake_bot {QUESTION}")
    assert message["text"].startswith(f"Question: {QUESTION}")
    assert ANSWER in " ".join(spans(message, "blockquote"))
    assert links(message)[0].startswith("https://phuong.example/thu-vien#:~:text=")
    assert buttons(message) == ["Source", "Ask a follow-up"]
    assert stage.fake.sent("sendMessage") == []


async def test_guest_is_asked_what_a_mention_replies_to(stage: Stage) -> None:
    stage.fake.guest_text("@other_bot xin chào", ABROAD, READER)
    await stage.fake.wait("answerGuestQuery")
    asked = stage.fake.add_message(stage.fake.chats[ABROAD], stage.fake.user(5), {"text": QUESTION})
    message = await answered(stage, "@fake_bot", reply_to=asked["message_id"])
    assert ANSWER in message["text"]


async def test_reply_to_a_guests_answer_is_a_question(stage: Stage) -> None:
    first = await answered(stage, f"@fake_bot {QUESTION}")
    message = await answered(stage, "Hội hoa xuân khai mạc ở đâu?", reply_to=first["message_id"])
    assert "công viên Bãi Trước" in message["text"]
    assert buttons(message)[0] == "Read the article"


async def test_guest_who_finds_nothing_names_what_comes_nearest(stage: Stage) -> None:
    message = await answered(stage, "@fake_bot Thư viện phường Bến Đá nuôi mấy con voi trắng?")
    assert "couldn't find an answer" in message["text"]
    assert "Thư viện phường mở cửa trở lại" in message["text"]
    assert not spans(message, "blockquote")
    assert buttons(message) == ["Ask a follow-up"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("@fake_bot", "What would you like to know? Write @fake_bot and your question."),
        ("@fake_bot giúp với", "What would you like to know? Write @fake_bot and your question."),
        ("@fake_bot cảm ơn nhé", "You are welcome! Ask whenever you like."),
    ],
)
async def test_guest_answers_kindly_what_is_no_question(stage: Stage, text: str, said: str) -> None:
    message = await answered(stage, text)
    assert message["text"] == said
    assert buttons(message) == ["Ask a follow-up"]


async def test_guest_speaks_the_language_of_who_calls(stage: Stage) -> None:
    stage.fake.add_chat(READER, language_code="vi")
    assert "chưa thấy câu trả lời" in (await answered(stage, f"@fake_bot {OFF_TOPIC}"))["text"]


async def test_guest_message_that_comes_again_is_not_answered_again(stage: Stage) -> None:
    await answered(stage, f"@fake_bot {QUESTION}")
    again = stage.fake.injected[-1]
    stage.fake.queue.append(again)
    if stage.fake.webhook:
        stage.fake.spawn(stage.fake.deliver(again, stage.fake.webhook))
    else:
        stage.fake.end_poll()
    await answered(stage, f"@fake_bot {OFF_TOPIC}")


async def test_answer_that_is_lost_on_its_way_back_is_given_once(stage: Stage) -> None:
    stage.fake.fault("drop_after", method="answerGuestQuery")
    stage.fake.guest_text(f"@fake_bot {QUESTION}", ABROAD, READER)
    first, again = await stage.fake.wait("answerGuestQuery", times=2)
    assert first.error == ""
    assert "query is too old" in again.error
    await stage.asked("/help")
    assert len(stage.fake.messages(ABROAD)) == 2


async def test_guest_who_cannot_answer_says_so(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise StoreError("the disk is gone")

    monkeypatch.setattr(Collection, "ask", fail)
    message = await answered(stage, f"@fake_bot {QUESTION}")
    assert "Something went wrong on my side" in message["text"]
