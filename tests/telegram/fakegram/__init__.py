"""fakegram: a strict, independent emulator of the Telegram Bot API, for testing bots end to end.

The bot under test talks HTTP to ``{url}/bot<token>/<method>`` and ``{url}/file/bot<token>/<path>``; the test
plays the people in the chats, through a ``FakeTelegram`` object or through ``POST /control/<action>``:

    fake = FakeTelegram()
    async with fake.running():                      # fake.url, fake.token
        fake.send_text("/start", chat_id=7)         # a person writes
        [call] = await fake.wait("sendMessage", chat_id=7)
        fake.press("Yes", chat_id=7)                # ... and presses a button of the answer

Modules: server (state, people, calls), endpoints (HTTP, control API), methods (Bot API methods), markup
(HTML, MarkdownV2, entities), rules (what requests must have), schema (optional check of every field), model
(data).
"""

from .model import ApiError, BotSettings, Call, Chat, Fault, Injected, Json, Limits, Upload
from .schema import Schema, find_schema
from .server import FakeTelegram

__all__ = [
    "ApiError",
    "BotSettings",
    "Call",
    "Chat",
    "FakeTelegram",
    "Fault",
    "Injected",
    "Json",
    "Limits",
    "Schema",
    "Upload",
    "find_schema",
]
