"""Measure, and write the report."""

import argparse
import os
import platform
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path

from pydantic import TypeAdapter

from benchmarks.growth import contest, material, results, service
from benchmarks.growth.built import keep
from benchmarks.growth.measured import Costs, Run, Size
from benchmarks.growth.picture import draw
from benchmarks.growth.report import written
from benchmarks.growth.timing import PROCESSES
from benchmarks.speed import CORPUS, QUERIES

HERE = Path(__file__).parents[1]
FEWER = 3  # processes, instead of ``PROCESSES``, that ask for pairs or of a mixed collection: it takes long
WARM_UP = 500  # passages: numba compiles before anything counts
PACKAGES = ("numpy", "numba", "rank-bm25", "bm25s", "tantivy")


def main() -> int:
    """Measure each size, smallest first; what is measured is written after each."""
    options = _options()
    if not options.corpus.exists():
        print(f"{options.corpus} is not there: give a corpus of your own", file=sys.stderr)
        return 1
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that what was begun is ended and removed
    with _work(options) as work:
        if options.prepare:
            for passages in options.sizes:
                _prepare(options, passages, work)
        else:
            with _checkout(options, work) as before:
                _measure_all(options, work, before)
    return 0


def _measure_all(options: argparse.Namespace, work: Path, before: Path | None) -> None:
    began = time.perf_counter()
    options.out.mkdir(parents=True, exist_ok=True)
    _say("the stages of a question")
    run = _run(_stages(None, work), _stages(before, work) if before else [])
    _say("numba compiles")
    list(_measure(options, WARM_UP, work, before, warm_up=True))
    for passages in options.sizes:
        earlier = run.sizes
        for size in _measure(options, passages, work, before):
            run = replace(run, sizes=[*earlier, size], seconds=time.perf_counter() - began)
            results.save(run, options.out / "results.json")
            (options.out / "RESULTS.md").write_text(written(run), encoding="utf-8")
            draw(run, options.out / "results.png")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure time and memory beside other engines.")
    parser.add_argument("corpus", type=Path, nargs="?", default=CORPUS)
    parser.add_argument("queries", type=Path, nargs="?", default=QUERIES)
    parser.add_argument(
        "--sizes",
        type=_sizes,
        default="10000,100000,all",
        help="passages, ascending; more than there are: the rest is mixed; default %(default)s",
    )
    parser.add_argument("--before", metavar="COMMIT", help="a version that is measured beside this one")
    parser.add_argument(
        "--work",
        type=Path,
        help="a folder for some GB, which keeps the material for the next run; default: a temporary one",
    )
    parser.add_argument(
        "--prepare",
        action="store_true",
        help="measure nothing: make the material in --work, and Hỏi Báo's indexes if articles are mixed, "
        "for a run when the machine is quiet; ten million passages take 25 GB",
    )
    parser.add_argument("--out", type=Path, default=HERE, help="where the report goes; default %(default)s")
    options = parser.parse_args()
    if options.prepare and not options.work:
        parser.error("--prepare needs a folder to --work in")
    return options


def _sizes(text: str) -> list[int | None]:
    return [None if size == "all" else int(size) for size in text.split(",")]


@contextmanager
def _work(options: argparse.Namespace) -> Iterator[Path]:
    """Give the folder to work in: the one that is kept, or a new one."""
    if options.work:
        options.work.mkdir(parents=True, exist_ok=True)
        yield options.work.resolve()
        return
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


@contextmanager
def _checkout(options: argparse.Namespace, folder: Path) -> Iterator[Path | None]:
    """Give the folder of the version before, if it is asked for."""
    if options.before is None:
        yield None
        return
    checkout = folder / "before"

    def git(*arguments: str | Path) -> None:
        subprocess.run(["git", "worktree", *arguments], cwd=HERE, check=True)

    if checkout.exists():  # of a run that was cut off
        git("remove", "--force", checkout)
    git("add", "--quiet", "--detach", checkout, options.before)
    try:
        yield checkout
    finally:
        git("remove", "--force", checkout)


def _material(options: argparse.Namespace, passages: int | None, folder: Path) -> material.Material:
    _say(f"{passages or 'all'} passages: material")
    return material.prepare(options.corpus, options.queries, passages, folder / "material")


def _prepare(options: argparse.Namespace, passages: int | None, work: Path) -> None:
    """Keep what does not count, and what takes long."""
    folder = work / str(passages or "all")
    made = _material(options, passages, folder)
    if made.mixed:
        ours, source = contest.CONTENDERS[0], folder / "material"
        _say(f"{made.passages} passages: index")
        keep(folder / "index", partial(service.build, source, folder / "index"), _commit())
        _say(f"{made.passages} passages: ranking")
        place = folder / f"{ours.name}-syllables"
        keep(place, partial(contest.build, ours, "syllables", source, place), _commit())


def _measure(
    options: argparse.Namespace, passages: int | None, work: Path, before: Path | None, warm_up: bool = False
) -> Iterator[Size]:
    """Yield the figures of one size: Hỏi Báo's as a whole, then those of all that rank as well.

    To *warm_up*, measure only what compiles loops, and once.
    """
    folder = work / str(passages or "all")
    made, source = _material(options, passages, folder), folder / "material"
    first = service.FEW if made.mixed else None
    turns = 1 if warm_up else FEWER if made.mixed else PROCESSES
    _say(f"{made.passages} passages: whole answers, reloads")
    size = Size(material=made, rankings=[], service=service.measure(source, folder, before, turns))
    yield size
    ours, *others = contest.CONTENDERS
    earlier = [replace(ours, checkout=before, pairs=False)] if before and not made.mixed else []
    contenders = [ours, *earlier] if warm_up else [ours, *earlier, *others]
    contenders = [
        contender for contender in contenders if made.passages <= (contender.passages or made.passages)
    ]
    _say(f"{made.passages} passages: ranking by words")
    size.rankings.extend(contest.compare(contenders, "syllables", source, folder, turns, first))
    if not made.mixed:
        _say(f"{made.passages} passages: ranking by words and pairs")
        contenders = [contender for contender in contenders if contender.pairs]
        size.rankings.extend(contest.compare(contenders, "pairs", source, folder, min(turns, FEWER)))
    yield size


def _stages(checkout: Path | None, work: Path) -> list[Costs]:
    """Return what the stages of a question cost in a *checkout*, or here; none if it cannot tell."""
    out = work / "stages.json"
    out.unlink(missing_ok=True)
    line: list[str | Path] = [sys.executable, "-m", "benchmarks.stages", "--out", out]
    subprocess.run(line, cwd=checkout, check=checkout is None)
    return TypeAdapter(list[Costs]).validate_json(out.read_bytes()) if out.exists() else []


def _run(stages: list[Costs], before: list[Costs]) -> Run:
    return Run(
        date=datetime.now(UTC).date().isoformat(),
        commit=_commit(),
        machine=_machine(),
        versions={name: version(name) for name in PACKAGES} | _built_in(),
        seconds=0.0,
        sizes=[],
        stages=stages,
        stages_before=before,
    )


def _built_in() -> dict[str, str]:
    return {"SQLite": sqlite3.sqlite_version, "Python": platform.python_version()}


def _machine() -> str:
    names = [
        line.partition(":")[2].strip()
        for line in Path("/proc/cpuinfo").read_text().splitlines()
        if line.startswith("model name")
    ]
    gigabytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / (1 << 30)
    return f"{len(names)} cores of {names[0]}, {gigabytes:.0f} GB, {platform.system()}"


def _commit() -> str:
    """Return the commit that was measured, with a plus where files differ from it."""

    def git(*arguments: str) -> str:
        done = subprocess.run(["git", *arguments], cwd=HERE, capture_output=True, text=True, check=False)
        return done.stdout.strip()

    changed = git("status", "--porcelain", "--", "../retrieval", "../bot", "*.py")
    return git("rev-parse", "--short", "HEAD") + ("+" if changed else "")


def _say(line: str) -> None:
    print(f"{datetime.now(UTC):%H:%M:%S} {line}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
