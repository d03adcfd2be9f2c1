"""Answers that are shown in chats: the buttons under them need the answer, also after a restart."""

import secrets
from datetime import UTC, datetime, timedelta

import structlog
from cachetools import TTLCache

from bot.storage.ledger import Ledger, LedgerEntry
from retrieval.errors import RetrievalError
from retrieval.journal.journal import Journal, NotedAnswer
from retrieval.text.analyzer import fold

_RECENT = 512  # answers in memory: their buttons work before they are written
_FORGETFUL = 10_000  # people and chats
_LONGEST_ANSWER = 900.0  # seconds: whatever was asked before a /forget is answered by then
_TYPISTS, _PAUSE = 10_000, 300.0  # people who are typing a question; seconds between two letters of it

_LOG: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class ShownAnswers:
    """The answers of one bot, which *ledger* writes into *journal*."""

    def __init__(self, journal: Journal, ledger: Ledger) -> None:
        self._journal = journal
        self._ledger = ledger
        self._recent: dict[str, NotedAnswer] = {}  # the newest last; only the event loop changes it
        self._typed: TTLCache[str, tuple[str, str]] = TTLCache(_TYPISTS, _PAUSE)  # id and question by person
        self._forgotten: TTLCache[str, datetime] = TTLCache(_FORGETFUL, _LONGEST_ANSWER)  # people and chats

    def remember(self, asked: NotedAnswer) -> None:
        """Keep an answer; it replaces an earlier one with its id.

        Not if all of its asker's were forgotten while it was on its way.
        """
        if any(asked.at < self._forgotten.get(whose, asked.at) for whose in (asked.asker, asked.chat)):
            return
        self._recent.pop(asked.id, None)
        self._recent[asked.id] = asked
        if len(self._recent) > _RECENT:
            del self._recent[next(iter(self._recent))]
        self._ledger.append(LedgerEntry(answer=asked))

    def id_of_typed(self, person: str, question: str) -> str:
        """Return the id of the answer to a *question* that *person* is typing; it stays while they go on.

        An inline query comes with every letter, and only the answer to the last one is to be kept.
        """
        typed = fold(question.casefold())
        id_, before = self._typed.get(person, ("", ""))
        shorter, longer = sorted((typed, before), key=len)
        is_cleared = 2 * len(typed) < len(before)
        if not before or is_cleared or not longer.startswith(shorter):
            id_ = secrets.token_hex(8)
        self._typed[person] = id_, typed
        return id_

    def find(self, id_: str) -> NotedAnswer | None:
        """Return the answer with this id; None if it is not kept any more. Raises ``StoreError``.

        The database may be waited for: not on the event loop.
        """
        return self._recent.get(id_) or self._journal.find(id_)

    async def read_again(self) -> None:
        """Take answers from the database from now on: another process may have forgotten some."""
        await self.written()
        self._recent.clear()

    async def written(self) -> None:
        """Wait until everything remembered so far has been written, if the database lets it."""
        await self._ledger.written()

    async def forget(self, person: str, chat: str) -> None:
        """Forget what *person* asked and judged, and everything asked in *chat*. Raises ``StoreError``."""
        self._forgotten[person] = self._forgotten[chat] = datetime.now(UTC)
        self._typed.pop(person, None)

        def is_theirs(asked: NotedAnswer) -> bool:
            return asked.asker == person or asked.chat == chat

        for asked in [asked for asked in self._recent.values() if is_theirs(asked)]:
            del self._recent[asked.id]
        self._typed.pop(person, None)

        def forget(_: object) -> None:
            self._ledger.drop(is_theirs)
            self._journal.forget(person, chat)

        # On the thread that writes: then nothing of theirs is being written meanwhile.
        await self._ledger.run(forget)

    async def forget_old(self, kept: timedelta) -> None:
        """Forget everything asked longer ago than *kept*."""

        def forget(_: object) -> None:
            try:
                self._journal.forget_before(datetime.now(UTC) - kept)
            except RetrievalError as error:  # the next time, then
                _LOG.warning("old questions not forgotten", reason=str(error))

        await self._ledger.run(forget)
