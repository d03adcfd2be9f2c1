"""Manners on Telegram: patience, moderation, previews, the language of one's own choice, and privacy."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from stage import GROUP, READER, Stage

from bot import waiting
from retrieval.answer import Answer
from retrieval.collection import Collection

pytest_plugins = ["stage_fixtures"]

QUESTION = "Thẻ thư viện giá bao nhiêu một năm?"
PRICE = "ba mươi nghìn"


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Answers that wait for this event, and a bot without any patience."""
    go_on = threading.Event()
    real = Collection.ask

    def ask(self: Collection, question: str, **how: Any) -> Answer:
        assert go_on.wait(timeout=30)
        return real(self, question, **how)

    monkeypatch.setattr(Collection, "ask", ask)
    monkeypatch.setattr(waiting, "PATIENCE", 0.0)
    monkeypatch.setattr(waiting, "AGAIN_EVERY", 0.0)
    yield go_on
    go_on.set()


async def test_slow_answer_is_announced_until_it_comes(slow: threading.Event, stage: Stage) -> None:
    stage.fake.send_text(QUESTION, READER)
    calls = await stage.fake.wait("sendChatAction", times=3)
    assert {(call.chat_id, call.params["action"]) for call in calls} == {(READER, "typing")}
    slow.set()
    assert PRICE in (await stage.said(READER))["text"]


async def test_slow_answer_in_a_topic_is_announced_there(slow: threading.Event, stage: Stage) -> None:
    topic = stage.fake.add_topic(GROUP)
    stage.fake.send_text(f"/ask {QUESTION}", GROUP, READER, topic=topic)
    [call, *_] = await stage.fake.wait("sendChatAction", chat_id=GROUP)
    assert call.params["message_thread_id"] == topic
    slow.set()
    assert PRICE in (await stage.said(GROUP))["text"]


async def test_quick_answer_is_not_announced(stage: Stage) -> None:
    assert PRICE in (await stage.asked(QUESTION))["text"]
    assert not stage.fake.sent("sendChatAction")


async def test_announcement_that_fails_costs_no_answer(slow: threading.Event, stage: Stage) -> None:
    stage.fake.fault("error", method="sendChatAction", code=400, times=-1)
    stage.fake.send_text(QUESTION, READER)
    await stage.fake.wait("sendChatAction")
    slow.set()
    assert PRICE in (await stage.said(READER))["text"]
