"""`hoibao doctor`: look at everything the bot needs, and say what to do if something is wrong."""

import asyncio
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from telegram import Bot, ChatMember, User
from telegram.error import InvalidToken, TelegramError

from bot.allowed import Admitted
from bot.errors import SettingsError
from bot.language import Languages, Texts
from bot.logs import Redact
from bot.settings import Settings
from bot.startup import open_collection
from bot.transport.connection import Connection
from retrieval.collection.collection import Collection
from retrieval.errors import IndexFileError, SearchError, StoreError
from retrieval.index.files import open_index
from retrieval.readers import discover
from retrieval.sources.declared import read_sources


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """The result of one look."""

    verdict: Literal["good", "warning", "bad"]
    text: str  # one line; if the verdict is not good, with what to do

    def __str__(self) -> str:
        return f"{_MARKS[self.verdict]} {self.text}"


_MARKS = {"good": "✓", "warning": "!", "bad": "✗"}


def examine() -> Iterator[Check]:
    """Check settings, token, articles, database and index, each when its turn comes.

    Opening the database upgrades it and rebuilds a lost index, as every start does; articles are
    not read. Without usable settings there is nothing else to check.
    """
    try:
        settings = Settings.load()
    except SettingsError as error:
        yield Check(verdict="bad", text=str(error))
        return
    texts = Languages(settings.default_language, settings.timezone, contact=settings.contact).of(None)
    yield Check(verdict="good", text=texts("The settings are in order."))
    yield from check_telegram(settings, texts)
    yield check_articles(settings, texts)
    yield from check_sources(settings, texts)
    yield from check_collection(settings, texts)


def check_telegram(settings: Settings, texts: Texts) -> Iterator[Check]:
    """Ask Telegram who the bot is, and what its owner lets it do."""
    if settings.telegram_token is None:
        yield Check(
            verdict="warning",
            text=texts(
                "TELEGRAM_TOKEN is not set, so there is only the terminal: "
                "to connect Telegram, get a token from @BotFather and put it in .env."
            ),
        )
        return
    try:
        me, standings = asyncio.run(_looked_around(settings))
    except InvalidToken:
        text = texts("Telegram does not know TELEGRAM_TOKEN: copy it from @BotFather once more.")
        if settings.has_own_server:
            text += " " + texts("Or correct TELEGRAM_API_URL, which is {url}.", url=settings.telegram_api_url)
        yield Check(verdict="bad", text=text)
    except TelegramError as error:
        reason = Redact(settings.secrets).text(str(error))
        text = texts(
            "{url} does not answer ({reason}): check the network and TELEGRAM_API_URL.",
            url=settings.telegram_api_url,
            reason=reason,
        )
        yield Check(verdict="bad", text=text)
    else:
        text = texts("Telegram knows the bot as @{username}.", username=me.username)
        yield Check(verdict="good", text=text)
        yield from _check_modes(me, texts)
        yield from _check_allowed(settings, standings, texts)


async def _looked_around(settings: Settings) -> tuple[User, dict[int, str | None]]:
    """Return the bot, and its standing in each group of ``ALLOWED``: None if Telegram knows no such group.

    Raises ``TelegramError`` if Telegram does not say who the bot is.
    """
    assert settings.telegram_token is not None
    token = settings.telegram_token.get_secret_value()
    standings: dict[int, str | None] = {}
    server = f"{settings.telegram_api_url}/bot"
    async with Bot(token, server, request=Connection(), get_updates_request=Connection()) as telegram:
        for group in sorted(Admitted.parse(settings.allowed).all_groups):
            try:
                standings[group] = (await telegram.get_chat_member(group, telegram.id)).status
            except TelegramError:
                standings[group] = None
        return telegram.bot, standings


def _check_allowed(settings: Settings, standings: dict[int, str | None], texts: Texts) -> Iterator[Check]:
    """Say which groups of ``ALLOWED`` let nobody in, since the bot cannot look into them."""
    members_of = Admitted.parse(settings.allowed).members_of
    for group, standing in standings.items():
        if standing in {None, ChatMember.LEFT, ChatMember.BANNED}:
            text = texts(
                "The bot is not in the group {group} of ALLOWED: correct the number, or add the bot there.",
                group=group,
            )
            yield Check(verdict="bad", text=text)
        elif group in members_of and standing not in {ChatMember.ADMINISTRATOR, ChatMember.OWNER}:
            text = texts(
                "Telegram need not tell the bot who is in the group {group} of ALLOWED: "
                "make the bot an administrator there.",
                group=group,
            )
            yield Check(verdict="warning", text=text)
    if standings and all(standings.values()):
        text = texts.plural(
            "Telegram knows {n} group of ALLOWED.", "Telegram knows {n} groups of ALLOWED.", len(standings)
        )
        yield Check(verdict="good", text=text)


def _check_modes(me: User, texts: Texts) -> Iterator[Check]:
    """Say how people could ask in more chats and ways; to leave that off is as good."""
    if not me.supports_inline_queries:
        text = texts(
            "Inline mode is off: for “@{username} question” in any chat, send /setinline to @BotFather.",
            username=me.username,
        )
        yield Check(verdict="warning", text=text)
    if not me.supports_guest_queries:
        text = texts(
            "Guest mode is off: to ask the bot in groups that it has not joined, allow it at @BotFather."
        )
        yield Check(verdict="warning", text=text)
    if not me.can_read_all_group_messages:
        text = texts(
            "Privacy mode is on: in groups the bot sees commands and replies to it. For mentions, too, send "
            "/setprivacy to @BotFather, and add the bot to its groups again."
        )
        yield Check(verdict="warning", text=text)


def check_articles(settings: Settings, texts: Texts) -> Check:
    """Count the files that a reload would read."""
    folder = settings.articles_dir
    if not folder.is_dir():
        text = texts("There is no folder {folder}: create it, or correct ARTICLES_DIR.", folder=folder)
        return Check(verdict="bad", text=text)
    files = sum(1 for _ in discover(folder))
    if not files:
        text = texts("There is nothing to read in {folder}: put articles there.", folder=folder)
        return Check(verdict="warning", text=text)
    text = texts.plural("{n} file in {folder}.", "{n} files in {folder}.", files, folder=folder)
    return Check(verdict="good", text=text)


def check_sources(settings: Settings, texts: Texts) -> Iterator[Check]:
    """Read the file of sources, if there is one."""
    declared = read_sources(settings.sources)
    for mistake in declared.mistakes:
        yield Check(verdict="bad", text=f"{mistake.origin}: {texts.reason(mistake.reason)}.")
    if declared.sources:
        number, file = len(declared.sources), settings.sources
        text = texts.plural("{n} source in {file}.", "{n} sources in {file}.", number, file=file)
        yield Check(verdict="good", text=text)


def check_collection(settings: Settings, texts: Texts) -> Iterator[Check]:
    """Open the database and write a note into it; see that its index is kept."""
    try:
        with closing(open_collection(settings)) as collection:
            collection.memory.put({("doctor", "visit"): datetime.now(UTC).isoformat()})
            yield Check(verdict="good", text=texts("The database is up to date and can be written."))
            if settings.search_url is None:
                yield _check_index(settings, collection, texts)
            else:
                yield _check_cluster(collection, texts)
    except (StoreError, SearchError) as error:
        yield Check(verdict="bad", text=str(error))


def _check_index(settings: Settings, collection: Collection, texts: Texts) -> Check:
    # A collection that cannot save its index answers from memory, so its being open proves nothing.
    try:
        open_index(settings.index_dir)
    except IndexFileError as error:
        text = texts("The index cannot be kept ({reason}): check INDEX_DIR.", reason=error)
        return Check(verdict="bad", text=text)
    return _check_articles(collection, texts)


def _check_cluster(collection: Collection, texts: Texts) -> Check:
    """Look at the cluster, then ask it for its articles. Raises ``SearchError`` if it does not answer."""
    health = collection.cluster_health()
    if health and health.status != "green":
        text = texts(
            "The search cluster is {status}, with {nodes} nodes: a node is missing, or still starting.",
            status=health.status,
            nodes=health.nodes,
        )
        return Check(verdict="warning" if health.status == "yellow" else "bad", text=text)
    return _check_articles(collection, texts)


def _check_articles(collection: Collection, texts: Texts) -> Check:
    stats = collection.stats()
    if not stats.articles:
        return Check(verdict="warning", text=texts("The index is empty: run `hoibao reload`."))
    text = texts.plural("{n} article is in the index.", "{n} articles are in the index.", stats.articles)
    return Check(verdict="good", text=text)
