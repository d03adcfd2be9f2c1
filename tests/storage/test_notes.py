"""Notes: kept over a restart, and never in the way of an answer."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from telegram import Bot, Chat, Message, User

from bot.storage import notebook
from bot.storage.ledger import Ledger
from bot.storage.notes import Notes
from retrieval.errors import StoreError
from retrieval.store.database import Database
from retrieval.store.notes import Key, Memory


def message(number: int, *, bot_id: int = 1) -> Message:
    bot = Bot(f"{bot_id}:TOKEN")
    bot._bot_user = User(bot_id, "Hỏi Báo", is_bot=True)  # as if Telegram had been asked who it is
    person = User(7, "An", is_bot=False)
    written = Message(number, datetime.now(UTC), Chat(7, Chat.PRIVATE), from_user=person)
    written.set_bot(bot)
    return written


async def test_what_was_remembered_is_known_after_a_restart(database: Database) -> None:
    before = Notes(Ledger(Memory(database), ThreadPoolExecutor(1)))
    await before.remember_answer(message(1), 2)
    after = Notes(Ledger(Memory(database), ThreadPoolExecutor(1)))
    assert await after.answer_to(message(1)) == 2
    assert await after.answer_to(message(2)) is None


async def test_update_is_new_once_for_each_bot(database: Database) -> None:
    remembered = Notes(Ledger(Memory(database), ThreadPoolExecutor(1)))
    assert [await remembered.is_first_in(bot_id, 5) for bot_id in (1, 1, 2)] == [True, False, True]


async def test_a_chat_has_the_moment_of_its_last_alert(database: Database) -> None:
    remembered, moment = (
        Notes(Ledger(Memory(database), ThreadPoolExecutor(1))),
        datetime(2026, 5, 4, 12, tzinfo=UTC),
    )
    for later in (timedelta(0), timedelta(hours=1)):
        await remembered.remember_alert(1, -7, moment + later)
    assert await remembered.alerted(1, -7) == moment + timedelta(hours=1)
    assert await remembered.alerted(1, 7) is None


async def test_notes_of_another_bot_do_not_count(database: Database) -> None:
    remembered = Notes(Ledger(Memory(database), ThreadPoolExecutor(1)))
    await remembered.remember_answer(message(1), 2)
    assert await remembered.answer_to(message(1, bot_id=2)) is None


async def test_write_that_takes_too_long_is_not_waited_for_and_not_lost(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory, go_on = Memory(database), threading.Event()
    write = memory.write

    def slow(**what: Any) -> set[Key]:
        assert go_on.wait(timeout=10)
        return write(**what)

    monkeypatch.setattr(memory, "write", slow)
    monkeypatch.setattr(notebook, "_LONGEST_WRITE", 0.01)
    writer = ThreadPoolExecutor(1)
    assert await Notes(Ledger(memory, writer)).is_first_in(1, 5)
    go_on.set()
    writer.shutdown()
    monkeypatch.undo()
    assert not memory.write(claims=[("privacy", "1:5")])


async def test_crowd_of_writes_is_one_and_each_claim_is_anybodys_once(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory, go_on, writes = Memory(database), threading.Event(), []
    write = memory.write

    def counted(**what: Any) -> set[Key]:
        assert go_on.wait(timeout=10)
        writes.append(what)
        return write(**what)

    monkeypatch.setattr(memory, "write", counted)
    crowd = Notes(Ledger(memory, ThreadPoolExecutor(1)))
    claims = [asyncio.create_task(crowd.is_first_in(1, number // 2)) for number in range(20)]
    await asyncio.sleep(0)
    go_on.set()
    assert sum(await asyncio.gather(*claims)) == 10
    assert len([what for what in writes if what["claims"]]) <= 2


async def test_write_that_fails_costs_nothing(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**_: object) -> set[Key]:
        raise StoreError("the disk is full")

    memory = Memory(database)
    monkeypatch.setattr(memory, "write", fail)
    remembered = Notes(Ledger(memory, ThreadPoolExecutor(1)))
    assert await remembered.is_first_in(1, 5)
    await remembered.remember_answer(message(1), 2)


async def test_question_can_be_followed_up_over_a_restart_and_not_for_long(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = Notes(Ledger(Memory(database), ThreadPoolExecutor(1)))
    await before.remember_answer(message(1), 2, "thư viện mở cửa mấy giờ")
    after = Notes(Ledger(Memory(database), ThreadPoolExecutor(1)))
    assert after.last(message(3))[0] == "thư viện mở cửa mấy giờ"
    monkeypatch.setattr(notebook, "FOLLOWED_WITHIN", timedelta(0))
    assert after.last(message(3))[0] is None


async def test_edit_is_understood_with_what_stood_before_the_message(database: Database) -> None:
    remembered = Notes(Ledger(Memory(database), ThreadPoolExecutor(1)))
    await remembered.remember_answer(message(1), 2, "thư viện mở cửa mấy giờ")
    await remembered.remember_answer(message(3), 4, "thư viện – ở đâu", "thư viện mở cửa mấy giờ")
    assert remembered.previous_of_edited(message(1)) is None
    assert remembered.previous_of_edited(message(3)) == "thư viện mở cửa mấy giờ"


async def test_carried_question_is_known_to_who_typed_it(database: Database) -> None:
    remembered = Notes(Ledger(Memory(database), ThreadPoolExecutor(1)))
    await remembered.carry(1, 7, "key", "chợ ở đâu")
    assert await remembered.carried(1, 7, "key") == "chợ ở đâu"
    others = [(2, 7, "key"), (1, 8, "key"), (1, 7, "other")]
    assert [await remembered.carried(*other) for other in others] == [None, None, None]


async def test_questions_are_forgotten_long_before_everything_else(database: Database) -> None:
    memory = Memory(database)
    remembered = Notes(Ledger(memory, ThreadPoolExecutor(1)))
    await remembered.remember_answer(message(1), 2, "thư viện mở cửa mấy giờ", "chợ ở đâu")
    await remembered.carry(1, 7, "key", "chợ ở đâu")
    await remembered.forget_old()
    assert remembered.last(message(3))[0] is not None
    later = datetime.now(UTC) + notebook.FOLLOWED_WITHIN
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(notebook, "datetime", SimpleNamespace(now=lambda _: later))
        await remembered.forget_old()
    assert await remembered.answer_to(message(1)) == 2
    written = (memory.forget_before(kind, later) for kind in ("asked", "before", "carried"))
    assert list(written) == [0, 0, 0]


def test_question_before_that_cannot_be_read_is_none(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: datetime) -> dict[str, str]:
        raise StoreError("the disk is gone")

    memory = Memory(database)
    monkeypatch.setattr(memory, "under", fail)
    assert Notes(Ledger(memory, ThreadPoolExecutor(1))).last(message(1)) == (None, None)


async def test_everything_of_a_person_is_forgotten_and_nothing_of_others(database: Database) -> None:
    memory = Memory(database)
    remembered = Notes(Ledger(memory, ThreadPoolExecutor(1)))
    await remembered.remember_answer(message(1), 2, "thư viện ở đâu", "chợ ở đâu")
    await remembered.carry(1, 7, "abc", "thư viện ở đâu")
    await remembered.remember_choice(1, 7, "vi")
    await remembered.remember_choice(1, 70, "en")
    await remembered.forget_person(1, 70)
    assert remembered.previous_of_edited(message(1)) == "chợ ở đâu"
    await remembered.forget_person(1, 7)
    assert memory.all("language") == {}
    assert memory.all("before") == memory.all("carried") == {}
    assert memory.all("asked") == {}


async def test_choices_of_another_bots_people_do_not_count(database: Database) -> None:
    remembered = Notes(Ledger(Memory(database), ThreadPoolExecutor(1)))
    await remembered.remember_choice(1, 7, "vi")
    await remembered.remember_choice(11, 8, "en")
    await remembered.remember_choice(1, 9, "en")
    await remembered.remember_choice(1, 9, None)
    assert await remembered.choices(1) == {7: "vi"}


async def test_choices_that_cannot_be_read_are_none(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: str) -> dict[str, str]:
        raise StoreError("the disk is gone")

    memory = Memory(database)
    monkeypatch.setattr(memory, "all", fail)
    assert await Notes(Ledger(memory, ThreadPoolExecutor(1))).choices(1) is None
