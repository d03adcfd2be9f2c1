"""Replicas: several processes over one PostgreSQL, each with its own index, behind one webhook.

They run in the process of the test, so each pretends to be on a machine of its own.
"""

import asyncio
import io
import json
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from aiohttp import ClientSession
from balancing import Balancer, free_port
from fakegram import FakeTelegram
from postgres import Server
from pydantic import SecretStr
from stage import ADMIN, LIBRARY, READER, running

from bot import life
from bot.settings import Settings
from bot.storage.duties import on_duty
from bot.transport import limiter
from retrieval.collection.collection import Collection

pytest_plugins = ["stage_fixtures"]

QUESTION = "Thẻ thư viện giá bao nhiêu một năm?"
PRICE = "ba mươi nghìn"
SECRET = "secret"


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """Telegram, the replicas, and the proxy before them."""

    fake: FakeTelegram
    collections: list[Collection]
    balancer: Balancer

    def answers(self, chat_id: int) -> list[str]:
        """What the bot has said in a chat so far, as delivered."""
        return [call.text for call in self.fake.sent("sendMessage", chat_id=chat_id) if call.result]


@pytest.fixture
async def office(
    fake: FakeTelegram,
    nowhere: Path,
    articles_dir: Path,
    postgresql_url: str,
    log: io.StringIO,
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[Office]:
    """Two replicas that run."""
    monkeypatch.setattr(life, "BEAT_EVERY", 0.1)
    (articles_dir / "library.md").write_text(LIBRARY, encoding="utf-8")
    ports = [free_port(), free_port()]
    balancer, collections = Balancer(ports), []
    async with AsyncExitStack() as stack:
        url = await stack.enter_async_context(balancer.running())
        for number, port in enumerate(ports):
            settings = Settings(
                telegram_token=SecretStr(fake.token),
                telegram_api_url=fake.url,
                admin_ids=(ADMIN,),
                articles_dir=articles_dir,
                database_url=postgresql_url,
                index_dir=nowhere / f"index{number}",
                webhook_url=url,
                webhook_secret=SecretStr(SECRET),
                listen="127.0.0.1",
                port=port,
            )
            collection = Collection.open(
                database_url=postgresql_url, index_dir=settings.index_dir, articles_dir=articles_dir
            )
            stack.callback(collection.close)
            collections.append(collection)
            monkeypatch.setattr("socket.gethostname", lambda number=number: f"machine{number}")
            await stack.enter_async_context(running(settings, collection))
        yield Office(fake=fake, collections=collections, balancer=balancer)


async def until(is_so: Callable[[], bool]) -> None:
    """Wait until it is so."""
    async with asyncio.timeout(60):
        while not is_so():
            await asyncio.sleep(0.05)


async def test_each_replica_answers_from_what_one_of_them_reloaded(office: Office) -> None:
    office.fake.send_text("/reload", ADMIN)
    await until(lambda: {len(list(collection.articles())) for collection in office.collections} == {1})
    for chat in range(100, 103):
        office.fake.send_text(QUESTION, chat)
    for chat in range(100, 103):
        await office.fake.wait("sendMessage", chat_id=chat)
        assert PRICE in office.answers(chat)[0]


async def test_update_that_comes_to_both_is_answered_once(office: Office) -> None:
    update = office.fake.send_text("/help", READER)
    await office.fake.wait("sendMessage", chat_id=READER)
    headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
    async with ClientSession() as session:
        for port in office.balancer.ports:
            async with session.post(f"http://127.0.0.1:{port}/hook", json=update, headers=headers) as answer:
                assert answer.status == 200
    office.fake.send_text("/privacy", READER)
    await office.fake.wait("sendMessage", chat_id=READER, times=2)
    assert len(office.answers(READER)) == 2


async def test_a_chats_order_is_kept_over_both(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limiter, "LONGEST_PAUSE", 0.01)
    texts = ["/help", "/privacy", "/help", "/privacy", "/language"]
    for text in texts:  # one by one they are answered as they should be
        office.fake.send_text(text, READER)
        await until(lambda: not office.fake.queue)
    await until(lambda: len(office.answers(READER)) == len(texts))
    office.fake.fault("error", method="sendMessage", chat_id=READER, code=502, times=8)
    for text in texts:  # at once, and Telegram takes none of the first one's attempts
        office.fake.send_text(text, READER)
    await until(lambda: len(office.answers(READER)) == 2 * len(texts))
    said = office.answers(READER)
    assert said[len(texts) :] == said[: len(texts)]


async def test_commands_are_published_once(office: Office) -> None:
    scopes = [
        (call.params.get("language_code"), str(call.params.get("scope")))
        for call in office.fake.sent("setMyCommands")
    ]
    assert scopes
    assert len(scopes) == len(set(scopes))


async def test_language_is_spoken_by_both_once_it_is_chosen(office: Office) -> None:
    office.fake.send_text("/language", ADMIN)
    await office.fake.wait("sendMessage", chat_id=ADMIN)
    office.fake.press("Tiếng Việt", chat_id=ADMIN)
    await office.fake.wait("answerCallbackQuery")

    async def is_vietnamese() -> bool:
        before = len(office.answers(ADMIN))
        office.fake.send_text("/help", ADMIN)
        await office.fake.wait("sendMessage", chat_id=ADMIN, times=before + 1)
        return "Bạn" in office.answers(ADMIN)[-1]

    async with asyncio.timeout(60):
        while not (await is_vietnamese() and await is_vietnamese()):  # by turns: the one, then the other
            pass


# SQLAlchemy leaves a cursor open whose connection ends while it asks; nothing else is lost by that.
@pytest.mark.filterwarnings("ignore:.*ServerCursor.* was deleted while still open:ResourceWarning")
async def test_questions_are_answered_while_the_database_is_away(office: Office, postgresql: Server) -> None:
    office.collections[0].reload()
    await until(lambda: {len(list(collection.articles())) for collection in office.collections} == {1})
    chats = range(100, 108)
    await asyncio.to_thread(postgresql.stop, "fast")
    for chat in chats[:4]:
        office.fake.send_text(QUESTION, chat)
    await until(lambda: all(office.answers(chat) for chat in chats[:4]))
    await asyncio.to_thread(postgresql.start)
    for chat in chats[4:]:
        office.fake.send_text(QUESTION, chat)
    await until(lambda: all(office.answers(chat) for chat in chats))
    assert [PRICE in office.answers(chat)[0] for chat in chats] == [True] * len(chats)
    memory = office.collections[0].memory
    await until(lambda: not memory.all("arrived") and len(memory.all("update")) == len(chats))
    await until(lambda: len(list(office.collections[0].journal.all())) == len(chats))
    assert [len(office.answers(chat)) for chat in chats] == [1] * len(chats)


async def test_duty_is_one_replicas_and_another_ones_when_that_dies(office: Office) -> None:
    first, second = office.collections
    async with on_duty(first, "duty") as is_ours, on_duty(second, "duty") as is_theirs:
        assert (is_ours, is_theirs) == (True, False)
    async with on_duty(second, "duty") as is_theirs:
        assert is_theirs


async def test_message_behind_one_that_a_dead_replica_left_is_answered_after_it(
    office: Office,
) -> None:
    fake = office.fake
    left = fake.send_text("/help", READER)
    fake.queue.clear()  # Telegram was told that it arrived
    entry = {"owner": "elsewhere|1|gone", "standing": "received", "times": 0, "update": left}
    key = f"{fake.me['id']}:{left['update_id']}"
    place = f"{fake.me['id']}:{READER}:{left['update_id']}"
    notes = {("arrived", place): json.dumps(entry)}
    office.collections[0].memory.write(claims=[("update", key)], notes=notes)
    fake.send_text("/privacy", READER)
    await until(lambda: len(office.answers(READER)) == 2)
    assert "/ask" in office.answers(READER)[0]
    await until(lambda: not office.collections[0].memory.all("arrived"))
