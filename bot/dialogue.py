"""What Telegram and the terminal say alike: the greeting, an answer, a page of an article."""

from dataclasses import dataclass

from bot import render, smalltalk
from bot.language import Texts
from bot.links import Links, Place
from bot.reply import Reply
from bot.smalltalk import Talk
from retrieval.collection import Collection

EXAMPLE = "When does the library open?"  # a ward's articles mostly tell


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What the bot says to a message."""

    reply: Reply
    asked: str | None = None  # the question as understood, which the next message may follow up


def greet(collection: Collection, texts: Texts) -> Reply:
    """Say hello. The example is left out where the articles do not answer it. Raises ``StoreError``."""
    example = texts(EXAMPLE)
    is_answered = collection.ask(example).answered
    return render.greeting(texts, collection.stats(), example if is_answered else None)


def answer(
    collection: Collection, texts: Texts, question: str, links: Links, *, after: str | None = None
) -> Turn:
    """Answer *question*, which may follow up the one it comes *after*; where it is empty, ask for one.

    What is no question gets a kind word, and leaves the conversation where it was. Raises ``StoreError``.
    """
    if not question.strip():
        return Turn(
            reply=render.notice(
                texts, "What would you like to know? For example: /ask when is the office open?"
            )
        )
    if talk := smalltalk.recognise(question):
        return Turn(reply=_respond(collection, texts, talk))
    found = collection.ask(question, after=after)
    return Turn(reply=render.answer(texts, found, links), asked=found.understood_as)


def why(
    collection: Collection, texts: Texts, question: str, links: Links, *, before: str | None = None
) -> Turn:
    """Tell why *question* is answered as it is, which may follow up the one *before*; "": why that one is.

    Where there is neither, ask for one. Raises ``StoreError``.
    """
    asked, after = (question, before) if question else (before or "", None)
    if not asked.strip():
        return Turn(
            reply=render.notice(
                texts, "Which question? Write it after the command: /why when is the office open?"
            )
        )
    found = collection.why(asked, after=after)
    return Turn(reply=render.explanation(texts, found, links), asked=found.answer.understood_as)


def _respond(collection: Collection, texts: Texts, talk: Talk) -> Reply:
    match talk:
        case Talk.GREETING:
            return render.notice(texts, "Hello! What would you like to know?")
        case Talk.THANKS:
            return render.notice(texts, "You are welcome! Ask whenever you like.")
        case Talk.GOODBYE:
            return render.notice(texts, "Goodbye!")
        case Talk.HELP:
            return render.help_(texts, admin=False)
        case Talk.WHO:
            return greet(collection, texts)
        case Talk.NOD:
            return render.notice(texts, "All right! Just ask when you want to know more.")


def page(collection: Collection, texts: Texts, place: Place) -> Reply | None:
    """Show the page that holds *place*; None where its article is not in the collection any more."""
    article = collection.article(place.key)
    if article is None:
        return None
    return render.article_page(texts, article, place.start, is_quoted=place.is_quoted)


def gone(texts: Texts) -> Reply:
    """Say that an article is not there any more."""
    return render.notice(texts, "This article is not in the collection any more.")
