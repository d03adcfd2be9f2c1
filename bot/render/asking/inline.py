"""Answers for chats without the bot: they repeat the question, and their buttons are URLs."""

from collections.abc import Sequence
from dataclasses import replace

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import MessageEntityType

from bot.language import Texts
from bot.links import Links, best_sentence
from bot.render.article_head import title_of
from bot.render.asking.answers import MAX_NEAREST, QUESTION_UNITS, add_hit, add_nearest, how_understood
from bot.render.asking.restrictions import add_filters
from bot.render.draft import Draft, shortened
from bot.reply import Reply, Result
from retrieval.answer import Answer, Hit
from retrieval.article import web_url

_DESCRIPTION_UNITS = 160  # clients show two or three lines of it
_GUEST_ID = "guest"  # a guest's answer is the only one of its list


def results(texts: Texts, answer: Answer, hits: Sequence[Hit], links: Links) -> tuple[Result, ...]:
    """Render these *hits* of *answer* as results with complete messages: question, source, excerpt."""
    question = how_understood(answer)
    return tuple(_result(texts, answer, question, hit, links) for hit in hits)


def guest_answer(texts: Texts, answer: Answer, links: Links) -> Result:
    """Render the best hit of *answer*; if it is not answered, the titles of the nearest articles."""
    if answer.answered:
        return results(texts, answer, answer.hits[:1], links)[0]
    draft = _asked(texts, answer, how_understood(answer))
    add_nearest(draft, texts, answer.question, answer.hits[:MAX_NEAREST], links)
    return _said(texts, draft.reply(), links)


def guest_notice(texts: Texts, notice: Reply, links: Links) -> Result:
    """Return *notice* with a button that opens the private chat with the bot."""
    return _said(texts, notice, links)


def _result(texts: Texts, answer: Answer, question: str, hit: Hit, links: Links) -> Result:
    draft = _asked(texts, answer, question)
    add_hit(draft, texts, hit, links)
    to_source = texts("Source") if web_url(hit.article.url) else texts("Read the article")
    keyboard = _row(InlineKeyboardButton(to_source, url=links.of(hit)), _asking_on(texts, links))
    start, _ = best_sentence(hit)
    return Result(
        id=hit.article.key,
        title=title_of(hit.article),
        description=shortened(hit.article.body[start : hit.excerpt.end], _DESCRIPTION_UNITS),
        message=draft.reply(keyboard),
    )


def _said(texts: Texts, reply: Reply, links: Links) -> Result:
    message = replace(reply, keyboard=_row(_asking_on(texts, links)))
    title = shortened(reply.text, _DESCRIPTION_UNITS)
    return Result(id=_GUEST_ID, title=title, description="", message=message)


def _asked(texts: Texts, answer: Answer, question: str) -> Draft:
    shown = shortened(question, QUESTION_UNITS)
    draft = Draft().add(texts("Question: {question}", question=shown), MessageEntityType.ITALIC)
    add_filters(draft, texts, answer)
    return draft


def _asking_on(texts: Texts, links: Links) -> InlineKeyboardButton:
    return InlineKeyboardButton(texts("Ask a follow-up"), url=links.chat)


def _row(*buttons: InlineKeyboardButton) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([buttons])
