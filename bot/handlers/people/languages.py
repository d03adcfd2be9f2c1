"""/language: in which language the bot speaks to somebody, everywhere."""

from telegram import Message

from bot import render
from bot.buttons import LanguageChoice
from bot.handlers.adapters import Press
from bot.handlers.services import Context
from bot.reply import Reply
from bot.transport.sending import acknowledge, is_private, replace, send


async def ask(message: Message, context: Context) -> None:
    """Ask for a language."""
    await send(_choices(context), to=message)


async def choose(press: Press[LanguageChoice], context: Context) -> None:
    """Speak the language of a button to the person who pressed it."""
    code, services = press.value.code, context.services
    if code is None or code in services.languages.codes:
        await services.chosen.choose(context.bot.id, press.query.from_user.id, code)
    if is_private(press.message):  # in a group the message speaks to others, too
        await replace(_choices(context), press.message)
    await acknowledge(press.query, render.language_chosen(context.texts, code), in_passing=True)


def _choices(context: Context) -> Reply:
    chosen = context.services.chosen.of(context.person.id) if context.person else None
    return render.languages(context.texts, context.services.languages, chosen)
