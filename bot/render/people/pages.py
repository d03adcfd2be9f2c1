"""An article in the chat, page by page."""

import re
from bisect import bisect_right
from functools import lru_cache

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import KeyboardButtonStyle, MessageEntityType

from bot.buttons import ArticleSpot, HitRef
from bot.language import Texts
from bot.render.article_head import add_byline, add_title
from bot.render.draft import Draft
from bot.reply import Reply, units
from retrieval.article import Article, web_url
from retrieval.text.canonical import trimmed
from retrieval.text.sentence import sentences

PAGE_UNITS = 3000  # UTF-16 units; leaves room for title and source within Telegram's 4096
LAST_PAGE_UNITS = 3300  # a short rest does not get a page of its own
_MIN_FILL = 1000  # a page is not cut at a paragraph before this, but at a sentence
_PARAGRAPH_END = re.compile(r"\n(?![-–•+*])")  # the lines of a list stay together


def article_page(texts: Texts, article: Article, place: ArticleSpot) -> Reply:
    """Render the page of *article* that holds *place*; beyond the end of its body, the last one.

    If an answer is quoted from there, the sentence that begins there is bold.
    """
    cuts = pages(article.body)
    page = max(0, bisect_right(cuts, place.start, key=lambda cut: cut[0]) - 1)
    draft = Draft()
    link = web_url(article.url)
    add_title(draft, article, link)
    add_byline(draft, texts, article, link, author=True)
    begin, end = trimmed(article.body, *cuts[page])
    is_here = place.is_quoted and begin <= place.start < end
    quote = next(sentences(article.body, place.start, end), None) if is_here else None
    _add_text(draft.gap(), article.body, begin, end, quote or (end, end))
    if len(cuts) > 1:
        text = texts("Page {page} of {pages}", page=page + 1, pages=len(cuts))
        draft.gap().add(text, MessageEntityType.ITALIC)
    return draft.reply(_turning(texts, article, page, place.back))


def _add_text(draft: Draft, body: str, begin: int, end: int, quote: tuple[int, int]) -> None:
    """Write ``body[begin:end]`` with blank lines between paragraphs and the *quote* in bold."""
    ends = {match.start() for match in _PARAGRAPH_END.finditer(body, begin, end)}
    for start, stop, kinds in (
        (begin, quote[0], ()),
        (*quote, (MessageEntityType.BOLD,)),
        (quote[1], end, ()),
    ):
        text = "".join("\n\n" if at in ends else body[at] for at in range(start, stop))
        draft.add(text, *kinds)


@lru_cache(maxsize=64)  # a reader turns the pages of one article one after the other
def pages(body: str) -> tuple[tuple[int, int], ...]:
    """Return (start, end) of each page of *body*; together the pages are the whole body.

    A page ends with a paragraph if possible, else with a sentence, else with a word.
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


def _turning(texts: Texts, article: Article, page: int, back: HitRef | None) -> InlineKeyboardMarkup | None:
    """Return the buttons to the neighbouring pages, to the answer and to the article's URL."""
    cuts = pages(article.body)

    def turn(to: int) -> str:
        return ArticleSpot(article.key, cuts[to][0], is_quoted=False, back=back).data

    turns: list[InlineKeyboardButton] = []
    if page > 0:
        turns.append(InlineKeyboardButton(texts("‹ Back"), callback_data=turn(page - 1)))
    if page + 1 < len(cuts):
        turns.append(
            InlineKeyboardButton(
                texts("Next ›"), callback_data=turn(page + 1), style=KeyboardButtonStyle.PRIMARY
            )
        )
    leaving: list[InlineKeyboardButton] = []
    if back is not None:
        leaving.append(InlineKeyboardButton(texts("« The answer"), callback_data=back.data))
    if url := web_url(article.url):
        leaving.append(InlineKeyboardButton(texts("Open the original"), url=url))
    rows = [row for row in (turns, leaving) if row]
    return InlineKeyboardMarkup(rows) if rows else None
