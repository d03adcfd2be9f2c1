"""Questions: in a private chat, by /ask, by mention or reply in groups; and their edits."""

from telegram import Message, Update
from telegram.ext import CommandHandler, MessageHandler, filters

from bot.conversation import smalltalk
from bot.handlers import answering
from bot.handlers.services import SAID, Context, Desk, Handlers, is_private, replace, send
from bot.position import answer_id
from bot.transport import addressed as asked

_NEW_OR_EDITED = filters.UpdateType.MESSAGES & SAID


def handlers(desk: Desk) -> Handlers:
    """Return the handlers of questions."""
    questions = Questions(desk)
    return [
        CommandHandler("ask", questions.ask, _NEW_OR_EDITED),
        MessageHandler(_NEW_OR_EDITED & (filters.TEXT | filters.CAPTION) & ~filters.COMMAND, questions.hear),
    ]


class Questions:
    """Answers each question with one message, and edits that message when the question is edited."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def hear(self, update: Update, context: Context) -> None:
        """Answer a message, if it is meant for the bot."""
        message = update.effective_message
        if message is not None and asked.is_meant(message) and not _is_nod_in_group(message):
            await self.ask(update, context)

    async def ask(self, update: Update, context: Context) -> None:
        """Answer a message that is meant for the bot; an edited one in the place of its old answer."""
        message, notes = update.effective_message, self._desk.notes
        if message is None:
            return
        answer = await notes.answer_to(message) if update.edited_message else None
        before = await (notes.asked_before(message) if answer is None else notes.asked_before_edit(message))
        turn = await answering.find(
            self._desk,
            self._desk.texts(update),
            asked.question(message),
            near=message,
            asker=message.from_user,
            id_=answer_id(context.bot.id, message.chat_id, message.message_id),
            after=before,
        )
        if answer is not None:
            await replace(turn.reply, context.bot, message.chat_id, answer)
        else:
            answer = (await send(turn.reply, to=message)).message_id
        await notes.remember(message, answer, turn.asked, before)


def _is_nod_in_group(message: Message) -> bool:
    """Tell whether nobody waits for an answer to *message*."""
    if is_private(message):
        return False
    said = asked.question(message)
    return said != "" and smalltalk.recognise(said) is smalltalk.Talk.NOD
