"""Measure the engines that rank passages, each in a process that builds and another that asks."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from benchmarks.growth import ranking
from benchmarks.growth.measured import Asking, Ranking
from benchmarks.growth.process import call, watched


@dataclass(frozen=True, slots=True, kw_only=True)
class Contender:
    """An engine, and how much it is asked to do."""

    engine: str  # its module
    title: str
    package: str | None = None  # whose version is told
    pairs: bool = False  # asked once more, with pairs
    passages: int | None = None  # more would take it too long
    questions: int | None = None  # so many instead of all, once instead of ``ROUNDS`` times: it takes long
    checkout: Path | None = None  # whose modules run, if not these

    @property
    def name(self) -> str:
        """The engine, or the version of ours that is measured beside it."""
        return BEFORE if self.checkout else self.engine


BEFORE = "hoibao_before"

CONTENDERS = (
    Contender(engine="hoibao", title="Hỏi Báo", pairs=True),
    Contender(engine="tantivy", title="tantivy", package="tantivy", pairs=True),
    Contender(engine="bm25s_numba", title="bm25s, numba", package="numba", pairs=True),
    Contender(engine="bm25s", title="bm25s, NumPy", package="bm25s"),
    Contender(engine="fts5", title="SQLite FTS5", questions=60),
    Contender(
        engine="rank_bm25", title="rank-bm25", package="rank-bm25", passages=110_000, questions=30
    ),
)  # fmt: skip


def measure(contender: Contender, terms: str, material: Path, work: Path) -> Ranking:
    """Let a contender build, in the folder *work*, and answer; *terms* are "syllables" or "pairs"."""
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    passages = str(material / f"{terms}.txt")
    built = watched(
        ranking.__name__,
        "build",
        checkout=contender.checkout,
        name=contender.engine,
        passages=passages,
        folder=str(work),
    )
    asking = call(
        Asking,
        ranking.__name__,
        "ask",
        checkout=contender.checkout,
        name=contender.engine,
        folder=str(work),
        questions=str(material / "questions.json"),
        pairs=terms == "pairs",
        first=contender.questions,
    )
    disk = size(work)
    shutil.rmtree(work)
    return Ranking(
        engine=contender.name,
        terms=terms,
        build=built.seconds,
        peak=built.peak,
        disk=disk,
        asking=asking,
    )


def size(folder: Path) -> int:
    """Return the bytes of all files in *folder*."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
