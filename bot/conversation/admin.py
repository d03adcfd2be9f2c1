"""What admins are told of the questions of the last days and of the articles, and what they decide."""

from datetime import UTC, datetime, timedelta

from telegram import Message

from bot import render
from bot.conversation import replies as dialogue
from bot.conversation.meant import article_meant
from bot.language import Texts
from bot.links import Links
from bot.render.draft import one_line
from bot.reply import Reply
from bot.ruling import Ruling
from retrieval.article import Article, article_key
from retrieval.collection.collection import Collection
from retrieval.journal.gaps import gaps
from retrieval.journal.usage import Usage

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


def removal(collection: Collection, texts: Texts, words: str, quoted: Message | None = None) -> Reply:
    """Show the article that *words* or the *quoted* message name, and ask whether it is to go.

    One that is withheld already is shown with the way back. Raises ``StoreError``.
    """
    article = article_meant(collection, words, quoted)
    if article is not None:
        is_in = collection.article(article.key) is not None
        return render.removal_offer(texts, article) if is_in else render.removed(texts, article)
    if words or quoted:
        return render.notice(texts, "I did not find this article. /articles lists them all.")
    return render.notice(
        texts, "Which article? Reply /remove to an answer, or write its link or title after the command."
    )


def ruled(collection: Collection, texts: Texts, ruling: Ruling) -> Reply:
    """Do what *ruling* says, and say so. Raises as ``Collection.withhold``."""
    act, say = {
        "remove": (collection.withhold, render.removed),
        "keep": (collection.article, render.kept),
        "restore": (collection.restore, render.restored),
    }[ruling.decision]
    article = act(ruling.key)
    return dialogue.gone(texts) if article is None else say(texts, article)
