"""Polling: PTB is told the numbers of updates; each is read once, on its way to where it is written down."""

import json
from types import SimpleNamespace
from typing import Any, cast

import pytest
from telegram import Bot, Update

from bot.transport.connection import Connection
from bot.transport.polling import Polling

ASKED = {"message_id": 1, "date": 1, "chat": {"id": 8, "type": "private"}, "text": "chợ", "of_next_year": 1}


def numbered(update_id: int) -> Update:
    update = Update(update_id)
    update.set_bot(cast(Bot, SimpleNamespace(defaults=None)))
    return update


async def polled(monkeypatch: pytest.MonkeyPatch, *updates: dict[str, Any]) -> tuple[Polling, Any]:
    async def answered(*_: object, **__: object) -> tuple[int, bytes]:
        return 200, json.dumps({"ok": True, "result": updates}).encode()

    monkeypatch.setattr(Connection, "do_request", answered)
    polling = Polling()
    _, payload = await polling.do_request("url", "POST")
    return polling, json.loads(payload)


async def test_an_update_is_read_whole_and_noted_as_telegram_said_it(monkeypatch: pytest.MonkeyPatch) -> None:
    polling, told = await polled(monkeypatch, {"update_id": 5, "message": ASKED})
    assert told == {"ok": True, "result": [{"update_id": 5}]}
    update, record = polling.read(numbered(5))
    assert update.message is not None
    assert update.message.text == "chợ"
    assert record == {"update_id": 5, "message": ASKED}


async def test_an_update_that_cannot_be_read_stays_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    polling, _ = await polled(monkeypatch, {"update_id": 5, "message": {"text": "chợ"}})
    update, record = polling.read(numbered(5))
    assert (update.update_id, update.message, record) == (5, None, {"update_id": 5})
