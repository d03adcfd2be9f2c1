"""/add, for admins: a file or a text that they send becomes an article."""

import re
from collections.abc import Callable

from telegram import Document, Message, Update
from telegram.constants import FileSizeLimit
from telegram.ext import CommandHandler, MessageHandler, filters

from bot import render
from bot.handlers.reload import begun, by_admin, failed
from bot.handlers.services import Context, Desk, Handlers, send
from bot.handlers.status import Status
from bot.language import Texts
from bot.reply import Reply
from bot.storage.inbox import Inbox, as_file, went_in
from retrieval.errors import RetrievalError

_CAPTION = re.compile(r"\A/add(?:@(?P<name>\w+))?\s*\Z", re.IGNORECASE)


def handlers(desk: Desk, inbox: Inbox) -> Handlers:
    """Return the handlers of additions. They come before those of questions, to which a caption is one."""
    additions = Additions(desk, inbox)
    captioned = filters.Document.ALL & filters.CaptionRegex(_CAPTION)
    return [
        CommandHandler("add", additions.add, by_admin(desk)),
        MessageHandler(by_admin(desk) & captioned, additions.add),
    ]


class Additions:
    """Takes in a file with the caption /add, or the file or text that /add replies to."""

    def __init__(self, desk: Desk, inbox: Inbox) -> None:
        self._desk = desk
        self._inbox = inbox

    async def add(self, update: Update, context: Context) -> None:
        """Take it in, in the background, as /reload does."""
        message = update.message
        if message is None or not _is_for(message, context.bot.username):
            return
        texts, quoted = self._desk.texts(update), message.reply_to_message
        document = message.document or (quoted and quoted.document)
        text = quoted and (quoted.text or quoted.caption)
        if document and (document.file_size or 0) > FileSizeLimit.FILESIZE_DOWNLOAD:
            await send(render.notice(texts, "Telegram lets me read files of up to 20 MB only."), to=message)
        elif document:
            status = await begun(texts, to=message)
            context.application.create_task(self._add_file(texts, status, document), update=update)
        elif quoted and text:
            status = await begun(texts, to=message)
            work = self._taking(texts, status, *as_file(text, quoted.date))
            context.application.create_task(status.follow(texts, work), update=update)
        else:
            await send(render.how_to_add(texts), to=message)

    async def _add_file(self, texts: Texts, status: Status, document: Document) -> None:
        content = bytes(await (await document.get_file()).download_as_bytearray())
        await status.follow(texts, self._taking(texts, status, document.file_name or "", content))

    def _taking(self, texts: Texts, status: Status, name: str, content: bytes) -> Callable[[], Reply]:
        """Return what takes the file in, and returns what to say at the end."""

        def take() -> Reply:
            try:
                report = self._inbox.take(name, content, status.note)
            except RetrievalError as error:
                return failed(texts, error)
            return (render.report if went_in(report) else render.refusal)(texts, report)

        return take


def _is_for(message: Message, username: str) -> bool:
    """Tell whether the command in a caption is not for another bot; PTB looks at those in texts."""
    found = _CAPTION.match(message.caption or "")
    return found is None or (found["name"] or username).lower() == username.lower()
