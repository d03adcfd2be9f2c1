"""Lists for admins, page by page in one message: unanswered questions, and articles."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import MessageEntityType

from bot.buttons import ArticleSpot, Sheet
from bot.language import Texts
from bot.links import Links
from bot.render.article_head import add_byline, title_of
from bot.render.draft import Draft, shortened
from bot.render.pager import ButtonRow, turning
from bot.reply import Reply
from retrieval.article import Article
from retrieval.journal.gaps import Gap

GAPS = 6  # on a page
ON_A_PAGE = 10
_QUESTION_UNITS = 200
_IN_A_ROW = 5  # buttons with numbers, wide enough for a thumb


def gaps_sheet(
    texts: Texts, gaps: Sequence[Gap], nearest: Mapping[str, Article], links: Links, number: int, *, days: int
) -> Reply:
    """Render page *number* of all *gaps* of the last *days*; *nearest* holds their articles by id."""
    if not gaps:
        return Draft().add(texts("No unanswered questions in the last {n} days. 🎉", n=days)).reply()
    draft = Draft().add(texts("Not answered in the last {n} days", n=days), MessageEntityType.BOLD)
    sheet = Sheet(list="gaps", number=_within(number, len(gaps), GAPS))
    first = sheet.number * GAPS
    for rank, gap in enumerate(gaps[first : first + GAPS], start=first + 1):
        draft.gap().add(f"{rank}. ")
        draft.add(shortened(gap.question, _QUESTION_UNITS), MessageEntityType.BOLD)
        times = texts.plural("asked once", "asked {n} times", gap.times)
        people = texts.plural("{n} person", "{n} people", gap.people)
        draft.line().add(f"{times} · {people}")
        article = nearest.get(gap.nearest or "")
        if article is not None:
            draft.line().add(texts("Closest:")).add(" ").add(title_of(article), url=links.to(article))
    return draft.reply(_keyboard([_turning(sheet, _pages(len(gaps), GAPS))]))


def articles_sheet(
    texts: Texts, articles: Sequence[Article], links: Links, number: int, *, total: int, words: str
) -> Reply:
    """Render page *number* of *total* articles, which shows *articles*: those found by *words*, or all."""
    if not total:
        if words:
            return Draft().add(texts("No article found for “{words}”.", words=words)).reply()
        return Draft().add(texts("There are no articles here yet.")).reply()
    draft = Draft()
    count = texts.plural("{n} article", "{n} articles", total)
    sheet = Sheet(list="articles", number=number)
    if words:
        heading = texts("{articles} found for “{words}”", articles=count, words=words)
        start = heading.rindex(words)
        sheet = Sheet(list="articles", number=number, words=(start, start + len(words)))
    else:
        heading = texts("{articles}, newest first", articles=count)
    draft.add(heading, MessageEntityType.BOLD)
    first = number * ON_A_PAGE + 1
    for rank, article in enumerate(articles, start=first):
        draft.gap().add(f"{rank}. ").add(title_of(article), url=links.to(article))
        add_byline(draft, texts, article, links.to(article))
    reading = [
        InlineKeyboardButton(str(rank), callback_data=ArticleSpot(article.key, 0).data)
        for rank, article in enumerate(articles, start=first)
    ]
    rows = [reading[start : start + _IN_A_ROW] for start in range(0, len(reading), _IN_A_ROW)]
    return draft.reply(_keyboard([*rows, _turning(sheet, _pages(total, ON_A_PAGE))]))


def articles_on(number: int, total: int) -> tuple[int, range]:
    """Return *number* clipped to the last page, and the indices of the *total* articles on that page."""
    number = _within(number, total, ON_A_PAGE)
    return number, range(number * ON_A_PAGE, min((number + 1) * ON_A_PAGE, total))


def _pages(total: int, each: int) -> int:
    return max(1, -(-total // each))


def _within(number: int, total: int, each: int) -> int:
    return min(number, _pages(total, each) - 1)


def _turning(sheet: Sheet, pages: int) -> ButtonRow:
    """Return the buttons to the neighbouring pages; no buttons for a single page."""
    return (
        turning(sheet.number + 1, pages, lambda page: replace(sheet, number=page - 1).data)
        if pages > 1
        else []
    )


def _keyboard(rows: Sequence[Sequence[InlineKeyboardButton]]) -> InlineKeyboardMarkup | None:
    kept = [row for row in rows if row]
    return InlineKeyboardMarkup(kept) if kept else None
