"""Updates that have arrived: written down before Telegram is told so, and dropped once they were handled.

    received   handled anew after a crash; so is a reload, until it is done
    sending    Telegram is about to be asked to show the answer: after a crash ``departures`` tell whether it
               was; if they do not, as after the machine's end, nobody knows, and nothing is said twice
    done       only its number is kept, since Telegram may send an update again

An inline query is not written down: it comes with every letter, and nobody waits for an old one. Several
processes may share the database; one takes over what another left behind that is gone. Behind a webhook, a
chat's next message may come to another process than the one before: it waits there until that is done.
"""

import asyncio
import json
import os
import secrets
import socket
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from telegram import Bot, Update

from bot.storage.departures import Departures
from bot.storage.lease import MAY_HAVE_LEFT, WRITTEN_WITHIN, Hold, Lease, passed
from bot.storage.ledger import Ledger, LedgerEntry
from bot.transport.delivery import Delivery, Standing
from retrieval.errors import RetrievalError

BEAT_EVERY = 5.0  # seconds: so often a process says that it is alive, and looks after what others left
_GONE = timedelta(minutes=1)  # without a beat; on the same machine its number tells at once
_MOST_TIMES = 5  # an update that was begun so often has ended the process itself
_LOOK_EVERY = 0.1  # seconds: so often it is looked whether what came before is done
_LONGEST_TURN = timedelta(minutes=15)  # a message is tried for ten; what is older is a note that was lost
TOLD_WITHIN = 10.0  # seconds: so long Telegram waits to be told, if the database does not write
MOST_WAITING = 500  # updates that wait in memory before Telegram is asked for more; it keeps them for a day
_LONGEST_REST = 30.0  # seconds: so long it is not asked then, or the bot would pass for deaf

_LOG: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Arrivals:
    """The updates of one bot that are yet to be handled."""

    def __init__(self, ledger: Ledger, departures: Departures, clock: Callable[[], float] = passed) -> None:
        self._ledger = ledger
        self._memory = ledger.memory
        self._departures = departures
        # Whether whoever shares the database has the same departures: they tell all, unless the machine ends.
        self._is_told = departures.folder is not None and departures.folder == ledger.memory.folder
        # Seconds that a note is waited for. Over a shared database another process relies on it, and says
        # what was said if it is not there; in a file, a reload may keep the database to itself.
        self.patience = TOLD_WITHIN if ledger.memory.folder is None else WRITTEN_WITHIN
        self._times: dict[str, int] = {}  # how often processes ended before an update of theirs was handled
        self._records: dict[str, dict[str, Any]] = {}  # updates in Telegram's words, by their keys
        self._me = f"{socket.gethostname()}|{os.getpid()}|{secrets.token_hex(8)}"
        self._lease = Lease(ledger, self._me, clock)
        self._last: asyncio.Future[bool] | None = None  # of the update that came last, until it is written

    def receive(self, update: Update, record: dict[str, Any]) -> "asyncio.Future[bool]":
        """Write *update* down, which is *record* in Telegram's words.

        The result tells whether it is new, also if the database fails.
        """
        self._records[_place(update)] = record
        claim = ("update", _key(update))
        notes = {("arrived", _place(update)): self._noted(update), claim: self._me}
        self._last = self._ledger.put(LedgerEntry(claim=claim, notes=notes))
        return self._last

    def forget(self, update: Update) -> None:
        """Forget an *update* that is not new."""
        self._records.pop(_place(update), None)

    async def settled(self) -> None:
        """Wait until everything received so far is written down, and most of it handled.

        Not for ever, if the database does not write, or Telegram does not take the answers.
        """
        if self._last is not None:  # those before it are written before it
            await asyncio.wait({self._last}, timeout=TOLD_WITHIN)
        if self._ledger.is_behind:  # once more, before Telegram hears that it may forget it
            await asyncio.wait({asyncio.ensure_future(self._ledger.written())}, timeout=TOLD_WITHIN)
        with suppress(TimeoutError):
            async with asyncio.timeout(_LONGEST_REST):
                while len(self._records) > MOST_WAITING:
                    await asyncio.sleep(_LOOK_EVERY)

    def delivery(self, update: Update, slots: asyncio.Semaphore) -> Delivery | None:
        """Return what is written down while *update* is handled; None for one that is not."""
        if not is_kept(update):
            return None
        key = ("arrived", _place(update))
        is_again = key[1] in self._times
        hold = Hold(self._lease, key[1], None if is_again else ("update", _key(update)))
        self._departures.begin(update.update_id)

        async def mark(standing: Standing) -> None:
            if not await hold.holds():
                return
            if standing != "sending":
                self._departures.erase(update.update_id)
            entry = LedgerEntry(notes={key: self._noted(update, standing)})
            if standing == "sending" and self._is_told:
                self._ledger.append(entry)
            else:
                await asyncio.wait({self._ledger.put(entry)}, timeout=self.patience)

        def done() -> None:
            self._times.pop(key[1], None)
            self._records.pop(key[1], None)
            if not hold.is_lost:
                self._ledger.append(LedgerEntry(gone=(key,)))

        def leave() -> None:
            if not hold.is_sure:
                raise ConnectionAbortedError("the process stood still")
            self._departures.note(update.update_id)

        return Delivery(mark, leave, done, slots, is_again=is_again, is_ours=hold.holds)

    def turn(self, update: Update) -> Awaitable[None] | None:
        """Return what waits until other processes have handled what came before *update* in its chat.

        None for what is not written down, and for what was taken over: others wait for that.
        """
        if not is_kept(update) or _place(update) in self._times:
            return None
        return self._turn(update)

    async def _turn(self, update: Update) -> None:
        while await asyncio.to_thread(self._is_behind, update):
            await asyncio.sleep(_LOOK_EVERY)

    def _is_behind(self, update: Update) -> bool:
        """Tell whether an earlier update of the chat is with another process, or was taken over from one."""
        chat, since = _place(update).rpartition(":")[0], datetime.now(UTC) - _LONGEST_TURN
        try:
            noted = self._memory.below("arrived", chat, since=since)
        except RetrievalError:  # rather an answer too early than none
            return False
        earlier = [key for key in noted if int(key.rpartition(":")[2]) < update.update_id]
        entries = ((key, json.loads(noted[key])) for key in earlier)
        return any(
            entry["standing"] != "apart" and (entry["owner"] != self._me or key in self._times)
            for key, entry in entries
        )

    async def beat(self, bot_id: int) -> None:
        """Say that this process is alive."""
        await self._lease.beat(bot_id, self._records)

    async def left(self, bot: Bot) -> list[Update]:
        """Take over what a process left that is gone; return the updates to be handled anew, in order."""
        try:
            noted = await asyncio.to_thread(self._left, bot.id)
        except RetrievalError as error:  # the next time, then
            _LOG.warning("updates that were left not read", reason=str(error))
            return []
        ours = await asyncio.gather(*(self._ledger.put(self._claim(key, entry)) for key, entry in noted))
        again = [
            update
            for (key, entry), is_ours in zip(noted, ours, strict=True)
            if is_ours and (update := self._taken_over(key, entry, bot))
        ]
        await asyncio.gather(
            *(self._ledger.put(LedgerEntry(notes={("arrived", _place(it)): self._noted(it)})) for it in again)
        )
        if again:
            _LOG.info("messages that were waiting are answered now", number=len(again))
        return again

    def _claim(self, key: str, entry: dict[str, Any]) -> LedgerEntry:
        """Return what makes a message that was left this process's own.

        It changes its owner in the transaction that takes it: were that a later one, a crash in between would
        leave a message that nobody may take any more.
        """
        claim = ("taken", f"{key}:{entry['owner']}")
        own = json.dumps(entry | {"owner": self._me})
        fate = MAY_HAVE_LEFT if self._may_be_shown(entry) else ""
        return LedgerEntry(claim=claim, notes={("arrived", key): own, claim: fate})

    def _taken_over(self, key: str, entry: dict[str, Any], bot: Bot) -> Update | None:
        """Return the update to be handled anew; None, with a note that it is done, if it is not to be."""
        update = Update.de_json(entry["update"], bot)
        times = entry.get("times", 0) + self._was_begun(entry)
        if self._may_be_shown(entry):
            _LOG.warning("an answer was being sent when the bot stopped", update_id=update.update_id)
        elif times > _MOST_TIMES:
            _LOG.error("a message that ends the bot is left out", update_id=update.update_id)
        else:
            self._times[key] = times
            self._departures.forget(update.update_id)
            return update
        self._ledger.append(LedgerEntry(gone=(("arrived", key),)))
        return None

    def _was_begun(self, entry: dict[str, Any]) -> bool:
        """Tell whether the process that is gone may have ended because of an update."""
        is_known = entry.get("record") == self._departures.record
        return not is_known or self._departures.has_begun(entry["update"]["update_id"])

    def _may_be_shown(self, entry: dict[str, Any]) -> bool:
        """Tell whether Telegram may show the answer to an update that was left."""
        if entry["standing"] == "apart":
            return False
        if entry.get("record") == self._departures.record:
            return self._departures.has_left(entry["update"]["update_id"])
        return bool(entry["standing"] == "sending")

    async def leave(self, bot_id: int) -> None:
        """Say that this process is about to end."""
        await self._ledger.put(LedgerEntry(gone=(("process", f"{bot_id}:{self._me}"),)))

    def _left(self, bot_id: int) -> list[tuple[str, dict[str, Any]]]:
        """Return what processes left that are gone, in order."""
        owners = {entry["owner"] for entry in self._all_noted(bot_id).values()}
        gone = {owner for owner in owners if owner != self._me and not self._is_alive(bot_id, owner)}
        # Read again, now that they change nothing any more: they may have begun to send meanwhile.
        noted = self._all_noted(bot_id) if gone else {}
        return sorted(
            ((key, entry) for key, entry in noted.items() if entry["owner"] in gone),
            key=lambda item: int(item[1]["update"]["update_id"]),
        )

    def _all_noted(self, bot_id: int) -> dict[str, dict[str, Any]]:
        return {
            key: json.loads(value)
            for key, value in self._memory.all("arrived").items()
            if key.startswith(f"{bot_id}:")
        }

    def _is_alive(self, bot_id: int, owner: str) -> bool:
        host, process, _ = owner.split("|")
        here, mine, _ = self._me.split("|")
        if host == here and (process == mine or not _is_running(int(process))):
            return False
        since = datetime.now(UTC) - _GONE
        if self._ledger.well_since > since:  # nor could that one say that it is alive
            return self._memory.get("process", f"{bot_id}:{owner}") is not None
        return self._memory.get("process", f"{bot_id}:{owner}", since=since) is not None

    def _noted(self, update: Update, standing: Standing = "received") -> str:
        entry = {
            "owner": self._me,
            "record": self._departures.record,
            "standing": standing,
            "times": self._times.get(_place(update), 0),
            "update": self._record(update),
        }
        return json.dumps(entry)

    def _record(self, update: Update) -> dict[str, Any]:
        """Return *update* in Telegram's words: written down twice, put into them once."""
        place = _place(update)
        if place not in self._records:
            self._records[place] = update.to_dict()
        return self._records[place]


def is_kept(update: Update) -> bool:
    """Tell whether *update* is written down."""
    return update.inline_query is None


def _key(update: Update) -> str:
    return f"{update.get_bot().id}:{update.update_id}"


def _place(update: Update) -> str:
    """Return the key of *update* below the one of its chat, or of its person without a chat."""
    chat = update.effective_chat or update.effective_user
    return f"{update.get_bot().id}:{chat.id if chat else 0}:{update.update_id}"


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
