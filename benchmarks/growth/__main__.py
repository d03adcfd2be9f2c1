"""Measure, and write the report."""

import argparse
import os
import platform
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from benchmarks.growth import contest, material, results, service
from benchmarks.growth.measured import Run, Size
from benchmarks.growth.picture import draw
from benchmarks.growth.report import TITLES, written
from benchmarks.speed import CORPUS, QUERIES

HERE = Path(__file__).parents[1]
WARM_UP = 500  # passages: numba compiles before anything counts
PACKAGES = ("numpy", "numba", "rank-bm25", "bm25s", "tantivy")


def main() -> int:
    """Measure each size, smallest first; what is measured is written after each."""
    options = _options()
    if not options.corpus.exists():
        print(f"{options.corpus} is not there: give a corpus of your own", file=sys.stderr)
        return 1
    began = time.perf_counter()
    sizes: list[Size] = []
    options.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=options.work) as folder, _checkout(options, Path(folder)) as before:
        _measure(options, WARM_UP, Path(folder), before, only="hoibao")
        for passages in options.sizes:
            sizes.append(_measure(options, passages, Path(folder), before))
            run = _run(sizes, time.perf_counter() - began)
            results.save(run, options.out / "results.json")
            (options.out / "RESULTS.md").write_text(written(run), encoding="utf-8")
            draw(run, options.out / "results.png")
    return 0


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
    parser.add_argument("--work", type=Path, help="a folder for some GB; default: the system's temporary one")
    parser.add_argument("--out", type=Path, default=HERE, help="where the report goes; default %(default)s")
    return parser.parse_args()


def _sizes(text: str) -> list[int | None]:
    return [None if size == "all" else int(size) for size in text.split(",")]


@contextmanager
def _checkout(options: argparse.Namespace, folder: Path) -> Iterator[Path | None]:
    """Give the folder of the version before, if it is asked for."""
    if options.before is None:
        yield None
        return
    checkout = folder / "before"
    subprocess.run(
        ["git", "worktree", "add", "--quiet", "--detach", checkout, options.before], cwd=HERE, check=True
    )
    try:
        yield checkout
    finally:
        subprocess.run(["git", "worktree", "remove", "--force", checkout], cwd=HERE, check=True)


def _measure(
    options: argparse.Namespace, passages: int | None, folder: Path, before: Path | None, only: str = ""
) -> Size:
    """Measure one size; *only* one engine, or all."""
    path = folder / "material"
    _say(f"{passages or 'all'} passages: articles are cut")
    made = material.prepare(options.corpus, options.queries, passages, path)
    ours, *others = contest.CONTENDERS
    contenders = [ours, *([replace(ours, checkout=before)] if before else []), *others]
    rankings = []
    for terms in ("syllables", "pairs"):
        for contender in contenders:
            if only not in ("", contender.engine) or (terms == "pairs" and not contender.pairs):
                continue
            if contender.passages and made.passages > contender.passages:
                continue
            _say(f"{made.passages} passages: {TITLES[contender.name]}, {terms}")
            rankings.append(contest.measure(contender, terms, path, folder / "engine"))
    _say(f"{made.passages} passages: whole answers, reloads")
    return Size(material=made, rankings=rankings, service=service.measure(path, folder / "service", before))


def _run(sizes: list[Size], seconds: float) -> Run:
    return Run(
        date=datetime.now(UTC).date().isoformat(),
        commit=_commit(),
        machine=_machine(),
        versions={name: version(name) for name in PACKAGES} | _built_in(),
        seconds=seconds,
        sizes=sizes,
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
