"""Which article an admin means: by its link, by words, or by the message that is replied to."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

from telegram import InlineKeyboardButton, Message

from bot.links import parse_data, parse_payload
from retrieval.article import Article, web_url
from retrieval.collection.collection import Collection
from retrieval.journal.usage import wording

_LOOKED_AT = 20  # hits; a title that is quoted is hardly further down


def article_meant(collection: Collection, words: str, quoted: Message | None) -> Article | None:
    """Return the article that *words* or, without any, the *quoted* message names; None where there is none.

    It may be one that is withheld. Words are a link to the article, in the web or in the chat, or anything
    that finds it. Raises ``StoreError``.
    """
    if words:
        return _linked(collection, words) if _is_link(words) else _best(collection, words)
    if quoted is None:
        return None
    named = (_with_key(collection, key) for key in _keys(quoted))
    linked = (_linked(collection, link) for link in _links(quoted))
    said = quoted.text or quoted.caption or ""
    best = (_best(collection, said.partition("\n")[0]) for _ in [1] if said)
    return next((article for found in (linked, named, best) for article in found if article), None)


def _is_link(words: str) -> bool:
    return web_url(words) is not None or parse_payload(words) is not None


def _linked(collection: Collection, link: str) -> Article | None:
    """Return the article that a web address or a deep link leads to."""
    [payload] = parse_qs(urlsplit(link).query).get("start", [link])[:1]
    if place := parse_payload(payload):
        return _with_key(collection, place.key)
    page = link.partition(":~:")[0].rstrip("#")
    for url in (page, page.partition("#")[0]):
        if key := collection.find_url(url):
            return _with_key(collection, key)
    return None


def _with_key(collection: Collection, key: str) -> Article | None:
    return collection.article(key) or collection.withheld(key)


def _best(collection: Collection, words: str) -> Article | None:
    """Return what *words* find: rather an article whose title they are part of than the best one."""
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
        if place := parse_data(str(button.callback_data)):
            yield place.key


def _buttons(message: Message) -> Iterator[InlineKeyboardButton]:
    if message.reply_markup is not None:
        for row in message.reply_markup.inline_keyboard:
            yield from row
