"""Write the report of a run.

python -m benchmarks.growth.report [results.json]
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from benchmarks.growth import results
from benchmarks.growth.contest import BEFORE, CONTENDERS
from benchmarks.growth.measured import Ranking, Run, Size
from benchmarks.growth.memory import MB
from benchmarks.growth.picture import draw
from benchmarks.growth.wanted import ranking_of, wishes

TITLES = {contender.engine: contender.title for contender in CONTENDERS} | {BEFORE: "Hỏi Báo, before"}

_HEAD = """\
# Speed and size

Written by `make bench` (`benchmarks/growth/`), never by hand. {date}, commit {commit}; {machine}; {versions};
{minutes:.0f} minutes. Machines differ: what counts are the ratios, to Hỏi Báo's figure in the same column.

![A question's median and 99th percentile, files, opening, building and memory, by passages](results.png)

- All engines rank the **same passages, cut into the same terms**, with k1 = 1.2 and b = 0.75, each in two
  processes of its own: one builds, another opens what the first has written, and answers. Asked for are the
  ten best passages, by headlines, about ten words, and by the first three words of each that are not among
  the hundred commonest.
- Hỏi Báo's row is its ranking class alone, fed with lists of words as rank-bm25 is. What the whole takes,
  with an index that holds the articles too, stands below, "as a whole".
- A question's time is the median of five rounds. *±*: by how much the median of one round differs, the median
  again; *≈*: two engines differ by no more than that, which is noise. FTS5 (60 questions) and rank-bm25 (30)
  are asked once: read their p99 with care.
- *Same first*: how often an engine's first passage is Hỏi Báo's. FTS5 and rank-bm25 have another idf, tantivy
  rounds lengths.
- *Building*: from a file of terms to an index in files. *Opened*: in a new process that has loaded its
  libraries, files in the page cache; *first answer*: with the first question, for which numba's loops are
  loaded or compiled. *MB*: resident, libraries and mapped files included; the peak is that of all processes
  together.
"""


def written(run: Run) -> str:
    """Return the report as Markdown."""
    versions = ", ".join(f"{name} {version}" for name, version in run.versions.items())
    parts = [
        _HEAD.format(
            date=run.date,
            commit=run.commit,
            machine=run.machine,
            versions=versions,
            minutes=run.seconds / 60,
        ),
        _wishes(run),
    ]
    for size in reversed(run.sizes):
        parts += _size(size)
    return "\n".join(parts)


def _wishes(run: Run) -> str:
    rows = [[wish.wanted, wish.reached, "✓" if wish.holds else "✗"] for wish in wishes(run)]
    return "## Wanted and reached\n\n" + _table(["wanted", "reached", ""], rows)


def _size(size: Size) -> Iterator[str]:
    material = size.material
    mixed = f", {material.mixed:,} of them mixed from sentences of the others" if material.mixed else ""
    yield (
        f"## {material.passages:,} passages\n\n{material.articles:,} articles{mixed}; "
        f"{material.text_bytes / MB:,.0f} MB of text, {material.terms / 1e6:.1f} million words. To cut them "
        f"into passages and terms took {material.analysis_seconds:.1f} s, which counts for no engine.\n"
    )
    for terms, heading in (
        ("syllables", "Ranking by words"),
        ("pairs", "Ranking by words and pairs of words"),
    ):
        rows = [ranking for ranking in size.rankings if ranking.terms == terms]
        if ours := ranking_of(size, "hoibao", terms):
            yield f"### {heading}\n\n{_questions(rows, ours)}\n{_sizes(rows, ours, material.text_bytes)}"
    yield f"### Hỏi Báo as a whole\n\n{_service(size)}"


def _questions(rankings: Sequence[Ranking], ours: Ranking) -> str:
    columns: dict[str, Callable[[Ranking], float]] = {
        "p50 ms": lambda ranking: ranking.asking.headlines.p50,
        "p99 ms": lambda ranking: ranking.asking.headlines.p99,
        "3 words, p50 ms": lambda ranking: ranking.asking.short.p50,
        "3 words, p99 ms": lambda ranking: ranking.asking.short.p99,
    }
    spreads: dict[str, Callable[[Ranking], float]] = {
        "p50 ms": lambda ranking: ranking.asking.headlines.spread,
        "3 words, p50 ms": lambda ranking: ranking.asking.short.spread,
    }
    return _compared(
        rankings, ours, columns, spreads, "same first", lambda ranking: f"{_agreement(ranking, ours):.0%}"
    )


def _sizes(rankings: Sequence[Ranking], ours: Ranking, text: int) -> str:
    columns: dict[str, Callable[[Ranking], float]] = {
        "building s": lambda ranking: ranking.build,
        "its peak MB": lambda ranking: ranking.peak,
        "answering MB": lambda ranking: ranking.asking.memory.resident,
        "files MB": lambda ranking: ranking.disk / MB,
        "opened s": lambda ranking: ranking.asking.opening.opened,
        "first answer s": lambda ranking: ranking.asking.opening.answered,
    }
    return _compared(
        rankings, ours, columns, {}, "files / text", lambda ranking: f"{ranking.disk / text:.2f}"
    )


def _compared(
    rankings: Sequence[Ranking],
    ours: Ranking,
    columns: dict[str, Callable[[Ranking], float]],
    spreads: dict[str, Callable[[Ranking], float]],
    last: str,
    of: Callable[[Ranking], str],
) -> str:
    """Return a table with a row for each of *rankings*, and the ratio to *ours* behind each figure.

    *spreads* are what some columns differ by from round to round.
    """

    def cell(name: str, ranking: Ranking) -> str:
        value, spread = columns[name], spreads.get(name)
        noise = (spread(ranking), spread(ours)) if spread else (0.0, 0.0)
        return _beside(value(ranking), value(ours), ranking is ours, *noise)

    rows = [
        [TITLES[ranking.engine], *(cell(name, ranking) for name in columns), of(ranking)]
        for ranking in rankings
    ]
    return _table(["engine", *columns, last], rows)


def _service(size: Size) -> str:
    service, material = size.service, size.material
    answering, renewal = service.answering, service.renewal
    index_rate, reload_rate = (material.articles / taken for taken in (service.index, service.reload))
    rows = [
        [
            "a question, p50 / p99",
            f"{_number(answering.times.p50)} ± {_number(answering.times.spread)} / "
            f"{_number(answering.times.p99)} ms",
        ],
        *(
            [
                [
                    "the same, before",
                    f"{_number(before.p50)} ± {_number(before.spread)} / {_number(before.p99)} ms",
                ]
            ]
            if (before := service.before)
            else []
        ),
        ["ten at once, with workers", f"{answering.ten_at_once:.1f} × the time of one"],
        [
            "memory of the process that answers",
            f"{answering.memory.resident:,.0f} MB, {answering.memory.own:,.0f} MB of it not in files",
        ],
        [
            "opened / first answer",
            f"{_number(answering.opening.opened)} / {_number(answering.opening.answered)} s",
        ],
        [
            "JSON lines → index in files",
            f"{service.index:.1f} s: {index_rate:,.0f} articles/s; peak {service.index_peak:,.0f} MB",
        ],
        [
            "the same by tantivy, for whole articles and words only",
            f"{service.tantivy:.1f} s: {service.tantivy / service.index:.2f} × as long",
        ],
        [
            "the same by tantivy, for the same passages, words and pairs",
            f"{service.tantivy_alike:.1f} s: {service.tantivy_alike / service.index:.2f} × as long",
        ],
        [
            "index in files",
            f"{service.disk / MB:,.0f} MB: {service.disk / material.text_bytes:.2f} × the text",
        ],
        [
            "`hoibao reload` of all, from start to end",
            f"{service.reload:.1f} s: {reload_rate:,.0f} articles/s; peak {service.reload_peak:,.0f} MB",
        ],
        ["100 new articles, until another process finds them", f"{_number(renewal.found)} s"],
        [
            "questions meanwhile, p50 / p99",
            f"{_number(renewal.meanwhile.p50)} / {_number(renewal.meanwhile.p99)} ms; "
            f"without a reload {_number(renewal.idle.p50)} / {_number(renewal.idle.p99)} ms; "
            f"{renewal.failed} of {renewal.asked:,} failed",
        ],
    ]
    return _table(["", "words and pairs, rerank, excerpt"], rows)


def _agreement(ranking: Ranking, ours: Ranking) -> float:
    same = [mine == theirs for mine, theirs in zip(ours.asking.best, ranking.asking.best, strict=False)]
    return sum(same) / len(same)


def _beside(value: float, ours: float, is_ours: bool, spread: float, our_spread: float) -> str:
    around = f" ± {_number(spread)}" if spread else ""
    if is_ours:
        return f"**{_number(value)}**{around}"
    noise = spread + our_spread
    is_noise = noise > 0 and abs(value - ours) <= noise
    return f"{_number(value)}{around} ({'≈' if is_noise else f'{_ratio(value / ours)}×'})"


def _number(value: float) -> str:
    """Return *value* with two digits or three."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}" if value >= 0.1 else f"{value:.2g}"


def _ratio(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 else f"{value:.2g}"


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [headings, ["---", *["---:"] * (len(headings) - 1)], *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def main(path: Path) -> None:
    """Write the report of the run in *path* beside it."""
    run = results.read(path)
    path.with_name("RESULTS.md").write_text(written(run), encoding="utf-8")
    draw(run, path.with_name("results.png"))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[1] / "results.json")
