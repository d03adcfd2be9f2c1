"""The greeting, the help, and how to connect Telegram."""

from collections.abc import Sequence

from telegram import BotCommand, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import MessageEntityType

from bot.buttons import Offer
from bot.language import Texts
from bot.render import menus
from bot.render.draft import Draft, shortened
from bot.reply import Reply
from retrieval.collection.report import Stats

_LABEL_UNITS = 60  # a phone shows little more on a button; the message holds all of the question


def greeting(texts: Texts, stats: Stats, questions: Sequence[str], *, admin: bool = False) -> Reply:
    """Render the answer to /start: how to ask, the size and date of the collection, *questions* as buttons.

    If there are no articles yet, tell an *admin* how to add some.
    """
    draft = Draft().add(texts("Hello! This is Hỏi Báo."), MessageEntityType.BOLD)
    draft.gap().add(
        texts(
            "Ask a question in your own words. You get what the articles say, word for word, with the link."
        )
    )
    draft.gap().add(_holdings(texts, stats))
    if not stats.articles and admin:
        draft.line().add(texts("Put files into the folder of articles (ARTICLES_DIR), then send /reload."))
    rows = _add_questions(draft, texts, questions)
    draft.gap().add(texts("It also works without accents. More: /help"))
    return draft.reply(InlineKeyboardMarkup(rows) if rows else None)


def _add_questions(draft: Draft, texts: Texts, questions: Sequence[str]) -> list[list[InlineKeyboardButton]]:
    """List the questions, and return a row with a button for each."""
    if not questions:
        return []
    draft.gap().add(texts("For example:"))
    rows = []
    for question in questions:
        start = draft.line().add("• ").position
        draft.add(question)
        label, data = shortened(question, _LABEL_UNITS), Offer(start, draft.position).data
        rows.append([InlineKeyboardButton(label, callback_data=data)])
    return rows


def _holdings(texts: Texts, stats: Stats) -> str:
    if not stats.articles:
        return texts("There are no articles here yet.")
    articles = texts.plural("{n} article", "{n} articles", stats.articles)
    if stats.newest is None:
        return texts("This collection holds {articles}.", articles=articles)
    newest = texts.date(stats.newest)
    return texts("This collection holds {articles}, the newest from {date}.", articles=articles, date=newest)


def help_(texts: Texts, *, admin: bool) -> Reply:
    """Render how to ask and the commands; an *admin* sees the admins' commands too."""
    draft = Draft()
    _add_section(
        draft,
        texts("How to ask"),
        [
            texts("Write your question as you would say it, with or without accents."),
            texts("Name what you are looking for: a place, a person, a document, a date."),
            texts("Ask a follow-up in a few words: “where?”, “and on Saturday?”"),
            texts(
                'Narrow it down: “last month”, since:2016, until:5/2017, source:name, "exact words", -without'
            ),
            texts("The title leads to the sentence; a button below opens the whole article."),
            texts("In a group: /ask and your question, or mention the bot."),
        ],
    )
    _add_section(draft, texts("Commands"), _listed(menus.for_everybody(texts)))
    if admin:
        _add_section(draft, texts("For admins"), _listed(menus.for_admins(texts)))
    return draft.reply()


def connecting(texts: Texts) -> Reply:
    """Render, for the terminal, how to connect Telegram."""
    draft = Draft().add(texts("Telegram is not connected yet: this is the terminal."), MessageEntityType.BOLD)
    steps = [
        texts("In Telegram, write /newbot to @BotFather and copy the token it gives you."),
        texts("Copy .env.example to .env and put the token after TELEGRAM_TOKEN= there."),
        texts("Start again with `make run`."),
    ]
    for number, step in enumerate(steps, start=1):
        draft.line().add(f"{number}. {step}")
    return draft.reply()


def _listed(menu: list[BotCommand]) -> list[str]:
    return [f"/{command.command} – {command.description}" for command in menu]


def _add_section(draft: Draft, heading: str, lines: list[str]) -> None:
    draft.gap().add(heading, MessageEntityType.BOLD)
    for line in lines:
        draft.line().add(line if line.startswith("/") else f"• {line}")
