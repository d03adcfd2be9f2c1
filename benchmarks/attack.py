"""Attacks on the way of a question, done to the real process: the want beside the outcome.

Each attack runs `hoibao run`, its database and its index against the emulator of the Bot API from the
tests. A question is lost if its chat never gets an answer, and said twice if it gets two. Run all with
`make attack`; `--short` has fewer kills and leaves out what needs PostgreSQL or a quiet machine: CI runs it.
"""

import argparse
import asyncio
import logging
import os
import random
import re
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from fakegram import FakeTelegram

from benchmarks.attacked import BURST, LONGEST_END, STARTING, Attack, Outcome, Stage, ended
from benchmarks.damage import cut_index, damaged_manifest, odd_pieces, slow_files
from benchmarks.growth.memory import tree
from benchmarks.intrusion import forgotten, memory, odd_updates, strangers
from benchmarks.offices import kill_replica, restart_database, stand_still

KILLS, KILLS_SHORT = 200, 3
OUTAGE = 3.0  # seconds
MOMENT = 0.05  # seconds at most from an answer to a kill; a burst takes half a second
REPEATED = 20  # times that each hostile message is asked, to measure it: the clock has ticks of 10 ms
MOST_GROWTH = 40.0  # MB
MOST_COST = 50.0  # ms of processor time that a message may take
HOSTILE = ("x" * 4096, "\u0301" * 4096, "ko dc " * 680, '"a ' * 1300, "\ud83d thư viện", "图书馆" * 1300)
GARBAGE = ("<html>please log in</html>", "null", "[]", '{"ok": true, "result": null}')


async def kill(stage: Stage, kills: int) -> Outcome:
    """Kill the process in the middle of bursts of questions, again and again, some steps after an answer."""
    chance = random.Random()
    for number in range(kills):
        async with stage.bot() as process:
            before = len(stage.fake.sent("sendMessage"))
            stage.ask(BURST)
            await stage.fake.wait("sendMessage", times=before + chance.randrange(BURST), timeout=STARTING)
            await asyncio.sleep(chance.random() * MOMENT)
            process.send_signal(signal.SIGKILL)
            await process.wait()
        if number % 20 == 19:
            print(f"{number + 1} kills, {len(stage.answers())} of {len(stage.asked)}", file=sys.stderr)
    async with stage.bot():
        await stage.answered()
    return stage.counted()


def outage(kind: str, **how: float) -> Attack:
    """Return the attack in which Telegram fails for a while, in one way."""

    async def attack(stage: Stage, _: int) -> Outcome:
        async with stage.bot():
            stage.ask()
            await stage.answered()
            fault = stage.fake.fault(kind, method="sendMessage", times=-1, **how)
            stage.ask(BURST)
            await asyncio.sleep(OUTAGE)
            stage.fake.faults.remove(fault)
            await stage.answered()
            return stage.counted()

    return attack


async def carried_out(stage: Stage, _: int) -> Outcome:
    """Let Telegram carry out what it is asked for, and every second time lose its answer, for a while."""
    async with stage.bot():
        stage.ask()
        await stage.answered()
        fault = stage.fake.fault("drop_after", method="sendMessage", times=-1, chance=0.5)
        stage.ask(BURST)
        await asyncio.sleep(OUTAGE)
        stage.fake.faults.remove(fault)
        await stage.answered()
    lost = sum(chat not in stage.answers() for chat in stage.asked)
    return Outcome(reached=stage.counted().reached, is_fine=not lost)


async def garbage(stage: Stage, _: int) -> Outcome:
    """Carry out what is asked, and answer with a proxy's page, or nothing of use."""
    async with stage.bot():
        stage.ask()
        await stage.answered()
        for text in GARBAGE:
            stage.fake.fault("garbage", method="sendMessage", times=BURST // len(GARBAGE), text=text)
            polled = stage.fake.fault("garbage", method="getUpdates", times=2, text=text)
            stage.ask(BURST // len(GARBAGE))
            await stage.answered()
            polled.times = 0
    return stage.counted(with_tracebacks=True)


def stop_amid(kind: str, **how: float) -> Attack:
    """Return the attack in which the process is told to end while Telegram fails in one way."""

    async def attack(stage: Stage, _: int) -> Outcome:
        async with stage.bot() as process:
            stage.ask()
            await stage.answered()
            stage.fake.fault(kind, method="sendMessage", times=-1, **how)
            stage.ask(3)
            await stage.fake.wait("sendMessage", times=2)
            return await ended(stage, process)

    return attack


async def stop_while_locked(stage: Stage, _: int) -> Outcome:
    """Tell the process to end while another program writes to the database."""
    async with stage.bot() as process:
        stage.ask()
        await stage.answered()
        with locked(stage.folder / "hoibao.sqlite3"):
            stage.ask(3)
            await stage.answered()
            begun = time.monotonic()
            process.send_signal(signal.SIGTERM)
            await process.wait()
            seconds = time.monotonic() - begun
        outcome = stage.counted()
    is_fine = seconds <= LONGEST_END and outcome.is_fine
    return Outcome(reached=f"{seconds:.1f} s; {outcome.reached}", is_fine=is_fine)


async def hostile(stage: Stage, _: int) -> Outcome:
    """Send what strangers send, and see what the process takes for it, once it is warm."""
    async with stage.bot() as process:
        for text in HOSTILE:
            await stage.asked_of(text)
        before, costs = memory(process.pid), []
        for text in HOSTILE:
            begun = _processor_time(process.pid)
            for number in range(REPEATED):
                await stage.asked_of(f"{text[:-3]}{number:03}")
            costs.append(1000 * (_processor_time(process.pid) - begun) / REPEATED)
        grown = memory(process.pid) - before
    outcome = stage.counted()
    reached = f"{outcome.reached}, {grown:.0f} MB, {max(costs):.0f} ms"
    is_fine = outcome.is_fine and grown <= MOST_GROWTH and max(costs) <= MOST_COST
    return Outcome(reached=reached, is_fine=is_fine)


def _processor_time(process: int) -> float:
    """Return the seconds of processor time that a process and those below it have taken."""
    stats = (Path(f"/proc/{member}/stat").read_text(encoding="ascii") for member in tree(process))
    taken = (int(field) for stat in stats for field in stat.rpartition(")")[2].split()[11:13])
    return sum(taken) / os.sysconf("SC_CLK_TCK")


@contextmanager
def locked(database: Path) -> Iterator[None]:
    """Keep the database to oneself."""
    connection = sqlite3.connect(database, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        connection.close()


ATTACKS: dict[str, tuple[str, Attack]] = {
    "kill -9 in bursts": ("0 lost, 0 twice", kill),
    "Telegram answers 502 for 3 s": ("0 lost, 0 twice", outage("error", code=502)),
    "Telegram drops connections for 3 s": ("0 lost, 0 twice", outage("drop")),
    "Telegram asks for pauses for 3 s": ("0 lost, 0 twice", outage("error", code=429, seconds=2.0)),
    "Telegram takes 8 s to answer": ("0 lost, 0 twice", outage("delay", seconds=8.0)),
    "/forget in a group": ("gone at once", forgotten),
    "answers that are not Telegram's": ("0 lost, 0 twice, 0 tracebacks", garbage),
    "SIGTERM while Telegram asks for 25 s": (
        "6 s; 0 lost, 0 twice",
        stop_amid("error", code=429, seconds=25),
    ),
    "SIGTERM while connections break off": ("6 s; 0 lost, 0 twice", stop_amid("drop")),
    "SIGTERM while the database is locked": ("6 s; 0 lost, 0 twice", stop_while_locked),
    "one of three replicas is killed": ("0 lost, 0 twice", kill_replica),
    "PostgreSQL is restarted": ("0 lost, 0 twice", restart_database),
    "one of three replicas stands still": ("0 lost, 0 twice", stand_still),
    "halves of characters, impossible URLs": ("0 lost, 0 twice, 0 tracebacks", odd_pieces),
    "an index file is cut short": ("0 lost, 0 twice", cut_index),
    "a manifest without segments, or nested": ("0 lost, 0 twice", damaged_manifest),
    "files made to be slow, a reload, SIGTERM": ("6 s; 0 lost, 0 twice", slow_files),
    "Telegram carries out, its answer is lost": ("0 lost; twice is a known risk", carried_out),
    "strangers send 10,000 updates": ("0 let in, memory flat after 1,000", strangers),
    "odd messages, 3,000": ("memory flat after 1,000", odd_updates),
    "hostile messages": ("0 lost, 0 twice, 40 MB, 50 ms", hostile),
}
LONG = {"Telegram takes 8 s to answer", "one of three replicas is killed", "PostgreSQL is restarted"}
LONG |= {"one of three replicas stands still"}
LONG |= {"hostile messages", "strangers send 10,000 updates", "odd messages, 3,000"}
LONG |= {"Telegram carries out, its answer is lost"}
APART = LONG | {"halves of characters, impossible URLs"}  # with a folder and a process of their own


@asynccontextmanager
async def _stage() -> AsyncIterator[Stage]:
    async with FakeTelegram().running() as fake:
        with tempfile.TemporaryDirectory() as folder:
            environment = {
                "TELEGRAM_TOKEN": fake.token,
                "TELEGRAM_API_URL": fake.url,
                "ARTICLES_DIR": str(Path("data/articles").absolute()),
                "DATABASE_URL": f"sqlite:///{folder}/hoibao.sqlite3",
                "INDEX_DIR": f"{folder}/index",
                "QUESTIONS_PER_MINUTE": "0",
            }
            async with Stage(fake, environment, Path(folder)) as stage:
                yield stage


def _kept_log(folder: Path, attack: str) -> str:
    """Keep the bot's log of a missed attack, and return where it is."""
    path = Path(tempfile.gettempdir(), f"hoibao-attack-{re.sub(r'[^0-9a-z]+', '-', attack.lower())}.log")
    return str(shutil.copyfile(folder / "log", path))


async def _made(names: Sequence[str], kills: int) -> int:
    """Make these attacks, print each outcome, and return how many are not as wanted.

    Starting a process takes longer than most attacks, so one serves as many as it survives.
    """
    missed = 0
    together = [name for name in names if name not in APART]
    for group in [together, *([name] for name in names if name in APART)]:
        async with _stage() as stage:
            for name in group:
                missed += not await _printed(stage, name, kills)
    return missed


async def _printed(stage: Stage, name: str, kills: int) -> bool:
    """Make one attack, print its outcome, and tell whether it is as wanted."""
    wanted, attack = ATTACKS[name]
    stage.begin()
    begun = time.monotonic()
    outcome = await attack(stage, kills)
    mark = "" if outcome.is_fine else f" **missed**, see {_kept_log(stage.folder, name)}"
    print(
        f"| {name:38} | {wanted:30} | {outcome.reached + mark:40} | {time.monotonic() - begun:3.0f} s |",
        flush=True,
    )
    return outcome.is_fine


def main() -> int:
    """Run the attacks, and print what was wanted beside what was reached; return 1 if any fails."""
    parser = argparse.ArgumentParser(prog="benchmarks.attack")
    parser.add_argument("--short", action="store_true", help="fewer kills")
    parser.add_argument("--only", default="", help="part of an attack's name")
    parser.add_argument("--kills", type=int, help="how often a process is killed")
    arguments = parser.parse_args()
    kills = arguments.kills or (KILLS_SHORT if arguments.short else KILLS)
    logging.getLogger("aiohttp.server").setLevel(logging.CRITICAL)  # a killed process hears no answer
    names = [name for name in ATTACKS if arguments.only in name and not (arguments.short and name in LONG)]
    print(f"| {'attack':38} | {'want':30} | {'reached':40} | took |\n| --- | --- | --- | --- |", flush=True)
    failed = asyncio.run(_made(names, kills))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
