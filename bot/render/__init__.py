"""Turn values into messages: pure functions from a value and a language to a ``Reply``.

``render.answer(texts, answer, links, position)`` gives the text, its entities and its buttons. Nothing here
sends, stores or asks. ``tests/golden/`` shows every message whole.
"""

from bot.render.admins.inbox import album, card, how_meant, prompt, taken_in, undone
from bot.render.admins.removals import kept, removal_offer, removed, restored
from bot.render.admins.reports import failure, how_to_add, progress, refusal, report, statistics
from bot.render.admins.sources import sources
from bot.render.asking.answers import answer, asking_back, whole_answer
from bot.render.asking.explanations import explanation
from bot.render.asking.inline import guest_answer, guest_notice, results
from bot.render.asking.origin import origin
from bot.render.asking.restrictions import mistake
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
from bot.render.people.alerts import alert, followed
from bot.render.people.pages import article_page
from bot.render.people.privacy import erasing, privacy
from bot.render.people.welcome import connecting, greeting, help_

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
