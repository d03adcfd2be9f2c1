"""What admins are told of the questions of the last days and of the articles."""

from datetime import UTC, datetime, timedelta

from bot import render
from bot.language import Texts
from bot.links import Links
from bot.render.draft import one_line
from bot.reply import Reply
from retrieval.article import Article, article_key
from retrieval.collection import Collection
from retrieval.gaps import gaps
from retrieval.usage import Usage

DAYS = 30
_MOST_FOUND = 50  # articles that words find; who wants others uses other words
_WORDS_UNITS = 100


def usage(collection: Collection, texts: Texts) -> Usage:
    """Return what became of the questions of the last days. Raises ``StoreError``."""
    now = datetime.now(UTC)
    journal = collection.journal
    return Usage.of(
        journal.all(since=now - timedelta(days=DAYS)),
        journal.tallies(),
        today=now.astimezone(texts.timezone).date(),
        days=DAYS,
        timezone=texts.timezone,
    )


def unanswered(collection: Collection, texts: Texts, links: Links, number: int) -> Reply:
    """Show page *number* of what was asked in vain. Raises ``StoreError``."""
    journal = collection.journal
    found = gaps(journal.all(since=datetime.now(UTC) - timedelta(days=DAYS)), journal.tallies())
    nearest: dict[str, Article] = {}
    for id_ in {gap.nearest for gap in found if gap.nearest}:
        if article := collection.article(article_key(id_)):
            nearest[id_] = article
    return render.gaps_sheet(texts, found, nearest, links, number, days=DAYS)


def articles(collection: Collection, texts: Texts, links: Links, number: int, words: str = "") -> Reply:
    """Show page *number* of all articles, the newest first; with *words*, of those they find, best first."""
    words = one_line(words, _WORDS_UNITS)
    if words:
        hits = collection.ask(words, limit=_MOST_FOUND).hits
        number, shown = render.articles_on(number, len(hits))
        of = [hits[place].article for place in shown]
        return render.articles_sheet(texts, of, links, number, total=len(hits), words=words)
    total = collection.stats().articles
    number, shown = render.articles_on(number, total)
    of = collection.latest(len(shown), start=shown.start)
    return render.articles_sheet(texts, of, links, number, total=total, words="")
