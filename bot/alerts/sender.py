"""Alerts: tell people who follow a question of new articles on it, once, and not too often."""

import asyncio
import traceback
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError
from telegram.ext import ExtBot

from bot import render
from bot.alerts.follower import Follower
from bot.language import Languages
from bot.links import Links
from bot.reply import Reply
from bot.settings import QuietHours
from bot.storage.duties import on_duty
from bot.storage.keys import person_id
from bot.storage.notes import Notes
from bot.transport.admission import Admission
from bot.transport.limiter import ONCE, FloodError, is_undone
from bot.transport.sending import content
from retrieval.collection import lookout
from retrieval.collection.collection import Collection
from retrieval.errors import RetrievalError
from retrieval.store.watches import Finding

LOOK_EVERY = 30.0  # seconds
PACE = 0.2  # seconds between two alerts: answers need Telegram's limits more
APART = timedelta(hours=1)  # two alerts in one chat

_LOG: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


def now() -> datetime:
    """Return the moment, aware."""
    return datetime.now(UTC)


class Alerts:
    """Looks for news now and then, and sends them: what is new in a chat within an hour is one message.

    Findings are claimed before they are sent, and released if Telegram surely did not get them: so a
    message that got lost on its way is not sent again, and a refused one is.
    """

    def __init__(
        self,
        collection: Collection,
        notes: Notes,
        languages: Languages,
        quiet: QuietHours,
        admission: Admission,
    ) -> None:
        self._collection = collection
        self._watches = collection.watches
        self._notes = notes
        self._languages = languages
        self._quiet = quiet
        self._admission = admission
        self._paused: defaultdict[int, set[str]] = defaultdict(set)  # who cannot be reached, by chat
        self._woken: set[str] = set()  # followers to go on with
        self._not_before = datetime.min.replace(tzinfo=UTC)
        self._ended = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    async def begin(self, bot: ExtBot[Any]) -> None:
        """Begin to look. Raises ``StoreError``."""
        await self._read_paused()
        self._task = asyncio.create_task(self._run(bot))

    async def end(self) -> None:
        """Finish what is being sent, and send nothing more."""
        self._ended.set()
        if self._task is not None:
            await self._task

    async def look(self, bot: ExtBot[Any]) -> None:
        """Look for new articles, and tell the followers for whom it is time."""
        with _carrying_on():
            await self._resume()
            await self._read_paused()  # another process may have paused some
            async with on_duty(self._collection, f"alerts:{bot.id}") as is_ours:
                if is_ours:
                    await self._look(bot)

    async def _look(self, bot: ExtBot[Any]) -> None:
        with _carrying_on():
            await asyncio.to_thread(lookout.look, self._collection)
        with _carrying_on():
            for key, findings in (await asyncio.to_thread(self._watches.pending)).items():
                if self._ended.is_set() or self._quiet.hold(now()) or now() < self._not_before:
                    return
                follower = Follower.parse(key)
                if follower.bot_id == bot.id and await self._is_time(follower):
                    with _carrying_on():
                        if admitted := await self._admitted(bot, follower, findings):
                            await self._tell(bot, follower, admitted)

    def wake(self, chat_id: int) -> None:
        """Tell a chat again that could not be reached, now that something is heard from it."""
        self._woken |= self._paused.pop(chat_id, set())

    async def _run(self, bot: ExtBot[Any]) -> None:
        while not self._ended.is_set():
            await self.look(bot)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._ended.wait(), LOOK_EVERY)

    async def _resume(self) -> None:
        """Go on with followers who woke: before a look, so that all that is new to them is one message."""
        if woken := set(self._woken):
            await asyncio.to_thread(self._watches.resume, woken)
            self._woken -= woken

    async def _read_paused(self) -> None:
        paused: defaultdict[int, set[str]] = defaultdict(set)
        for key in await asyncio.to_thread(self._watches.paused):
            paused[Follower.parse(key).chat_id].add(key)
        self._paused = paused

    async def _is_time(self, follower: Follower) -> bool:
        last = await self._notes.alerted(follower.bot_id, follower.chat_id)
        return last is None or now() - last >= APART

    async def _admitted(self, bot: ExtBot[Any], follower: Follower, findings: list[Finding]) -> list[Finding]:
        """Return the findings for people who may still ask; the others wait until they may again."""
        admitted = set()
        for person in {person_id(finding.watch.person) for finding in findings}:
            with suppress(TelegramError):  # nobody knows whether they may: the next time, then
                if await self._admission.admits(bot, person=person, place=follower.place):
                    admitted.add(person)
        return [finding for finding in findings if person_id(finding.watch.person) in admitted]

    async def _tell(self, bot: ExtBot[Any], follower: Follower, findings: list[Finding]) -> None:
        found = await asyncio.to_thread(lookout.gather, self._collection, findings)
        claimed = [finding for item in found for finding in item.findings]
        if not await asyncio.to_thread(self._watches.claim, claimed):  # somebody else is at it
            return
        if shown := [item for item in found if item.hits]:
            texts = self._languages.of(shown[0].watch.language)
            reply = render.alert(texts, shown, Links(username=bot.username))
            await self._send(bot, reply, follower, claimed)
            await asyncio.sleep(PACE)

    async def _send(self, bot: ExtBot[Any], reply: Reply, to: Follower, claimed: list[Finding]) -> None:
        begun = now()
        try:
            await bot.send_message(
                to.chat_id,
                **content(reply),
                message_thread_id=to.topic or None,
                rate_limit_args=ONCE,
            )
        except ChatMigrated as error:  # the group has become a supergroup
            moved = replace(to, chat_id=error.new_chat_id)
            await asyncio.to_thread(self._watches.move, to.key, moved.key)
            await self._send(bot, reply, moved, claimed)
            return
        except TelegramError as error:
            _LOG.info("alert not sent", error=type(error).__name__, reason=error.message)
            if is_undone(error):
                await asyncio.to_thread(self._watches.release, claimed)
                await self._hold_back(to, error)
                return
        await self._notes.remember_alert(to.bot_id, to.chat_id, begun)

    async def _hold_back(self, follower: Follower, error: TelegramError) -> None:
        """Pause a follower who blocked the bot, or all of Telegram as long as it asks for that."""
        if isinstance(error, Forbidden | BadRequest):
            await asyncio.to_thread(self._watches.pause, follower.key)
            self._paused[follower.chat_id].add(follower.key)
            if isinstance(error, BadRequest):  # that the chat wakes need not mean that it may be written to
                await self._notes.remember_alert(follower.bot_id, follower.chat_id, now())
        else:
            wait = error.wait if isinstance(error, FloodError) else timedelta(seconds=LOOK_EVERY)
            self._not_before = now() + wait


@contextmanager
def _carrying_on() -> Iterator[None]:
    """Log what goes wrong: the next look may go well."""
    try:
        yield
    except RetrievalError as error:
        _LOG.warning("no look for news", reason=str(error))
    except Exception as error:  # its reason may hold a question
        places = "".join(traceback.format_tb(error.__traceback__))
        _LOG.error("looking for news failed", error=type(error).__name__, places=places)
