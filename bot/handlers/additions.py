"""/add, for admins: a file or a text that they send becomes an article."""

import re
from collections.abc import Callable

from telegram import Document, Message
from telegram.constants import FileSizeLimit

from bot import render
from bot.handlers.reload import Status, begun, failed
from bot.handlers.services import Context
from bot.reply import Reply
from bot.storage.inbox import as_file, went_in
from bot.transport.sending import send
from retrieval.errors import RetrievalError

CAPTION = re.compile(r"\A/add(?:@(?P<name>\w+))?\s*\Z", re.IGNORECASE)


async def add(message: Message, context: Context) -> None:
    """Take in a file with the caption /add, or the file or text that /add replies to, in the background."""
    if not _is_for(message, context.bot.username):
        return
    texts, quoted = context.texts, message.reply_to_message
    document = message.document or (quoted and quoted.document)
    text = quoted and (quoted.text or quoted.caption)
    if document and (document.file_size or 0) > FileSizeLimit.FILESIZE_DOWNLOAD:
        await send(render.notice(texts, "Telegram lets me read files of up to 20 MB only."), to=message)
    elif document:
        status = await begun(texts, to=message)
        context.application.create_task(_add_file(context, status, document), update=context.received)
    elif quoted and text:
        status = await begun(texts, to=message)
        work = status.follow(texts, _taking(context, status, *as_file(text, quoted.date)))
        context.application.create_task(work, update=context.received)
    else:
        await send(render.how_to_add(texts), to=message)


async def _add_file(context: Context, status: Status, document: Document) -> None:
    content = bytes(await (await document.get_file()).download_as_bytearray())
    await status.follow(context.texts, _taking(context, status, document.file_name or "", content))


def _taking(context: Context, status: Status, name: str, content: bytes) -> Callable[[], Reply]:
    """Return a function that takes the file in and returns the reply at the end."""
    inbox, texts = context.services.inbox, context.texts

    def take() -> Reply:
        try:
            report = inbox.take(name, content, status.note)
        except RetrievalError as error:
            return failed(texts, error)
        return (render.report if went_in(report) else render.refusal)(texts, report)

    return take


def _is_for(message: Message, username: str) -> bool:
    """Tell whether the command in a caption is not for another bot; PTB checks only commands in texts."""
    match = CAPTION.match(message.caption or "")
    return match is None or (match["name"] or username).lower() == username.lower()
