"""The bot that is attacked, as a process of its own over the emulator, and what becomes of who asks it."""

import asyncio
import os
import signal
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any, Self

from fakegram import FakeTelegram

BURST = 20  # questions, each in a chat of its own
LONGEST_END = 6.0  # seconds from SIGTERM to the end of the process
STARTING = 300.0  # seconds: a busy machine takes its time
PATIENCE = 90.0  # seconds without any answer, after which no more is expected
NAMED = 10  # chats without an answer that are named
QUESTION = "Thư viện mở cửa lúc mấy giờ?"


@dataclass(slots=True)
class Stage:
    """Telegram, and the settings of the bot that is attacked, which ends with the block."""

    fake: FakeTelegram
    environment: dict[str, str]
    folder: Path
    chats: Iterator[int] = field(default_factory=lambda: count(1000))
    asked: list[int] = field(default_factory=list)
    kept: asyncio.subprocess.Process | None = None  # that serves one attack after another

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.end()

    def begin(self) -> None:
        """Begin an attack: nobody has asked, and nothing is in the log."""
        self.asked.clear()
        (self.folder / "log").write_bytes(b"")

    def ask(self, number: int = 1) -> None:
        """Let so many people ask, each in a chat of their own."""
        for chat in [next(self.chats) for _ in range(number)]:
            self.asked.append(chat)
            self.fake.send_text(QUESTION, chat)

    @asynccontextmanager
    async def bot(self, **settings: str) -> AsyncIterator[asyncio.subprocess.Process]:
        """Run the bot: with *settings* of its own until the block ends, without for the next blocks, too."""
        if self.kept and self.kept.returncode is None and not settings:
            yield self.kept
            return
        await self.end()
        process = await self._started(settings)
        if not settings:
            self.kept = process
        try:
            await self.fake.ready(timeout=STARTING)
            yield process
        finally:
            if settings:
                await _killed(process)

    async def end(self) -> None:
        """Kill the bot that serves one attack after another."""
        if self.kept:
            await _killed(self.kept)
        self.kept = None

    async def _started(self, settings: dict[str, str]) -> asyncio.subprocess.Process:
        with (self.folder / "log").open("ab") as log:
            return await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "bot",
                "run",
                env=os.environ | self.environment | settings,
                stdout=log,
                stderr=log,
            )

    async def answered(self, least: int | None = None) -> None:
        """Wait until all who asked have an answer, or *least* of them, or none came for ``PATIENCE``."""
        until, before = time.monotonic() + PATIENCE, 0
        while time.monotonic() < until and (now := len(self.answers())) < (least or len(self.asked)):
            if now > before:
                until, before = time.monotonic() + PATIENCE, now
            await asyncio.sleep(0.1)  # the emulator tells of calls, not of chats

    def answers(self) -> Counter[int]:
        """Return how many answers each chat has that asked and has any."""
        asked = set(self.asked)
        return Counter(
            call.chat_id for call in self.fake.sent("sendMessage") if call.result and call.chat_id in asked
        )

    async def asked_of(self, text: str, **extra: Any) -> None:
        """Let somebody write *text* in a chat of their own, and wait for the answer."""
        chat = next(self.chats)
        self.asked.append(chat)
        self.fake.send_text(text, chat, **extra)
        await self.fake.wait("sendMessage", chat_id=chat, timeout=PATIENCE)

    def counted(self, *, with_tracebacks: bool = False) -> "Outcome":
        """Return what became of the questions, *with_tracebacks*: and whether the log holds any."""
        shown = self.answers()
        missing = [chat for chat in self.asked if chat not in shown]
        lost = len(missing)
        twice = sum(shown.get(chat, 0) > 1 for chat in self.asked)
        reached, is_fine = f"{lost} lost, {twice} twice of {len(self.asked)}", not lost and not twice
        if missing:
            reached += f" (no answer in {', '.join(map(str, missing[:NAMED]))})"
        if with_tracebacks:
            tracebacks = (self.folder / "log").read_text(encoding="utf-8").count("Traceback")
            reached, is_fine = f"{reached}, {tracebacks} tracebacks", is_fine and not tracebacks
        return Outcome(reached=reached, is_fine=is_fine)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The outcome of an attack."""

    reached: str
    is_fine: bool


Attack = Callable[[Stage, int], Awaitable[Outcome]]


async def _killed(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        process.kill()
    await process.wait()


async def ended(stage: Stage, process: asyncio.subprocess.Process, **settings: str) -> Outcome:
    """Tell the process to end, start it again, and count what became of who asked."""
    begun = time.monotonic()
    process.send_signal(signal.SIGTERM)
    await process.wait()
    seconds = time.monotonic() - begun
    stage.fake.faults.clear()
    async with stage.bot(**settings):
        await stage.answered()
    outcome = stage.counted()
    is_fine = seconds <= LONGEST_END and process.returncode == 0 and outcome.is_fine
    return Outcome(reached=f"{seconds:.1f} s; {outcome.reached}", is_fine=is_fine)
