"""Buttons under what an admin sent: another title, date or link, and undoing it."""

import asyncio
from datetime import datetime

from telegram import ForceReply, Message

from bot import render
from bot.buttons import Fix, Sent
from bot.handlers.adapters import Press
from bot.handlers.services import Context
from bot.reply import Reply
from bot.transport.sending import acknowledge, content, replace, send
from retrieval.article import Article, web_url
from retrieval.errors import ReloadRunningError
from retrieval.readers.fields import dates
from retrieval.text.canonical import one_line


async def fix(press: Press[Fix], context: Context) -> None:
    """Ask for what is to be corrected; a date of today needs no words."""
    if not context.is_by_admin or not isinstance(press.message, Message):
        await acknowledge(press.query)
        return
    field, key = press.value.field, press.value.key
    if field == "today":
        today = datetime.now(context.texts.timezone).replace(hour=0, minute=0, second=0, microsecond=0)
        reply = await _corrected(context, key, published=today)
        await replace(reply, press.message)
    else:
        asked = content(render.prompt(context.texts, field)) | {"reply_markup": ForceReply()}
        prompt = await press.message.reply_text(**asked)
        await context.services.notes.await_words(prompt, press.value)
    await acknowledge(press.query)


async def give(value: Fix, message: Message, context: Context) -> None:
    """Correct an article by the words of *message*; say so if they cannot be understood."""
    texts, words = context.texts, one_line(message.text or "")
    match value.field:
        case "title":
            reply = await _corrected(context, value.key, title=words)
        case "url" if url := web_url(words):
            reply = await _corrected(context, value.key, url=url)
        case "date" | "today" if moment := dates.parse(words, texts.timezone):
            reply = await _corrected(context, value.key, published=moment)
        case "url":
            reply = render.notice(texts, "This is no address of a page. It begins with https://")
        case _:
            reply = render.notice(texts, "I do not understand this date. Write it like this: 5/6/2026")
    await send(reply, to=message)


async def manage(press: Press[Sent], context: Context) -> None:
    """Show an article that was sent in an album, or undo it."""
    if not context.is_by_admin:
        await acknowledge(press.query)
        return
    texts, services = context.texts, context.services
    notice = None
    if press.value.step == "card":
        article = services.collection.article(press.value.key)
        if article and isinstance(press.message, Message):
            await send(render.card(texts, article, texts("In the collection:")), to=press.message)
        notice = None if article else _gone(context)
    else:
        try:
            article = await asyncio.to_thread(services.inbox.undo, press.value.key)
        except ReloadRunningError:
            notice = _busy(context)
        else:
            notice = None if article else _gone(context)
            if article:
                await replace(render.undone(texts, article), press.message)
    await acknowledge(press.query, notice)


async def _corrected(context: Context, key: str, **changes: object) -> Reply:
    try:
        article: Article | None = await asyncio.to_thread(context.services.inbox.correct, key, **changes)
    except ReloadRunningError:
        return _busy(context)
    if article is None:
        return _gone(context)
    return render.card(context.texts, article, context.texts("Corrected."))


def _gone(context: Context) -> Reply:
    return render.notice(context.texts, "This article is not in the collection any more, or it has changed.")


def _busy(context: Context) -> Reply:
    return render.notice(context.texts, "Another reload is under way. Try again when it is done.")
