"""Attacks with what is broken: halves of characters, impossible URLs, slow files, a damaged index."""

import asyncio
import json
import shutil
from pathlib import Path

from benchmarks.attacked import BURST, QUESTION, Outcome, Stage, ended

ADMIN = 9
HALF = "\ud83d"  # of an emoji
IMPOSSIBLE = ("http://a.vn:99999999/b", "http://[::1/b", "https://a..vn/b", "http://-/b", "https://a b.vn/b")
_MERGED = "".join(f"a{n}: &a{n} [{f'*a{n - 1}, ' * 9 * (n > 0)}]\n" for n in range(30))
# Some megabytes each that took minutes once: runs of digits and spaces, table cells, merged keys.
SLOW = {
    "digits.txt": "1" * 2_000_000,
    "spaces.md": "a" + " " * 2_000_000 + "b",
    "angles.html": "<" * 1_000_000,
    "cells.html": "<table>" + "<tr>" + "<td>a" * 200_000,
    "merged.md": f"---\n{_MERGED}---\na",
}


async def odd_pieces(stage: Stage, _: int) -> Outcome:
    """Write halves of characters everywhere, and ask for articles whose URLs no button can have."""
    folder = _articles(stage)
    for number, url in enumerate(IMPOSSIBLE):
        text = f"Đình làng số {number} mở hội vào tháng {number + 1}."
        article = {"id": f"odd{number}", "title": f"Đình làng số {number}", "url": url, "text": text}
        (folder / f"odd{number}.jsonl").write_text(json.dumps(article), encoding="utf-8")
    async with stage.bot(ARTICLES_DIR=str(folder)):
        await stage.asked_of(f"{HALF} {QUESTION} {HALF}")
        await stage.asked_of(QUESTION, entities=[{"type": "mention", "offset": 1, "length": 9000}])
        for number in range(len(IMPOSSIBLE)):
            await stage.asked_of(f"Đình làng số {number} mở hội vào tháng mấy?")
        group = -next(stage.chats)
        stage.fake.add_chat(group, title=f"Tổ {HALF}")
        stage.fake.send_text(f"/ask {QUESTION}", group, user_id=7)
        await stage.fake.wait("sendMessage", chat_id=group)
        stage.fake.inline_query(f"{HALF} {QUESTION}", 7)
        await stage.fake.wait("answerInlineQuery")
        chat = next(stage.chats)
        stage.fake.send_file(b"a", chat, name=f"{HALF}.pdf", caption=f"{HALF} {QUESTION}")
        await stage.asked_of(QUESTION)
    return stage.counted(with_tracebacks=True)


async def slow_files(stage: Stage, _: int) -> Outcome:
    """Take in files that are made to be slow; ask meanwhile, and tell the process to end."""
    folder = _articles(stage)
    settings = {"ARTICLES_DIR": str(folder), "ADMIN_IDS": str(ADMIN)}
    async with stage.bot(**settings) as process:
        stage.ask()
        await stage.answered()
        for name, text in SLOW.items():
            (folder / name).write_text(text, encoding="utf-8")
        stage.fake.send_text("/reload", ADMIN)
        await stage.fake.wait("sendMessage", chat_id=ADMIN)
        stage.ask(BURST)
        await stage.answered()
        return await ended(stage, process, **settings)


async def cut_index(stage: Stage, _: int) -> Outcome:
    """Cut every file of the index short while it is used; start the process again if that ends it."""
    async with stage.bot() as process:
        stage.ask()
        await stage.answered()
        for path in (stage.folder / "index").rglob("*.npy"):
            with path.open("r+b") as file:
                file.truncate(path.stat().st_size // 2)
        stage.ask(BURST)
        answered, gone = asyncio.create_task(stage.answered()), asyncio.create_task(process.wait())
        await asyncio.wait({answered, gone}, return_when=asyncio.FIRST_COMPLETED)
        for work in (answered, gone):
            work.cancel()
    async with stage.bot():
        await stage.answered()
    return stage.counted()


async def damaged_manifest(stage: Stage, _: int) -> Outcome:
    """Start on an index whose manifest names no segment, and on one that is nested ten thousand deep."""
    manifest = stage.folder / "index" / "manifest.json"
    async with stage.bot():
        stage.ask()
        await stage.answered()
    whole = json.loads(manifest.read_text(encoding="utf-8"))
    for text in (json.dumps(whole | {"segments": []}), '{"segments": ' + "[" * 10_000):
        await stage.end()
        manifest.write_text(text, encoding="utf-8")
        async with stage.bot():
            stage.ask()
            await stage.answered()
    return stage.counted()


def _articles(stage: Stage) -> Path:
    """Return a folder of its own with the usual articles."""
    return Path(shutil.copytree(stage.environment["ARTICLES_DIR"], stage.folder / "articles"))
