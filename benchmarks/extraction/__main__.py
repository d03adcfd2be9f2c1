"""Print how well pages are read, beside other readers; check floors.

    python -m benchmarks.extraction [--pin] [--worst N]

Ends with 1 if a figure is below its floor. ``--pin`` makes floors of what was measured instead.
"""

import argparse
import hashlib
import json
import logging
import sys
import tomllib
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table

from benchmarks.extraction.cases import cases, faults
from benchmarks.extraction.pages import LabelledPage, pages
from benchmarks.extraction.readers import READERS, Reading
from benchmarks.extraction.scores import Scores, f1, is_author, is_title, scores

FLOORS = Path(__file__).with_name("floors.toml")
AT_MOST = ("taken_in", "lost")
ROOM = 0.005  # by which a floor lies below what was measured: libraries change in the last digit


def main(arguments: Sequence[str]) -> int:
    """Measure, print, and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--pin", action="store_true", help="write floors.toml from what is measured")
    parser.add_argument(
        "--worst", type=int, default=0, metavar="N", help="name the N pages that are read worst"
    )
    options = parser.parse_args(arguments)
    logging.disable(logging.CRITICAL)  # the peers complain about pages that they cannot read
    console = Console(width=120)
    labelled = pages()
    readings = {name: [_reading(name, page) for page in labelled] for name in READERS}
    own = readings["hoibao"]
    console.print(_table(labelled, readings))
    wrong = {case.name: found for case in cases() if (found := faults(case))}
    console.print(f"cases: {len(cases()) - len(wrong)} of {len(cases())} come as they should")
    for name, found in wrong.items():
        console.print(f"  {name}: {'; '.join(found)}", highlight=False, markup=False)
    for line in _worst(labelled, own)[: options.worst]:
        console.print(line, highlight=False, markup=False)
    measured = scores(labelled, own)
    if options.pin:
        FLOORS.write_text(_pinned(measured, labelled), encoding="utf-8")
        console.print(f"{FLOORS} is written: read the difference, then commit it.")
        return 0
    broken = below_floors(measured, labelled)
    for line in broken:
        console.print(line, style="red")
    return 1 if broken else 0


def below_floors(measured: Scores, labelled: Sequence[LabelledPage]) -> list[str]:
    """Return what is wrong with *measured*, a line each: figures below their floors, or other pages."""
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
    if floors.pop("sha256") != _digest(labelled):
        return ["the pages have changed: pin the floors anew"]
    values = asdict(measured)
    return [
        f"{name} is {values[name]:.3f}, should be at {'most' if name in AT_MOST else 'least'} {limit}"
        for name, limit in floors.items()
        if (values[name] > limit if name in AT_MOST else values[name] < limit)
    ]


def _reading(name: str, page: LabelledPage) -> Reading:
    try:
        return READERS[name](page.html)
    except Exception as error:  # a peer that fails on a page has not read it
        print(f"{name} failed on {page.name}: {error!r}", file=sys.stderr)
        return Reading()


def _table(labelled: Sequence[LabelledPage], readings: dict[str, list[Reading]]) -> Table:
    names = ("body F1", "title", "date", "author", "taken in", "lost", "body F1, unseen", "title, unseen")
    table = Table("reader", *names, title=f"{len(labelled)} pages", box=box.SIMPLE)
    unseen = [number for number, page in enumerate(labelled) if not page.seen]
    for name, read in readings.items():
        every = scores(labelled, read)
        late = scores([labelled[number] for number in unseen], [read[number] for number in unseen])
        shares = (every.body, every.title, every.published, every.author)
        counts = (str(every.taken_in), str(every.lost))
        table.add_row(name, *(f"{s:.3f}" for s in shares), *counts, f"{late.body:.3f}", f"{late.title:.3f}")
    return table


def _worst(labelled: Sequence[LabelledPage], readings: Sequence[Reading]) -> list[str]:
    lines = []
    for page, reading in zip(labelled, readings, strict=True):
        value = f1(reading.body, page.body) if page.is_article else float(not reading.body)
        faults = []
        if page.is_article and not is_title(reading.title, page.title):
            faults.append(f"title {reading.title!r}")
        if page.is_article and reading.published != page.published:
            faults.append(f"date {reading.published}")
        if page.is_article and not is_author(reading.author, page.author):
            faults.append(f"author {reading.author!r}")
        if value < 1 or faults:
            lines.append((value - len(faults), f"{page.name}: F1 {value:.2f} {'; '.join(faults)}"))
    return [line for _, line in sorted(lines)]


def _pinned(measured: Scores, labelled: Sequence[LabelledPage]) -> str:
    head = "# What no change may fall below. Written by `python -m benchmarks.extraction --pin`.\n"
    floors = {
        name: value if name in AT_MOST else round(max(0.0, value - ROOM), 3)
        for name, value in asdict(measured).items()
        if name != "pages"
    }
    return (
        head
        + "".join(f"{name} = {value}\n" for name, value in floors.items())
        + f'sha256 = "{_digest(labelled)}"\n'
    )


def _digest(labelled: Sequence[LabelledPage]) -> str:
    rows = [
        [page.name, page.html, page.title, page.body, str(page.published), page.author] for page in labelled
    ]
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
