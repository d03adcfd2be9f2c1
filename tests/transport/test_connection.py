"""The connection to Telegram: asks over HTTP, and says of each failure whether Telegram may have acted."""

import asyncio
import select
import socket
import sys
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer, unused_port
from telegram import Bot, InputFile
from telegram.error import NetworkError, TimedOut

from bot.transport import connection
from bot.transport.connection import BrokenOffError, Connection, UnreachedError, UnreadableError, patience
from bot.transport.delivery import ON_ITS_WAY, Delivery, Standing

MESSAGE = {"message_id": 5, "date": 1, "chat": {"id": 7, "type": "private"}, "text": "xin chào"}


class Server:
    """Answers with these outcomes, one after the other: a body, or what is done to the request."""

    def __init__(self) -> None:
        self.outcomes: list[Any] = []
        self.asked: list[dict[str, Any]] = []
        self.url = ""

    async def answer(self, request: web.Request) -> web.StreamResponse:
        is_json = request.content_type == "application/json"
        self.asked.append(await request.json() if is_json else {"form": await request.read()})
        outcome = self.outcomes.pop(0)
        if callable(outcome):
            outcome = await outcome(request)
        return web.Response(text=outcome) if isinstance(outcome, str) else web.json_response(outcome)


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    served, app = Server(), web.Application()
    app.router.add_post("/bot1:TOKEN/{method}", served.answer)
    async with TestServer(app) as running:
        served.url = str(running.make_url("/bot"))
        yield served


@pytest.fixture
async def bot(server: Server) -> AsyncIterator[Bot]:
    asking = Connection(read_timeout=0.2)
    await asking.initialize()
    yield Bot("1:TOKEN", server.url, request=asking)
    await asking.shutdown()


async def test_a_message_is_sent_as_json(server: Server, bot: Bot) -> None:
    server.outcomes = [{"ok": True, "result": MESSAGE}]
    assert (await bot.send_message(7, "Chào \ud800 bạn", disable_notification=True)).text == "xin chào"
    assert server.asked == [{"chat_id": 7, "text": "Chào \ud800 bạn", "disable_notification": True}]


async def test_a_file_is_sent_with_its_words(server: Server, bot: Bot) -> None:
    server.outcomes = [{"ok": True, "result": MESSAGE}]
    await bot.send_document(7, InputFile(b"Ch\xe1\xbb\xa3", filename="chợ.txt"), caption="Chợ")
    form = server.asked[0]["form"].decode()
    assert 'name="chat_id"\r\n\r\n7\r\n' in form
    assert 'filename="chợ.txt"' in form
    assert "\r\n\r\nChợ\r\n" in form


async def test_telegram_is_surely_not_asked_if_nobody_listens() -> None:
    asking = Connection()
    await asking.initialize()
    with pytest.raises(UnreachedError, match="Cannot connect"):
        await Bot("1:TOKEN", f"http://127.0.0.1:{unused_port()}/bot", request=asking).send_message(7, "chào")
    await asking.shutdown()


async def test_nobody_knows_what_telegram_did_if_the_connection_ends_before_the_answer(
    server: Server, bot: Bot
) -> None:
    async def drop(request: web.Request) -> None:
        assert request.transport is not None
        request.transport.abort()

    server.outcomes = [drop]
    with pytest.raises(BrokenOffError) as failure:
        await bot.send_message(7, "chào")
    assert "TOKEN" not in str(failure.value)


async def test_an_answer_is_not_waited_for_for_ever(server: Server, bot: Bot) -> None:
    async def hang(_: web.Request) -> None:
        await asyncio.Event().wait()

    server.outcomes = [hang]
    with pytest.raises(TimedOut):
        await bot.send_message(7, "chào", pool_timeout=0.1, connect_timeout=0.1, write_timeout=0.1)


@pytest.fixture
async def stop(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], Awaitable[None]]:
    """Let the process have stood still for so many seconds."""
    loop = asyncio.get_running_loop()
    passed, clock = [0.0], loop.time
    monkeypatch.setattr(loop, "time", lambda: clock() + passed[0])

    async def stop(seconds: float) -> None:
        passed[0] += seconds
        for _ in range(3):  # what is due begins, and what that begins
            await asyncio.sleep(0)

    return stop


async def test_an_answer_that_came_while_the_process_stood_still_is_heard(
    stop: Callable[[float], Awaitable[None]],
) -> None:
    async with patience(30):
        await stop(600)


async def test_time_passes_in_a_process_that_runs(stop: Callable[[float], Awaitable[None]]) -> None:
    async def waited() -> None:
        async with patience(30):
            for _ in range(11):
                await stop(3)

    with pytest.raises(TimeoutError):
        await waited()


@pytest.mark.parametrize("page", ["<html>", "null", '{"ok": true}', '{"ok": true, "result": {}}'])
async def test_a_page_that_is_not_telegrams_is_a_fault_of_the_connection(
    server: Server, bot: Bot, page: str
) -> None:
    server.outcomes = [page]
    with pytest.raises(UnreadableError):
        await bot.send_message(7, "chào")


@pytest.mark.parametrize("is_used_before", [False, True])
async def test_an_update_is_noted_before_the_request_leaves(
    server: Server, bot: Bot, is_used_before: bool
) -> None:
    seen: list[object] = []

    async def mark(standing: Standing) -> None:
        await asyncio.sleep(0)
        seen.append(standing)

    async def look(_: web.Request) -> dict[str, Any]:
        seen.append("asked")
        return {"ok": True, "result": MESSAGE}

    if is_used_before:
        server.outcomes = [{"ok": True, "result": MESSAGE}]
        await bot.send_message(7, "trước")
    server.outcomes = [look]
    token = ON_ITS_WAY.set(Delivery(mark, lambda: seen.append("left"), lambda: None, asyncio.Semaphore(1)))
    await bot.send_message(7, "chào")
    ON_ITS_WAY.reset(token)
    assert seen == ["sending", "left", "asked"]


# A process that dies in the step of its loop after the note.
DYING = """
import asyncio, os, sys
from telegram import Bot
from bot.transport.connection import Connection
from bot.transport.delivery import ON_ITS_WAY, Delivery

async def ask(url):
    async def mark(_):
        await asyncio.sleep(0)

    def leave():
        asyncio.get_running_loop().call_soon(os._exit, 0)

    asking = Connection()
    await asking.initialize()
    ON_ITS_WAY.set(Delivery(mark, leave, lambda: None, asyncio.Semaphore(1)))
    await Bot("1:TOKEN", url, request=asking).send_message(7, "noted")

asyncio.run(ask(sys.argv[1]))
"""


async def test_whoever_dies_right_after_the_note_has_sent_the_request() -> None:
    received: asyncio.Queue[bytes] = asyncio.Queue()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        received.put_nowait(await reader.read())
        writer.close()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/bot"
        process = await asyncio.create_subprocess_exec(sys.executable, "-c", DYING, url)
        assert await process.wait() == 0
        assert b'"text": "noted"' in await received.get()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere notes do not outlive the process")
def test_no_other_thread_runs_between_the_note_and_the_sending() -> None:
    sends = 3000  # Python's own call let another thread run before 66 of 20,000
    is_noted = is_over = False
    unsent = 0

    def note() -> None:
        nonlocal is_noted
        is_noted = True

    def look() -> None:
        nonlocal unsent, is_noted
        while not is_over:
            if is_noted:
                is_noted = False
                unsent += not select.select([arrives], [], [], 0)[0]
            time.sleep(0)

    async def mark(_: Standing) -> None: ...

    async def send() -> None:
        nonlocal is_noted
        for _ in range(sends):
            delivery = Delivery(mark, note, lambda: None, asyncio.Semaphore(1))
            await delivery.sending()
            ON_ITS_WAY.set(delivery)
            leaves.send(b"answer")
            is_noted = False
            time.sleep(0)
            arrives.recv(6)

    interval = sys.getswitchinterval()
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        connection._NotingSocket(socket.AF_INET, socket.SOCK_STREAM) as leaves,
    ):
        leaves.connect(server.getsockname())
        with server.accept()[0] as arrives:
            other = threading.Thread(target=look)
            other.start()
            try:
                sys.setswitchinterval(1)  # nobody is made to wait for another but by what he calls
                asyncio.run(send())
            finally:
                is_over = True
                sys.setswitchinterval(interval)
                other.join()
    assert unsent == 0


async def test_an_update_is_not_noted_if_no_connection_came_about() -> None:
    seen: list[Standing] = []

    async def mark(standing: Standing) -> None:
        seen.append(standing)

    token = ON_ITS_WAY.set(Delivery(mark, lambda: None, lambda: None, asyncio.Semaphore(1)))
    await test_telegram_is_surely_not_asked_if_nobody_listens()
    ON_ITS_WAY.reset(token)
    assert seen == []


async def test_the_proxy_of_the_environment_is_asked(
    server: Server, bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{unused_port()}")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    connection._proxy.cache_clear()
    with pytest.raises(NetworkError, match="Cannot connect"):
        await bot.send_message(7, "chào")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    connection._proxy.cache_clear()
    server.outcomes = [{"ok": True, "result": MESSAGE}]
    await bot.send_message(7, "chào")
    connection._proxy.cache_clear()
