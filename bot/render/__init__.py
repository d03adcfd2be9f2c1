"""Values in, messages out: pure functions that say how everything looks on a phone.

alerts.py    what is new on followed questions, and which are followed
answers.py   an answered question, or a kind "not found"
inline.py    an answer that is sent into any chat: listed while somebody types, or said by a guest
explanations.py   why an answer is this one
restrictions.py   which articles were searched, if not all
pages.py     an article, page by page
welcome.py   the greeting and the help
reports.py   a reload while it runs and when it is done; what the collection holds, and how it is used
chart.py     a picture of how it is used; imported where it is drawn
sheets.py    lists for admins, page by page: what is asked in vain, the articles
removals.py  an article that an admin takes out
reasons.py   why a file could not be read
groups.py    what is said when the bot comes into a group
languages.py   which language the bot speaks with somebody
privacy.py   what is kept of people, and having it erased
notices.py   a single sentence
source.py    how an article is named: its title, where and when it appeared
turning.py   the buttons that turn what one message shows: ‹ 2/7 ›
draft.py     a message while it is being written
"""

from bot.render.alerts import alert, followed
from bot.render.answers import answer, whole_answer
from bot.render.explanations import explanation
from bot.render.groups import hello, hidden
from bot.render.inline import guest_answer, guest_notice, results
from bot.render.languages import language_chosen, languages
from bot.render.lists import articles_on, articles_sheet, gaps_sheet
from bot.render.notices import notice, pause, thanks
from bot.render.pages import article_page
from bot.render.privacy import erasing, privacy
from bot.render.removals import kept, removal_offer, removed, restored
from bot.render.reports import failure, how_to_add, progress, refusal, report, statistics
from bot.render.restrictions import mistake
from bot.render.welcome import connecting, greeting, help_

__all__ = [
    "alert",
    "answer",
    "article_page",
    "articles_on",
    "articles_sheet",
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
    "how_to_add",
    "kept",
    "language_chosen",
    "languages",
    "mistake",
    "notice",
    "pause",
    "privacy",
    "progress",
    "refusal",
    "removal_offer",
    "removed",
    "report",
    "restored",
    "results",
    "statistics",
    "thanks",
    "whole_answer",
]
