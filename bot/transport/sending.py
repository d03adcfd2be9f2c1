"""Send, edit and acknowledge: how a reply goes to Telegram."""

from typing import Any

from telegram import (
    Bot,
    CallbackQuery,
    InlineKeyboardButton,
    InlineQueryResultArticle,
    InputTextMessageContent,
    LinkPreviewOptions,
    MaybeInaccessibleMessage,
    Message,
    MessageEntity,
)
from telegram.constants import ChatType
from telegram.error import BadRequest, ChatMigrated

from bot.reply import Reply, Result


def is_private(message: MaybeInaccessibleMessage) -> bool:
    """Tell whether *message* is in a private chat: in a group everybody reads it."""
    return message.chat.type == ChatType.PRIVATE


async def send(reply: Reply, to: Message) -> Message:
    """Answer the message *to*: in the same topic, and in a group as a reply to it."""
    try:
        return await to.reply_text(**content(reply))
    except ChatMigrated as error:  # the group has become a supergroup: its messages have new numbers
        return await post(reply, to.get_bot(), error.new_chat_id)


async def post(reply: Reply, bot: Bot, chat_id: int) -> Message:
    """Write into a chat, in answer to nothing."""
    return await bot.send_message(chat_id, **content(reply))


async def replace(reply: Reply, message: MaybeInaccessibleMessage) -> None:
    """Make one of the bot's messages say *reply*; it may say that already."""
    await replace_at(reply, message.get_bot(), message.chat.id, message.message_id)


async def replace_at(reply: Reply, bot: Bot, chat_id: int, message_id: int) -> None:
    """Make the bot's message with this id say *reply*; it may say that already."""
    try:
        await bot.edit_message_text(chat_id=chat_id, message_id=message_id, **content(reply))
    except BadRequest as error:
        if not says(error, "message is not modified"):
            raise


def content(reply: Reply) -> dict[str, Any]:
    """Return *reply* as the arguments that Telegram's methods take.

    Entities and buttons are in Telegram's words already: PTB's own way took a tenth of an answer.
    """
    rows = reply.keyboard.inline_keyboard if reply.keyboard else ()
    keyboard = {"inline_keyboard": [[*map(_record, row)] for row in rows]}
    return {
        "text": reply.text,
        "entities": [*map(_record, reply.entities)] or None,
        "reply_markup": keyboard if rows else None,
        "link_preview_options": LinkPreviewOptions(is_disabled=True),
    }


def _record(part: MessageEntity | InlineKeyboardButton) -> dict[str, Any]:
    """Return an entity or a button as Telegram takes it."""
    record = {name: value for name in part.__slots__ if (value := getattr(part, name)) is not None}
    is_flat = all(isinstance(value, str | int) for value in record.values()) and not part.api_kwargs
    return record if is_flat else part.to_dict()


async def acknowledge(query: CallbackQuery, notice: Reply | None = None, *, in_passing: bool = False) -> None:
    """Stop a button's clock, with a *notice* to be read; if the clock has run out, send the notice.

    A notice *in passing* goes away by itself, and need not be told later.
    """
    try:
        await query.answer(notice.text if notice else None, show_alert=notice is not None and not in_passing)
    except BadRequest as error:
        if not says(error, "query is too old"):
            raise
        if notice is not None and query.message is not None and not in_passing:
            await post(notice, query.get_bot(), query.message.chat.id)


def inline_article(result: Result) -> InlineQueryResultArticle:
    """Return *result* as Telegram takes it: to choose from a list, or as a guest's only answer."""
    message = result.message
    return InlineQueryResultArticle(
        id=result.id,
        title=result.title,
        description=result.description or None,
        input_message_content=InputTextMessageContent(message.text, entities=message.entities),
        reply_markup=message.keyboard,
    )


async def answer_as_guest(result: Result, to: Message) -> None:
    """Answer the guest message *to*. It can be answered once, and the bot can write nothing else there."""
    await to.answer_guest_query(inline_article(result))


def says(error: BadRequest, *texts: str) -> bool:
    """Tell whether Telegram's complaint contains any of *texts*, which are in lower case."""
    return any(text in error.message.lower() for text in texts)  # PTB changes the case of what Telegram says
