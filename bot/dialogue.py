"""What Telegram and the terminal say alike: the greeting, an answer, a page of an article."""

from bot import render
from bot.language import Texts
from bot.links import Links, Place
from bot.reply import Reply
from retrieval.collection import Collection

EXAMPLE = "When does the library open?"  # a ward's articles mostly tell


def greet(collection: Collection, texts: Texts) -> Reply:
    """Say hello. The example is left out where the articles do not answer it. Raises ``StoreError``."""
    example = texts(EXAMPLE)
    is_answered = collection.ask(example).answered
    return render.greeting(texts, collection.stats(), example if is_answered else None)


def answer(collection: Collection, texts: Texts, question: str, links: Links) -> Reply:
    """Answer *question*; where it is empty, ask for one."""
    if not question:
        return render.notice(texts, "What would you like to know? For example: /ask when is the office open?")
    return render.answer(texts, collection.ask(question), links)


def page(collection: Collection, texts: Texts, place: Place) -> Reply | None:
    """Show the page that holds *place*; None where its article is not in the collection any more."""
    article = collection.article(place.key)
    if article is None:
        return None
    return render.article_page(texts, article, place.start, is_quoted=place.is_quoted)


def gone(texts: Texts) -> Reply:
    """Say that an article is not there any more."""
    return render.notice(texts, "This article is not in the collection any more.")
