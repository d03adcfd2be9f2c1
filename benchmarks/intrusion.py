"""Attacks by people: strangers try all there is, odd messages come without end, and /forget must forget."""

import asyncio
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from benchmarks.attacked import QUESTION, Outcome, Stage
from bot import buttons

READER, ADMIN = 7, 9
GROUP, CHANNEL = -100500, -100600
UPDATES = 10_000  # of strangers
ODD_UPDATES = 3_000
WARM = 1_000  # updates, after which memory is to be flat
PART = 250  # updates between two looks at the bot
STRANGERS = range(20_000, 20_400)
MOST_GROWTH = 0.05  # of the memory after ``WARM`` updates
TOLD = ("thứ Ba đến thứ Bảy", "bờ kè")  # in articles, and in nothing that a stranger is told
KEPT_WORD = "bãi giữ xe cũ"  # in a question that is to be forgotten

Send = Callable[[Stage, int], object]


def _pressed(stage: Stage, person: int) -> object:
    """Press a button that was made up, under a message of somebody's own."""
    data = (
        buttons.HitRef("0123456789abcdef").data,
        buttons.Ruling("remove", "0" * 16).data,
        "made:up",
        "x" * 64,
    )
    shown = stage.fake.add_message(stage.fake.add_chat(person), stage.fake.me, {"text": QUESTION})
    return stage.fake.press_raw(data[person % len(data)], {"message": dict(shown)}, person, person)


def _posted(stage: Stage, person: int) -> object:
    """Make the bot the admin of one's own channel, and post there."""
    channel = CHANNEL - person
    stage.fake.add_chat(channel, type="channel", title="Kênh lạ")
    stage.fake.member(channel, "administrator", person)
    return stage.fake.send_post("Tin lạ: chợ dời vào sân đình từ ngày mai, bà con đem hàng tới.", channel)


TRIED: tuple[Send, ...] = (
    lambda stage, person: stage.fake.send_text(QUESTION, person),
    lambda stage, person: stage.fake.send_text("/reload", person),
    lambda stage, person: stage.fake.send_text("/add https://la.example/bai", person),
    lambda stage, person: stage.fake.send_file(b"Tin cua nguoi la.", person, name="la.txt", caption="/add"),
    lambda stage, person: stage.fake.send_text("/articles", person),
    lambda stage, person: stage.fake.send_text(f"/ask {QUESTION}", GROUP, user_id=person),
    lambda stage, person: stage.fake.inline_query(QUESTION, person),
    lambda stage, person: stage.fake.send_text("/start ask-dGjGsA", person),
    lambda stage, person: stage.fake.send_text(f"\ud83d {'x' * 4000}", person),
    _pressed,
    _posted,
    lambda stage, person: stage.fake.guest_text(f"@fake_bot {QUESTION}", GROUP - 1, person),
)


async def strangers(stage: Stage, _: int) -> Outcome:
    """Let people whom the settings do not allow send everything there is, again and again."""
    articles = Path(stage.environment["ARTICLES_DIR"])
    files = sorted(articles.rglob("*"))
    async with stage.bot(ALLOWED=str(READER), ADMIN_IDS=str(ADMIN)) as process:
        await _still_answers(stage)
        before, kept, warm = len(stage.fake.calls), _collected(stage), 0.0
        for start in range(0, UPDATES, PART):
            for number in range(start, min(start + PART, UPDATES)):
                person = STRANGERS[number // len(TRIED) % len(STRANGERS)]
                TRIED[number % len(TRIED)](stage, person)
            await _still_answers(stage)
            warm = warm or (memory(process.pid) if start + PART >= WARM else 0.0)
        grown = memory(process.pid) - warm
        is_same = _collected(stage) == kept and sorted(articles.rglob("*")) == files
        calls = [call for call in stage.fake.calls[before:] if call.chat_id not in (READER, ADMIN)]
    let_in = sum(any(words in str(call.params) for words in TOLD) for call in calls) + (not is_same)
    return Outcome(
        reached=f"{let_in} let in of {UPDATES}, {grown:+.0f} MB after {WARM} (of {warm:.0f})",
        is_fine=not let_in and grown <= MOST_GROWTH * warm,
    )


async def odd_updates(stage: Stage, _: int) -> Outcome:
    """Let everybody ask, in odd ways, and see whether memory grows once the bot is warm."""
    odd = (
        "\u0301" * 900,
        "ko dc " * 300,
        '"a ' * 400,
        "\ud83d thư viện",
        "图书馆" * 300,
        "1/1/2020 " * 99,
        "x" * 4096,
    )
    async with stage.bot() as process:
        await _still_answers(stage)
        warm = 0.0
        for start in range(0, ODD_UPDATES, PART):
            for number in range(start, start + PART):
                stage.fake.send_text(f"{odd[number % len(odd)]} {number}", STRANGERS[number % len(STRANGERS)])
            await _still_answers(stage)
            warm = warm or (memory(process.pid) if start + PART >= WARM else 0.0)
        grown = memory(process.pid) - warm
    reached = f"{grown:+.0f} MB from {WARM} to {ODD_UPDATES} updates (of {warm:.0f})"
    return Outcome(reached=reached, is_fine=grown <= MOST_GROWTH * warm)


async def forgotten(stage: Stage, _: int) -> Outcome:
    """Ask in a group, /forget, and look for the question in every file of the database."""
    async with stage.bot():
        await _in_group(stage, f"/ask {QUESTION} Ở {KEPT_WORD} ấy?")
        was_kept = KEPT_WORD in _database(stage)
        await _in_group(stage, "/forget")
        await _in_group(stage, "/help")  # what was handled before is written down as done
        is_left = KEPT_WORD in _database(stage)
    return Outcome(reached="left" if is_left else "gone at once", is_fine=was_kept and not is_left)


async def _still_answers(stage: Stage) -> None:
    """Wait until the bot has come to a question of somebody who may ask."""
    seen = len(stage.fake.sent("sendMessage", chat_id=READER))
    stage.fake.send_text(QUESTION, READER)
    await stage.fake.wait("sendMessage", chat_id=READER, times=seen + 1, timeout=900)


async def _in_group(stage: Stage, text: str) -> None:
    seen = len(stage.fake.sent("sendMessage", chat_id=GROUP))
    stage.fake.send_text(text, GROUP, user_id=READER)
    await stage.fake.wait("sendMessage", chat_id=GROUP, times=seen + 1, timeout=90)
    await asyncio.sleep(1)  # notes are written behind the answer


def memory(process: int) -> float:
    """Return the megabytes that a process has in memory."""
    pages = int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _collected(stage: Stage) -> tuple[int, ...]:
    """Return how many articles and pages are kept."""
    with closing(sqlite3.connect(stage.folder / "hoibao.sqlite3")) as database:
        return tuple(
            database.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in ("articles", "pages")
        )


def _database(stage: Stage) -> str:
    """Return all that the database holds, as text."""
    with closing(sqlite3.connect(stage.folder / "hoibao.sqlite3")) as database:
        dumped = "\n".join(database.iterdump())
    return dumped.encode().decode("unicode_escape", "replace") + dumped
