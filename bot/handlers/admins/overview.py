"""/stats, /unanswered, /articles and /sources, for admins: what is here, where from, and what is asked.

In a group, no question that people asked is shown.
"""

import asyncio

from telegram import Message

from bot import render
from bot.buttons import Sheet
from bot.conversation import admin, replies
from bot.handlers.adapters import Press
from bot.handlers.services import Context
from bot.language import Texts
from bot.reply import Reply
from bot.transport.sending import acknowledge, is_private, replace, send
from retrieval.collection.collection import Collection


async def stats(message: Message, context: Context) -> None:
    """Tell what the collection contains; in a private chat with a picture of what is asked."""
    reply, picture = await asyncio.to_thread(
        _stats, context.services.collection, context.texts, with_picture=is_private(message)
    )
    if picture is None:
        await send(reply, to=message)
    else:
        await message.reply_photo(picture, caption=reply.text, caption_entities=reply.entities)


async def unanswered(message: Message, context: Context) -> None:
    """List the questions without an answer."""
    if is_private(message):
        reply = await _page(context, Sheet(list="gaps"))
    else:
        reply = render.notice(context.texts, "That is about people's questions: please ask me in private.")
    await send(reply, to=message)


async def articles(message: Message, context: Context) -> None:
    """List the articles: all of them, the newest first, or those that some words find."""
    await send(await _page(context, Sheet(list="articles"), " ".join(context.args or ())), to=message)


async def sources(message: Message, context: Context) -> None:
    """Tell where the articles come from, and what did not come in."""
    told = await asyncio.to_thread(context.services.collection.followed.origins)
    await send(render.sources(context.texts, told), to=message)


async def turn(press: Press[Sheet], context: Context) -> None:
    """Show another page of a list in the same message."""
    sheet, message = press.value, press.message
    words = sheet.words_in(message.text or "") if isinstance(message, Message) else ""
    if sheet.words and not words:  # Telegram does not say any more what it said
        await acknowledge(press.query, replies.too_old(context.texts))
        return
    if context.is_by_admin:
        await replace(await _page(context, sheet, words), message)
    await acknowledge(press.query)


async def _page(context: Context, sheet: Sheet, words: str = "") -> Reply:
    return await asyncio.to_thread(
        admin.listed, context.services.collection, context.texts, context.links, sheet, words
    )


def _stats(collection: Collection, texts: Texts, *, with_picture: bool) -> tuple[Reply, bytes | None]:
    # The chart is imported when it is first needed: that takes longer than an answer.
    from bot.render.admins.chart import usage_chart

    usage = admin.usage(collection, texts)
    reply = render.statistics(texts, collection.stats(), usage)
    return reply, usage_chart(texts, usage) if with_picture and usage.questions else None
