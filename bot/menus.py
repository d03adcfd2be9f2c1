"""Publish the menus of commands: one for everybody, one for each admin."""

import structlog
from telegram import Bot, BotCommandScope, BotCommandScopeChat, BotCommandScopeDefault
from telegram.error import TelegramError

from bot.language import Languages
from bot.render.menus import for_admins, for_everybody
from bot.storage.notes import Notes

_LOG: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


async def publish(bot: Bot, languages: Languages, notes: Notes, admins: frozenset[int]) -> None:
    """Set the menus in every language, and take theirs from people who are no longer admins.

    Telegram refuses an admin's menu until that admin has written to the bot; a refusal is logged.
    """
    await _publish(bot, languages, BotCommandScopeDefault(), admin=False)
    for admin in sorted(admins):
        await _publish(bot, languages, BotCommandScopeChat(admin), admin=True)
    for former in sorted(await notes.admins(bot.id) - admins):
        await _withdraw(bot, languages, BotCommandScopeChat(former))
    await notes.remember_admins(bot.id, admins)


async def _withdraw(bot: Bot, languages: Languages, scope: BotCommandScope) -> None:
    try:
        for code in (None, *languages.codes):
            await bot.delete_my_commands(scope=scope, language_code=code)
    except TelegramError as error:
        _LOG.warning("menu of commands not withdrawn", scope=scope.to_dict(), reason=error.message)


async def _publish(bot: Bot, languages: Languages, scope: BotCommandScope, *, admin: bool) -> None:
    try:
        # The menu without a language is for the languages that the bot does not speak.
        for code in (None, *languages.codes):
            texts = languages.of(code)
            menu = for_everybody(texts) + (for_admins(texts) if admin else [])
            await bot.set_my_commands(menu, scope=scope, language_code=code)
    except TelegramError as error:
        _LOG.warning("menu of commands not set", scope=scope.to_dict(), reason=error.message)
