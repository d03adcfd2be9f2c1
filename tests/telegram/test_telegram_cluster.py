"""Three replicas over a cluster of OpenSearch and one PostgreSQL, as processes, behind one webhook."""

import asyncio
from asyncio.subprocess import Process
from contextlib import AsyncExitStack
from pathlib import Path

from balancing import Balancer, free_port
from fakegram import FakeTelegram
from pydantic import SecretStr
from stage import ADMIN, LIBRARY
from test_telegram_process import hoibao_run

from bot.settings import Settings
from retrieval.cluster.client import Client
from retrieval.collection.collection import Collection

pytest_plugins = ["stage_fixtures"]

QUESTION = "Thẻ thư viện giá bao nhiêu một năm?"
PRICE = "ba mươi nghìn"


async def test_a_replica_killed_among_three_loses_no_question_and_says_none_twice(
    fake: FakeTelegram, nowhere: Path, articles_dir: Path, postgresql_url: str, search_url: str
) -> None:
    (articles_dir / "library.md").write_text(LIBRARY, encoding="utf-8")
    balancer = Balancer([free_port() for _ in range(3)])
    chats = iter(range(100, 200))

    def ask(count: int) -> None:
        for _ in range(count):
            fake.send_text(QUESTION, next(chats))

    async with AsyncExitStack() as stack:
        settings = Settings(
            telegram_token=SecretStr(fake.token),
            telegram_api_url=fake.url,
            admin_ids=(ADMIN,),
            articles_dir=articles_dir,
            database_url=postgresql_url,
            search_url=SecretStr(search_url),
            webhook_url=await stack.enter_async_context(balancer.running()),
            webhook_secret=SecretStr("secret"),
            listen="127.0.0.1",
        )
        collection = Collection.open(
            database_url=postgresql_url,
            index_dir=nowhere,
            articles_dir=articles_dir,
            cluster=Client.open(search_url),
        )
        collection.reload()
        collection.close()
        replicas: list[Process] = []
        for port in balancer.ports:
            own = settings.model_copy(update={"port": port, "index_dir": nowhere / f"index{port}"})
            replicas.append(await stack.enter_async_context(hoibao_run(own)))
        ask(6)
        await answered(fake, 6)
        ask(9)
        replicas[0].kill()
        ask(9)
        await answered(fake, 24)
    said = [(call.params["chat_id"], PRICE in call.text) for call in fake.sent("sendMessage") if call.result]
    assert sorted(said) == [(chat, True) for chat in range(100, 124)]


async def answered(fake: FakeTelegram, count: int) -> None:
    """Wait until so many answers have arrived."""
    async with asyncio.timeout(120):
        while len([call for call in fake.sent("sendMessage") if call.result]) < count:
            await asyncio.sleep(0.05)
