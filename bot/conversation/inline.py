"""Results for inline queries: answers to choose from while somebody types in any chat."""

from dataclasses import dataclass
from time import perf_counter

from bot import render
from bot.conversation import smalltalk
from bot.conversation.replies import Exchange
from bot.language import Texts
from bot.links import Links
from bot.reply import Result
from retrieval.collection.collection import Collection

MOST_RESULTS = 20  # results: nobody scrolls through more
PAGE = 10  # results; the next ones are sent when somebody scrolls to them


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A page of results, or instead a button that leads into the private chat."""

    results: tuple[Result, ...] = ()
    next_page: int | None = None  # the number of its first result, from 0; None: this is the last page
    button: str | None = None
    carries: bool = False  # whether the button takes the question along


def listing(
    collection: Collection, texts: Texts, question: str, links: Links, *, start: int = 0
) -> Exchange[Listing]:
    """List the hits for *question*, from result number *start* on.

    Without an answer, offer the private chat: it names the nearest articles. Raises ``StoreError``.
    """
    if not question.strip() or smalltalk.recognise(question):
        return Exchange(reply=Listing(button=texts("Type your question…")))
    end = start + PAGE
    begun = perf_counter()
    answer = collection.ask(question, limit=MOST_RESULTS)  # all pages are of one search
    seconds = perf_counter() - begun
    if answer.answered:
        results = render.results(texts, answer, answer.hits[start:end], links)
        page = Listing(results=results, next_page=end if end < len(answer.hits) else None)
    else:
        page = Listing(button=texts("No answer found – ask me in private"), carries=True)
    return Exchange(reply=page, answer=None if answer.mistake else answer, seconds=seconds)


def paused(texts: Texts) -> Listing:
    """Ask somebody who asks too much to wait."""
    return Listing(button=texts("You ask very fast! Please wait a moment"))


def refused(texts: Texts) -> Listing:
    """Tell somebody that the bot is not for them; in the private chat it says what to do."""
    return Listing(button=texts("Only certain people may ask here"))
