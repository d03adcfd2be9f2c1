"""/privacy and /forget: what is kept of somebody, and erasing it."""

import asyncio

from telegram import Message

from bot import render
from bot.buttons import Forget
from bot.handlers.adapters import Press
from bot.handlers.services import Context
from bot.reply import Reply
from bot.storage.keys import chat_key, person_key
from bot.transport.sending import acknowledge, is_private, replace, send


async def tell(message: Message, context: Context) -> None:
    """Tell what is kept."""
    kept_days = context.services.kept_days
    await send(render.privacy(context.texts, kept_days=kept_days, in_private=is_private(message)), to=message)


async def ask(message: Message, context: Context) -> None:
    """Ask whether to erase everything; in a group, forget at once what the person asked."""
    if is_private(message):
        await send(render.erasing(context.texts), to=message)
        return
    if message.from_user is not None:
        await _forget_asked(context, message.from_user.id)
    await send(
        render.notice(
            context.texts,
            "I have erased your questions. To erase what you follow and chose, too, write /forget to me in "
            "our own chat.",
        ),
        to=message,
    )


async def go_on(press: Press[Forget], context: Context) -> None:
    """Take the step that a button stands for."""
    match press.value.step:
        case "ask":
            await _ask_below(press, context)
        case "yes":
            await _erase(press, context)
        case "no":
            kept = render.notice(context.texts, "All right, everything stays as it is.")
            await _conclude(press, kept)


async def _ask_below(press: Press[Forget], context: Context) -> None:
    """Ask below the message that tells what is kept."""
    if isinstance(press.message, Message):
        await send(render.erasing(context.texts), to=press.message)
        await acknowledge(press.query)


async def _erase(press: Press[Forget], context: Context) -> None:
    """Erase everything that is kept of the person, and say so; other people's buttons do nothing."""
    if press.message.chat.id != press.query.from_user.id:
        return
    await _forget(context, press.query.from_user.id)
    await _conclude(press, render.notice(context.texts, "Erased. I keep no question of yours any more."))


async def _forget(context: Context, person: int) -> None:
    """Forget the person in every store. Raises ``StoreError``."""
    services, bot_id = context.services, context.bot.id
    await asyncio.to_thread(services.collection.watches.forget, person_key(bot_id, person))
    await _forget_asked(context, person)
    await services.notes.forget_person(bot_id, person)
    services.chosen.forget(person)
    await asyncio.to_thread(services.collection.company.ring)


async def _forget_asked(context: Context, person: int) -> None:
    """Forget what the person asked, wherever that was. Raises ``StoreError``."""
    services, bot_id = context.services, context.bot.id
    who, own_chat = person_key(bot_id, person), chat_key(bot_id, person)  # it has the person's number
    await services.answers.forget(who, own_chat)
    await services.notes.forget_asked(bot_id, person)
    await asyncio.to_thread(services.collection.company.ring)  # other processes may have it in memory


async def _conclude(press: Press[Forget], reply: Reply) -> None:
    await replace(reply, press.message)
    await acknowledge(press.query)
