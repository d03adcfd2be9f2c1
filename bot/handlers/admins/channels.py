"""A channel in which the bot is an admin: its posts and their documents become articles.

Anybody can make a bot the admin of their channel. So only a channel counts that an admin of the bot's brought
it into, or looks after. Telegram does not tell when a post is deleted; /remove takes its article out.
"""

import asyncio
from dataclasses import replace
from datetime import datetime

import structlog
from telegram import Chat, ChatMember, Message, Update
from telegram.constants import ChatType, FileSizeLimit
from telegram.error import TelegramError
from telegram.ext import ChatMemberHandler

from bot import render
from bot.handlers.admins.invitations import tell_admins
from bot.handlers.admins.reload import in_background
from bot.handlers.services import Context
from bot.storage.inbox import Attachment, Post
from retrieval.collection.report import tell_nobody
from retrieval.errors import ReloadRunningError, RetrievalError

AGAIN_AFTER = 5.0  # seconds; a reload that goes on cannot be joined
TIMES = 60

_LOG: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Appointed(ChatMemberHandler[Context, None]):
    """Takes only that the bot has become the admin of a channel, or is it no more."""

    def check_update(self, update: object) -> bool:
        """Tell whether it is about a channel."""
        change = update.my_chat_member if isinstance(update, Update) else None
        return change is not None and change.chat.type == ChatType.CHANNEL


async def appointed(update: Update, context: Context) -> None:
    """Note whether the posts of the channel are read, and tell the admins."""
    change, services = update.my_chat_member, context.services
    assert change is not None  # the handler sees to it
    if change.new_chat_member.status != ChatMember.ADMINISTRATOR:
        return
    is_read = change.from_user.id in services.admins
    if not is_read and change.old_chat_member.status == ChatMember.ADMINISTRATOR:
        return  # somebody else who looks after the channel changes the bot's rights
    await services.notes.remember_channel(context.bot.id, change.chat.id, is_read=is_read)
    title = change.chat.title or ""
    await tell_admins(change, lambda texts: render.channel(texts, title, is_read=is_read), context)


async def take(message: Message, context: Context) -> None:
    """Let a post, new or edited, be an article, in the background."""
    if await _is_read(message.chat, context):
        post = post_of(message, message.chat, message.message_id, message.date)
        await in_background(_taken(post, message, context), context)


def post_of(message: Message, chat: Chat, number: int, written: datetime) -> Post:
    """Return the post *number* of the channel *chat*, with the words of *message*."""
    return Post(
        channel=int(str(chat.id).removeprefix("-100")),
        name=chat.title or "",
        username=chat.username,
        number=number,
        text=message.text or message.caption or "",
        written=written,
    )


async def _document(message: Message) -> Attachment | None:
    """Return the document that *message* brings, if there is one that Telegram hands out."""
    sent = None if message.animation else message.document
    if sent is None:
        return None
    if (sent.file_size or 0) > FileSizeLimit.FILESIZE_DOWNLOAD:
        _LOG.warning("document of a post too large", channel=message.chat.id, number=message.message_id)
        return None
    try:
        content = await (await sent.get_file()).download_as_bytearray()
    except TelegramError as error:
        _LOG.error("document of a post not fetched", channel=message.chat.id, reason=error.message)
        return None
    return Attachment(name=sent.file_name or "", content=bytes(content))


async def _taken(post: Post, message: Message, context: Context) -> None:
    post = replace(post, document=await _document(message))
    for _ in range(TIMES):
        try:
            taken = await asyncio.to_thread(context.services.inbox.take_post, post, tell_nobody)
        except ReloadRunningError:
            await asyncio.sleep(AGAIN_AFTER)
        except RetrievalError as error:
            _LOG.error("post not taken in", channel=post.channel, number=post.number, reason=str(error))
            return
        else:
            for report in (outcome.report for outcome in taken):
                changes = {"added": report.added, "updated": report.updated, "removed": report.removed}
                reasons = [str(failure.reason) for failure in report.failed]
                _LOG.info(
                    "post taken in", channel=post.channel, number=post.number, failed=reasons, **changes
                )
            return


async def _is_read(channel: Chat, context: Context) -> bool:
    notes, admins = context.services.notes, context.services.admins
    known = await notes.is_read(context.bot.id, channel.id)
    if known is not None:
        return known
    try:  # the bot may have been there before it read channels
        members = await context.bot.get_chat_administrators(channel.id)
    except TelegramError as error:
        _LOG.info("admins of a channel not known", reason=error.message)
        return False
    is_read = not admins.isdisjoint(member.user.id for member in members)
    await notes.remember_channel(context.bot.id, channel.id, is_read=is_read)
    return is_read
