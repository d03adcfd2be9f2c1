"""An article in the chat, page by page."""

import re
from bisect import bisect_right
from functools import lru_cache

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import KeyboardButtonStyle, MessageEntityType

from bot.language import Texts
from bot.links import read_data, web_url
from bot.render.draft import Draft
from bot.render.source import add_byline, add_title
from bot.reply import Reply, units
from retrieval.article import Article
from retrieval.sentence import sentences

PAGE_UNITS = 3000  # UTF-16 units; leaves room for title and source within Telegram's 4096
LAST_PAGE_UNITS = 3300  # a rest this short is not worth a page of its own
_MIN_FILL = 1000  # a page is not cut at a paragraph before this, but at a sentence
_PARAGRAPH_END = re.compile(r"\n(?![-–•+*])")  # the lines of a list stay together


def article_page(texts: Texts, article: Article, page: int) -> Reply:
    """Render one *page* of *article*, counted from 0; one beyond the end is the last."""
    cuts = pages(article.body)
    page = min(max(page, 0), len(cuts) - 1)
    start, end = cuts[page]
    draft = Draft()
    link = web_url(article.url)
    add_title(draft, article, link)
    add_byline(draft, texts, article, link, author=True)
    draft.gap().add(_PARAGRAPH_END.sub("\n\n", article.body[start:end].strip()))
    if len(cuts) > 1:
        text = texts("Page {page} of {pages}", page=page + 1, pages=len(cuts))
        draft.gap().add(text, MessageEntityType.ITALIC)
    return draft.reply(_turning(texts, article.key, page, len(cuts), link))


def page_at(article: Article, start: int) -> int:
    """Return the page, counted from 0, that holds offset *start* of the article's body."""
    return max(0, bisect_right(pages(article.body), start, key=lambda cut: cut[0]) - 1)


@lru_cache(maxsize=64)  # a reader turns the pages of one article one after the other
def pages(body: str) -> tuple[tuple[int, int], ...]:
    """Return (start, end) of each page of *body*; together they are all of it.

    A page ends with a paragraph where it can, else with a sentence, else with a word.
    """
    cuts: list[tuple[int, int]] = []
    start = 0
    while start < len(body):
        end = _page_end(body, start)
        cuts.append((start, end))
        start = end
    return tuple(cuts)


def _page_end(body: str, start: int) -> int:
    if len(body) - start <= LAST_PAGE_UNITS and _shown_units(body[start:]) <= LAST_PAGE_UNITS:
        return len(body)
    ends = range(start + 1, min(start + PAGE_UNITS, len(body)) + 1)
    fitting = bisect_right(ends, PAGE_UNITS, key=lambda end: _shown_units(body[start:end]))
    limit = ends[max(fitting, 1) - 1]
    earliest = min(start + _MIN_FILL, limit)
    paragraph = body.rfind("\n", earliest, limit) + 1
    sentence = max((begin for begin, _ in sentences(body, start, limit) if begin > earliest), default=0)
    word = body.rfind(" ", earliest, limit) + 1
    return paragraph or sentence or word or limit


def _shown_units(text: str) -> int:
    return units(text) + text.count("\n")  # a blank line is put between paragraphs


def _turning(texts: Texts, key: str, page: int, count: int, url: str | None) -> InlineKeyboardMarkup | None:
    turns: list[InlineKeyboardButton] = []
    if page > 0:
        turns.append(InlineKeyboardButton(texts("‹ Back"), callback_data=read_data(key, page - 1)))
    if page + 1 < count:
        turns.append(
            InlineKeyboardButton(
                texts("Next ›"), callback_data=read_data(key, page + 1), style=KeyboardButtonStyle.PRIMARY
            )
        )
    source = [InlineKeyboardButton(texts("Open the original"), url=url)] if url else []
    rows = [row for row in (turns, source) if row]
    return InlineKeyboardMarkup(rows) if rows else None
