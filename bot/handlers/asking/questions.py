"""Questions: in a private chat, by /ask, by mention or reply in groups; their edits; and /why, for admins."""

from functools import cache, partial

from telegram import Message
from telegram.error import BadRequest, ChatMigrated

from bot.buttons import HitRef
from bot.conversation import replies, smalltalk
from bot.conversation.replies import Exchange
from bot.conversation.talk import Talk
from bot.handlers.asking import answering
from bot.handlers.services import Context
from bot.reply import Reply
from bot.storage.keys import answer_id
from bot.storage.notes import sender
from bot.transport import addressed
from bot.transport.sending import is_private, replace_at, says, send


async def hear(message: Message, context: Context) -> None:
    """Answer a message if it is meant for the bot."""
    if addressed.is_addressed(message) and not _is_nod_in_group(message):
        await ask(message, context)


async def ask(message: Message, context: Context) -> None:
    """Answer a message that is meant for the bot; if it was edited, edit its answer.

    An edit beyond the limit of questions waits until that is over, and for the last one of them.
    """
    person, late = sender(message), context.services.late_edits
    is_edited = context.received is not None and context.received.edited_message is not None
    if is_edited:
        late.drop(person)
    try:
        await _ask(message, context, is_edited=is_edited)
    except answering.PausedError as error:
        if is_edited:
            begin = partial(context.application.create_task, update=context.received)
            await late.put(person, error.pause.seconds, lambda: ask(message, context), begin)
        raise


async def _ask(message: Message, context: Context, *, is_edited: bool) -> None:
    notes = context.services.notes
    old_answer = await notes.answer_to(message) if is_edited else None

    @cache  # it is asked again when all is noted
    def before() -> tuple[str | None, HitRef | None]:
        return notes.last(message) if old_answer is None else (notes.previous_of_edited(message), None)

    exchange = await answering.answer(
        context,
        addressed.question(message),
        near=message,
        id_=answer_id(context.bot.id, message.chat_id, message.message_id),
        before=before,
    )
    shown = await _shown(exchange.reply, message, old_answer)
    at = exchange.shown.at if exchange.shown else None
    await notes.remember_answer(message, shown, exchange.understood_as, before()[0], at)


async def why(message: Message, context: Context) -> None:
    """Explain the answer to the question that is given, else to the one replied to or the last one."""
    notes, question = context.services.notes, addressed.question(message)

    def explain() -> Exchange[Reply]:
        previous, shown = notes.last(message)
        last = answering.recall(context, message, shown)
        return replies.why(
            context.services.collection,
            context.texts,
            question,
            context.links,
            previous=last.answer.understood_as if last else previous,
        )

    id_ = answer_id(context.bot.id, message.chat_id, message.message_id)
    # Without words it is about a question that is noted already.
    noted = (id_, message.chat_id) if question else None
    exchange = await answering.respond(context, explain, near=message, noted=noted)
    sent = await send(exchange.reply, to=message)
    if exchange.understood_as is not None:
        # Not as a question that was answered: an edit of /why changes nothing.
        await notes.remember_question(message, sender(message), sent.message_id, exchange.understood_as)


async def _shown(reply: Reply, message: Message, old_answer: int | None) -> int:
    """Answer *message*, by its *old_answer* if that is still there; return the answer's number."""
    if old_answer is not None:
        try:
            await replace_at(reply, message.get_bot(), message.chat_id, old_answer)
        except ChatMigrated:  # the group has become a supergroup: its messages have new numbers
            pass
        except BadRequest as error:
            if not says(error, "message to edit not found", "message_id_invalid"):
                raise
        else:
            return old_answer
    return (await send(reply, to=message)).message_id


def _is_nod_in_group(message: Message) -> bool:
    """Tell whether nobody waits for an answer to *message*."""
    if is_private(message):
        return False
    said = addressed.question(message)
    return said != "" and smalltalk.recognise(said) is Talk.NOD
