"""What the bot remembers of a conversation, also over a restart: few, small notes."""

import asyncio
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import Lock

import structlog
from telegram import MaybeInaccessibleMessage, Message

from bot.storage.keys import person_key, place_key
from retrieval.errors import RetrievalError
from retrieval.store.notes import Key, Memory

_LOG: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)
FOLLOWED_WITHIN = timedelta(minutes=15)  # who writes later has another matter in mind
_LONG = timedelta(days=3)  # Telegram keeps an update for one day, a message can be edited for two
# What people asked is nobody's business for longer than it is of use.
_KEPT = {
    "update": _LONG,
    "answer": _LONG,
    "hint": _LONG,
    "alert": _LONG,
    "asked": FOLLOWED_WITHIN,
    "before": FOLLOWED_WITHIN,
    "carried": FOLLOWED_WITHIN,
}
_LONGEST_WRITE = 1.0  # seconds


class Notes:
    """The notes of one bot.

    A note that cannot be written, or not soon, costs nobody an answer: SQLite lets nobody else write
    while a reload does. What waits for the *writer*, a thread, is written in one transaction: a crowd of
    notes takes little longer than one.
    """

    def __init__(self, memory: Memory, writer: ThreadPoolExecutor) -> None:
        self._memory = memory
        self._writer = writer
        self._waiting: list[_Write] = []
        self._lock = Lock()  # over what waits

    async def is_new(self, bot_id: int, update_id: int) -> bool:
        """Claim an update; False where it has been claimed before, also by another process."""
        return await self._claim("update", f"{bot_id}:{update_id}")

    async def is_first_today(self, message: Message) -> bool:
        """Tell whether the chat of *message* gets its first hint of the day."""
        return await self._claim("hint", f"{_chat(message)}:{message.date:%Y-%m-%d}")

    async def is_first_in(self, bot_id: int, chat_id: int) -> bool:
        """Tell whether it is the first time that admins hear what the bot does not see in a group."""
        return await self._claim("privacy", place_key(bot_id, chat_id))

    async def remember(
        self, question: Message, answer_id: int, asked: str | None = None, before: str | None = None
    ) -> None:
        """Note which message answers *question*, what was *asked*, and which question came before."""
        noted = {("answer", _key(question)): str(answer_id)}
        if asked is not None:
            noted |= _asked(question, sender(question), answer_id, asked)
        if before is not None:
            noted["before", _key(question)] = before
        await self._put(noted)

    async def answer_to(self, question: Message) -> int | None:
        """Return the id of the message that answers *question*, in the same chat, where it is known."""
        noted = await asyncio.to_thread(self._memory.get, "answer", _key(question))
        return None if noted is None else int(noted)

    async def remember_asked(self, message: Message, person: int, answer_id: int, asked: str) -> None:
        """Note that the message *answer_id* answers what *person* *asked*, in the chat of *message*."""
        await self._put(_asked(message, person, answer_id, asked))

    async def asked_before(self, message: Message) -> str | None:
        """Return the question that *message* may follow up; None where it is none, or long past.

        It is that of the answer it replies to, whoever asked it; or else the same person's last one here.
        """
        quoted = message.reply_to_message
        is_answer = quoted and quoted.from_user and quoted.from_user.id == message.get_bot().id
        if quoted and is_answer and quoted.forum_topic_created is None:
            return await self._recent("asked", _key(quoted))
        return await self._recent("asked", _person(message, sender(message)))

    async def asked_before_edit(self, message: Message) -> str | None:
        """Return the question that *message* was understood with before it was edited."""
        return await self._recent("before", _key(message))

    async def carry(self, bot_id: int, person: int, key: str, question: str) -> None:
        """Note the *question* that *person* may take along into the private chat."""
        await self._put({("carried", f"{person_key(bot_id, person)}:{key}"): question})

    async def carried(self, bot_id: int, person: int, key: str) -> str | None:
        """Return the question that *person* took along; None where it is none of theirs, or long past."""
        return await self._recent("carried", f"{person_key(bot_id, person)}:{key}")

    async def remember_alert(self, bot_id: int, chat_id: int, moment: datetime) -> None:
        """Note that the chat got an alert at *moment*, an aware time."""
        await self._put({("alert", place_key(bot_id, chat_id)): moment.isoformat()})

    async def alerted(self, bot_id: int, chat_id: int) -> datetime | None:
        """Return when the chat got its last alert; None where that is long ago."""
        noted = await asyncio.to_thread(self._memory.get, "alert", place_key(bot_id, chat_id))
        return None if noted is None else datetime.fromisoformat(noted)

    async def remember_choice(self, bot_id: int, person: int, code: str | None) -> None:
        """Note which language *person* chose; None: that of their Telegram again."""
        key = person_key(bot_id, person)
        if code is None:
            await self._forget([("language", key)])
        else:
            await self._put({("language", key): code})

    async def choices(self, bot_id: int) -> dict[int, str]:
        """Return the languages that people chose, by their Telegram ids."""
        try:
            noted = await asyncio.to_thread(self._memory.all, "language")
        except RetrievalError as error:  # then everybody is spoken to as their Telegram speaks
            _LOG.warning("choices of language not read", reason=str(error))
            return {}
        people = ((key.split(":"), code) for key, code in noted.items())
        return {int(person): code for (its_bot, person), code in people if its_bot == str(bot_id)}

    async def forget_person(self, bot_id: int, person: int) -> None:
        """Forget what *person* said and chose. Raises ``StoreError``.

        What an answer in a group answered is not known to be theirs; it is forgotten soon by itself.
        """
        chat, who = place_key(bot_id, person), person_key(bot_id, person)  # a private chat has their number
        own = [("asked", chat), ("before", chat), ("asked", _speaker(bot_id, person))]
        await self._forget([*own, ("language", who), ("carried", who)])

    async def remember_admins(self, bot_id: int, admins: frozenset[int]) -> None:
        """Note who has the admins' menu of commands."""
        await self._put({("admins", str(bot_id)): " ".join(map(str, sorted(admins)))})

    async def admins(self, bot_id: int) -> frozenset[int]:
        """Return who has it."""
        noted = await asyncio.to_thread(self._memory.get, "admins", str(bot_id))
        return frozenset(map(int, (noted or "").split()))

    async def forget_old(self) -> None:
        """Forget what nobody can refer to any more."""
        now = datetime.now(UTC)

        def forget() -> None:
            for kind, kept in _KEPT.items():
                self._memory.forget_before(kind, now - kept)

        try:
            await asyncio.get_running_loop().run_in_executor(self._writer, forget)
        except RetrievalError as error:  # the next time, then
            _LOG.warning("old notes not forgotten", reason=str(error))

    async def _forget(self, keys: Sequence[Key]) -> None:
        """Forget these notes and those below them. Raises ``StoreError``."""

        def forget() -> None:
            for kind, key in keys:
                self._memory.forget(kind, key)

        # Behind all that is still to be written.
        await asyncio.get_running_loop().run_in_executor(self._writer, forget)

    async def _recent(self, kind: str, key: str) -> str | None:
        since = datetime.now(UTC) - FOLLOWED_WITHIN
        try:
            return await asyncio.to_thread(self._memory.get, kind, key, since=since)
        except RetrievalError as error:  # then the question is answered by itself
            _LOG.warning("note not read", reason=str(error))
            return None

    async def _claim(self, kind: str, key: str) -> bool:
        return await self._written(_Write(claims=((kind, key),)))

    async def _put(self, notes: dict[Key, str]) -> None:
        await self._written(_Write(notes=notes))

    async def _written(self, write: "_Write") -> bool:
        """Return whether what *write* claims is new; True where that is not known in time."""
        with self._lock:
            self._waiting.append(write)
        self._writer.submit(self._write)
        done, _ = await asyncio.wait({asyncio.wrap_future(write.done)}, timeout=_LONGEST_WRITE)
        return write.done.result() if done else True

    def _write(self) -> None:
        """Write all that waits."""
        with self._lock:
            batch, self._waiting = self._waiting, []
        claims = [key for write in batch for key in write.claims]
        notes = {key: value for write in batch for key, value in write.notes.items()}
        try:
            new = self._memory.write(claims=claims, notes=notes) if batch else set()
        except RetrievalError as error:
            _LOG.warning("notes not written", number=len(batch), reason=str(error))
            new = set(claims)
        except Exception as error:
            for write in batch:  # whoever waits for it is told
                write.done.set_exception(error)
            return
        for write in batch:
            write.done.set_result(new.issuperset(write.claims))
            new.difference_update(write.claims)  # the first of two has it


@dataclass(slots=True, kw_only=True)
class _Write:
    """What is to be written, and its outcome."""

    claims: tuple[Key, ...] = ()
    notes: Mapping[Key, str] = field(default_factory=dict)
    done: Future[bool] = field(default_factory=Future)  # whether the claims are new


def sender(message: Message) -> int:
    """Return the number of who wrote *message*; 0 where nobody did, as in a channel."""
    return message.from_user.id if message.from_user else 0


def _chat(message: MaybeInaccessibleMessage) -> str:
    return place_key(message.get_bot().id, message.chat.id)


def _person(message: Message, person: int) -> str:
    """Return the key of a person in the chat and topic of *message*."""
    place = f"{message.chat.id}:{message.message_thread_id or 0}"
    return f"{_speaker(message.get_bot().id, person)}:{place}"


def _speaker(bot_id: int, person: int) -> str:
    return f"{bot_id}:by:{person}"


def _asked(message: Message, person: int, answer_id: int, asked: str) -> dict[Key, str]:
    return {
        ("asked", _person(message, person)): asked,
        ("asked", f"{_chat(message)}:{answer_id}"): asked,
    }


def _key(message: MaybeInaccessibleMessage) -> str:
    return f"{_chat(message)}:{message.message_id}"
