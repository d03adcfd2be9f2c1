"""/add with the address of a page, for admins: the page is taken in, and looked after from then on."""

import re

from telegram import Message

from bot import render
from bot.handlers.reload import begun, failed, in_background
from bot.handlers.services import Context
from bot.reply import Reply
from bot.storage.inbox import went_in
from retrieval.errors import RetrievalError

ADDRESS = re.compile(r"\A/add(?:@(?P<name>\w+))?\s+(?P<address>https?://\S+)\s*\Z", re.IGNORECASE)


async def add(message: Message, context: Context) -> None:
    """Take in the page at the address behind /add, in the background."""
    match = ADDRESS.match(message.text or "")
    if match is None or (match["name"] or context.bot.username).lower() != context.bot.username.lower():
        return
    texts, collection, address = context.texts, context.services.collection, match["address"]
    status = await begun(texts, to=message)

    def take() -> Reply:
        try:
            report = collection.reload([address], progress=status.note)
        except RetrievalError as error:
            return failed(texts, error)
        return (render.report if went_in(report) else render.refusal)(texts, report)

    await in_background(status.follow(texts, take), context)
