"""Small notes on conversations, kept over a restart."""

import asyncio
from datetime import date, datetime

import structlog
from telegram import MaybeInaccessibleMessage, Message

from bot.buttons import Fix, HitRef, parse
from bot.storage.keys import chat_key, person_key
from bot.storage.ledger import Ledger
from bot.storage.notebook import Notebook
from bot.transport.addressed import is_own
from bot.transport.sending import is_private
from retrieval.errors import RetrievalError
from retrieval.store.notes import Key, Memory

_LOG: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Notes:
    """The notes of one bot. One that cannot be written, or not soon, costs nobody an answer."""

    def __init__(self, ledger: Ledger) -> None:
        self._book = Notebook(ledger)

    async def is_first_today(self, message: Message) -> bool:
        """Tell whether the chat of *message* gets its first hint of the day."""
        return await self._book.claim("hint", f"{_chat(message)}:{message.date:%Y-%m-%d}")

    async def is_first_in(self, bot_id: int, chat_id: int) -> bool:
        """Tell whether it is the first time that admins hear what the bot does not see in a group."""
        return await self._book.claim("privacy", chat_key(bot_id, chat_id))

    async def number_of_day(self, kind: str, bot_id: int, day: date, *, most: int) -> int | None:
        """Count something of a *day*; return its number, None if it is beyond the *most*."""
        of_day = f"{bot_id}:{day}:"
        counted = sum(key.startswith(of_day) for key in await self._book.every(kind))
        for number in range(counted + 1, most + 1):  # another process may have counted meanwhile
            if await self._book.claim(kind, f"{of_day}{number}"):
                return number
        return None

    async def remember_answer(
        self,
        question: Message,
        answer_id: int,
        understood_as: str | None = None,
        previous: str | None = None,
        shown: HitRef | None = None,
    ) -> None:
        """Note which message answers *question* and shows what, how that was understood, and after which."""
        noted = {("answer", _key(question)): str(answer_id)}
        if understood_as is not None:
            noted |= _question(question, sender(question), answer_id, understood_as)
        if shown is not None:
            noted |= _shown(question, sender(question), answer_id, shown)
        if previous is not None:
            noted["before", _key(question)] = previous
        await self._book.put(_signed(noted, question, sender(question)))

    async def remember_shown(self, message: Message, person: int, answer_id: int, shown: HitRef) -> None:
        """Note what the message *answer_id* shows *person*, in the chat of *message*."""
        await self._book.put(_signed(_shown(message, person, answer_id, shown), message, person))

    def last(self, message: Message) -> tuple[str | None, HitRef | None]:
        """Return the question that *message* may follow up, and the hit that it may be about.

        They are those of the answer it replies to, whoever asked, else the last ones of the same person.
        Either is None without any, or if it is long past. Not to be called on the event loop.
        """
        quoted = message.reply_to_message
        key = _key(quoted) if quoted and is_own(quoted) else _person(message, sender(message))
        noted = self._book.recent(("asked", "shown"), key)
        shown = parse(noted["shown"]) if noted.get("shown") else None
        return noted.get("asked"), shown if isinstance(shown, HitRef) else None

    async def answer_to(self, question: Message) -> int | None:
        """Return the id of the message that answers *question*, in the same chat, if it is known."""
        noted = await self._book.get("answer", _key(question))
        return None if noted is None else int(noted)

    async def remember_question(self, message: Message, person: int, answer_id: int, question: str) -> None:
        """Note that the message *answer_id* answers *person*'s *question*, in the chat of *message*."""
        noted = _question(message, person, answer_id, question)
        await self._book.put(_signed(noted, message, person))

    def previous_of_edited(self, message: Message) -> str | None:
        """Return the question that *message* was understood with before it was edited; called as ``last``."""
        return self._book.recent(["before"], _key(message)).get("before")

    async def carry(self, bot_id: int, person: int, key: str, question: str) -> None:
        """Note the *question* that *person* may take along into the private chat."""
        await self._book.put({("carried", f"{person_key(bot_id, person)}:{key}"): question})

    async def carried(self, bot_id: int, person: int, key: str) -> str | None:
        """Return the question that *person* took along; None if it is not theirs, or long past."""
        noted = await asyncio.to_thread(self._book.recent, ["carried"], f"{person_key(bot_id, person)}:{key}")
        return noted.get("carried")

    async def await_words(self, prompt: Message, fix: Fix) -> None:
        """Note that a reply to *prompt* gives what *fix* asks for."""
        await self._book.put({("awaited", _key(prompt)): fix.data})

    async def awaited(self, message: Message) -> Fix | None:
        """Return what *message* gives by replying to a prompt; None if it does not."""
        quoted = message.reply_to_message
        if quoted is None:
            return None
        noted = await self._book.get("awaited", _key(quoted))
        fix = parse(noted) if noted else None
        return fix if isinstance(fix, Fix) else None

    async def remember_channel(self, bot_id: int, chat_id: int, *, is_read: bool) -> None:
        """Note whether the posts of a channel become articles."""
        await self._book.put({("channel", chat_key(bot_id, chat_id)): "yes" if is_read else "no"})

    async def is_read(self, bot_id: int, chat_id: int) -> bool | None:
        """Tell whether the posts of a channel become articles; None if nobody has decided it."""
        noted = await self._book.get("channel", chat_key(bot_id, chat_id))
        return None if noted is None else noted == "yes"

    async def remember_alert(self, bot_id: int, chat_id: int, moment: datetime) -> None:
        """Note that the chat got an alert at *moment*, an aware time."""
        await self._book.put({("alert", chat_key(bot_id, chat_id)): moment.isoformat()})

    async def alerted(self, bot_id: int, chat_id: int) -> datetime | None:
        """Return when the chat got its last alert; None if that is long ago."""
        noted = await self._book.get("alert", chat_key(bot_id, chat_id))
        return None if noted is None else datetime.fromisoformat(noted)

    async def remember_choice(self, bot_id: int, person: int, code: str | None) -> None:
        """Note which language *person* chose; None: that of their Telegram again."""
        key = person_key(bot_id, person)
        if code is None:
            await self._book.forget([("language", key)])
        else:
            await self._book.put({("language", key): code})
        try:
            await self._book.ring()
        except RetrievalError as error:  # the others hear of the next one
            _LOG.warning("choice of language not told", reason=str(error))

    async def choices(self, bot_id: int) -> dict[int, str] | None:
        """Return the languages that people chose, by their Telegram ids; None if they cannot be read."""
        try:
            noted = await self._book.every("language")
        except RetrievalError as error:  # then everybody is spoken to as before
            _LOG.warning("choices of language not read", reason=str(error))
            return None
        people = ((key.split(":"), code) for key, code in noted.items())
        return {int(person): code for (its_bot, person), code in people if its_bot == str(bot_id)}

    async def forget_old(self) -> None:
        """Forget every note that nobody can refer to any more."""
        await self._book.forget_old()

    async def forget_person(self, bot_id: int, person: int) -> None:
        """Forget what *person* said and chose. Raises ``StoreError``."""
        chat, who = chat_key(bot_id, person), person_key(bot_id, person)  # a private chat has their number
        own = [(kind, chat) for kind in ("asked", "shown", "before")]
        await self._book.forget([*own, ("language", who), ("carried", who)])
        await self.forget_asked(bot_id, person)

    async def forget_asked(self, bot_id: int, person: int) -> None:
        """Forget what *person* asked lately, wherever that was. Raises ``StoreError``."""
        speaker = _speaker(bot_id, person)

        def forget(memory: Memory) -> None:
            prefix = f"{speaker}|"
            signed = [key for key in memory.all("by") if key.startswith(prefix)]
            parts = (key.removeprefix(prefix).partition("|") for key in signed)
            memory.write(gone=[*((kind, key) for kind, _, key in parts), *(("by", key) for key in signed)])
            for kind in ("asked", "shown"):
                memory.forget(kind, speaker)

        await self._book.run(forget)

    async def remember_published(self, bot_id: int, admins: frozenset[int], menus: str | None) -> None:
        """Note who has the admins' menu of commands, and *menus* if Telegram took them all; None if not."""
        notes = {("admins", str(bot_id)): " ".join(map(str, sorted(admins)))}
        if menus is not None:
            notes["menus", str(bot_id)] = menus
        await self._book.put(notes, soon=True)  # the start waits for it

    async def admins(self, bot_id: int) -> frozenset[int]:
        """Return the people who have that menu."""
        noted = await self._book.get("admins", str(bot_id))
        return frozenset(map(int, (noted or "").split()))

    async def menus(self, bot_id: int, since: datetime) -> str | None:
        """Return the menus of commands that were published *since* then (aware); None if none were."""
        return await self._book.get("menus", str(bot_id), since=since)


def sender(message: Message) -> int:
    """Return the id of the person who wrote *message*; 0 for nobody, as in a channel."""
    return message.from_user.id if message.from_user else 0


def _chat(message: MaybeInaccessibleMessage) -> str:
    return chat_key(message.get_bot().id, message.chat.id)


def _person(message: Message, person: int) -> str:
    """Return the key of a person in the chat and topic of *message*."""
    topic = f"{message.chat.id}:{message.message_thread_id or 0}"
    return f"{_speaker(message.get_bot().id, person)}:{topic}"


def _speaker(bot_id: int, person: int) -> str:
    return f"{bot_id}:by:{person}"


def _question(message: Message, person: int, answer_id: int, question: str) -> dict[Key, str]:
    return {
        ("asked", _person(message, person)): question,
        ("asked", f"{_chat(message)}:{answer_id}"): question,
    }


def _shown(message: Message, person: int, answer_id: int, shown: HitRef) -> dict[Key, str]:
    return {
        ("shown", _person(message, person)): shown.data,
        ("shown", f"{_chat(message)}:{answer_id}"): shown.data,
    }


def _signed(notes: dict[Key, str], message: Message, person: int) -> dict[Key, str]:
    """Return *notes* with who asked, if those with a chat's number could not be told to be theirs."""
    if is_private(message):
        return notes
    speaker = _speaker(message.get_bot().id, person)
    return notes | {("by", f"{speaker}|{kind}|{key}"): "" for kind, key in notes if kind != "answer"}


def _key(message: MaybeInaccessibleMessage) -> str:
    return f"{_chat(message)}:{message.message_id}"
