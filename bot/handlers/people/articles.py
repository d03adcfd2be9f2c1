"""/start, /help, and reading an article page by page."""

import asyncio

from telegram import Message

from bot import render
from bot.buttons import ArticleSpot
from bot.conversation import replies
from bot.handlers.adapters import Press
from bot.handlers.services import Context
from bot.links import parse_payload
from bot.reply import Reply
from bot.transport.sending import acknowledge, is_private, post, replace, send


async def start(message: Message, context: Context) -> None:
    """Greet; behind a deep link, open the article it names."""
    collection, texts = context.services.collection, context.texts
    spot = parse_payload(context.args[0]) if context.args else None
    if spot is None:
        admin = _is_told_to_admin(message, context)
        await send(await asyncio.to_thread(replies.greet, collection, texts, admin=admin), to=message)
    else:
        await send(await _opened(spot, context) or replies.gone(texts), to=message)


async def explain(message: Message, context: Context) -> None:
    """Explain how to ask."""
    await send(render.help_(context.texts, admin=_is_told_to_admin(message, context)), to=message)


async def turn(press: Press[ArticleSpot], context: Context) -> None:
    """Show the page that a button leads to in the same message; a page without a way back in a new one."""
    spot, message = press.value, press.message
    page = await _opened(spot, context)
    if page is None:
        await acknowledge(press.query, replies.gone(context.texts))
        return
    if spot.back is not None or not spot.is_quoted:
        await replace(page, message)
    elif isinstance(message, Message):
        await send(page, to=message)
    else:  # too old for Telegram to tell more of it than its chat
        await post(page, context.bot, message.chat.id)
    # Last, so that a failure before can still be told on the button.
    await acknowledge(press.query)


def _is_told_to_admin(message: Message, context: Context) -> bool:
    return is_private(message) and context.is_by_admin


async def _opened(spot: ArticleSpot, context: Context) -> Reply | None:
    return await asyncio.to_thread(replies.page, context.services.collection, context.texts, spot)
