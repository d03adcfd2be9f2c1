"""The message that tells how a reload goes: when it is edited, by a clock that jumps instead of waiting."""

import asyncio
import selectors
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from samples import HANOI
from telegram import Chat, MaybeInaccessibleMessage, Message

from bot.handlers.admins import status as telling
from bot.handlers.admins.status import EDIT_EVERY, EDIT_EVERY_IN_GROUPS, LONGEST_EDIT, Status
from bot.language import Languages
from bot.reply import Reply
from retrieval.collection.report import Step

TEXTS = Languages("en", HANOI).of("en")
STEPS, EACH = 3000, 0.01  # seconds a step
BEGUN, DONE = Reply(text="begun"), Reply(text="done")


class Jumping(selectors.DefaultSelector):
    """Lets a loop that waits for its clock alone go on at once: *now*, in seconds, is that much later."""

    now = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        self.now += timeout or 0.0
        return super().select(0)


@pytest.fixture
def clock() -> Jumping:
    return Jumping()


@pytest.fixture
def loop(clock: Jumping, monkeypatch: pytest.MonkeyPatch) -> asyncio.AbstractEventLoop:
    loop = asyncio.SelectorEventLoop(clock)
    monkeypatch.setattr(loop, "time", lambda: clock.now)
    return loop


@pytest.mark.parametrize("on_its_way", [0.0, 0.3, 2.5])
@pytest.mark.parametrize(
    ("chat", "pause"),
    [(Chat(7, Chat.PRIVATE), EDIT_EVERY), (Chat(-7, Chat.SUPERGROUP), EDIT_EVERY_IN_GROUPS)],
    ids=["private", "group"],
)
def test_each_edit_begins_a_pause_after_the_end_of_the_last(
    chat: Chat,
    pause: float,
    on_its_way: float,
    clock: Jumping,
    loop: asyncio.AbstractEventLoop,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    status = Status(Message(1, datetime.now(UTC), chat), BEGUN)
    begun, ended, said = [], [], []

    async def edit(reply: Reply, message: MaybeInaccessibleMessage) -> None:
        begun.append(clock.now)
        await asyncio.sleep(on_its_way)
        ended.append(clock.now)
        said.append(reply)

    async def step_by_step(work: Callable[[], Reply]) -> Reply:
        for done in range(STEPS):
            status.note(Step(stage="read", done=done, total=STEPS))
            await asyncio.sleep(EACH)
        return work()

    monkeypatch.setattr(telling, "replace", edit)
    monkeypatch.setattr(asyncio, "to_thread", step_by_step)
    with asyncio.Runner(loop_factory=lambda: loop) as runner:
        runner.run(status.follow(TEXTS, lambda: DONE))
    assert begun[0] == pytest.approx(pause)
    apart = [later - earlier for earlier, later in zip(ended, begun[1:], strict=False)]
    assert apart[:-1] == pytest.approx([pause] * len(apart[:-1]))
    assert apart[-1] >= pause or apart[-1] == pytest.approx(pause)
    assert len(begun) == pytest.approx(STEPS * EACH / (pause + on_its_way), abs=1.5)
    assert said[-1] == DONE
    assert all(earlier != later for earlier, later in pairwise(said))


def test_a_report_is_a_new_message_if_telegram_takes_no_edit_for_long(
    clock: Jumping, loop: asyncio.AbstractEventLoop, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = Message(1, datetime.now(UTC), Chat(7, Chat.PRIVATE))
    sent: list[object] = []

    async def edit(_reply: Reply, _message: MaybeInaccessibleMessage) -> None:
        await asyncio.sleep(600)

    async def send(reply: Reply, to: Message) -> None:
        sent.append((reply, to))

    monkeypatch.setattr(telling, "replace", edit)
    monkeypatch.setattr(telling, "send", send)
    with asyncio.Runner(loop_factory=lambda: loop) as runner:
        runner.run(Status(message, BEGUN).end(DONE))
    assert sent == [(DONE, message)]
    assert clock.now == pytest.approx(LONGEST_EDIT)
