"""The routes: which function takes which update. The first handler of a group that takes an update has it."""

from collections.abc import Sequence
from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, InlineQueryHandler, TypeHandler, filters
from telegram.ext.filters import BaseFilter

from bot import buttons, links
from bot.handlers import errors, fallback, gates
from bot.handlers.adapters import NEW, NEW_OR_EDITED, SAID, Buttons, command, text
from bot.handlers.admins import additions, channels, corrections, overview, reload, removals
from bot.handlers.asking import answer_buttons, inline, questions
from bot.handlers.people import alerts, articles, groups, languages, privacy
from bot.handlers.services import App

GATE, MAIN, BESIDE = -1, 0, 1  # groups: an update goes to each of them in turn

_WORDS = (filters.TEXT | filters.CAPTION) & ~filters.COMMAND
_FILES = filters.Document.ALL | filters.PHOTO
_TO_ME = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE & ~filters.VIA_BOT
# What the chat says by itself (a pinned message, a new timer) is nobody's question.
_WORDLESS = ~filters.TEXT & ~filters.CAPTION & ~filters.StatusUpdate.ALL

_PRESSED = {
    buttons.HitRef: answer_buttons.turn,
    buttons.Mark: answer_buttons.rate,
    buttons.Offer: answer_buttons.take_offer,
    buttons.ArticleSpot: articles.turn,
    buttons.Follow: alerts.follow,
    buttons.Ending: alerts.end,
    buttons.LanguageChoice: languages.choose,
    buttons.Forget: privacy.go_on,
    buttons.Sheet: overview.turn,
    buttons.Ruling: removals.rule,
    buttons.Fix: corrections.fix,
    buttons.Sent: corrections.manage,
    buttons.Meant: additions.use,
}


def add_routes(app: App, admins: frozenset[int]) -> None:
    """Add every handler to the application. For people who are no admins, admins' commands do not exist."""
    app.add_handler(TypeHandler(Update, gates.admit), GATE)
    app.add_handlers(_main(filters.UpdateType.MESSAGE & filters.User(admins), filters.User(admins)), MAIN)
    app.add_handler(TypeHandler(Update, gates.wake), BESIDE)
    app.add_error_handler(errors.tell)


def _main(by_admin: BaseFilter, admins: BaseFilter) -> Sequence[BaseHandler[Any, Any, Any]]:
    return [
        # First, since to the handler of questions the caption /add is a question.
        command("add", additions.add, by_admin),
        text(additions.add, by_admin & _FILES & filters.CaptionRegex(additions.CAPTION)),
        text(additions.join, by_admin & _FILES & ~filters.CAPTION & ~filters.ChatType.PRIVATE),
        text(additions.hear, NEW_OR_EDITED & admins & filters.ChatType.PRIVATE & (_WORDS | _FILES)),
        text(channels.take, filters.UpdateType.CHANNEL_POSTS),
        channels.Appointed(channels.appointed),
        command("ask", questions.ask, NEW_OR_EDITED),
        text(questions.hear, NEW_OR_EDITED & _WORDS),
        command("why", questions.why, by_admin & SAID),
        Buttons(_PRESSED, fallback.old_button),
        InlineQueryHandler(inline.suggest),
        # A question that is carried into the private chat comes as a /start, like an article's link.
        text(inline.take_carried, NEW & filters.ChatType.PRIVATE & filters.Regex(links.CARRIED)),
        text(inline.answer_guest, filters.UpdateType.GUEST_MESSAGE & SAID),
        command("start", articles.start),
        command("help", articles.explain),
        command("alerts", alerts.show),
        groups.Added(groups.greet),
        command("language", languages.ask),
        command("privacy", privacy.tell),
        command("forget", privacy.ask),
        command("reload", reload.reload, by_admin),
        command("stats", overview.stats, by_admin),
        command("unanswered", overview.unanswered, by_admin),
        command("articles", overview.articles, by_admin),
        command("sources", overview.sources, by_admin),
        command("remove", removals.offer, by_admin),
        text(fallback.unknown_command, _TO_ME & filters.COMMAND),
        text(fallback.wordless, _TO_ME & _WORDLESS),
    ]
