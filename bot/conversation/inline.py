"""What the bot says in chats that it is not in: results while somebody types, one answer as a guest."""

from dataclasses import dataclass

from bot import render
from bot.conversation import replies as dialogue
from bot.conversation import smalltalk
from bot.conversation.smalltalk import Talk
from bot.language import Texts
from bot.links import Links
from bot.reply import Result
from retrieval.collection.collection import Collection

MOST = 20  # results: nobody scrolls through more
PAGE = 10  # results; those beyond are asked for by who scrolls so far


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A page of results, or instead of any a button that leads into the private chat."""

    results: tuple[Result, ...] = ()
    next_page: int | None = None  # the place of the first result there, from 0; None: this is the last one
    button: str | None = None
    carries: bool = False  # whether the button takes the question along


def listing(collection: Collection, texts: Texts, question: str, links: Links, *, start: int = 0) -> Listing:
    """List what answers *question*, from the result at place *start* on.

    Where nothing does, the private chat is offered: it says what comes nearest. Raises ``StoreError``.
    """
    if not question.strip() or smalltalk.recognise(question):
        return Listing(button=texts("Type your question…"))
    answer = collection.ask(question, limit=MOST)
    if not answer.answered:
        return Listing(button=texts("No answer found – ask me in private"), carries=True)
    found = render.results(texts, answer, links)
    end = start + PAGE
    return Listing(results=found[start:end], next_page=end if end < len(found) else None)


def guest_answer(collection: Collection, texts: Texts, question: str, links: Links) -> Result:
    """Answer *question* with one message; where it is empty or a call for help, say how to ask.

    Raises ``StoreError``.
    """
    talk = smalltalk.recognise(question) if question.strip() else Talk.HELP
    if talk is Talk.HELP:  # the help itself is about commands, which work in other chats only
        hint = render.notice(
            texts,
            "What would you like to know? Write @{username} and your question.",
            username=links.username,
        )
        return render.guest_notice(texts, hint, links)
    if talk is not None:
        return render.guest_notice(texts, dialogue.respond(collection, texts, talk), links)
    found = collection.ask(question)
    if found.mistake:
        return render.guest_notice(texts, render.mistake(texts, found.mistake), links)
    return render.guest_answer(texts, found, links)
