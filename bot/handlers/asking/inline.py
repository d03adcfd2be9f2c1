"""Questions in chats that the bot is not in: @bot typed in any chat, and guest mentions."""

from datetime import timedelta
from functools import partial

from telegram import InlineQuery, InlineQueryResultsButton, Message, Update

from bot import links, render
from bot.conversation import inline, replies
from bot.conversation.inline import Listing
from bot.handlers.asking import answering
from bot.handlers.services import Context
from bot.storage.keys import answer_id, person_key
from bot.transport import addressed
from bot.transport.sending import answer_as_guest, inline_article, send

KEPT = timedelta(minutes=1)  # by Telegram: who deletes a letter is answered at once, and a reload shows soon
_GREETING = "hello"  # any payload that asks nothing


async def suggest(update: Update, context: Context) -> None:
    """List the hits for an inline query, a page at a time."""
    query = update.inline_query
    assert query is not None  # the handler sees to it
    speak = partial(
        inline.listing,
        context.services.collection,
        context.texts,
        query.query,
        context.links,
        start=_start(query),
    )
    person = query.from_user.id
    id_ = context.services.answers.id_of_typed(person_key(context.bot.id, person), query.query)
    # Nobody but the person sees what they type: it is noted as if it were typed in their private chat.
    listing = (await answering.respond(context, speak, noted=(id_, person), is_typing=True)).reply
    await answer_query(query, listing, kept=KEPT)
    # Afterwards: people need longer to press the button than the note to be written.
    if listing.carries:
        key = links.carried_key(query.query)
        await context.services.notes.carry(context.bot.id, person, key, query.query)


async def answer_query(query: InlineQuery, listing: Listing, *, kept: timedelta) -> None:
    """Answer an inline query; Telegram may keep the answer so long for the same person."""
    await query.answer(
        [inline_article(result) for result in listing.results],
        cache_time=kept,
        is_personal=True,  # in the language of the person
        next_offset=None if listing.next_page is None else str(listing.next_page),
        button=_button(listing, query),
    )


async def take_carried(message: Message, context: Context) -> None:
    """Answer the question that the person typed before they came into the private chat."""
    assert context.match is not None  # the filter sees to it
    assert message.from_user is not None
    question = await context.services.notes.carried(
        context.bot.id, message.from_user.id, context.match["key"]
    )
    if question is None:
        late = render.notice(context.texts, "It has been a while. Please ask your question once more.")
        await send(late, to=message)
        return
    id_ = answer_id(context.bot.id, message.chat_id, message.message_id)
    await answering.answer_below(context, question, message=message, id_=id_)


async def answer_guest(message: Message, context: Context) -> None:
    """Answer a message of a chat that the bot is no member of: Telegram takes one answer for each."""
    speak = partial(
        replies.guest_answer,
        context.services.collection,
        context.texts,
        addressed.question(message),
        context.links,
    )
    id_ = answer_id(context.bot.id, message.chat_id, message.message_id)
    exchange = await answering.respond(context, speak, noted=(id_, message.chat_id))
    await answer_as_guest(exchange.reply, to=message)


def _start(query: InlineQuery) -> int:
    # It is what the last answer said, but a client may send anything.
    return int(query.offset) if query.offset.isdecimal() else 0


def _button(listing: Listing, query: InlineQuery) -> InlineQueryResultsButton | None:
    if listing.button is None:
        return None
    carried = links.carried_payload(links.carried_key(query.query))
    return InlineQueryResultsButton(listing.button, start_parameter=carried if listing.carries else _GREETING)
