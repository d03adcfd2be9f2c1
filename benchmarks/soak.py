"""Load for long: questions every moment, a reload now and then, and how the process bears it.

``make soak`` asks thirty questions a second for an hour, and has a new article read in every two minutes.
``HOW="--minutes 5"`` is shorter, ``--rate 5`` asks less on a slow machine. It prints and draws its samples.
"""

import argparse
import asyncio
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import matplotlib
from fakegram import FakeTelegram
from matplotlib.figure import Figure

from benchmarks.attacked import Stage

ADMIN = 9
PER_SECOND = 30
RELOAD_EVERY = 120.0  # seconds
SAMPLE_EVERY = 10.0  # seconds
QUESTIONS = (
    "Thư viện mở cửa lúc mấy giờ?",
    "lich thu gom rac",
    "đò ngang có chạy ban đêm không",
    "phí vệ sinh chợ bao nhiêu",
    "library opening hours",
)
PICTURE = Path(__file__).with_name("soak.png")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """The process at one moment, and its answers since the moment before."""

    minute: float
    megabytes: float
    descriptors: int
    threads: int
    p99: float  # seconds from a question's arrival at the bot to its answer


class Soak:
    """Asks, and looks at the process meanwhile."""

    def __init__(self, stage: Stage, process: int, articles: Path, rate: float) -> None:
        """*rate*: questions a second."""
        self._stage = stage
        self._rate = rate
        self._process = Path("/proc") / str(process)
        self._articles = articles
        self._begun = time.monotonic()
        self._answers = 0  # calls that have been looked at
        self.samples: list[Sample] = []

    async def run(self, minutes: float) -> None:
        """Ask for so many minutes."""
        until = self._begun + 60 * minutes
        sampled = reloaded = self._begun
        asked = 0
        while (now := time.monotonic()) < until:
            while asked < (now - self._begun) * self._rate:
                asked += 1
                self._ask(QUESTIONS[asked % len(QUESTIONS)])
            if now - reloaded >= RELOAD_EVERY:
                reloaded = now
                self._reload()
            if now - sampled >= SAMPLE_EVERY:
                sampled = now
                self.samples.append(self._sample())
            await asyncio.sleep(1 / self._rate)
        await self._stage.answered()

    def _ask(self, text: str) -> None:
        chat = next(self._stage.chats)
        self._stage.asked.append(chat)
        self._stage.fake.send_text(text, chat)

    def _reload(self) -> None:
        number = len(list(self._articles.iterdir()))
        text = f"# Tin số {number}\n\nTổ dân phố số {number} họp vào tối thứ bảy tại nhà văn hóa."
        (self._articles / f"tin-{number}.md").write_text(text, encoding="utf-8")
        self._stage.fake.send_text("/reload", ADMIN)

    def _sample(self) -> Sample:
        calls = self._stage.fake.calls
        new, self._answers = calls[self._answers :], len(calls)
        answered = {call.chat_id: call.done for call in new if call.method == "sendMessage"}
        arrived = {item.chat_id: item.delivered for item in self._stage.fake.injected[-2 * len(calls) :]}
        waited = sorted(
            done - delivered
            for chat, done in answered.items()
            if chat != ADMIN and (delivered := arrived.get(chat))
        )
        pages = int((self._process / "statm").read_text(encoding="ascii").split()[1])
        return Sample(
            minute=(time.monotonic() - self._begun) / 60,
            megabytes=pages * os.sysconf("SC_PAGE_SIZE") / 1e6,
            descriptors=len(os.listdir(self._process / "fd")),
            threads=len(os.listdir(self._process / "task")),
            p99=waited[int(0.99 * len(waited))] if waited else 0.0,
        )


def draw(samples: Sequence[Sample], path: Path, rate: float) -> None:
    """Draw what was sampled, one below the other."""
    panels = {
        "memory, MB": [sample.megabytes for sample in samples],
        "descriptors": [sample.descriptors for sample in samples],
        "threads": [sample.threads for sample in samples],
        "answers, p99, s": [sample.p99 for sample in samples],
    }
    with matplotlib.rc_context({"font.size": 11, "font.family": "DejaVu Sans"}):
        figure = Figure(figsize=(9, 9), layout="constrained")
        rows = figure.subplots(len(panels), sharex=True)
        for axes, (title, values) in zip(rows, panels.items(), strict=True):
            axes.plot([sample.minute for sample in samples], values, color="#b3002d")
            axes.set_ylim(bottom=0)
            axes.set_ylabel(title)
            axes.grid(alpha=0.3)
        rows[-1].set_xlabel(f"minutes, {rate:g} questions a second, a reload every two minutes")
        figure.savefig(path, dpi=110)


async def _soaked(minutes: float, rate: float, folder: Path) -> bool:
    articles = Path(shutil.copytree("data/articles", folder / "articles"))
    async with FakeTelegram().running() as fake:
        environment = {
            "TELEGRAM_TOKEN": fake.token,
            "TELEGRAM_API_URL": fake.url,
            "ADMIN_IDS": str(ADMIN),
            "ARTICLES_DIR": str(articles),
            "DATABASE_URL": f"sqlite:///{folder}/hoibao.sqlite3",
            "INDEX_DIR": str(folder / "index"),
            "QUESTIONS_PER_MINUTE": "0",
        }
        async with Stage(fake, environment, folder) as stage, stage.bot() as process:
            soak = Soak(stage, process.pid, articles, rate)
            await soak.run(minutes)
        outcome, samples = stage.counted(), soak.samples
    print("| minute | memory, MB | descriptors | threads | p99, s |\n| --- | --- | --- | --- | --- |")
    for sample in samples:
        print(
            f"| {sample.minute:.1f} | {sample.megabytes:.0f} | {sample.descriptors} | {sample.threads} "
            f"| {sample.p99:.2f} |"
        )
    print(f"\n{minutes:g} minutes, {rate:g} a second: {outcome.reached}")
    draw(samples, PICTURE, rate)
    return outcome.is_fine


def main() -> int:
    """Run it; return 1 if a question was lost or answered twice."""
    parser = argparse.ArgumentParser(prog="benchmarks.soak")
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--rate", type=float, default=PER_SECOND, help="questions a second")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        return 0 if asyncio.run(_soaked(arguments.minutes, arguments.rate, Path(folder))) else 1


if __name__ == "__main__":
    sys.exit(main())
