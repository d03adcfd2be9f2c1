"""Replies to admins: on the questions of the last days, on the articles, and on their decisions."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

from telegram import InlineKeyboardButton, Message

from bot import buttons, render
from bot.buttons import ArticleSpot, Ruling, Sheet
from bot.conversation import replies
from bot.language import Texts
from bot.links import Links, parse_payload
from bot.render.draft import shortened
from bot.reply import Reply
from retrieval.article import Article, article_key, web_url
from retrieval.collection.collection import Collection
from retrieval.journal.gaps import gaps
from retrieval.journal.usage import Usage, wording

DAYS = 30
_MOST_FOUND = 50  # articles that words find
_LOOKED_AT = 20  # hits; a quoted title is hardly further down
_WORDS_UNITS = 100


def usage(collection: Collection, texts: Texts) -> Usage:
    """Count the questions of the last days and how they were answered. Raises ``StoreError``."""
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
    """Show page *number* of the questions without an answer. Raises ``StoreError``."""
    journal = collection.journal
    found = gaps(journal.all(since=datetime.now(UTC) - timedelta(days=DAYS)), journal.tallies())
    nearest: dict[str, Article] = {}
    for id_ in {gap.nearest for gap in found if gap.nearest}:
        if article := collection.article(article_key(id_)):
            nearest[id_] = article
    return render.gaps_sheet(texts, found, nearest, links, number, days=DAYS)


def articles(collection: Collection, texts: Texts, links: Links, number: int, words: str = "") -> Reply:
    """Show page *number* of all articles, the newest first; with *words*, of their hits, best first."""
    words = shortened(words, _WORDS_UNITS)
    if words:
        hits = collection.ask(words, limit=_MOST_FOUND).hits
        number, shown = render.articles_on(number, len(hits))
        of = [hits[rank].article for rank in shown]
        return render.articles_sheet(texts, of, links, number, total=len(hits), words=words)
    total = collection.stats().articles
    number, shown = render.articles_on(number, total)
    of = collection.latest(len(shown), start=shown.start)
    return render.articles_sheet(texts, of, links, number, total=total, words="")


def listed(collection: Collection, texts: Texts, links: Links, sheet: Sheet, words: str = "") -> Reply:
    """Show a page of a list; *words* narrow the list of articles. Raises ``StoreError``."""
    if sheet.list == "gaps":
        return unanswered(collection, texts, links, sheet.number)
    return articles(collection, texts, links, sheet.number, words)


def removal(collection: Collection, texts: Texts, words: str, quoted: Message | None = None) -> Reply:
    """Show the article that *words* or the *quoted* message name, and ask whether it is to go.

    A withheld article is shown with the way back. Raises ``StoreError``.
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
    """Carry out *ruling*, and say so. Raises as ``Withholding.withhold``."""
    act, say = {
        "remove": (collection.withholding.withhold, render.removed),
        "keep": (collection.article, render.kept),
        "restore": (collection.withholding.restore, render.restored),
    }[ruling.decision]
    article = act(ruling.key)
    return replies.gone(texts) if article is None else say(texts, article)


def article_meant(collection: Collection, words: str, quoted: Message | None) -> Article | None:
    """Return the article that *words* or, without any, the *quoted* message names; None if there is none.

    It may be withheld. Words are a link to the article, in the web or in the chat, or anything that
    finds it. Raises ``StoreError``.
    """
    if words:
        return _linked(collection, words) if _is_link(words) else _best(collection, words)
    if quoted is None:
        return None
    named = (_with_key(collection, key) for key in _keys(quoted))
    linked = (_linked(collection, link) for link in _links(quoted))
    said = quoted.text or quoted.caption or ""
    best = (_best(collection, said.partition("\n")[0]) for _ in [1] if said)
    return next((article for articles in (linked, named, best) for article in articles if article), None)


def _is_link(words: str) -> bool:
    return web_url(words) is not None or parse_payload(words) is not None


def _linked(collection: Collection, link: str) -> Article | None:
    """Return the article that a web address or a deep link leads to."""
    [payload] = parse_qs(urlsplit(link).query).get("start", [link])[:1]
    if spot := parse_payload(payload):
        return _with_key(collection, spot.key)
    page = link.partition(":~:")[0].rstrip("#")
    for url in (page, page.partition("#")[0]):
        if key := collection.find_url(url):
            return _with_key(collection, key)
    return None


def _with_key(collection: Collection, key: str) -> Article | None:
    return collection.article(key) or collection.withholding.find(key)


def _best(collection: Collection, words: str) -> Article | None:
    """Return the best article for *words*, preferring one whose title contains them."""
    found = [hit.article for hit in collection.ask(words, limit=_LOOKED_AT).hits]
    wanted = f" {' '.join(wording(words))} "
    titled = (article for article in found if wanted in f" {' '.join(wording(article.title))} ")
    return next(titled, found[0] if found else None)


def _links(message: Message) -> Iterator[str]:
    for entity in (*message.entities, *message.caption_entities):
        if entity.url:
            yield entity.url


def _keys(message: Message) -> Iterator[str]:
    for button in _buttons(message):
        spot = buttons.parse(button.callback_data)
        if isinstance(spot, ArticleSpot):
            yield spot.key


def _buttons(message: Message) -> Iterator[InlineKeyboardButton]:
    if message.reply_markup is not None:
        for row in message.reply_markup.inline_keyboard:
            yield from row
