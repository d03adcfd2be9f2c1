"""Open the collection as the settings say; the very first time, read the articles in."""

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from rich.console import Console

from bot import render
from bot.language import Texts
from bot.reply import Reply
from bot.settings import EVERYDAY, GLOSSARY, SYNONYMS, Settings
from bot.shipped import shipped
from bot.terminal.display import show
from bot.terminal.progress import progress_bar
from retrieval.collection.collection import Collection
from retrieval.errors import N_, ReloadRunningError
from retrieval.query.lexicon import Lexicon

if TYPE_CHECKING:
    from retrieval.cluster.client import Client

FIRST_START = N_("The search is being prepared, once: the first answer takes some seconds.")
_WAITING = N_("Another process is reading the articles: waiting for it.")
WORD_LISTS = shipped("vietnamese")


class Wordings(TypedDict):
    """The files of other wordings, by the names that the collection knows them by."""

    synonyms: Path
    everyday: Path
    glossary: Path


def open_collection(settings: Settings, *, workers: int = 0) -> Collection:
    """Return the collection, which may have so many *workers*; the caller closes it.

    Raises ``StoreError``, ``SearchError``.
    """
    return Collection.open(
        database_url=settings.database_url,
        index_dir=settings.index_dir,
        articles_dir=settings.articles_dir,
        sources=settings.sources,
        private_hosts=settings.private_hosts,
        **wordings(),
        language=settings.default_language,
        timezone=settings.timezone,
        lexicon=lexicon(),
        cluster=_cluster(settings),
        workers=workers,
    )


def _cluster(settings: Settings) -> "Client | None":
    if settings.search_url is None:
        return None
    from retrieval.cluster.client import Client  # its libraries take a moment, and most bots have no cluster

    return Client.open(settings.search_url.get_secret_value(), settings.search_ca)


def lexicon() -> Lexicon:
    """Return the program's word lists."""
    return Lexicon.read(WORD_LISTS)


def wordings() -> Wordings:
    """Return the files of other wordings.

    A list that the office does not have is the program's, so that it gets better with each version.
    """
    return {"synonyms": _own(SYNONYMS), "everyday": _own(EVERYDAY), "glossary": _own(GLOSSARY)}


def _own(path: Path) -> Path:
    return path if path.exists() else shipped(path.name)


@contextmanager
def opened(settings: Settings, texts: Texts, *, workers: int = 0) -> Iterator[Collection]:
    """Open the collection for the block, with at most so many *workers*, and close it after.

    If no reload ever took place, `ARTICLES_DIR` is read first, so that a newcomer can ask at once;
    what became of it goes to stderr, and so does that the first question takes longer.
    """
    collection = open_collection(settings, workers=workers)
    try:
        if collection.is_first_start:
            _tell(render.notice(texts, FIRST_START))
        if collection.reloaded is None:
            _read_first(collection, settings.articles_dir, texts)
        yield collection
    finally:
        collection.close()


def _read_first(collection: Collection, articles_dir: Path, texts: Texts) -> None:
    """Read the first articles in, or wait for the replica that does."""
    is_told = False
    while collection.reloaded is None:
        try:
            with progress_bar(texts) as tell:
                report = collection.reload([articles_dir], progress=tell)  # the web can wait
        except ReloadRunningError:
            if not is_told:
                _tell(render.notice(texts, _WAITING))
            is_told = True
            time.sleep(1)
        else:
            _tell(render.report(texts, report))
            return


def _tell(reply: Reply) -> None:
    with suppress(OSError):  # the log's disk is full: answers are worth more
        show(Console(stderr=True), reply)
