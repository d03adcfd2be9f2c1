"""/language: in which language the bot speaks to somebody."""

from telegram import CallbackQuery, Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot import render
from bot.handlers.services import SAID, Context, Desk, Handlers, acknowledge, is_private, replace, send
from bot.reply import Reply
from bot.storage.languages import is_choice, parse_choice


def handlers(desk: Desk) -> Handlers:
    """Return the handlers of /language and its buttons."""
    tongue = Tongue(desk)
    return [
        CommandHandler("language", tongue.ask, filters.UpdateType.MESSAGE & SAID),
        CallbackQueryHandler(tongue.choose, lambda data: is_choice(str(data))),
    ]


class Tongue:
    """Lets each person choose a language of their own, for everywhere."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def ask(self, update: Update, _: Context) -> None:
        """Ask which one."""
        if update.message is not None:
            await send(self._choices(update), to=update.message)

    async def choose(self, update: Update, context: Context) -> None:
        """Speak the language that a button stands for to the person who pressed it."""
        query = update.callback_query
        if query is None:
            return
        code = parse_choice(str(query.data))
        if code is None or code in self._desk.languages.codes:
            await self._desk.chosen.choose(context.bot.id, query.from_user.id, code)
        await self._show(query, update)
        await acknowledge(query, render.language_chosen(self._desk.texts(update), code), in_passing=True)

    async def _show(self, query: CallbackQuery, update: Update) -> None:
        """Let the message speak the new language, where it speaks to that person alone."""
        message = query.message
        if message is not None and is_private(message):
            await replace(self._choices(update), query.get_bot(), message.chat.id, message.message_id)

    def _choices(self, update: Update) -> Reply:
        person = update.effective_user
        chosen = self._desk.chosen.of(person.id) if person else None
        return render.languages(self._desk.texts(update), self._desk.languages, chosen)
