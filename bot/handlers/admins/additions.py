"""Articles from what admins send: files, albums, posts, texts, links; /add if it must be said."""

import asyncio
import re
import time
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

import structlog
from telegram import Message, MessageOriginChannel
from telegram.constants import FileSizeLimit
from telegram.error import TelegramError

from bot import render
from bot.buttons import Meant
from bot.handlers.adapters import Press
from bot.handlers.admins.albums import Album, Sending
from bot.handlers.admins.channels import post_of
from bot.handlers.admins.corrections import give
from bot.handlers.admins.reload import failed
from bot.handlers.admins.status import Status, begun
from bot.handlers.asking import questions
from bot.handlers.services import Context
from bot.reply import Reply
from bot.storage.inbox import Taken
from bot.transport.addressed import is_own
from bot.transport.delivery import go_on
from bot.transport.sending import acknowledge, content, send
from retrieval.article import Article
from retrieval.collection.report import Step
from retrieval.errors import ReloadRunningError, RetrievalError
from retrieval.readers.fields import dates
from retrieval.readers.fields.correction import Correction

CAPTION = re.compile(r"\A/add(?:@(?P<name>\w+))?\s*\Z", re.IGNORECASE)
LONG_TEXT = 250  # characters; nobody asks so much
RELOAD_PATIENCE = 120  # seconds that what was sent waits for a reload that goes on

WORDS_BESIDE = 150  # characters beside a link; browsers share a page with its title

_URL = re.compile(r"https?://[^\s<>\"“”]*[^\s<>\"“”.,;:!?)\]}'»’…]", re.IGNORECASE)
_COMMAND = re.compile(r"\A/add(?:@\w+)?", re.IGNORECASE)
_LOG: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

_Result = TypeVar("_Result")
_Outcome = tuple[str, Reply, Article | None]  # what was sent, what is said of it, its article


async def add(message: Message, context: Context) -> None:
    """Take in a file with the caption /add, links behind it, or the file or text that it replies to."""
    if not _is_for(message, context.bot.username):
        return
    quoted = message.reply_to_message
    if _has_file(message) or _links(message):
        await _take(message, context)
    elif quoted and (_has_file(quoted) or quoted.text or quoted.caption):
        await _take(quoted, context, near=message)
    else:
        await send(render.how_to_add(context.texts), to=message)


async def join(message: Message, context: Context) -> None:
    """Take in a file that belongs to an album whose first file came with the caption /add."""
    if context.services.albums.of(message):
        await _take(message, context)


async def hear(message: Message, context: Context) -> None:
    """Take in what an admin sends in the private chat, unless it is a question."""
    source, inbox = _source(message), context.services.inbox
    if context.received and context.received.edited_message:
        is_taken = bool(message.text) and await asyncio.to_thread(inbox.has_text, source)
        if is_taken:
            await _take(message, context)
        else:
            await questions.hear(message, context)
    elif fix := await context.services.notes.awaited(message):
        await give(fix, message, context)
    elif _has_file(message) or _is_passed_on(message) or await _brings_links(message, context):
        await _take(message, context)
    elif _may_be_article(message):
        await message.reply_text(**content(render.how_meant(context.texts)), do_quote=True)
    else:
        await questions.hear(message, context)


async def use(press: Press[Meant], context: Context) -> None:
    """Take in a long message or answer it, as the admin says."""
    prompt = press.message
    meant = prompt.reply_to_message if isinstance(prompt, Message) else None
    await acknowledge(press.query)
    if meant is None or not context.is_by_admin:
        return
    if press.value.use == "add":
        await _take(meant, context)
    else:
        await questions.ask(meant, context)


async def _take(message: Message, context: Context, near: Message | None = None) -> None:
    """Take in *message*, in the background; what came with it in one album is told in one message."""
    albums = context.services.albums
    done = await go_on()  # before anything is said: who ends meanwhile takes it in after the next start
    album = albums.of(message)
    if album is None:
        try:
            album = albums.begin(message, await begun(context.texts, to=near or message))
        except TelegramError:  # that is told, and all there is to it
            done()
            raise
    album.begun.append(done)
    album.waiting.extend(_sendings(message))
    if not album.is_read:
        album.is_read = True
        context.application.create_task(_read(album, context), update=context.received)


async def _read(album: Album, context: Context) -> None:
    try:
        while album.waiting:
            sending = album.waiting.popleft()
            album.outcomes.append(await _outcome(sending, album.status, context))
            if not album.waiting:
                await album.status.end(_said_of(album, context))
    finally:
        album.is_read = False
        begun, album.begun = album.begun, []
        for done in begun:
            done()


def _said_of(album: Album, context: Context) -> Reply:
    several = len(album.outcomes) > 1
    return render.album(context.texts, album.outcomes) if several else album.outcomes[0][1]


async def _outcome(sending: Sending, status: Status, context: Context) -> _Outcome:
    message, texts = sending.message, context.texts
    name = sending.link or _name(message)
    if _size(message) > FileSizeLimit.FILESIZE_DOWNLOAD:
        return name, render.notice(texts, "Telegram lets me read files of up to 20 MB only."), None
    try:
        work = await _work(sending, status, context)
        taken = await status.watch(texts, lambda: _patiently(work))
    except RetrievalError as error:
        return name, failed(texts, error), None
    except TelegramError as error:
        _LOG.warning("file not fetched", reason=error.message)
        sorry = render.notice(texts, "Telegram did not hand the file over. Please send it again.")
        return name, sorry, None
    reply = await asyncio.to_thread(_told, taken, context)
    return name, reply, taken.articles[0] if taken.articles else None


def _told(taken: Taken, context: Context) -> Reply:
    copied = taken.copied
    is_withheld = bool(copied and context.services.collection.withholding.find(copied.key))
    return render.taken_in(context.texts, taken.report, taken.articles, copied, is_withheld=is_withheld)


async def _work(sending: Sending, status: Status, context: Context) -> Callable[[], Taken]:
    """Fetch what the *sending* brings from Telegram, and return the function that takes it in, for a thread.

    Raises ``TelegramError``.
    """
    inbox, message, link = context.services.inbox, sending.message, sending.link
    words = message.text or message.caption or ""
    tell: Callable[[Step], None] = status.note
    if link:
        return lambda: inbox.take_link(link, tell)
    if _has_file(message):
        file = await (message.document or message.photo[-1]).get_file()
        data = bytes(await file.download_as_bytearray())
        said = _said(words, context)
        return lambda: inbox.take(_name(message), data, tell, said)
    origin = message.forward_origin
    if isinstance(origin, MessageOriginChannel):
        post = post_of(message, origin.chat, origin.message_id, origin.date)
        return lambda: inbox.take_post(post, tell)[0]
    written: datetime = origin.date if origin else message.date
    return lambda: inbox.take_text(words, written, _source(message), tell)


def _patiently(work: Callable[[], _Result]) -> _Result:
    """Do the *work*, on a thread, as soon as no reload goes on. Raises ``ReloadRunningError`` in the end."""
    until = time.monotonic() + RELOAD_PATIENCE
    while True:
        try:
            return work()
        except ReloadRunningError:
            if time.monotonic() > until:
                raise
            time.sleep(0.5)


def _said(caption: str, context: Context) -> Correction | None:
    """Return what a *caption* says of its file: the address of its page, its date on a line of its own."""
    url = _URL.search(caption)
    moments = (dates.parse(line, context.texts.timezone) for line in caption.splitlines())
    published = next((moment for moment in moments if moment), None)
    return Correction(published=published, url=url and url[0]) if url or published else None


def _sendings(message: Message) -> list[Sending]:
    return [Sending(message=message, link=link) for link in _links(message)] or [Sending(message=message)]


def _links(message: Message) -> list[str]:
    """Return the links in the text of *message*, if it says little beside them and is no channel's post."""
    text = message.text or ""
    if isinstance(message.forward_origin, MessageOriginChannel) or len(_beside(text)) > WORDS_BESIDE:
        return []
    return list(dict.fromkeys(_URL.findall(text)))


def _beside(text: str) -> str:
    """Return what *text* says beside its links."""
    return _URL.sub("", _COMMAND.sub("", text)).strip()


async def _brings_links(message: Message, context: Context) -> bool:
    """Tell whether *message* brings links, and does not ask about an article that is there already."""
    find, links = context.services.collection.find_url, _links(message)
    if not links or not _beside(message.text or ""):
        return bool(links)
    return not any([await asyncio.to_thread(find, link) for link in links])


def _size(message: Message) -> int:
    if not _has_file(message):
        return 0
    return (message.document or message.photo[-1]).file_size or 0


def _has_file(message: Message) -> bool:
    return bool(message.document or message.photo)


def _name(message: Message) -> str:
    if message.document:
        return message.document.file_name or ""
    if message.photo:
        return f"anh-{message.photo[-1].file_unique_id}.jpg"
    return (message.text or "").partition("\n")[0]


def _source(message: Message) -> str:
    return f"{message.chat_id}:{message.message_id}"


def _is_passed_on(message: Message) -> bool:
    """Tell whether *message* is a post forwarded from a channel, or something long from elsewhere."""
    origin = message.forward_origin
    return isinstance(origin, MessageOriginChannel) or (origin is not None and _is_long(message))


def _may_be_article(message: Message) -> bool:
    quoted = message.reply_to_message
    return _is_long(message) and not (quoted and is_own(quoted))


def _is_long(message: Message) -> bool:
    text = (message.text or "").strip()
    return len(text) >= LONG_TEXT or "\n" in text


def _is_for(message: Message, username: str) -> bool:
    """Tell whether the command in a caption is not for another bot; PTB checks only commands in texts."""
    match = CAPTION.match(message.caption or "")
    return match is None or (match["name"] or username).lower() == username.lower()
