"""The menus of commands: everybody's and the admins', in every language."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from telegram import Bot, BotCommand, BotCommandScope, User
from telegram.error import BadRequest

from bot.language import Languages
from bot.menus import publish
from bot.storage.ledger import Ledger
from bot.storage.notes import Notes
from retrieval.store.database import Database
from retrieval.store.notes import Memory

LANGUAGES = Languages("vi", ZoneInfo("Asia/Ho_Chi_Minh"))
Menus = dict[tuple[str, int | None, str | None], list[BotCommand]]


@pytest.fixture
def menus(monkeypatch: pytest.MonkeyPatch) -> Menus:
    """The menus that Telegram has got; it refuses those of chat 404."""
    menus: Menus = {}

    async def set_my_commands(
        _: Bot, menu: list[BotCommand], *, scope: BotCommandScope, language_code: str | None, **__: Any
    ) -> bool:
        chat = getattr(scope, "chat_id", None)
        if chat == 404:
            raise BadRequest("Chat not found")
        menus[scope.type, chat, language_code] = menu
        return True

    async def delete_my_commands(
        _: Bot, *, scope: BotCommandScope, language_code: str | None, **__: Any
    ) -> bool:
        del menus[scope.type, getattr(scope, "chat_id", None), language_code]
        return True

    monkeypatch.setattr(Bot, "set_my_commands", set_my_commands)
    monkeypatch.setattr(Bot, "delete_my_commands", delete_my_commands)
    return menus


@pytest.fixture
def telegram(monkeypatch: pytest.MonkeyPatch) -> Bot:
    """A bot that knows who it is without asking Telegram."""
    bot = Bot("1:TOKEN")
    monkeypatch.setattr(bot, "_bot_user", User(1, "Hỏi Báo", is_bot=True))
    return bot


@pytest.fixture
def notes(database: Database) -> Notes:
    return Notes(Ledger(Memory(database), ThreadPoolExecutor(1)))


async def test_each_menu_is_set_without_a_language_and_in_each(
    menus: Menus, telegram: Bot, notes: Notes
) -> None:
    await publish(telegram, LANGUAGES, notes, frozenset([9]))
    languages = [None, *LANGUAGES.codes]
    assert sorted(menus, key=str) == sorted(
        [("default", None, code) for code in languages] + [("chat", 9, code) for code in languages], key=str
    )
    assert menus["default", None, None] == menus["default", None, "vi"] != menus["default", None, "en"]


async def test_only_admins_see_their_commands(menus: Menus, telegram: Bot, notes: Notes) -> None:
    await publish(telegram, LANGUAGES, notes, frozenset([9]))
    everybody = {command.command for command in menus["default", None, "vi"]}
    admins = {command.command for command in menus["chat", 9, "vi"]}
    assert everybody == {"ask", "alerts", "start", "help", "language", "privacy"}
    assert admins - everybody == {
        "why",
        "reload",
        "stats",
        "unanswered",
        "articles",
        "sources",
        "add",
        "remove",
    }


async def test_admin_who_never_wrote_to_the_bot_does_not_keep_the_others_from_their_menu(
    menus: Menus, telegram: Bot, notes: Notes
) -> None:
    await publish(telegram, LANGUAGES, notes, frozenset([404, 9]))
    assert ("chat", 9, "vi") in menus


async def test_who_is_no_admin_any_more_loses_their_menu(menus: Menus, telegram: Bot, notes: Notes) -> None:
    await publish(telegram, LANGUAGES, notes, frozenset([8, 9]))
    await publish(telegram, LANGUAGES, notes, frozenset([9]))
    assert {chat for _, chat, _ in menus} == {None, 9}
