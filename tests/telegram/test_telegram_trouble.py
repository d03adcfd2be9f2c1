"""When something goes wrong on Telegram: the bot goes on, says so where it helps, and leaks nothing."""

import io
from typing import Any

import pytest
from fakegram import FakeTelegram
from stage import READER, Stage, buttons, running

from bot.settings import Settings
from bot.transport import polling
from retrieval.collection.collection import Collection
from retrieval.errors import SearchError, StoreError

pytest_plugins = ["stage_fixtures"]

QUESTION = "Thẻ thư viện giá bao nhiêu một năm?"
PRICE = "ba mươi nghìn"


@pytest.mark.parametrize(
    "fault",
    [{"kind": "error", "code": 429}, {"kind": "error", "code": 502}, {"kind": "drop"}],
    ids=["429", "502", "dropped"],
)
async def test_answer_gets_through_after_a_passing_fault(stage: Stage, fault: dict[str, Any]) -> None:
    stage.fake.fault(method="sendMessage", **fault)
    stage.fake.send_text(QUESTION, READER)
    await stage.fake.wait("sendMessage", times=2)
    [said] = [call for call in stage.fake.sent("sendMessage") if call.result]
    assert PRICE in said.text


@pytest.mark.parametrize(
    "body",
    [None, {"message_id": 1}, {"date": 10**15}, {"date": "today"}, {"entities": 7}],
    ids=["nothing", "no chat", "a date beyond all years", "a date in words", "entities that are none"],
)
async def test_an_update_that_cannot_be_read_keeps_no_other_waiting(stage: Stage, body: Any) -> None:
    chat = {"id": READER, "type": "private"}
    whole = {"message_id": 1, "date": 1_700_000_000, "chat": chat, "text": QUESTION}
    message: Any = body if body is None or "message_id" in body else whole | body
    stage.fake.push("message", message, READER)
    assert PRICE in (await stage.asked(QUESTION, 20))["text"]


async def test_long_pause_is_not_waited_for(stage: Stage, log: io.StringIO) -> None:
    stage.fake.fault("error", method="sendMessage", code=429, seconds=43838, chat_id=READER)
    stage.fake.send_text(QUESTION, READER)
    assert PRICE in (await stage.asked(QUESTION, 20))["text"]
    stage.fake.send_text("/help", READER)  # its turn comes when the question is done with
    await stage.fake.wait("sendMessage", chat_id=READER, times=2)
    assert "FloodError" in log.getvalue()


async def test_person_who_blocked_the_bot_is_left_alone(stage: Stage, log: io.StringIO) -> None:
    stage.fake.add_chat(READER)
    stage.fake.outside(stage.fake.chats[READER], "kicked")
    stage.fake.send_text(QUESTION, READER)
    await stage.fake.wait("sendMessage", chat_id=READER)
    stage.fake.outside(stage.fake.chats[READER], "member")
    await stage.fake.wait("sendMessage", chat_id=READER)
    stage.fake.send_text("/help", READER)
    await stage.fake.wait("sendMessage", chat_id=READER, times=2)
    assert [bool(call.result) for call in stage.fake.sent("sendMessage")] == [False, True]
    assert "Forbidden" in log.getvalue()


async def test_failure_of_our_own_is_logged_without_private_text_and_told_kindly(
    stage: Stage, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: Collection, question: str, *, limit: int, after: str | None) -> None:
        raise RuntimeError(f"no luck, {stage.fake.token}")

    monkeypatch.setattr(Collection, "ask", fail)
    update = stage.fake.send_text(QUESTION, READER)
    assert "Something went wrong" in (await stage.said(READER))["text"]
    logged = log.getvalue()
    assert "RuntimeError" in logged
    assert "no luck" in logged
    assert str(update["update_id"]) in logged
    assert QUESTION not in logged


async def test_failure_behind_a_button_is_told_on_the_button(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = await stage.asked(QUESTION)

    def fail(self: Collection, key: str) -> None:
        raise RuntimeError("no luck")

    monkeypatch.setattr(Collection, "article", fail)
    stage.fake.press(buttons(answer)[0], READER)
    [call] = await stage.fake.wait("answerCallbackQuery")
    assert "Something went wrong" in call.params["text"]


@pytest.mark.parametrize("mode", ["polling"], indirect=True)
async def test_second_poller_is_named_in_plain_words(stage: Stage, log: io.StringIO) -> None:
    stage.fake.fault("error", method="getUpdates", code=409)
    await stage.asked(QUESTION)
    await stage.asked("/help")
    assert "another program is running with the same TELEGRAM_TOKEN" in log.getvalue()


@pytest.mark.parametrize("mode", ["polling"], indirect=True)
async def test_webhook_that_somebody_else_sets_is_named_in_plain_words(
    stage: Stage, log: io.StringIO
) -> None:
    text = "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook first"
    stage.fake.fault("error", method="getUpdates", code=409, text=text)
    stage.fake.end_poll()
    await stage.asked(QUESTION)
    await stage.asked("/help")
    assert "has Telegram send the messages to a webhook" in log.getvalue()


@pytest.mark.parametrize("mode", ["polling"], indirect=True)
async def test_404_of_a_proxy_does_not_end_the_polling(stage: Stage) -> None:
    stage.fake.fault("error", method="getUpdates", code=404, text="Not Found")
    stage.fake.end_poll()
    assert PRICE in (await stage.asked(QUESTION))["text"]


@pytest.mark.parametrize("mode", ["polling"], indirect=True)
async def test_silence_of_telegram_is_logged(
    stage: Stage, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polling, "LONGEST_SILENCE", 0.0)
    stage.fake.fault("drop", method="getUpdates")
    stage.fake.end_poll()
    assert PRICE in (await stage.asked(QUESTION))["text"]
    assert "Telegram does not answer: check the network" in log.getvalue()


async def test_update_that_comes_again_is_answered_once(stage: Stage) -> None:
    stage.fake.send_text(QUESTION, READER)
    await stage.said(READER)
    again = stage.fake.injected[-1]
    stage.fake.queue.append(again)
    if stage.fake.webhook:
        stage.fake.spawn(stage.fake.deliver(again, stage.fake.webhook))
    else:
        stage.fake.end_poll()
    await stage.asked("/help")
    assert len(stage.fake.sent("sendMessage")) == 2


async def test_update_that_comes_again_after_a_restart_is_answered_once(
    fake: FakeTelegram, settings: Settings, filled: Collection, log: io.StringIO
) -> None:
    fake.send_text(QUESTION, READER)
    [question] = fake.queue
    async with running(settings, filled):
        await fake.wait("sendMessage")
    fake.queue[:] = [question]  # the last acknowledgement was lost
    async with running(settings, filled):
        fake.send_text("/help", READER)
        await fake.wait("sendMessage", text="/ask")
    assert len(fake.sent("sendMessage")) == 2


async def test_what_was_asked_while_the_bot_was_away_is_answered(
    fake: FakeTelegram, settings: Settings, filled: Collection, log: io.StringIO
) -> None:
    fake.send_text(QUESTION, READER)
    async with running(settings, filled):
        [call] = await fake.wait("sendMessage")
    assert PRICE in call.text


async def test_memory_that_fails_costs_no_answer(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    tried = []

    def fail(**writing: object) -> None:
        tried.append(writing)
        raise StoreError("the disk is full")

    monkeypatch.setattr(stage.collection.memory, "write", fail)
    assert PRICE in (await stage.asked(QUESTION))["text"]
    assert tried


async def test_who_asks_while_the_cluster_is_away_is_told_to_ask_again(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: Collection, question: str, *, limit: int, after: str | None) -> None:
        raise SearchError("the search cluster search.example:9200 cannot be reached")

    monkeypatch.setattr(Collection, "ask", fail)
    stage.fake.send_text(QUESTION, READER)
    said = (await stage.said(READER))["text"]
    assert said == "I cannot search right now. Please ask again in a few minutes."
