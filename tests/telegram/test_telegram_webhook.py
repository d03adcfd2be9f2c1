"""The webhook hears Telegram alone, and no more than Telegram would send."""

import asyncio
import json

import pytest
from aiohttp import ClientSession
from fakegram import FakeTelegram
from stage import READER, Stage

from bot.transport import webhook

pytest_plugins = ["stage_fixtures"]

QUESTION = "Thẻ thư viện giá bao nhiêu một năm?"


async def status_of(stage: Stage, body: bytes, **headers: str) -> int:
    """Return how the webhook answers a request with this body."""
    url, kind = str(stage.settings.webhook_url), {"Content-Type": "application/json"}
    async with ClientSession() as session, session.post(url, data=body, headers=kind | headers) as answer:
        return answer.status


def update(fake: FakeTelegram, number: int = 1) -> bytes:
    person = {"id": READER, "is_bot": False, "first_name": "An"}
    message = {"message_id": 1, "date": 1, "chat": {"id": READER, "type": "private"}, "from": person}
    return json.dumps({"update_id": number, "message": message | {"text": QUESTION}}).encode()


@pytest.mark.parametrize("mode", ["webhook"], indirect=True)
@pytest.mark.parametrize("secret", [{}, {"X-Telegram-Bot-Api-Secret-Token": "guess"}], ids=["none", "wrong"])
async def test_request_without_the_secret_is_refused(stage: Stage, secret: dict[str, str]) -> None:
    assert await status_of(stage, update(stage.fake), **secret) == 403
    await stage.asked("/help")
    assert len(stage.fake.sent("sendMessage")) == 1


@pytest.mark.parametrize("mode", ["webhook"], indirect=True)
async def test_connections_that_nobody_uses_are_bounded(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhook, "MOST_CONNECTIONS", 3)
    host, port = stage.fake.webhook["url"].split("/")[2].rsplit(":", 1)
    idle = [await asyncio.open_connection(host, int(port)) for _ in range(8)]
    closed, waiting = await asyncio.wait(
        [asyncio.create_task(reader.read()) for reader, _ in idle], return_when=asyncio.FIRST_COMPLETED
    )
    while len(closed) < 5:
        more, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        closed |= more
    for _, writer in idle:
        writer.close()
    await asyncio.wait(waiting)
    await stage.asked("/help")


@pytest.mark.parametrize("mode", ["webhook"], indirect=True)
async def test_body_longer_than_any_update_is_not_read(stage: Stage) -> None:
    url = stage.fake.webhook["url"].split("/")[2]
    host, port = url.rsplit(":", 1)
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 90000000\r\n\r\n"
    )
    await writer.drain()
    assert b"200" not in (await reader.read()).partition(b"\r\n")[0]  # ends without the body
    writer.close()
    await stage.asked("/help")
