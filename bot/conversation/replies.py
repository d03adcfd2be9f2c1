"""Replies that Telegram and the terminal share: the greeting, an answer, a page of an article."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from time import perf_counter
from typing import Generic, TypeVar

from bot import render
from bot.buttons import ArticleSpot, HitRef
from bot.conversation import asides, smalltalk
from bot.conversation.asides import Aside, Wish
from bot.conversation.starters import starters
from bot.conversation.talk import Talk
from bot.language import Texts
from bot.links import Links, spot_of
from bot.reply import Reply, Result
from retrieval.answer import Answer, Hit
from retrieval.article import Article
from retrieval.collection.collection import Collection
from retrieval.journal.journal import NotedAnswer, Verdict
from retrieval.question.followup.followup import only_names
from retrieval.question.followup.opening import corrects
from retrieval.text.analyzer import terms

MAX_HITS = 7  # more is a list to search through, not an answer

_Said = TypeVar("_Said", covariant=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """An answer as the last message shows it."""

    answer: Answer  # with all hits
    at: HitRef  # the hit that is shown; a question without an answer shows all


# Return the last answer, if it is still known; given an article's id, one that shows another may be left out.
Recall = Callable[[str | None], Shown | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange(Generic[_Said]):
    """A message and what the bot says to it."""

    reply: _Said
    understood_as: str | None = None  # the answered question, which the next message may follow up
    answer: Answer | None = None  # a new one, with all hits
    shown: Shown | None = None  # the new answer or an earlier one, as the reply shows it
    readings: tuple[str, ...] = ()  # the questions of which the reply asks which is meant
    seconds: float = 0.0  # that the search took


def greet(collection: Collection, texts: Texts, *, admin: bool = False) -> Reply:
    """Say hello, with questions to begin with; tell an *admin* how articles get in. Raises ``StoreError``."""
    return render.greeting(texts, collection.stats(), starters(collection, texts), admin=admin)


def answer(
    collection: Collection,
    texts: Texts,
    question: str,
    links: Links,
    *,
    answer_id: str,
    previous: str | None = None,
    recall: Recall = lambda _: None,
) -> Exchange[Reply]:
    """Answer *question*, which may follow up the *previous* one; ask for one if it is empty.

    The buttons under the answer carry *answer_id*. Small talk gets a short reply, and a message about the
    last answer, which *recall* returns, is shown what it wants of that. Only an answered question may be
    followed up. If it may mean either of two things, the reply asks which. Raises ``StoreError``.
    """
    if not question.strip():
        return Exchange(
            reply=render.notice(
                texts, "What would you like to know? For example: /ask when is the office open?"
            )
        )
    if talk := smalltalk.recognise(question):
        return Exchange(reply=respond(collection, texts, talk))
    if (aside := asides.recognise(question)) and (shown := recall(None)):
        return about(texts, aside, shown, links)
    begun = perf_counter()
    found = _found(collection, question, previous, recall)
    seconds = perf_counter() - begun
    if found.mistake:
        return Exchange(reply=render.mistake(texts, found.mistake))
    if found.readings:
        return Exchange(reply=render.asking_back(texts, found.readings), readings=found.readings)
    at = HitRef(answer_id, of=max(1, len(found.hits)))
    return Exchange(
        reply=render.answer(texts, found, links, at),
        understood_as=found.understood_as if found.answered else None,
        answer=found,
        shown=Shown(answer=found, at=at),
        seconds=seconds,
    )


def _found(collection: Collection, question: str, previous: str | None, recall: Recall) -> Answer:
    """Return the answer to *question*, after the *previous* one that was answered.

    A question without an answer is gone on with only if that leads to one. A correction is of the last one,
    or of the answered one if the last only named something beside it. What was shown is not shown again.
    """
    is_about_last = (is_correction := corrects(question)) or previous is None  # mostly not: it stays closed
    shown = recall(None) if is_about_last else None
    is_of_last = shown is None or not (is_correction and _only_names(shown.answer))
    if shown is not None and (previous is None or (is_of_last and is_correction)):
        previous = shown.answer.understood_as
    found = collection.ask(question, limit=MAX_HITS, after=previous)
    if not found.mistake and not is_about_last:
        shown = recall(found.hits[0].article.id if found.answered and found.hits else None)
    if found.mistake or shown is None:
        return found
    if not found.answered and not shown.answer.answered and is_of_last:
        previous = shown.answer.understood_as
        again = collection.ask(question, limit=MAX_HITS, after=previous)
        found = again if again.answered else found
    last = shown.answer.hits[shown.at.rank - 1 :][:1] if shown.answer.answered else ()
    if last and _repeats(found, last[0]) and terms(question) != terms(shown.answer.question):
        return collection.ask(question, limit=MAX_HITS, after=previous, besides=last[0])
    return found


def _only_names(answer: Answer) -> bool:
    """Tell whether the question of an *answer* without any only names something beside the one before."""
    is_combined = len(terms(answer.understood_as)) > len(terms(answer.question))
    return not answer.answered and is_combined and only_names(answer.question)


def _repeats(answer: Answer, last: Hit) -> bool:
    """Tell whether *answer* would first show the *last* hit again, word for word."""
    first = answer.hits[:1] if answer.answered else ()
    return any(hit.article.id == last.article.id and hit.quote == last.quote for hit in first)


def about(texts: Texts, aside: Aside, shown: Shown, links: Links) -> Exchange[Reply]:
    """Reply to a message about the answer just *shown*."""
    answer, rank = shown.answer, _wanted(aside, shown)
    if not 1 <= rank <= len(answer.hits):
        last = answer.hits[shown.at.rank - 1 : shown.at.rank]
        if aside.wish is Wish.ANOTHER and last and last[0].similar:  # its copies are no hits of their own
            page = render.article_page(texts, last[0].similar[0], ArticleSpot(last[0].similar[0].key, 0))
            return Exchange(reply=page, shown=shown)
        return Exchange(reply=render.notice(texts, "I found no other article on this."))
    hit, at = answer.hits[rank - 1], replace(shown.at, rank=rank)
    if aside.wish is Wish.AGAIN or (answer.answered and rank != shown.at.rank):
        visible = (hit,) if answer.answered else answer.hits
        reply = render.answer(texts, replace(answer, hits=visible), links, at)
    elif aside.wish in {Wish.LINK, Wish.DATE, Wish.AUTHOR}:
        reply = render.origin(texts, hit, links, at, _lead(texts, aside.wish, hit.article))
    else:
        reply = render.article_page(texts, hit.article, spot_of(hit, at))
    return Exchange(reply=reply, shown=Shown(answer=answer, at=at))


def _wanted(aside: Aside, shown: Shown) -> int:
    """Return the rank of the hit that is wanted; 0 if there is none."""
    if aside.wish is Wish.ANOTHER:
        return aside.number or shown.at.rank + 1
    if aside.wish in {Wish.VIETNAMESE, Wish.ENGLISH}:
        code = "vi" if aside.wish is Wish.VIETNAMESE else "en"
        ranked = enumerate(shown.answer.hits, start=1)
        return next((rank for rank, hit in ranked if hit.article.language == code), 0)
    return shown.at.rank


def _lead(texts: Texts, wish: Wish, article: Article) -> str:
    """Return the sentence that says where *article* comes from."""
    published, author = article.published, article.author
    match wish:
        case Wish.DATE if published:
            return texts("The article is from {date}.", date=texts.date(published))
        case Wish.DATE:
            return texts("The article does not say its date.")
        case Wish.AUTHOR if author:
            return texts("The article was written by {author}.", author=author)
        case Wish.AUTHOR:
            return texts("The article does not name its author.")
        case _:
            return texts("It is in this article:")


def shown_again(collection: Collection, noted: NotedAnswer, at: HitRef) -> Shown | None:
    """Return an answer that was given, as a message shows it; None if an article of it is gone or changed."""
    hits = collection.hits_again(noted.hits)
    return Shown(answer=noted.with_hits(tuple(hits)), at=at) if len(hits) == len(noted.hits) else None


def guest_answer(collection: Collection, texts: Texts, question: str, links: Links) -> Exchange[Result]:
    """Answer *question* with one message; if it is empty or a call for help, say how to ask.

    Raises ``StoreError``.
    """
    talk = smalltalk.recognise(question) if question.strip() else Talk.HELP
    if talk is Talk.HELP:  # the help itself is about commands, which work in other chats only
        hint = render.notice(
            texts,
            "What would you like to know? Write @{username} and your question.",
            username=links.username,
        )
        return Exchange(reply=render.guest_notice(texts, hint, links))
    if talk is not None:
        return Exchange(reply=render.guest_notice(texts, respond(collection, texts, talk), links))
    begun = perf_counter()
    found = collection.ask(question, limit=MAX_HITS)
    seconds = perf_counter() - begun
    if found.mistake:
        return Exchange(reply=render.guest_notice(texts, render.mistake(texts, found.mistake), links))
    reply = render.guest_answer(texts, found, links)
    return Exchange(reply=reply, understood_as=found.understood_as, answer=found, seconds=seconds)


def hit(
    collection: Collection,
    texts: Texts,
    asked: NotedAnswer,
    shown: HitRef,
    links: Links,
    tally: Mapping[Verdict, int] | None = None,
) -> Reply:
    """Show the hit that *shown* names of an answer that was given, as it was found then."""
    noted = asked.hits[shown.rank - 1 : shown.rank] if asked.answered else asked.hits
    found = asked.with_hits(tuple(collection.hits_again(noted)))
    return render.answer(texts, found, links, shown, tally)


def why(
    collection: Collection, texts: Texts, question: str, links: Links, *, previous: str | None = None
) -> Exchange[Reply]:
    """Explain the answer to *question*, which may follow up the *previous* one; "": to the previous one.

    Without either, ask for one. Raises ``StoreError``.
    """
    asked, after = (question, previous) if question else (previous or "", None)
    if not asked.strip():
        return Exchange(
            reply=render.notice(
                texts, "Which question? Write it after the command: /why when is the office open?"
            )
        )
    begun = perf_counter()
    found = collection.why(asked, after=after)
    seconds = perf_counter() - begun
    if found.answer.mistake:
        return Exchange(reply=render.mistake(texts, found.answer.mistake))
    return Exchange(
        reply=render.explanation(texts, found, links),
        understood_as=found.answer.understood_as,
        answer=found.answer,
        seconds=seconds,
    )


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


def page(collection: Collection, texts: Texts, spot: ArticleSpot) -> Reply | None:
    """Show the page with *spot*; None if its article is not in the collection any more."""
    article = collection.article(spot.key)
    if article is None:
        return None
    return render.article_page(texts, article, spot)


def gone(texts: Texts) -> Reply:
    """Say that an article is not there any more."""
    return render.notice(texts, "This article is not in the collection any more.")


def too_old(texts: Texts) -> Reply:
    """Say that the answer that a button belongs to is not known any more."""
    return render.notice(texts, "This message is too old. Please ask again.")
