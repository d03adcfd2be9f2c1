"""Bars for the figures: floors that must hold, and targets to reach.

``floors.toml`` and ``targets.toml`` give bars by suite and figure (``figures.py`` names them). A bar is the
least that a figure may be; of those in ``AT_MOST`` it is the most. Floors go with the SHA-256 of the suite's
files, and are written by ``python -m benchmarks.quality --pin``, never by hand.
"""

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from benchmarks.figures import Figures

FLOORS = Path(__file__).with_name("floors.toml")
TARGETS = Path(__file__).with_name("targets.toml")

AT_MOST = {"stripped_loss", "ms"}
PINNED = ("r1", "r1_stripped", "excerpt1", "excerpt3", "auroc", "answered", "refused", "right", "follow_ups")

# Questions by which a floor lies below what was measured: machines differ in the last digit.
ROOM = 2

_HEAD = """\
# What no change may let a suite fall below. Written by `python -m benchmarks.quality --pin`, never by hand;
# `tests/benchmarks/test_floors.py` checks the small suites, `make eval` all of them. Read benchmarks/bars.py.
"""


class Hashed(Protocol):
    """Labelled files, with the SHA-256 of each."""

    @property
    def hashes(self) -> dict[str, str]:
        """Return the SHA-256 of each file, by its name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A figure of a suite, and what it should be."""

    suite: str
    figure: str
    limit: float
    measured: float | None  # None: the suite cannot say

    @property
    def holds(self) -> bool:
        """Whether the figure is on the right side of its limit, or on it."""
        if self.measured is None:
            return False
        short = self.measured - self.limit if self.figure in AT_MOST else self.limit - self.measured
        return short < 1e-9

    def __str__(self) -> str:
        side = "at most" if self.figure in AT_MOST else "at least"
        shown = "not measured" if self.measured is None else f"{self.measured:.4f}"
        return f"{self.suite}: {self.figure} is {shown}, should be {side} {self.limit:.3f}"


def targets(measured: Mapping[str, Figures]) -> list[Bar]:
    """Return the targets of the suites that were *measured*."""
    table = tomllib.loads(TARGETS.read_text(encoding="utf-8"))
    return [
        bar for suite, limits in table.items() if suite in measured for bar in _bars(suite, limits, measured)
    ]


def broken_floors(name: str, suite: Hashed, figures: Figures, path: Path = FLOORS) -> list[str]:
    """Return a line for each floor of the suite that does not hold, or why none can be compared."""
    floors = tomllib.loads(path.read_text(encoding="utf-8")).get(name)
    if floors is None:
        return [f"{name}: has no floors yet; pin them"]
    if floors.pop("sha256") != suite.hashes:
        return [f"{name}: its files are not those that its floors were pinned with"]
    return [str(bar) for bar in _bars(name, floors, {name: figures}) if not bar.holds]


def pin(measured: Mapping[str, Figures], suites: Mapping[str, Hashed], path: Path = FLOORS) -> None:
    """Write the floors of the suites that were *measured*; other suites keep theirs."""
    floors = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    for name, figures in measured.items():
        floors[name] = {figure: _floor(figures, figure) for figure in PINNED if figure in figures}
        floors[name]["sha256"] = suites[name].hashes
    text = "".join(_section(name, section) for name, section in floors.items())
    path.write_text(_HEAD + text, encoding="utf-8")


def _bars(suite: str, limits: Mapping[str, float], measured: Mapping[str, Figures]) -> list[Bar]:
    figures = measured[suite]
    return [
        Bar(suite=suite, figure=figure, limit=limit, measured=figures.get(figure))
        for figure, limit in limits.items()
    ]


def _floor(figures: Figures, figure: str) -> float:
    room = ROOM / figures["queries"]
    return max(0, math.floor((figures[figure] - room) * 1000)) / 1000


def _section(name: str, floors: Mapping[str, float | dict[str, str]]) -> str:
    lines = [f"\n[{name}]"]
    for figure, limit in floors.items():
        if isinstance(limit, dict):
            lines.append(f"[{name}.{figure}]")
            lines += [f'"{file}" = "{digest}"' for file, digest in limit.items()]
        else:
            lines.append(f"{figure} = {limit:.3f}")
    return "\n".join(lines) + "\n"
