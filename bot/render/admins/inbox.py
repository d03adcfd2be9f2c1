"""Replies to a file, a text or a link that an admin sends: what became of it, and how to correct it."""

from collections.abc import Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import KeyboardButtonStyle, MessageEntityType

from bot.buttons import Field, Fix, Meant, Ruling, Sent
from bot.language import Texts
from bot.render.admins.reports import refusal
from bot.render.article_head import add_byline, add_title, title_of
from bot.render.draft import Draft, cut, shortened
from bot.reply import Reply
from retrieval.article import Article, web_url
from retrieval.collection.report import Report

_BEGINNING_UNITS = 200
_TITLES = 5  # of a file with several articles
_NAME_UNITS = 60
_IN_A_ROW = 5


def taken_in(
    texts: Texts,
    report: Report,
    articles: Sequence[Article],
    copied: Article | None = None,
    *,
    is_withheld: bool = False,
) -> Reply:
    """Render what became of one file: its *articles*, the article it *copied*, or why it was refused.

    *is_withheld*: the copied one is kept out of all answers.
    """
    if not articles:
        return _copied(texts, copied, is_withheld) if copied else refusal(texts, report)
    headline = _headline(texts, report)
    if len(articles) == 1:
        return card(texts, articles[0], headline)
    draft = Draft().add(headline, MessageEntityType.BOLD)
    draft.gap().add(texts.plural("{n} article:", "{n} articles:", len(articles)))
    for article in articles[:_TITLES]:
        draft.line().add(f"• {title_of(article)}")
    if len(articles) > _TITLES:
        draft.line().add(texts("and {n} more", n=texts.number(len(articles) - _TITLES)))
    if report.failed:
        reason = texts.reason(report.failed[0].reason)
        draft.gap().add(
            texts.plural(
                "{n} row could not be read: {reason}",
                "{n} rows could not be read: {reason}",
                len(report.failed),
                reason=reason,
            )
        )
    return draft.reply(InlineKeyboardMarkup([[_undo(texts, articles[0])]]))


def card(texts: Texts, article: Article, headline: str) -> Reply:
    """Render an article that was sent, what is not known of it, and buttons to correct or undo it."""
    draft = Draft().add(headline, MessageEntityType.BOLD)
    link = web_url(article.url)
    add_title(draft.gap(), article, link)
    add_byline(draft, texts, article, link, author=True)
    draft.line().add(cut(article.body, _BEGINNING_UNITS), MessageEntityType.BLOCKQUOTE)
    rows = []
    if article.published is None:
        draft.line().add(texts("I do not know its date."))
        rows.append([_fix(texts("It is from today"), "today", article)])
    if link is None:
        draft.line().add(texts("It has no link: readers see it here in the chat."))
    fixes = [_fix(texts("Title"), "title", article), _fix(texts("Date"), "date", article)]
    if web_url(article.origin) is None:
        fixes.append(_fix(texts("Link"), "url", article))
    rows.append(fixes)
    rows.append([_undo(texts, article)])
    return draft.reply(InlineKeyboardMarkup(rows))


def album(texts: Texts, outcomes: Sequence[tuple[str, Reply, Article | None]]) -> Reply:
    """Render what became of several files or links: of each its name, what was said of it, its article."""
    good = sum(article is not None for _, _, article in outcomes)
    headline = texts("{n} of {total} have come in", n=texts.number(good), total=texts.number(len(outcomes)))
    draft = Draft().add(headline, MessageEntityType.BOLD)
    buttons = []
    for number, (name, reply, article) in enumerate(outcomes, start=1):
        said = title_of(article) if article else reply.text.partition("\n")[0]
        draft.line().add(f"{number}. {'✓' if article else '✗'} {shortened(name, _NAME_UNITS)}: {said}")
        if article:
            buttons.append(InlineKeyboardButton(f"✏️ {number}", callback_data=Sent("card", article.key).data))
    rows = [buttons[start : start + _IN_A_ROW] for start in range(0, len(buttons), _IN_A_ROW)]
    return draft.reply(InlineKeyboardMarkup(rows) if rows else None)


def undone(texts: Texts, article: Article) -> Reply:
    """Confirm that what was sent is out again."""
    draft = Draft().add(texts("Undone: it is in no answer any more."))
    add_title(draft.gap(), article, None)
    return draft.reply()


def prompt(texts: Texts, field: Field) -> Reply:
    """Ask for what a correction needs."""
    match field:
        case "title":
            asked = texts("What is its title? Reply to this message.")
        case "url":
            asked = texts("What is the address of its page (https://…)? Reply to this message.")
        case _:
            asked = texts("What is its date? Reply to this message, for example: 5/6/2026")
    return Draft().add(asked).reply()


def how_meant(texts: Texts) -> Reply:
    """Ask an admin whether a long message is a question or an article."""
    draft = Draft().add(texts("Is this an article for the collection, or a question?"))
    add = InlineKeyboardButton(
        texts("Add it"), callback_data=Meant("add").data, style=KeyboardButtonStyle.PRIMARY
    )
    ask = InlineKeyboardButton(texts("It is a question"), callback_data=Meant("ask").data)
    return draft.reply(InlineKeyboardMarkup([[add, ask]]))


def _headline(texts: Texts, report: Report) -> str:
    if report.added:
        return texts("Added: people find it from now on.")
    if report.updated:
        return texts("Taken in again, with its changes.")
    return texts("It was here already, just like this.")


def _copied(texts: Texts, copied: Article, is_withheld: bool) -> Reply:
    said = (
        texts("Another article says just the same, and it was taken out. Nothing was changed.")
        if is_withheld
        else texts("Another article says just the same. Nothing was changed.")
    )
    draft = Draft().add(said)
    link = web_url(copied.url)
    add_title(draft.gap(), copied, link)
    add_byline(draft, texts, copied, link)
    back = InlineKeyboardButton(texts("Let it in again"), callback_data=Ruling("restore", copied.key).data)
    return draft.reply(InlineKeyboardMarkup([[back]]) if is_withheld else None)


def _fix(label: str, field: Field, article: Article) -> InlineKeyboardButton:
    return InlineKeyboardButton(label, callback_data=Fix(field, article.key).data)


def _undo(texts: Texts, article: Article) -> InlineKeyboardButton:
    return InlineKeyboardButton(texts("Undo"), callback_data=Sent("undo", article.key).data)
