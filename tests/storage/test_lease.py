"""A process that stood still, and another that took over what it had in hand: one of the two answers."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from telegram import Bot, Chat, Message, Update, User

from bot.storage.arrivals import Arrivals
from bot.storage.departures import Departures
from bot.storage.ledger import Ledger
from bot.transport.delivery import Delivery, TakenOverError
from retrieval.errors import StoreError
from retrieval.store.database import Database
from retrieval.store.notes import Key, Memory

BOT = cast(Bot, SimpleNamespace(id=1))
PLACE = "1:8:1"


class Clock:
    """The seconds that have passed for the process that is stopped."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def ledger(database: Database) -> Iterator[Ledger]:
    with ThreadPoolExecutor(1) as thread:
        yield Ledger(Memory(database), thread)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def stopped(ledger: Ledger, tmp_path: Path, clock: Clock) -> Arrivals:
    return Arrivals(ledger, Departures(tmp_path / "stopped"), clock)


@pytest.fixture
def other(database: Database, tmp_path: Path) -> Iterator[Arrivals]:
    """A process elsewhere: it knows nothing of what has left the first one."""
    with ThreadPoolExecutor(1) as thread:
        yield Arrivals(Ledger(Memory(database), thread), Departures(tmp_path / "other"))


async def arrived(arrivals: Arrivals) -> Update:
    """Return an update that has arrived."""
    message = Message(1, datetime.now(UTC), Chat(8, "private"), from_user=User(8, "Lan", is_bot=False))
    update = Update(1, message=message)
    update.set_bot(BOT)
    await arrivals.receive(update, update.to_dict())
    return update


def handled(arrivals: Arrivals, update: Update) -> Delivery:
    """Return an update that is being handled."""
    delivery = arrivals.delivery(update, asyncio.Semaphore())
    assert delivery is not None
    return delivery


async def begun(arrivals: Arrivals) -> Delivery:
    """Return an update that has arrived and is being handled."""
    return handled(arrivals, await arrived(arrivals))


async def test_who_stood_still_says_nothing_of_what_another_answers(
    stopped: Arrivals, other: Arrivals, clock: Clock
) -> None:
    delivery = await begun(stopped)
    clock.now += 100
    assert len(await other.left(BOT)) == 1
    with pytest.raises(TakenOverError):
        await delivery.begin()


async def test_answer_that_was_about_to_leave_is_held_back_if_another_says_it(
    stopped: Arrivals, other: Arrivals, clock: Clock
) -> None:
    delivery = await begun(stopped)
    await delivery.begin()
    clock.now += 100
    assert len(await other.left(BOT)) == 1
    await delivery.sending()  # it was on its way to the database
    with pytest.raises(OSError, match="stood still"):
        delivery.leaving()
    with pytest.raises(TakenOverError):
        await delivery.begin()


async def test_answer_that_another_holds_back_since_it_may_have_left_is_said(
    stopped: Arrivals, other: Arrivals, clock: Clock
) -> None:
    delivery = await begun(stopped)
    await delivery.sending()
    clock.now += 100
    assert await other.left(BOT) == []
    with pytest.raises(OSError, match="stood still"):
        delivery.leaving()
    await delivery.begin()
    await delivery.sending()
    delivery.leaving()


async def test_what_nobody_took_over_is_answered_and_nobody_else_will(
    stopped: Arrivals, other: Arrivals, clock: Clock
) -> None:
    delivery = await begun(stopped)
    clock.now += 100
    await delivery.begin()
    assert await other.left(BOT) == []
    await delivery.begin()
    await delivery.sending()
    delivery.leaving()


async def test_nothing_is_left_of_what_another_had_done_with(
    stopped: Arrivals, other: Arrivals, clock: Clock, ledger: Ledger
) -> None:
    delivery = await begun(stopped)
    await delivery.begin()
    clock.now += 100
    [update] = await other.left(BOT)
    taken = other.delivery(update, asyncio.Semaphore())
    assert taken is not None
    taken.finish()
    await other.beat(BOT.id)  # behind it
    await delivery.sending()
    with pytest.raises(OSError, match="stood still"):
        delivery.leaving()
    with pytest.raises(TakenOverError):
        await delivery.begin()
    delivery.finish()
    await ledger.written()
    assert ledger.memory.all("arrived") == {}


async def test_who_stood_still_before_an_update_was_written_down_leaves_it_to_who_got_it_too(
    stopped: Arrivals, other: Arrivals, clock: Clock, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger.memory, "write", _failing)
    delivery = await begun(stopped)
    monkeypatch.undo()
    clock.now += 100
    await begun(other)
    with pytest.raises(TakenOverError):
        await delivery.begin()


def _failing(**_: object) -> set[Key]:
    raise StoreError("the server has ended the connection")


async def test_sign_of_life_after_standing_still_gives_nothing_back(
    stopped: Arrivals, other: Arrivals, clock: Clock
) -> None:
    delivery = await begun(stopped)
    clock.now += 100
    assert len(await other.left(BOT)) == 1
    await stopped.beat(BOT.id)
    with pytest.raises(TakenOverError):
        await delivery.begin()


async def test_update_that_still_waited_when_its_process_stood_still_is_asked_for_too(
    stopped: Arrivals, other: Arrivals, clock: Clock
) -> None:
    update = await arrived(stopped)
    clock.now += 100
    assert len(await other.left(BOT)) == 1
    await stopped.beat(BOT.id)
    with pytest.raises(TakenOverError):
        await handled(stopped, update).begin()


async def test_who_cannot_claim_an_update_looks_whether_another_has(
    stopped: Arrivals, other: Arrivals, clock: Clock, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    delivery = await begun(stopped)
    clock.now += 100
    assert len(await other.left(BOT)) == 1
    monkeypatch.setattr(ledger.memory, "write", _failing)
    with pytest.raises(TakenOverError):
        await delivery.begin()


async def test_sign_of_life_makes_asking_needless(stopped: Arrivals, clock: Clock, ledger: Ledger) -> None:
    delivery = await begun(stopped)
    clock.now += 40
    await stopped.beat(BOT.id)
    clock.now += 40
    await delivery.begin()
    await delivery.sending()
    delivery.leaving()
    assert ledger.memory.all("taken") == {}
