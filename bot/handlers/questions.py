"""Questions: in a private chat, by /ask, by mention or reply in groups; and their edits."""

import asyncio

from telegram import Message, Update
from telegram.ext import CommandHandler, MessageHandler, filters

from bot import asked, render
from bot.handlers.desk import Context, Desk, Handlers, replace, send
from bot.links import Links
from bot.reply import Reply

# An automatic forward is a channel's post in its discussion group: nobody asks there. A message
# "via" a bot is an answer that somebody shared.
_SAID = ~filters.IS_AUTOMATIC_FORWARD & ~filters.VIA_BOT
_TEXT = filters.TEXT & _SAID
_ASK = filters.Regex(r"(?i)^/ask\b")


def handlers(desk: Desk) -> Handlers:
    """Return the handlers of questions."""
    questions = Questions(desk)
    return [
        CommandHandler("ask", questions.ask, filters.UpdateType.MESSAGE & _SAID),
        MessageHandler(filters.UpdateType.MESSAGE & _TEXT & ~filters.COMMAND, questions.hear),
        MessageHandler(filters.UpdateType.EDITED_MESSAGE & _TEXT & (~filters.COMMAND | _ASK), questions.edit),
    ]


class Questions:
    """Answers each question with one message, and edits that message when the question is edited."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def hear(self, update: Update, context: Context) -> None:
        """Answer a message, if it is meant for the bot."""
        if update.message is not None and asked.is_meant(update.message):
            await self.ask(update, context)

    async def ask(self, update: Update, context: Context) -> None:
        """Answer a message that is meant for the bot."""
        if update.message is not None:
            reply = await self._reply(update, update.message, context.bot.username)
            answer = await send(reply, to=update.message)
            await self._desk.notes.remember(update.message, answer)

    async def edit(self, update: Update, context: Context) -> None:
        """Answer an edited question in the place of its old answer; an edit of anything else is ignored."""
        message = update.edited_message
        if message is None or (answer := await self._desk.notes.answer_to(message)) is None:
            return
        reply = await self._reply(update, message, context.bot.username)
        await replace(reply, context.bot, message.chat_id, answer)

    async def _reply(self, update: Update, message: Message, username: str) -> Reply:
        texts = self._desk.texts(update)
        question = asked.question(message)
        if not question:
            return render.notice(
                texts, "What would you like to know? For example: /ask when is the office open?"
            )
        answer = await asyncio.to_thread(self._desk.collection.ask, question)
        return render.answer(texts, answer, Links(username=username))
