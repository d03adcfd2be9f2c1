"""The buttons under an answer: to the next hit and back, verdicts, and "did you mean"."""

import asyncio
from collections import Counter

from telegram import Message

from bot import render
from bot.buttons import HitRef, Mark, Offer
from bot.conversation import replies
from bot.handlers.adapters import Press
from bot.handlers.asking import answering
from bot.handlers.services import Context
from bot.reply import Reply
from bot.storage.keys import answer_id, person_key
from bot.transport import delivery
from bot.transport.sending import acknowledge, replace
from retrieval.journal.journal import NotedAnswer, Rating


async def turn(press: Press[HitRef], context: Context) -> None:
    """Show another hit of the answer in the same message."""
    answer = await context.answer_shown(press.value.answer, press.message)
    if answer is None:
        await acknowledge(press.query, replies.too_old(context.texts))
        return
    await _show(press, context, answer, press.value)
    # Last, so that a failure before can still be told on the button.
    await acknowledge(press.query)


async def rate(press: Press[Mark], context: Context) -> None:
    """Note a verdict on a hit; the same verdict once more takes it back."""
    mark = press.value
    answer = await context.answer_shown(mark.hit.answer, press.message)
    if answer is None:
        await acknowledge(press.query, replies.too_old(context.texts))
        return
    person = person_key(context.bot.id, press.query.from_user.id)
    is_new = await _note(context, answer, person, Rating(verdict=mark.verdict, rank=mark.hit.rank))
    await _show(press, context, answer, mark.hit)
    thanks = render.thanks(context.texts, mark.verdict if is_new else None)
    await acknowledge(press.query, thanks, in_passing=True)


async def take_offer(press: Press[Offer], context: Context) -> None:
    """Answer the question that a message offers, below the message."""
    message = press.message
    question = press.value.question(message.text or "") if isinstance(message, Message) else ""
    if not isinstance(message, Message) or not question:  # Telegram does not say any more what it said
        await acknowledge(press.query, replies.too_old(context.texts))
        return
    await answering.answer_below(context, question, message=message, id_=answer_id(press.query.id))
    # Last, so that a failure before can still be told on the button.
    await acknowledge(press.query)


async def _note(context: Context, answer: NotedAnswer, person: str, rating: Rating) -> bool:
    """Note *rating*; return False if it was noted already, and has been taken back."""
    journal, press = context.services.collection.journal, delivery.current()
    await context.services.answers.written()
    before = (await asyncio.to_thread(journal.ratings, answer.id)).get(person)
    # A crash may have come between the note and its thanks: then it was noted by this very press.
    is_new = before is None or before.verdict != rating.verdict or (press is not None and press.is_again)
    await asyncio.to_thread(journal.rate, answer.id, person, rating if is_new else None)
    return is_new


async def _show(
    press: Press[HitRef] | Press[Mark], context: Context, answer: NotedAnswer, hit: HitRef
) -> None:
    collection, texts, links = context.services.collection, context.texts, context.links

    def rendered() -> Reply:
        ratings = collection.journal.ratings(answer.id).values()
        tally = Counter(rating.verdict for rating in ratings)
        return replies.hit(collection, texts, answer, hit, links, tally)

    await replace(await asyncio.to_thread(rendered), press.message)
