"""Updates that no other handler takes: unknown commands, pictures, buttons of another time."""

from telegram import CallbackQuery, Message

from bot import render
from bot.handlers.services import Context
from bot.transport.sending import acknowledge, send


async def unknown_command(message: Message, context: Context) -> None:
    """Point to the help."""
    await send(render.notice(context.texts, "I do not know this command. See /help."), to=message)


async def wordless(message: Message, context: Context) -> None:
    """Ask for words, once a day: an album is many messages."""
    if await context.services.notes.is_first_today(message):
        await send(render.notice(context.texts, "I can only read text: ask me in words."), to=message)


async def old_button(query: CallbackQuery) -> None:
    """Stop the button's clock from turning."""
    await acknowledge(query)
