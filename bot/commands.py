"""The menus of commands that Telegram shows: one for everybody, one for each admin."""

import structlog
from telegram import Bot, BotCommand, BotCommandScope, BotCommandScopeChat, BotCommandScopeDefault
from telegram.error import TelegramError

from bot.language import Languages, Texts
from bot.storage.notes import Notes

_LOG: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


async def publish(bot: Bot, languages: Languages, notes: Notes, admins: frozenset[int]) -> None:
    """Set the menus in every language; who is no admin any more loses theirs.

    A menu that cannot be set is logged: an admin's is refused until they have once written to the bot.
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


def for_everybody(texts: Texts) -> list[BotCommand]:
    """Return the commands that anybody may use, with what they do."""
    return [
        BotCommand("ask", texts("ask a question")),
        BotCommand("why", texts("why this answer comes first")),
        BotCommand("alerts", texts("the questions you follow")),
        BotCommand("start", texts("what can be found here")),
        BotCommand("help", texts("how to ask")),
        BotCommand("language", texts("choose the language")),
        BotCommand("privacy", texts("what is kept, and erasing it")),
    ]


def for_admins(texts: Texts) -> list[BotCommand]:
    """Return the commands that only admins may use, with what they do."""
    return [
        BotCommand("reload", texts("take in new and changed articles")),
        BotCommand("stats", texts("what is here, and what is asked")),
        BotCommand("unanswered", texts("what was asked in vain")),
        BotCommand("articles", texts("look through the articles")),
        BotCommand("add", texts("add an article")),
        BotCommand("remove", texts("take an article out")),
    ]
