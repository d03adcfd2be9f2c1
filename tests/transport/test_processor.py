"""The processor: one chat's updates in order, several chats at once, nothing kept of quiet chats."""

import asyncio
import gc
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import pytest
from telegram import Chat, InlineQuery, Message, Update, User

from bot.transport.processor import ChatByChat, ChatLock


def said(chat_id: int, number: int) -> Update:
    message = Message(number, datetime.now(UTC), Chat(chat_id, Chat.PRIVATE), text=str(number))
    return Update(number, message=message)


def typed(person: int, number: int) -> Update:
    query = InlineQuery(str(number), User(person, "An", is_bot=False), "thư viện"[:number], "")
    return Update(number, inline_query=query)


def count_locks() -> int:
    return sum(type(thing) is ChatLock for thing in gc.get_objects())


async def finish(processor: ChatByChat, *work: tuple[object, Awaitable[None]]) -> None:
    async with processor:
        await asyncio.gather(*(processor.process_update(update, handling) for update, handling in work))


async def test_updates_of_one_chat_are_handled_in_order() -> None:
    handled: list[int] = []

    async def handle(number: int) -> None:
        for _ in range(5 - number):  # the earlier, the slower
            await asyncio.sleep(0)
        handled.append(number)

    await finish(ChatByChat(), *((said(7, number), handle(number)) for number in range(5)))
    assert handled == [0, 1, 2, 3, 4]


async def test_chats_do_not_wait_for_one_another() -> None:
    first_goes_on = asyncio.Event()

    async def wait() -> None:
        await first_goes_on.wait()

    async def release() -> None:
        first_goes_on.set()

    await finish(ChatByChat(), (said(7, 1), wait()), (said(8, 2), release()))


async def test_flood_in_one_chat_takes_one_place() -> None:
    flood_is_over = asyncio.Event()

    async def wait() -> None:
        await flood_is_over.wait()

    async def release() -> None:
        flood_is_over.set()

    flood = [(said(7, number), wait()) for number in range(10)]
    await finish(ChatByChat(at_once=2), *flood, (said(8, 11), release()))


async def test_no_more_updates_than_allowed_are_handled_at_once() -> None:
    running = most = 0

    async def handle() -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0)
        running -= 1

    await finish(ChatByChat(at_once=3), *((said(number, number), handle()) for number in range(1, 20)))
    assert most == 3


async def test_nothing_is_kept_of_a_chat_that_is_quiet() -> None:
    gc.collect()
    before = count_locks()
    meanwhile: list[int] = []

    async def handle() -> None:
        if not meanwhile:  # it looks at every object of the process
            meanwhile.append(count_locks())

    processor = ChatByChat()
    await finish(processor, *((said(number, number), handle()) for number in range(1, 50)))
    assert meanwhile[0] > before
    gc.collect()
    assert count_locks() == before


async def test_inline_query_is_dropped_when_the_same_person_has_typed_on() -> None:
    handled: list[int] = []
    typed_on = asyncio.Event()

    async def handle(number: int) -> None:
        await typed_on.wait()
        handled.append(number)

    async def type_on() -> None:
        typed_on.set()

    processor = ChatByChat()
    keys = [(typed(7, number), handle(number)) for number in (1, 2, 3)]
    await finish(processor, *keys, (typed(8, 4), handle(4)), (said(9, 5), type_on()))
    assert sorted(handled) == [1, 3, 4]  # the first one was being answered already


async def test_what_was_typed_drops_nothing_but_inline_queries() -> None:
    handled: list[int] = []

    async def handle(number: int) -> None:
        await asyncio.sleep(0)  # the others arrive meanwhile
        handled.append(number)

    await finish(
        ChatByChat(),
        (said(7, 1), handle(1)),
        (typed(7, 2), handle(2)),
        (said(7, 3), handle(3)),
        (typed(7, 4), handle(4)),
    )
    assert handled == [1, 3, 4]


async def test_failed_update_lets_the_next_one_of_its_chat_go_on() -> None:
    handled: list[str] = []

    async def fail() -> None:
        raise ValueError("no luck")

    async def handle() -> None:
        handled.append("second")

    processor = ChatByChat()
    with pytest.raises(ValueError, match="no luck"):
        await processor.process_update(said(7, 1), fail())
    await processor.process_update(said(7, 2), handle())
    assert handled == ["second"]


@pytest.mark.parametrize(
    "make", [lambda: object(), lambda: Update(1)], ids=["no update of Telegram's", "no chat"]
)
async def test_what_has_no_chat_is_handled_at_once(make: Callable[[], object]) -> None:
    handled: list[str] = []

    async def handle() -> None:
        handled.append("once")

    processor = ChatByChat()
    await processor.process_update(make(), handle())
    assert handled == ["once"]


async def test_what_was_taken_over_goes_before_an_update_that_waits_for_it() -> None:
    handled: list[int] = []
    first_is_done = asyncio.Event()

    def wait(update: Update) -> Awaitable[object] | None:
        return None if update.update_id == 1 else first_is_done.wait()

    async def handle(number: int) -> None:
        handled.append(number)
        first_is_done.set()

    processor = ChatByChat(wait=wait)
    await finish(processor, *((said(7, number), handle(number)) for number in (2, 3, 1)))
    assert handled == [1, 2, 3]
