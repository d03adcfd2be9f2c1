"""How a result goes to Telegram: in a list to choose from, or as a guest's only answer."""

from telegram import InlineQueryResultArticle, InputTextMessageContent, Message

from bot.reply import Result


def article(result: Result) -> InlineQueryResultArticle:
    """Return *result* as Telegram takes it."""
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
    await to.answer_guest_query(article(result))
