"""What Telegram and the terminal say alike: the greeting, an answer, a page of an article."""

from collections.abc import Mapping
from dataclasses import dataclass
from time import perf_counter
from typing import Protocol

from bot import render
from bot.conversation import smalltalk
from bot.conversation.smalltalk import Talk
from bot.conversation.starters import starters
from bot.language import Texts
from bot.links import Links, Place
from bot.position import Position
from bot.reply import Reply
from retrieval.answer import Answer
from retrieval.collection.collection import Collection
from retrieval.journal.journal import Asked, Verdict

MAX_HITS = 7  # more is a list to search through, not an answer


class Ask(Protocol):
    """``Collection.ask``, or what answers as it does."""

    def __call__(self, question: str, *, limit: int, after: str | None) -> Answer:
        """Answer *question*. Raises ``StoreError``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What the bot says to a message."""

    reply: Reply
    asked: str | None = None  # the question as understood, which the next message may follow up
    found: Answer | None = None  # with all hits, of which the reply shows the first
    seconds: float = 0.0  # that finding it took


def greet(collection: Collection, texts: Texts, *, admin: bool = False) -> Reply:
    """Say hello, with questions to begin with; tell an *admin* how articles get in. Raises ``StoreError``."""
    return render.greeting(texts, collection.stats(), starters(collection, texts), admin=admin)


def answer(
    collection: Collection,
    texts: Texts,
    question: str,
    links: Links,
    *,
    ask: Ask,
    answer_id: str,
    after: str | None = None,
) -> Turn:
    """Answer *question*, which may follow up the one it comes *after*; where it is empty, ask for one.

    *ask* asks the collection, itself or for what it answered lately; *answer_id* is what the buttons under
    the answer know it by. What is no question gets a kind word, and leaves the conversation where it was.
    Raises ``StoreError``.
    """
    if not question.strip():
        return Turn(
            reply=render.notice(
                texts, "What would you like to know? For example: /ask when is the office open?"
            )
        )
    if talk := smalltalk.recognise(question):
        return Turn(reply=respond(collection, texts, talk))
    begun = perf_counter()
    found = ask(question, limit=MAX_HITS, after=after)
    seconds = perf_counter() - begun
    if found.mistake:
        return Turn(reply=render.mistake(texts, found.mistake))
    position = Position(answer_id, of=max(1, len(found.hits)))
    reply = render.answer(texts, found, links, position)
    return Turn(reply=reply, asked=found.understood_as, found=found, seconds=seconds)


def hit(
    collection: Collection,
    texts: Texts,
    asked: Asked,
    position: Position,
    links: Links,
    tally: Mapping[Verdict, int] | None = None,
) -> Reply:
    """Show the hit at *position* of what was *asked*, as it was found then."""
    noted = asked.hits[position.rank - 1 : position.rank] if asked.answered else asked.hits
    found = asked.with_hits(tuple(hit for one in noted if (hit := collection.hit_again(one))))
    return render.answer(texts, found, links, position, tally)


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
    if found.answer.mistake:
        return Turn(reply=render.mistake(texts, found.answer.mistake))
    return Turn(reply=render.explanation(texts, found, links), asked=found.answer.understood_as)


def respond(collection: Collection, texts: Texts, talk: Talk) -> Reply:
    """Say a kind word to what is no question. Raises ``StoreError``."""
    match talk:
        case Talk.GREETING:
            return render.notice(texts, "Hello! What would you like to know?")
        case Talk.THANKS:
            return render.notice(texts, "You are welcome! Ask whenever you like.")
        case Talk.GOODBYE:
            return render.notice(texts, "Goodbye!")
        case Talk.ASKS:
            return render.notice(texts, "Go ahead! What would you like to know?")
        case Talk.PERSON:
            return render.person(texts)
        case Talk.COMPLAINT:
            return render.regret(texts)
        case Talk.INSULT:
            return render.regret(texts)
        case Talk.LAUGH:
            return render.notice(texts, "😊 Is there anything else you would like to know?")
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
    return render.article_page(texts, article, place)


def gone(texts: Texts) -> Reply:
    """Say that an article is not there any more."""
    return render.notice(texts, "This article is not in the collection any more.")


def too_old(texts: Texts) -> Reply:
    """Say that what a button belongs to is not known any more."""
    return render.notice(texts, "This message is too old. Please ask again.")
