"""The stage of the end-to-end tests: the real application over HTTP; the emulator plays Telegram.

A test runs by long polling, by webhook, or by both (``stage_fixtures``). That the bot keeps silent is seen by
its next answer in the same chat: it handles a chat's updates in their order.
"""

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Literal

from fakegram import FakeTelegram, Json
from telegram.error import TelegramError

from bot import application
from bot.handlers.services import App
from bot.settings import Settings
from retrieval.collection.collection import Collection

ADMIN, READER, STRANGER = 9, 7, 8
GROUP = -100500

LIBRARY = """---
title: Thư viện phường mở cửa trở lại
url: https://phuong.example/thu-vien
date: 2024-03-05
---
Thư viện phường Bến Đá mở cửa trở lại từ ngày 11 tháng 3 sau hai tháng sửa chữa mái nhà.

Bạn đọc được mượn tối đa năm cuốn sách trong ba tuần. Thẻ thư viện có giá ba mươi nghìn đồng một năm.
"""
STALLS = [f"Quầy số {n} của chợ cá nộp phí vệ sinh hằng tháng cho ban quản lý chợ." for n in range(1, 151)]
MARKET = "\n\n".join(["---\ntitle: Chợ cá dời về khu mới\ndate: 2024-06-01\n---", *STALLS])
FAIR = """---
title: Hội hoa xuân khai mạc
date: 2024-02-01
---
Hội hoa xuân khai mạc tối mùng hai Tết tại công viên Bãi Trước với hơn một nghìn chậu mai vàng.
"""

Mode = Literal["polling", "webhook"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """Telegram, the bot on it, and what the bot answers from."""

    fake: FakeTelegram
    app: App
    collection: Collection
    settings: Settings

    async def said(self, chat_id: int, times: int = 1) -> Json:
        """Wait until the bot has written so many messages in a chat; return the last one, as delivered."""
        calls = await self.fake.wait("sendMessage", times=times, chat_id=chat_id)
        message: Json = calls[-1].result
        assert len(calls) == times
        return message

    async def asked(self, text: str, chat_id: int = READER, **how: Any) -> Json:
        """Let a person write, wait for the bot's next message in that chat, and return it."""
        before = len(self.fake.sent("sendMessage", chat_id=chat_id))
        self.fake.send_text(text, chat_id, **how)
        return await self.said(chat_id, before + 1)

    async def edited(self, times: int = 1) -> Json:
        """Wait until the bot has edited so many messages; return the last one as it reads now."""
        message: Json = (await self.fake.wait("editMessageText", times=times))[times - 1].result
        return message


@asynccontextmanager
async def running(settings: Settings, collection: Collection) -> AsyncIterator[App]:
    """Run the application for the block, as ``application.run`` does."""
    app = application.build_application(settings, collection)
    assert app.updater is not None
    assert app.post_init is not None
    assert app.post_stop is not None
    assert app.post_shutdown is not None

    def report(error: TelegramError) -> None:
        app.create_task(app.process_error(update=None, error=error))

    async with app:
        await app.post_init(app)
        if settings.webhook_url:
            await app.updater.start_webhook(**application.webhook(settings))
        else:
            await app.updater.start_polling(timeout=2, error_callback=report, **application.polling())
        await app.start()
        yield app
        await app.updater.stop()
        await app.stop()
        await app.post_stop(app)
    await app.post_shutdown(app)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def spans(message: Json, kind: str) -> list[str]:
    """Return what the entities of one kind cover."""
    text = message["text"].encode("utf-16-le")
    return [
        text[2 * entity["offset"] : 2 * (entity["offset"] + entity["length"])].decode("utf-16-le")
        for entity in message.get("entities", [])
        if entity["type"] == kind
    ]


def links(message: Json) -> list[str]:
    """Return where the links of a message's text lead."""
    return [entity["url"] for entity in message.get("entities", []) if entity["type"] == "text_link"]


def buttons(message: Json) -> list[str]:
    """Return what stands on the buttons of a message."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button["text"] for row in rows for button in row]
