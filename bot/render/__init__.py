"""Turn values into messages: pure functions from a value and a language to a ``Reply``.

``render.answer(texts, answer, links, position)`` gives the text, its entities and its buttons. Nothing here
sends, stores or asks. ``tests/golden/`` shows every message whole.
"""

from bot.render.alerts import alert, followed
from bot.render.answers import answer, asking_back, whole_answer
from bot.render.explanations import explanation
from bot.render.inbox import album, card, how_meant, prompt, taken_in, undone
from bot.render.inline import guest_answer, guest_notice, results
from bot.render.lists import articles_on, articles_sheet, gaps_sheet
from bot.render.notices import (
    channel,
    complaints,
    hello,
    hidden,
    language_chosen,
    languages,
    not_admitted,
    notice,
    pause,
    person,
    regret,
    thanks,
    uninvited,
)
from bot.render.origin import origin
from bot.render.pages import article_page
from bot.render.privacy import erasing, privacy
from bot.render.removals import kept, removal_offer, removed, restored
from bot.render.reports import failure, how_to_add, progress, refusal, report, statistics
from bot.render.restrictions import mistake
from bot.render.sources import sources
from bot.render.welcome import connecting, greeting, help_

__all__ = [
    "album",
    "alert",
    "answer",
    "article_page",
    "articles_on",
    "articles_sheet",
    "asking_back",
    "card",
    "channel",
    "complaints",
    "connecting",
    "erasing",
    "explanation",
    "failure",
    "followed",
    "gaps_sheet",
    "greeting",
    "guest_answer",
    "guest_notice",
    "hello",
    "help_",
    "hidden",
    "how_meant",
    "how_to_add",
    "kept",
    "language_chosen",
    "languages",
    "mistake",
    "not_admitted",
    "notice",
    "origin",
    "pause",
    "person",
    "privacy",
    "progress",
    "prompt",
    "refusal",
    "regret",
    "removal_offer",
    "removed",
    "report",
    "restored",
    "results",
    "sources",
    "statistics",
    "taken_in",
    "thanks",
    "undone",
    "uninvited",
    "whole_answer",
]
