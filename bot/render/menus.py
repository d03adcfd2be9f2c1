"""The commands that Telegram's menu and /help list."""

from telegram import BotCommand

from bot.language import Texts


def for_everybody(texts: Texts) -> list[BotCommand]:
    """Return the commands for everybody, each with its description."""
    return [
        BotCommand("ask", texts("ask a question")),
        BotCommand("alerts", texts("the questions you follow")),
        BotCommand("start", texts("what can be found here")),
        BotCommand("help", texts("how to ask")),
        BotCommand("language", texts("choose the language")),
        BotCommand("privacy", texts("what is kept, and erasing it")),
    ]


def for_admins(texts: Texts) -> list[BotCommand]:
    """Return the commands for admins only, each with its description."""
    return [
        BotCommand("why", texts("why this answer comes first")),
        BotCommand("reload", texts("take in new and changed articles")),
        BotCommand("stats", texts("what is here, and what is asked")),
        BotCommand("unanswered", texts("unanswered questions")),
        BotCommand("articles", texts("look through the articles")),
        BotCommand("sources", texts("where the articles come from")),
        BotCommand("add", texts("add an article")),
        BotCommand("remove", texts("take an article out")),
    ]
