"""The greeting: what there is to ask here, and a question that surely has an answer."""

from bot import render
from bot.language import Texts
from bot.reply import Reply
from retrieval.collection import Collection

EXAMPLE = "When does the library open?"  # a ward's articles mostly tell


def greet(collection: Collection, texts: Texts) -> Reply:
    """Say hello. The example is left out where the articles do not answer it. Raises ``StoreError``."""
    example = texts(EXAMPLE)
    is_answered = collection.ask(example).answered
    return render.greeting(texts, collection.stats(), example if is_answered else None)
