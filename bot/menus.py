"""Publish the menus of commands: one for everybody, one for each admin."""

import hashlib
import json
from datetime import UTC, datetime, timedelta

import structlog
from telegram import Bot, BotCommand, BotCommandScope, BotCommandScopeChat, BotCommandScopeDefault
from telegram.error import TelegramError

from bot.language import Languages
from bot.render.menus import for_admins, for_everybody
from bot.storage.notes import Notes

PUBLISHED_FOR = timedelta(minutes=10)  # other processes that start within it find the menus published

Menus = list[tuple[str | None, list[BotCommand]]]  # by language; None: all that the bot does not speak

_LOG: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


async def publish(bot: Bot, languages: Languages, notes: Notes, admins: frozenset[int]) -> None:
    """Set the menus in every language, and take theirs from people who are no longer admins.

    Telegram refuses an admin's menu until that admin has written to the bot; a refusal is logged. Nothing is
    done if these very menus were set without any refusal just now, by another process.
    """
    everybody, admin_menus = _menus(languages, admin=False), _menus(languages, admin=True)
    mark = _mark([everybody, admin_menus], admins)
    if await notes.menus(bot.id, since=datetime.now(UTC) - PUBLISHED_FOR) == mark:
        return
    is_whole = await _publish(bot, everybody, BotCommandScopeDefault())
    for admin in sorted(admins):
        is_whole &= await _publish(bot, admin_menus, BotCommandScopeChat(admin))
    for former in sorted(await notes.admins(bot.id) - admins):
        await _withdraw(bot, languages, BotCommandScopeChat(former))
    await notes.remember_published(bot.id, admins, mark if is_whole else None)


def _menus(languages: Languages, *, admin: bool) -> Menus:
    texts = {code: languages.of(code) for code in (None, *languages.codes)}
    return [(code, for_everybody(of) + (for_admins(of) if admin else [])) for code, of in texts.items()]


def _mark(menus: list[Menus], admins: frozenset[int]) -> str:
    """Return what tells these menus from others."""
    said = [[(code, [command.to_dict() for command in menu]) for code, menu in each] for each in menus]
    return hashlib.sha256(json.dumps([said, sorted(admins)]).encode()).hexdigest()


async def _withdraw(bot: Bot, languages: Languages, scope: BotCommandScope) -> None:
    try:
        for code in (None, *languages.codes):
            await bot.delete_my_commands(scope=scope, language_code=code)
    except TelegramError as error:
        _LOG.warning("menu of commands not withdrawn", scope=scope.to_dict(), reason=error.message)


async def _publish(bot: Bot, menus: Menus, scope: BotCommandScope) -> bool:
    """Set *menus* for *scope*; tell whether Telegram took them all."""
    try:
        for code, menu in menus:
            await bot.set_my_commands(menu, scope=scope, language_code=code)
    except TelegramError as error:
        _LOG.warning("menu of commands not set", scope=scope.to_dict(), reason=error.message)
        return False
    return True
