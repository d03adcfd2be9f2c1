"""Updates that arrive: what nobody handles before the bot stops is kept for the next process."""

import asyncio
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from telegram import Bot, Chat, Message, Update, User

from bot.storage import arrivals
from bot.storage.arrivals import Arrivals
from bot.storage.departures import Departures
from bot.storage.ledger import Ledger
from bot.storage.queue import ArrivedUpdates
from bot.transport.polling import Polling
from retrieval.errors import StoreError
from retrieval.store.database import Database
from retrieval.store.notes import Key, Memory

STOP = object()


@pytest.fixture
def ledger(database: Database) -> Iterator[Ledger]:
    with ThreadPoolExecutor(1) as thread:
        yield Ledger(Memory(database), thread)


@pytest.fixture
def queue(ledger: Ledger, tmp_path: Path) -> ArrivedUpdates:
    arrivals = Arrivals(ledger, Departures(tmp_path))
    return ArrivedUpdates(arrivals, is_told_at_once=True, read=Polling().read)


def update(number: int) -> Update:
    message = Message(
        number, datetime.now(UTC), Chat(8, "private"), from_user=User(8, "Lan", is_bot=False), text="chợ"
    )
    whole = Update(number, message=message)
    whole.set_bot(cast(Bot, SimpleNamespace(id=1)))
    return whole


async def test_what_nobody_has_taken_by_the_signal_to_stop_is_written_down_only(
    queue: ArrivedUpdates, ledger: Ledger
) -> None:
    await queue.put(update(1))
    await queue.put(STOP)
    assert await queue.get() is STOP
    queue.task_done()
    await asyncio.wait_for(queue.join(), 10)
    assert list(ledger.memory.all("arrived")) == ["1:8:1"]


async def test_what_comes_behind_the_signal_to_stop_is_written_down_only(
    queue: ArrivedUpdates, ledger: Ledger
) -> None:
    await queue.put(STOP)
    assert await queue.get() is STOP
    queue.task_done()
    await queue.put(update(1))
    await asyncio.wait_for(queue.join(), 10)
    assert list(ledger.memory.all("arrived")) == ["1:8:1"]


async def test_answer_waits_for_no_note_of_what_the_departures_beside_the_database_tell(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(arrivals, "WRITTEN_WITHIN", None)  # for ever
    monkeypatch.setattr(arrivals, "TOLD_WITHIN", None)
    folder, may_write = ledger.memory.folder, threading.Event()
    writing = asyncio.create_task(ledger.run(lambda _: may_write.wait(60)))
    delivery = Arrivals(ledger, Departures(folder or tmp_path)).delivery(update(1), asyncio.Semaphore(1))
    assert delivery is not None
    sending = asyncio.create_task(delivery.sending())
    if folder is not None:
        await asyncio.wait_for(sending, 10)
    assert ledger.memory.all("arrived") == {}
    may_write.set()
    await asyncio.wait_for(sending, 10)
    await asyncio.gather(writing, ledger.written())
    assert len(ledger.memory.all("arrived")) == 1


async def test_telegram_is_asked_for_more_once_what_was_refused_is_written(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = ledger.memory.write

    def refuse_once(**what: Any) -> set[Key]:
        monkeypatch.setattr(ledger.memory, "write", write)
        raise StoreError("the disk is full")

    monkeypatch.setattr(ledger.memory, "write", refuse_once)
    arrived = Arrivals(ledger, Departures(tmp_path))
    arrived.receive(update(1), {})
    await arrived.settled()
    assert list(ledger.memory.all("arrived")) == ["1:8:1"]
