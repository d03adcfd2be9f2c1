"""The ledger: one transaction for all that waits, and nothing of it lost."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from bot.storage import ledger as ledgers
from bot.storage import writer
from bot.storage.ledger import Ledger, LedgerEntry
from retrieval.errors import StoreError
from retrieval.store.database import Database
from retrieval.store.notes import Key, Memory


class Counted(Memory):
    """A memory that counts its transactions, and fails as long as it is told to."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self.times = 0
        self.fails = False

    def write(self, **what: Any) -> set[Key]:
        self.times += 1
        if self.fails:
            raise StoreError("the disk is full")
        return super().write(**what)


@pytest.fixture
def thread() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(1) as one:
        yield one


@pytest.fixture
def memory(database: Database) -> Counted:
    return Counted(database)


def noted(key: str) -> LedgerEntry:
    return LedgerEntry(notes={("answer", key): "5"})


async def test_what_nobody_waits_for_goes_along_with_the_next(
    memory: Counted, thread: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "MOMENT", 3600)
    ledger = Ledger(memory, thread)
    ledger.append(noted("a"))
    late = ledger.put(noted("b"), soon=False)
    ledger.append(LedgerEntry(gone=(("answer", "z"),)))
    assert memory.times == 0
    assert await ledger.put(noted("c"))
    assert await late
    assert memory.times == 1
    assert memory.all("answer") == {"a": "5", "b": "5", "c": "5"}


async def test_what_nobody_waits_for_is_written_a_moment_later(
    memory: Counted, thread: ThreadPoolExecutor
) -> None:
    ledger = Ledger(memory, thread)
    for key in "abc":
        ledger.append(noted(key))
    assert await ledger.put(noted("d"), soon=False)
    assert memory.times == 1
    assert sorted(memory.all("answer")) == ["a", "b", "c", "d"]


async def test_a_change_comes_after_all_that_waits(memory: Counted, thread: ThreadPoolExecutor) -> None:
    ledger = Ledger(memory, thread)
    ledger.append(noted("a"))
    assert await ledger.run(lambda memory: sorted(memory.all("answer"))) == ["a"]


async def test_what_a_database_did_not_take_is_written_once_it_does(
    memory: Counted, thread: ThreadPoolExecutor
) -> None:
    ledger = Ledger(memory, thread)
    memory.fails = True
    ledger.append(noted("a"))
    assert await ledger.put(LedgerEntry(claim=("update", "1"), notes={("arrived", "1"): "x"}))
    memory.fails = False
    await ledger.written()
    assert memory.all("answer") == {"a": "5"}
    assert memory.all("arrived") == {"1": "x"}
    assert not await ledger.put(LedgerEntry(claim=("update", "1")))


async def test_of_too_much_that_waits_the_oldest_is_lost(
    memory: Counted, thread: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledgers, "_WAITING", 2)
    ledger = Ledger(memory, thread)
    memory.fails = True
    for key in "abc":
        await ledger.put(noted(key))
    memory.fails = False
    await ledger.written()
    assert sorted(memory.all("answer")) == ["b", "c"]


async def test_who_waits_is_told_of_a_fault(
    memory: Counted, thread: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_: object) -> set[Key]:
        raise RuntimeError("no luck")

    monkeypatch.setattr(memory, "write", fail)
    with pytest.raises(RuntimeError, match="no luck"):
        await asyncio.wait_for(Ledger(memory, thread).put(noted("a")), 10)


async def test_who_gives_up_keeps_nobody_else_from_hearing(
    memory: Counted, thread: ThreadPoolExecutor
) -> None:
    ledger = Ledger(memory, thread)
    first, second = ledger.put(noted("a")), ledger.put(noted("b"))
    first.cancel()
    assert await asyncio.wait_for(second, 10)
    assert sorted(memory.all("answer")) == ["a", "b"]
