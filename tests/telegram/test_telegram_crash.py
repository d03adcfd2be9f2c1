"""After a crash, and while Telegram fails: each question is answered, and nothing is said twice."""

import asyncio
import io
import json
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import Any

import pytest
from fakegram import FakeTelegram
from stage import ADMIN, GROUP, READER, Stage, running
from telegram import Bot

from bot import life
from bot.settings import Settings
from bot.storage.arrivals import Arrivals
from bot.storage.departures import Departures
from bot.storage.ledger import Ledger
from bot.transport.delivery import Delivery
from retrieval.collection.collection import Collection
from retrieval.journal.journal import Rating
from retrieval.store.database import Database
from retrieval.store.notes import Key, Memory

pytest_plugins = ["stage_fixtures"]

QUESTION = "Thẻ thư viện giá bao nhiêu một năm?"
RELOAD = "/reload"
PRICE = "ba mươi nghìn"


def departures_of(collection: Collection, settings: Settings) -> Departures:
    """Return the departures of a process that answers from *collection*."""
    return Departures(collection.memory.folder or settings.index_dir)


def left_behind(
    fake: FakeTelegram,
    collection: Collection,
    *,
    is_sending: bool,
    times: int = 0,
    text: str = QUESTION,
    record: str | None = None,
) -> int:
    """Leave a message as a process did that is gone, and return its number.

    Telegram has been told that it arrived. Whether its answer left stands in the *record*.
    """
    update = fake.send_text(text, ADMIN if text == RELOAD else READER)
    return left(fake, collection, update, is_sending=is_sending, times=times, record=record)


def left(
    fake: FakeTelegram,
    collection: Collection,
    update: dict[str, Any],
    *,
    is_sending: bool = False,
    times: int = 0,
    record: str | None = None,
) -> int:
    """Leave an *update* as ``left_behind`` does."""
    fake.queue.clear()
    key = f"{fake.me['id']}:{update['update_id']}"
    chat = update.get("callback_query", update)["message"]["chat"]["id"]
    standing = "sending" if is_sending else "received"
    entry = {"owner": "elsewhere|1|gone", "standing": standing, "times": times, "update": update}
    entry["record"] = record
    place = f"{fake.me['id']}:{chat}:{update['update_id']}"
    collection.memory.write(claims=[("update", key)], notes={("arrived", place): json.dumps(entry)})
    return int(update["update_id"])


async def test_verdict_that_was_noted_before_a_crash_is_not_taken_back_after_it(
    fake: FakeTelegram, settings: Settings, filled: Collection, log: io.StringIO
) -> None:
    async with running(settings, filled):
        fake.send_text(QUESTION, READER)
        await fake.wait("sendMessage", chat_id=READER)
    [asked] = filled.journal.all()
    filled.journal.rate(asked.id, f"{fake.me['id']}:{READER}", Rating(verdict="good", rank=1))
    left(fake, filled, fake.press("👍", READER))
    async with running(settings, filled):
        [thanks] = await fake.wait("answerCallbackQuery")
    assert "Thank you" in thanks.params["text"]
    assert [rating.verdict for rating in filled.journal.ratings(asked.id).values()] == ["good"]


async def test_question_that_a_crash_left_unanswered_is_answered_at_the_next_start(
    fake: FakeTelegram, settings: Settings, filled: Collection, log: io.StringIO
) -> None:
    left_behind(fake, filled, is_sending=False)
    async with running(settings, filled):
        [call] = await fake.wait("sendMessage", chat_id=READER)
    assert PRICE in call.text


async def test_work_in_the_background_goes_on_after_a_mistake_in_it(
    fake: FakeTelegram,
    settings: Settings,
    filled: Collection,
    log: io.StringIO,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    is_mistaken, goes_on, all_notes = threading.Event(), threading.Event(), Memory.all

    def noted(self: Memory, kind: str) -> dict[str, str]:
        if kind == "arrived" and not is_mistaken.is_set():
            is_mistaken.set()
            raise ArithmeticError
        if kind == "arrived":
            goes_on.set()
        return all_notes(self, kind)

    monkeypatch.setattr(life, "BEAT_EVERY", 0.1)
    async with running(settings, filled):
        monkeypatch.setattr(Memory, "all", noted)
        assert await asyncio.to_thread(goes_on.wait, 60)
    assert "watching failed" in log.getvalue()


class KilledOnceTakenError(Exception):
    """The process is gone."""


class KilledOnceTaken(Memory):
    """Memory of a process that is killed as soon as it has taken over what another left."""

    def write(self, *, claims: Any = (), **what: Any) -> set[Key]:
        new = super().write(claims=claims, **what)
        if any(kind == "taken" for kind, _ in claims):
            raise KilledOnceTakenError
        return new


async def test_question_of_a_process_that_was_killed_while_it_took_it_over_is_answered(
    fake: FakeTelegram, settings: Settings, filled: Collection, log: io.StringIO
) -> None:
    left_behind(fake, filled, is_sending=False)
    with ThreadPoolExecutor(1) as thread, closing(Database.open(settings.database_url)) as database:
        killed = Arrivals(Ledger(KilledOnceTaken(database), thread), departures_of(filled, settings))
        async with Bot(fake.token, base_url=f"{fake.url}/bot") as bot:
            with pytest.raises(KilledOnceTakenError):
                await killed.left(bot)
    async with running(settings, filled):
        [call] = await fake.wait("sendMessage", chat_id=READER)
    assert PRICE in call.text


async def test_answer_that_was_being_sent_in_a_crash_is_not_said_again(
    fake: FakeTelegram, settings: Settings, filled: Collection, log: io.StringIO
) -> None:
    left_behind(fake, filled, is_sending=True)
    async with running(settings, filled):
        fake.send_text("/help", READER)
        await fake.wait("sendMessage", text="/ask")
    assert len(fake.sent("sendMessage")) == 1
    assert filled.memory.all("arrived") == {}


async def test_answer_that_never_left_the_killed_process_is_said(
    fake: FakeTelegram, settings: Settings, filled: Collection, log: io.StringIO
) -> None:
    departures = departures_of(filled, settings)
    left_behind(fake, filled, is_sending=True, record=departures.record)
    async with running(settings, filled):
        [call] = await fake.wait("sendMessage", chat_id=READER)
    assert PRICE in call.text


async def test_answer_that_left_the_killed_process_before_it_could_be_noted_is_not_said_again(
    fake: FakeTelegram, settings: Settings, filled: Collection, log: io.StringIO
) -> None:
    departures = departures_of(filled, settings)
    departures.note(left_behind(fake, filled, is_sending=False, record=departures.record))
    async with running(settings, filled):
        fake.send_text("/help", READER)
        await fake.wait("sendMessage", text="/ask")
    assert len(fake.sent("sendMessage")) == 1
    assert filled.memory.all("arrived") == {}


async def test_answer_is_noted_as_left_before_telegram_has_it(stage: Stage) -> None:
    update = stage.fake.send_text(QUESTION, READER)
    await stage.fake.wait("sendMessage", chat_id=READER)
    assert departures_of(stage.collection, stage.settings).has_left(update["update_id"])


async def test_nothing_is_kept_of_what_was_handled(
    fake: FakeTelegram, settings: Settings, filled: Collection, log: io.StringIO
) -> None:
    async with running(settings, filled):
        fake.send_text(QUESTION, READER)
        await fake.wait("sendMessage")
    assert filled.memory.all("arrived") == {}
    assert len(filled.memory.all("update")) == 1


async def test_answer_is_tried_until_it_goes_through_and_in_order(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Delivery, "pause", passing)
    failing: list[dict[str, Any]] = [
        {"kind": "error", "code": 502},
        {"kind": "drop"},
        {"kind": "error", "code": 500},
        {"kind": "error", "code": 429, "seconds": 1},
        {"kind": "error", "code": 429, "seconds": 60},
    ]
    for fault in failing:
        stage.fake.fault(method="sendMessage", chat_id=READER, times=2, **fault)
    stage.fake.send_text(QUESTION, READER)
    stage.fake.send_text("/help", READER)
    await stage.fake.wait("sendMessage", times=2 * len(failing) + 2)
    said = [call.text for call in stage.fake.sent("sendMessage") if call.result]
    assert len(said) == 2
    assert PRICE in said[0]


async def passing(_: Delivery, seconds: float) -> None:
    """Pause, for no time."""
    assert seconds > 0


async def test_answer_whose_connection_broke_off_is_left_to_the_next_process_while_it_waits(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    left: list[tuple[str, bool]] = []

    async def looking(_: Delivery, _seconds: float) -> None:
        for entry in map(json.loads, stage.collection.memory.all("arrived").values()):
            number = entry["update"]["update_id"]
            left.append((entry["standing"], departures_of(stage.collection, stage.settings).has_left(number)))

    monkeypatch.setattr(Delivery, "pause", looking)
    stage.fake.fault("drop", method="sendMessage", chat_id=READER)
    stage.fake.send_text(QUESTION, READER)
    await stage.fake.wait("sendMessage", times=2)
    assert left == [("received", False)]


async def test_answer_that_is_not_telegrams_is_a_fault_of_the_connection(
    stage: Stage, log: io.StringIO
) -> None:
    garbage = ["<html>please log in</html>", "null", "[]", '{"ok": true, "result": null}']
    for number, text in enumerate(garbage):
        stage.fake.fault("garbage", method="sendMessage", text=text)
        stage.fake.fault("garbage", method="getUpdates", text=text)
        stage.fake.send_text(QUESTION, READER + number)
        await stage.fake.wait("sendMessage", times=number + 1)
    stage.fake.send_text("/help", READER)
    await stage.fake.wait("sendMessage", text="/ask")
    assert len(stage.fake.sent("sendMessage")) == len(garbage) + 1  # no apology
    assert "Traceback" not in log.getvalue()
    assert "a handler failed" not in log.getvalue()


async def test_forgetting_in_a_group_is_at_once(stage: Stage) -> None:
    await stage.asked(f"/ask {QUESTION}", GROUP, user_id=READER)
    await stage.asked("/forget", GROUP, user_id=READER)
    assert list(stage.collection.journal.all()) == []
    kept = [stage.collection.memory.all(kind) for kind in ("asked", "shown", "before", "by")]
    assert kept == [{}] * 4


async def test_reload_that_a_crash_cut_off_begins_again_and_says_so(
    fake: FakeTelegram, settings: Settings, filled: Collection, log: io.StringIO
) -> None:
    left_behind(fake, filled, is_sending=False, text=RELOAD)
    async with running(settings, filled):
        await fake.wait("sendMessage", text="begin again", chat_id=ADMIN)
        await fake.wait("editMessageText", chat_id=ADMIN)
    assert filled.memory.all("arrived") == {}


async def test_reload_is_kept_until_it_is_done(
    fake: FakeTelegram,
    settings: Settings,
    filled: Collection,
    log: io.StringIO,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begun, may_end, reload = threading.Event(), threading.Event(), Collection.reload

    def reloaded(self: Collection, **how: Any) -> Any:
        begun.set()
        may_end.wait(60)
        return reload(self, **how)

    monkeypatch.setattr(Collection, "reload", reloaded)
    async with running(settings, filled):
        fake.send_text(RELOAD, ADMIN)
        await asyncio.to_thread(begun.wait, 60)
        [entry] = [json.loads(value) for value in filled.memory.all("arrived").values()]
        may_end.set()
    assert entry["update"]["message"]["text"] == RELOAD
    assert entry["standing"] == "apart"
    assert filled.memory.all("arrived") == {}


async def test_reload_is_kept_before_anything_is_said_of_it(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    standings: list[str] = []

    async def looking(_: Delivery, _seconds: float) -> None:
        noted = stage.collection.memory.all("arrived").values()
        standings.extend(json.loads(value)["standing"] for value in noted)

    monkeypatch.setattr(Delivery, "pause", looking)
    stage.fake.fault("drop", method="sendMessage", chat_id=ADMIN)
    stage.fake.send_text(RELOAD, ADMIN)
    await stage.fake.wait("editMessageText", chat_id=ADMIN)
    assert standings == ["apart"]


async def test_report_of_a_reload_comes_when_telegram_is_back(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Delivery, "pause", passing)
    stage.fake.send_text(RELOAD, ADMIN)
    stage.fake.fault("error", method="editMessageText", code=502, times=6)
    [*failed, shown] = await stage.fake.wait("editMessageText", times=7)
    assert not any(call.result for call in failed)
    assert shown.result


async def test_message_that_only_waited_in_every_crash_is_answered(
    fake: FakeTelegram, settings: Settings, filled: Collection, log: io.StringIO
) -> None:
    left_behind(fake, filled, is_sending=False, times=5, record=departures_of(filled, settings).record)
    async with running(settings, filled):
        [call] = await fake.wait("sendMessage", chat_id=READER)
    assert PRICE in call.text


async def test_message_that_ends_the_process_again_and_again_is_left_out(
    fake: FakeTelegram, settings: Settings, filled: Collection, log: io.StringIO
) -> None:
    left_behind(fake, filled, is_sending=False, times=5)
    async with running(settings, filled):
        fake.send_text("/help", READER)
        await fake.wait("sendMessage", text="/ask")
    assert len(fake.sent("sendMessage")) == 1
    assert filled.memory.all("arrived") == {}
    assert "a message that ends the bot is left out" in log.getvalue()
