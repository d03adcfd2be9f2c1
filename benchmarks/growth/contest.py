"""Measure the engines that rank passages, each in a process that builds and others that ask."""

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks.growth import ranking
from benchmarks.growth.built import index
from benchmarks.growth.measured import Asking, Built, Done, Ranking
from benchmarks.growth.process import call, watched
from benchmarks.growth.timing import PROCESSES, typical

BEFORE = "hoibao_before"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contender:
    """An engine, and how much it is asked to do."""

    engine: str  # its module
    title: str
    package: str | None = None  # whose version is told
    pairs: bool = False  # asked once more, with pairs
    passages: int | None = None  # more would take it too long, or more memory than there is
    questions: int | None = None  # so many instead of all, once, by one process: it takes long
    built_by: str | None = None  # the engine whose index it opens; None: its own
    checkout: Path | None = None  # whose modules run, if not these

    @property
    def name(self) -> str:
        """The engine, or the version of ours that is measured beside it."""
        return BEFORE if self.checkout else self.engine


# Memory in building, as measured: bm25s holds 4.6 MB for a thousand passages, Hỏi Báo's class .7.
CONTENDERS = (
    Contender(engine="hoibao", title="Hỏi Báo", pairs=True),
    Contender(engine="tantivy", title="tantivy", package="tantivy", pairs=True),
    Contender(
        engine="bm25s_numba", title="bm25s, numba", package="numba", pairs=True, passages=3_000_000
    ),
    Contender(
        engine="bm25s", title="bm25s, NumPy", package="bm25s", passages=300_000, questions=100,
        built_by="bm25s_numba",
    ),
    Contender(engine="fts5", title="SQLite FTS5", passages=300_000, questions=60),
    Contender(
        engine="rank_bm25", title="rank-bm25", package="rank-bm25", passages=110_000, questions=30
    ),
)  # fmt: skip


def compare(
    contenders: Sequence[Contender],
    terms: str,
    material: Path,
    work: Path,
    processes: int = PROCESSES,
    first: int | None = None,
) -> list[Ranking]:
    """Let *contenders* build, in the folder *work*, and answer; *terms* are "syllables" or "pairs".

    They ask the *first* questions (None: all) in turns, in so many *processes* each: what slows the machine
    down for a while meets all of them.
    """
    asked: dict[str, list[Asking]] = {contender.name: [] for contender in contenders}
    with ExitStack() as stack:
        built: dict[str, Built] = {}
        for contender in contenders:
            if contender.built_by is None:
                folder = work / f"{contender.name}-{terms}"
                built[contender.name] = stack.enter_context(
                    index(folder, partial(build, contender, terms, material, folder))
                )
        for turn in range(processes):
            for contender in contenders:
                if turn == 0 or contender.questions is None:
                    asked[contender.name].append(_ask(contender, terms, material, work, first))
    return [
        Ranking(
            engine=contender.name,
            terms=terms,
            built=built[contender.built_by or contender.name],
            asking=typical(asked[contender.name]),
        )
        for contender in contenders
    ]


def build(contender: Contender, terms: str, material: Path, folder: Path) -> Done:
    """Let a contender index the passages of *material* in *folder*."""
    return watched(
        ranking.__name__,
        "build",
        checkout=contender.checkout,
        name=contender.engine,
        passages=str(material / f"{terms}.txt"),
        folder=str(folder),
    )


def _ask(contender: Contender, terms: str, material: Path, work: Path, first: int | None) -> Asking:
    once = {} if contender.questions is None else {"rounds": 1}  # the version before asks in its own way
    return call(
        Asking,
        ranking.__name__,
        "ask",
        checkout=contender.checkout,
        name=contender.engine,
        folder=str(work / f"{contender.built_by or contender.name}-{terms}"),
        questions=str(material / "questions.json"),
        pairs=terms == "pairs",
        first=contender.questions or first,
        **once,
    )
