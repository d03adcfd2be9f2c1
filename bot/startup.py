"""Open the collection as the settings say; the very first time, read the articles in."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console

from bot import render
from bot.language import Texts
from bot.settings import SYNONYMS, Settings
from bot.terminal.display import show
from bot.terminal.progress import progress_bar
from retrieval.collection.collection import Collection
from retrieval.errors import N_
from retrieval.query.lexicon import Lexicon

FIRST_START = N_("The search is being prepared, once: the first answer takes some seconds.")
WORD_LISTS = Path(__file__).parents[1] / "data" / "vietnamese"


def open_collection(settings: Settings) -> Collection:
    """Return the collection; the caller closes it. Raises ``StoreError``."""
    return Collection.open(
        database_url=settings.database_url,
        index_dir=settings.index_dir,
        articles_dir=settings.articles_dir,
        synonyms=SYNONYMS,
        language=settings.default_language,
        timezone=settings.timezone,
        lexicon=lexicon(),
    )


def lexicon() -> Lexicon:
    """Return the program's word lists; a wheel comes without them."""
    return Lexicon.read(WORD_LISTS)


@contextmanager
def opened(settings: Settings, texts: Texts) -> Iterator[Collection]:
    """Open the collection for the block, and close it after.

    Where no reload ever took place, `ARTICLES_DIR` is read first, so that a newcomer can ask at once;
    what became of it goes to stderr, and so does that the first question takes longer.
    """
    collection = open_collection(settings)
    try:
        if collection.is_first_start:
            show(Console(stderr=True), render.notice(texts, FIRST_START))
        if collection.stats().reloaded is None:
            with progress_bar(texts) as tell:
                report = collection.reload(progress=tell)
            show(Console(stderr=True), render.report(texts, report))
        yield collection
    finally:
        collection.close()
