"""Questions: in a private chat, by /ask, by mention or reply in groups; and their edits."""

import asyncio

from telegram import Message, Update
from telegram.ext import CommandHandler, MessageHandler, filters

from bot import asked, dialogue
from bot.handlers.desk import SAID, Context, Desk, Handlers, replace, send
from bot.links import Links
from bot.reply import Reply

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
        if message is not None and asked.is_meant(message):
            await self.ask(update, context)

    async def ask(self, update: Update, context: Context) -> None:
        """Answer a message that is meant for the bot; an edited one in the place of its old answer."""
        message, notes = update.effective_message, self._desk.notes
        if message is None:
            return
        answer = await notes.answer_to(message) if update.edited_message else None
        reply = await self._reply(update, message, context.bot.username)
        if answer is not None:
            await replace(reply, context.bot, message.chat_id, answer)
        else:
            await notes.remember(message, await send(reply, to=message))

    async def _reply(self, update: Update, message: Message, username: str) -> Reply:
        texts = self._desk.texts(update)
        question = asked.question(message)
        links = Links(username=username)
        return await asyncio.to_thread(dialogue.answer, self._desk.collection, texts, question, links)
