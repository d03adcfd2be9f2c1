"""Draw a run: what grows with the passages, log–log."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter

from benchmarks.growth.contest import CONTENDERS
from benchmarks.growth.material import Material
from benchmarks.growth.measured import Ranking, Run, Size
from benchmarks.growth.memory import MB

# Told apart without colour: by mark, dashes and grey.
_STYLES: dict[str, dict[str, Any]] = {
    "hoibao": {"color": "#b3002d", "marker": "o", "linewidth": 3.0},
    "answers": {
        "color": "#b3002d",
        "marker": "o",
        "linewidth": 3.0,
        "linestyle": ":",
        "markerfacecolor": "white",
    },
    "tantivy": {"color": "#1f4e79", "marker": "s", "linestyle": "--"},
    "bm25s_numba": {"color": "#3a7d44", "marker": "^", "linestyle": "-."},
    "bm25s": {"color": "#3a7d44", "marker": "v", "linestyle": (0, (1, 1))},
    "fts5": {"color": "#777777", "marker": "D", "linestyle": "--"},
    "rank_bm25": {"color": "#999999", "marker": "x", "linestyle": "-"},
}
_TITLES = {contender.engine: contender.title for contender in CONTENDERS} | {
    "hoibao": "Hỏi Báo, ranking",
    "answers": "Hỏi Báo, whole answer",
}

_PANELS: tuple[tuple[str, Callable[[Ranking], float], Callable[[Size], float]], ...] = (
    (
        "a question, p50, ms",
        lambda ranking: ranking.asking.headlines.p50,
        lambda size: size.service.answering.times.p50,
    ),
    (
        "a question, p99, ms",
        lambda ranking: ranking.asking.headlines.p99,
        lambda size: size.service.answering.times.p99,
    ),
    ("files, MB", lambda ranking: ranking.built.disk / MB, lambda size: size.service.built.disk / MB),
    (
        "opened, s",
        lambda ranking: ranking.asking.opening.opened,
        lambda size: size.service.answering.opening.opened,
    ),
    (
        "building, processor time, s",
        lambda ranking: ranking.built.done.processor,
        lambda size: size.service.built.done.processor,
    ),
    (
        "memory, answering, MB",
        lambda ranking: ranking.asking.memory.resident,
        lambda size: size.service.answering.memory.resident,
    ),
)


def draw(run: Run, path: Path) -> None:
    """Write the picture of *run* to *path*: six panels, readable on a phone and without colours."""
    with matplotlib.rc_context({"font.size": 14, "font.family": "DejaVu Sans"}):
        figure = Figure(figsize=(9, 14), dpi=110, layout="constrained")
        for axes, (title, of_ranking, of_size) in zip(figure.subplots(3, 2).flat, _PANELS, strict=True):
            _panel(axes, title, dict(_lines(run, of_ranking, of_size)))
            for size in run.sizes[-1:]:
                _mark_mixed(axes, size.material)
        handles, labels = figure.axes[0].get_legend_handles_labels()
        figure.legend(handles, labels, loc="outside upper center", ncols=2, frameon=False, handlelength=3.5)
        figure.savefig(path)


def _lines(
    run: Run, of_ranking: Callable[[Ranking], float], of_size: Callable[[Size], float]
) -> Iterator[tuple[str, list[tuple[int, float]]]]:
    """Yield each line's name and its points."""
    for name in _STYLES:
        if name == "answers":
            yield name, [(size.material.passages, of_size(size)) for size in run.sizes]
        else:
            yield (
                name,
                [
                    (size.material.passages, of_ranking(ranking))
                    for size in run.sizes
                    for ranking in size.rankings
                    if (ranking.engine, ranking.terms) == (name, "syllables")
                ],
            )


def _panel(axes: Axes, title: str, lines: dict[str, list[tuple[int, float]]]) -> None:
    for name, points in lines.items():
        style = {"linewidth": 1.8, "markersize": 8} | _STYLES[name]
        axes.plot(*zip(*points, strict=True), label=_TITLES[name], **style)
    axes.set(xscale="log", yscale="log", title=title, xlabel="passages")
    lowest, highest = axes.get_ylim()
    if highest < 50 * lowest:  # a single power of ten would be all that is named
        axes.yaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
    axes.grid(visible=True, which="major", color="#dddddd")
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(FuncFormatter(_plain))
        axis.set_minor_formatter(NullFormatter())


def _mark_mixed(axes: Axes, material: Material) -> None:
    """Shade where the corpus has fewer articles, and the rest are mixed."""
    if material.mixed:
        real = material.passages * (1 - material.mixed / material.articles)
        end = axes.get_xlim()[1]
        axes.axvspan(real, end, color="#f3f3f3", zorder=0)
        axes.set_xlim(right=end)
        axes.text(0.98, 0.02, "mixed", transform=axes.transAxes, ha="right", color="#777777", size=11)


def _plain(value: float, _position: int) -> str:
    """Return a tick's label: 10,000 as 10k, 0.1 as 0.1."""
    if value >= 1_000_000:
        return f"{value / 1_000_000:g}M"
    return f"{value / 1000:g}k" if value >= 1000 else f"{value:g}"
