"""The speed of the whole bot, over HTTP, as people would see it: 2,000 questions from 500 chats.

The real process (`hoibao run`, its database, its index) against the emulator of the Bot API from the tests,
beside the smallest bot that python-telegram-bot can be. Times are from the moment an update can be fetched
to the moment that its answer arrives. Run it with `make talk`, alone on the machine: emulator and bot share
the cores. SOURCE: other articles than the samples, as `hoibao reload` takes them.
"""

import argparse
import asyncio
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

import numpy as np
from fakegram import FakeTelegram

from benchmarks.growth.memory import tree
from retrieval.article import Article
from retrieval.collection.collection import Collection
from retrieval.text.analyzer import fold

QUESTIONS, CHATS = 2000, 500
FEW = 20
RATE = 30.0  # questions a second
API_DELAY = 0.05  # seconds, in the burst
WANTED = {"p50": 7.0, "p99": 15.0, "burst": 160.0}  # ms, ms, answers a second
WORDS, _STEP = 8, 4  # of a question, and from one to the next
_PATIENCE = 600.0  # seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """The work of one bot."""

    p50: float  # ms
    p99: float  # ms
    burst: float  # answers a second
    repeated: float  # answers a second, where all ask the same few things
    costs: dict[str, float]  # ms of processor time that an answer of the burst takes, by who spends it
    is_exact: bool  # each question had one answer


def main() -> None:
    """Measure both bots, and print what was wanted, reached, and the ratio."""
    parser = argparse.ArgumentParser(prog="benchmarks.conversation")
    parser.add_argument("sources", nargs="*", type=Path, metavar="SOURCE")
    sources = parser.parse_args().sources or [Path("data/articles")]
    with tempfile.TemporaryDirectory() as folder:
        environment = _settings(Path(folder))
        questions = _questions(environment, sources)
        ours = asyncio.run(_measure([sys.executable, "-m", "bot", "run"], environment, questions))
        theirs = asyncio.run(_measure([sys.executable, "-m", "benchmarks.echo"], environment, questions))
    _print(ours, theirs)


def _settings(folder: Path) -> dict[str, str]:
    return {
        "ARTICLES_DIR": str(folder / "none"),
        "DATABASE_URL": f"sqlite:///{folder}/hoibao.db",
        "INDEX_DIR": str(folder / "index"),
        "QUESTIONS_PER_MINUTE": "0",
        "LOG_LEVEL": "WARNING",
    }


def _questions(environment: dict[str, str], sources: Sequence[Path]) -> list[str]:
    Path(environment["ARTICLES_DIR"]).mkdir()
    collection = Collection.open(
        database_url=environment["DATABASE_URL"],
        index_dir=Path(environment["INDEX_DIR"]),
        articles_dir=Path(environment["ARTICLES_DIR"]),
    )
    with closing(collection):
        return prepared(collection, sources)


def prepared(collection: Collection, sources: Sequence[Path]) -> list[str]:
    """Read the articles in, and return questions about them.

    A question is eight words that follow each other in an article, every other one without accents: no two
    are the same.
    """
    collection.reload(sources)
    return list(islice(_passages(collection.articles()), QUESTIONS))


def _passages(articles: Iterable[Article]) -> Iterator[str]:
    seen = set[str]()
    bodies = [article.body.split() for article in islice(articles, QUESTIONS)]
    for start in range(0, max(map(len, bodies)), _STEP):
        for words in bodies:
            asked = " ".join(words[start : start + WORDS])
            if len(seen) % 2:
                asked = fold(asked.lower())
            if len(words) >= start + WORDS and asked not in seen:
                seen.add(asked)
                yield asked


async def _measure(command: list[str], environment: dict[str, str], questions: Sequence[str]) -> Talk:
    fake = FakeTelegram(schema=None)
    async with fake.running(), _running(command, environment, fake) as process:
        await _ask(fake, questions[:20], rate=RATE)  # to warm up
        times = await _ask(fake, questions, rate=RATE)
        is_exact = _is_exact(fake)
        fake.fault("delay", method="sendMessage", seconds=API_DELAY, times=-1)
        before = _spent(process)
        burst = await _burst(fake, questions)
        costs = {who: 1000 * (now - before[who]) / len(questions) for who, now in _spent(process).items()}
        is_exact = is_exact and _is_exact(fake)
        repeated = await _burst(fake, [*islice(cycle(questions[:FEW]), len(questions))])
    p50, p99 = np.percentile(times, [50, 99]) * 1000
    return Talk(
        p50=float(p50), p99=float(p99), burst=burst, repeated=repeated, costs=costs, is_exact=is_exact
    )


@asynccontextmanager
async def _running(command: list[str], environment: dict[str, str], fake: FakeTelegram) -> AsyncIterator[int]:
    arguments = [fake.url, fake.token] if "benchmarks.echo" in command else []
    telegram = {"TELEGRAM_TOKEN": fake.token, "TELEGRAM_API_URL": fake.url}
    bot = await asyncio.create_subprocess_exec(*command, *arguments, env=os.environ | environment | telegram)
    try:
        await fake.ready(timeout=_PATIENCE)
        yield bot.pid
    finally:
        bot.terminate()
        await bot.wait()


def _spent(process: int) -> dict[str, float]:
    """Return the seconds of processor time that *process*, its workers and this emulator have taken."""
    own, *below = [
        sum(
            int((task / "schedstat").read_text().split()[0])
            for task in Path(f"/proc/{member}/task").iterdir()
        )
        for member in tree(process)
    ]
    loop = int(Path(f"/proc/{process}/task/{process}/schedstat").read_text().split()[0])
    spent = {"event loop": loop, "its other threads": own - loop, "workers": sum(below)}
    return {**{who: spent[who] / 1e9 for who in spent}, "emulator": time.process_time()}


async def _ask(fake: FakeTelegram, questions: Sequence[str], rate: float | None) -> list[float]:
    """Let the chats ask by turns, so many a second, or all at once; return the seconds of each answer."""
    fake.calls.clear()
    fake.injected.clear()
    clock = asyncio.get_running_loop().time
    began = clock()
    for place, question in enumerate(questions):
        if rate is not None:
            await asyncio.sleep(max(0.0, began + place / rate - clock()))
        fake.send_text(question, 1000 + place % CHATS)
    async with asyncio.timeout(_PATIENCE):
        # The emulator's own way looks through all calls at each new one.
        while len(fake.calls) < len(questions):
            fake.news.clear()
            await fake.news.wait()
    await fake.wait("sendMessage", times=len(questions), timeout=_PATIENCE)
    return fake.latencies()


async def _burst(fake: FakeTelegram, questions: Sequence[str]) -> float:
    """Ask all at once, and return how many are answered a second."""
    clock = asyncio.get_running_loop().time
    began = clock()
    await _ask(fake, questions, rate=None)
    return len(questions) / (clock() - began)


def _is_exact(fake: FakeTelegram) -> bool:
    """Tell whether every chat got one answer to each of its questions; the tests see to their order."""
    asked = Counter(item.chat_id for item in fake.injected)
    return asked == Counter(call.chat_id for call in fake.sent("sendMessage") if not call.error)


def _print(ours: Talk, theirs: Talk) -> None:
    print(f"{QUESTIONS} questions from {CHATS} chats  wanted   reached   echo bot   ratio")
    rows = [
        (f"p50 at {RATE:.0f} a second, ms", "≤", WANTED["p50"], ours.p50, theirs.p50),
        (f"p99 at {RATE:.0f} a second, ms", "≤", WANTED["p99"], ours.p99, theirs.p99),
        (f"answers a second, API {API_DELAY * 1000:.0f} ms", "≥", WANTED["burst"], ours.burst, theirs.burst),
        (f"… to the same {FEW} questions", "≥", WANTED["burst"], ours.repeated, theirs.repeated),
    ]
    for name, sign, wanted, reached, peer in rows:
        print(f"{name:<34} {sign} {wanted:<5.0f} {reached:8.1f} {peer:10.1f} {reached / peer:7.2f}")
    print("\nof processor time, an answer of the burst takes, ms")
    for who, cost in ours.costs.items():
        print(f"{who:<34} {cost:16.2f} {theirs.costs[who]:10.2f}")
    print(f"each question answered once: {'yes' if ours.is_exact else 'NO'}")


if __name__ == "__main__":
    main()
