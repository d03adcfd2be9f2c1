"""Manners on Telegram: patience, moderation, the language of one's own choice, and privacy."""

import asyncio
import json
import sqlite3
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fakegram import FakeTelegram
from stage import GROUP, READER, STRANGER, Stage, buttons, running

from bot.settings import Settings
from bot.transport import typing as waiting
from bot.transport.quota import KEYSTROKES, Pause, Quota
from retrieval.answer import Answer
from retrieval.collection.collection import Collection
from retrieval.errors import StoreError
from retrieval.journal.journal import NotedAnswer

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
    monkeypatch.setattr(waiting, "AGAIN_EVERY", 0.05)
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


@pytest.fixture
async def strict(fake: FakeTelegram, settings: Settings, filled: Collection) -> AsyncIterator[Stage]:
    """The running bot, which answers two questions a minute."""
    few = settings.model_copy(update={"questions_per_minute": 2})
    async with running(few, filled) as app:
        yield Stage(fake=fake, app=app, collection=filled, settings=few)


async def test_one_question_too_many_gets_one_friendly_word_and_others_are_answered(strict: Stage) -> None:
    assert PRICE in (await strict.asked(QUESTION))["text"]
    assert PRICE in (await strict.asked(f"/ask {QUESTION}"))["text"]
    assert "faster than I can answer" in (await strict.asked(QUESTION))["text"]
    strict.fake.send_text(QUESTION, READER)
    strict.fake.send_text(f"/ask {QUESTION}", READER)
    assert PRICE in (await strict.asked(QUESTION, STRANGER))["text"]
    await strict.asked("/help")
    assert len(strict.fake.sent("sendMessage", chat_id=READER)) == 4


async def test_last_edit_beyond_the_limit_is_answered_when_the_minute_is_over(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = stage.fake.send_text("Giá vé tham quan núi lửa?", READER)["message"]
    shown = await stage.said(READER)
    pauses = [Pause(seconds=60, is_first=True), Pause(seconds=0, is_first=False), None]
    monkeypatch.setattr(Quota, "count", lambda *_, **__: pauses.pop(0))
    texts = ("Giá vé tham quan hang động?", QUESTION)
    edits = [stage.fake.edit_text(READER, asked["message_id"], text)["update_id"] for text in texts]
    edited = await stage.edited()
    assert (edited["message_id"], PRICE in edited["text"]) == (shown["message_id"], True)
    monkeypatch.undo()
    await stage.asked("/help")
    await stage.app.bot_data.notes.forget_old()  # behind all that is to be written
    left = {int(key.rpartition(":")[2]) for key in stage.collection.memory.all("arrived")}
    assert left.isdisjoint(edits)


async def test_questions_in_groups_count_and_talk_that_is_not_meant_does_not(strict: Stage) -> None:
    for _ in range(3):
        strict.fake.send_text(QUESTION, GROUP, READER)
    assert PRICE in (await strict.asked(f"@fake_bot {QUESTION}", GROUP, user_id=READER))["text"]
    assert PRICE in (await strict.asked(QUESTION))["text"]
    assert (
        "faster than I can answer" in (await strict.asked(f"/ask {QUESTION}", GROUP, user_id=READER))["text"]
    )
    strict.fake.send_text(f"/ask {QUESTION}", GROUP, READER)
    assert PRICE in (await strict.asked(f"/ask {QUESTION}", GROUP, user_id=STRANGER))["text"]
    assert len(strict.fake.sent("sendMessage", chat_id=GROUP)) == 3


async def test_button_that_asks_one_question_too_many_tells_it_once(strict: Stage) -> None:
    await strict.asked("khai mạc tại công viện Bãi Trước")
    for _ in range(3):
        strict.fake.press("Yes, ask this", READER)
    first, second, third = await strict.fake.wait("answerCallbackQuery", times=3)
    assert "faster than I can answer" in second.params["text"]
    assert ["text" in call.params for call in (first, second, third)] == [False, True, False]
    assert len(strict.fake.sent("sendMessage")) == 2


async def test_person_is_spoken_to_in_the_language_they_chose_also_after_a_restart(
    fake: FakeTelegram, settings: Settings, filled: Collection
) -> None:
    async with running(settings, filled) as app:
        stage = Stage(fake=fake, app=app, collection=filled, settings=settings)
        assert buttons(await stage.asked("/language")) == ["Tiếng Việt", "English", "✓ As in Telegram"]
        fake.press("Tiếng Việt", READER)
        message = await stage.edited()
        assert buttons(message) == ["✓ Tiếng Việt", "English", "Như trong Telegram"]
        [call] = await fake.wait("answerCallbackQuery")
        assert "tiếng Việt" in call.params["text"]
        assert "Cách hỏi" in (await stage.asked("/help"))["text"]
    async with running(settings, filled) as app:
        stage = Stage(fake=fake, app=app, collection=filled, settings=settings)
        assert "Cách hỏi" in (await stage.asked("/help"))["text"]
        assert "How to ask" in (await stage.asked("/help", STRANGER))["text"]
        fake.press("Như trong Telegram", READER)
        assert buttons(await stage.edited(2))[-1] == "✓ As in Telegram"
        assert "How to ask" in (await stage.asked("/help"))["text"]
    assert filled.memory.all("language") == {}


async def test_language_chosen_in_a_group_is_that_persons_alone(stage: Stage) -> None:
    await stage.asked("/language", GROUP, user_id=STRANGER)
    stage.fake.press("Tiếng Việt", GROUP, user_id=READER)
    await stage.fake.wait("answerCallbackQuery")
    assert not stage.fake.sent("editMessageText")
    assert "Cách hỏi" in (await stage.asked("/help", GROUP, user_id=READER))["text"]
    assert "How to ask" in (await stage.asked("/help", GROUP, user_id=STRANGER))["text"]


async def test_language_that_there_is_not_changes_nothing(stage: Stage) -> None:
    message = await stage.asked("/language")
    stage.fake.press_raw("language:tlh", {"message": message}, READER, READER)
    await stage.fake.wait("answerCallbackQuery")
    assert stage.collection.memory.all("language") == {}


async def test_privacy_tells_what_is_kept_and_offers_to_erase_it(stage: Stage) -> None:
    message = await stage.asked("/privacy")
    assert "30 days" in message["text"]
    stage.fake.press("Erase my data", READER)
    assert buttons(await stage.said(READER, 2)) == ["Yes, erase", "No"]
    await stage.fake.wait("answerCallbackQuery")


async def test_forget_erases_everything_of_the_person_and_nothing_of_others(stage: Stage) -> None:
    await stage.asked(QUESTION)
    stage.fake.press("🔔 Follow", READER)
    await stage.asked(f"/ask {QUESTION}", GROUP, user_id=READER)
    await stage.asked(QUESTION, STRANGER)
    stage.fake.press("🔔 Follow", STRANGER)
    await stage.fake.wait("answerCallbackQuery", times=2)
    await stage.asked("/language")
    stage.fake.press("Tiếng Việt", READER)
    await stage.asked("/forget")
    stage.fake.press("Xóa hết", READER)
    assert "I keep no question" in (await stage.edited(2))["text"]  # the choice of language is gone, too
    [left] = stage.collection.journal.all()
    assert left.asker.endswith(f":{STRANGER}")
    assert stage.collection.memory.all("language") == {}
    followed = [stage.collection.watches.of(f"{stage.app.bot.id}:{who}:0") for who in (READER, STRANGER)]
    assert list(map(len, followed)) == [0, 1]
    stage.fake.press("👍", READER)
    await stage.fake.wait("answerCallbackQuery", text="too old")


async def test_what_is_being_answered_when_somebody_is_forgotten_is_not_kept(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, may_end, ask = threading.Event(), threading.Event(), Collection.ask

    def asked(self: Collection, question: str, **how: Any) -> Answer:
        answer = ask(self, question, **how)
        begun.set()
        may_end.wait(60)
        return answer

    await stage.asked("/forget")
    monkeypatch.setattr(Collection, "ask", asked)
    stage.fake.send_text(f"/ask {QUESTION}", GROUP, user_id=READER)
    await asyncio.to_thread(begun.wait, 60)
    stage.fake.press("Yes, erase", READER)
    await stage.edited()
    may_end.set()
    assert PRICE in (await stage.said(GROUP))["text"]
    await stage.asked("/help", GROUP, user_id=READER)
    await stage.app.bot_data.answers.written()
    assert list(stage.collection.journal.all()) == []


async def test_forget_can_be_thought_better_of(stage: Stage) -> None:
    await stage.asked(QUESTION)
    await stage.asked("/forget")
    stage.fake.press("No", READER)
    assert "stays as it is" in (await stage.edited())["text"]
    stage.fake.press("👍", READER)
    await stage.fake.wait("answerCallbackQuery", times=2)
    assert len(list(stage.collection.journal.all())) == 1


async def test_in_a_group_questions_are_erased_and_the_way_to_erase_all_is_told(stage: Stage) -> None:
    told = await stage.asked("/privacy", GROUP, user_id=READER)
    assert not buttons(told)
    assert "in our own chat" in told["text"]
    asking = await stage.asked("/forget", GROUP, user_id=READER)
    assert not buttons(asking)
    assert "in our own chat" in asking["text"]


async def test_in_a_group_nothing_of_what_a_person_asked_is_left_at_once(stage: Stage) -> None:
    await stage.asked(f"/ask {QUESTION}", GROUP, user_id=READER)
    await stage.asked("/forget", GROUP, user_id=READER)
    await stage.asked("/help", GROUP, user_id=READER)  # what was handled before is written down as done
    with closing(sqlite3.connect(stage.settings.database_url.removeprefix("sqlite:///"))) as database:
        left = "\n".join(database.iterdump())
    words = QUESTION.rstrip("?").split(maxsplit=1)[1]
    assert words not in left
    assert json.dumps(words)[1:-1] not in left


async def test_erasing_that_fails_is_not_claimed(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: str) -> None:
        raise StoreError("the disk is gone")

    monkeypatch.setattr(stage.collection.journal, "forget", fail)
    await stage.asked("/forget")
    stage.fake.press("Yes, erase", READER)
    [call] = await stage.fake.wait("answerCallbackQuery")
    assert "Something went wrong" in call.params["text"]
    assert not stage.fake.sent("editMessageText")


async def test_questions_are_kept_for_so_many_days_only(
    fake: FakeTelegram, settings: Settings, filled: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    forgotten = asyncio.Event()
    loop, real = asyncio.get_running_loop(), filled.journal.forget_before

    def forget_before(moment: datetime) -> int:
        number = real(moment)
        loop.call_soon_threadsafe(forgotten.set)
        return number

    monkeypatch.setattr(filled.journal, "forget_before", forget_before)
    answer, now = filled.ask(QUESTION), datetime.now(UTC)
    for days in (6, 8):
        at = now - timedelta(days=days)
        filled.journal.note(
            [NotedAnswer.of(answer, id=str(days), asker="1:7", chat="1:7", at=at, seconds=0.1)]
        )
    async with running(settings.model_copy(update={"questions_kept_days": 7}), filled):
        await forgotten.wait()
    assert [asked.id for asked in filled.journal.all()] == ["6"]


async def test_guests_questions_count_and_the_pause_is_told_once(strict: Stage) -> None:
    said = []
    for number in range(1, 4):
        strict.fake.guest_text(f"@fake_bot {QUESTION}", -100900, READER)
        await strict.fake.wait("answerGuestQuery", times=number)
        said.append(strict.fake.messages(-100900)[-1]["text"])
    assert [PRICE in text for text in said] == [True, True, False]
    assert "faster than I can answer" in said[-1]
    strict.fake.guest_text(f"@fake_bot {QUESTION}", -100900, READER)
    strict.fake.send_text(f"/ask {QUESTION}", READER)
    assert PRICE in (await strict.asked(QUESTION, STRANGER))["text"]
    assert len(strict.fake.sent("answerGuestQuery")) == 3


async def test_who_types_too_much_is_asked_to_wait(strict: Stage) -> None:
    for number in range(1, 2 * KEYSTROKES + 2):
        strict.fake.inline_query(QUESTION, READER)
        await strict.fake.wait("answerInlineQuery", times=number)
    answers = [call.params for call in strict.fake.sent("answerInlineQuery")]
    assert all(answer["results"] for answer in answers[:-1])
    assert answers[-1]["results"] == []
    assert answers[-1]["button"]["text"] == "You ask very fast! Please wait a moment"
    assert "faster than I can answer" in (await strict.asked(QUESTION))["text"]


async def test_carried_question_counts(strict: Stage) -> None:
    strict.fake.inline_query("Đội tuyển bóng bầu dục nước Anh gồm những ai?", READER)
    [call] = await strict.fake.wait("answerInlineQuery")
    command = f"/start {call.params['button']['start_parameter']}"
    assert "couldn't find an answer" in (await strict.asked(command))["text"]
    assert "faster than I can answer" in (await strict.asked(command))["text"]


async def test_guests_question_is_noted(stage: Stage) -> None:
    stage.fake.guest_text(f"@fake_bot {QUESTION}", -100900, READER)
    await stage.fake.wait("answerGuestQuery")
    await stage.asked(QUESTION)
    stage.fake.press("👍", READER)  # the journal is written first
    await stage.edited()
    assert [noted.question for noted in stage.collection.journal.all()] == [QUESTION, QUESTION]
