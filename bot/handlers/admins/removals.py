"""/remove, for admins: take an article out of all answers, and let it in again."""

import asyncio

from telegram import Message

from bot import render
from bot.buttons import Ruling
from bot.conversation import admin
from bot.handlers.adapters import Press
from bot.handlers.services import Context
from bot.transport.sending import acknowledge, replace, send
from retrieval.errors import ReloadRunningError


async def offer(message: Message, context: Context) -> None:
    """Show the article that is meant, and ask; a withheld article, with the way back."""
    words, quoted = " ".join(context.args or ()), message.reply_to_message
    reply = await asyncio.to_thread(admin.removal, context.services.collection, context.texts, words, quoted)
    await send(reply, to=message)


async def rule(press: Press[Ruling], context: Context) -> None:
    """Carry out an admin's decision, and let the message say so."""
    notice = None
    if context.is_by_admin:
        try:
            reply = await asyncio.to_thread(
                admin.ruled, context.services.collection, context.texts, press.value
            )
        except ReloadRunningError:
            notice = render.notice(context.texts, "Another reload is under way. Try again when it is done.")
        else:
            await replace(reply, press.message)
    await acknowledge(press.query, notice)
