"""Write the report of a run.

python -m benchmarks.growth.report [results.json]
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from benchmarks.growth import results
from benchmarks.growth.contest import BEFORE, CONTENDERS
from benchmarks.growth.material import Material
from benchmarks.growth.measured import Answering, Built, Ranking, Real, Run, Size
from benchmarks.growth.memory import MB
from benchmarks.growth.picture import draw
from benchmarks.growth.timing import Times
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
- Hỏi Báo's row is its ranking class alone, fed with lists of words as rank-bm25 is. It adds plain words up by
  grades (`kernels/grades.py`); the bot's questions, whose words have several forms, go through
  `kernels/maxscore.py`. What the whole takes, with an index that holds the articles too, stands below, "as a
  whole".
- A question's time is the median of three in one process; p50 and p99 are the medians of five processes
  (with pairs, or of mixed articles: three), which take turns with those of the other engines. *±*: by how
  much one process differs, the median again; *≈*: two engines differ by no more than that, which is noise.
  bm25s with NumPy (100 questions), FTS5 (60) and rank-bm25 (30) are asked once: read their p99 with care.
- *Same first*: how often an engine's first passage is Hỏi Báo's. FTS5 and rank-bm25 have another idf, tantivy
  rounds lengths.
- *Building*: from a file of terms to an index in files, once; both kinds of bm25s open the same one.
  *Opened*: in a new process that has loaded its libraries, files in the page cache; *first answer*: with the
  first question, for which numba's loops are loaded or compiled. *MB*: resident, libraries and mapped files
  included; the peak is that of all processes together.
- Articles that the corpus lacks are mixed from its sentences: no new words come, as in real news. With these,
  ranking by pairs, peers that index whole articles, reloads and the version before are left out, as are
  engines that take longer than they are worth (FTS5, bm25s with NumPy, rank-bm25) or more memory than there
  is (bm25s: 4.6 GB for a million passages in building).
"""


def written(run: Run) -> str:
    """Return the report as Markdown."""
    versions = ", ".join(f"{name} {version}" for name, version in run.versions.items())
    parts: list[str] = [
        _HEAD.format(
            date=run.date,
            commit=run.commit,
            machine=run.machine,
            versions=versions,
            minutes=run.seconds / 60,
        ),
        _wishes(run),
        *_stages(run),
    ]
    for size in reversed(run.sizes):
        parts += _size(size)
    return "\n".join(parts)


def _wishes(run: Run) -> str:
    rows = [[wish.wanted, wish.reached, "✓" if wish.holds else "✗"] for wish in wishes(run)]
    return "## Wanted and reached\n\n" + _table(["wanted", "reached", ""], rows)


def _stages(run: Run) -> Iterator[str]:
    """Yield a table for each kind of question: what its stages cost, now and before."""
    before = {costs.title: {stage.name: stage for stage in costs.stages} for costs in run.stages_before}
    for costs in run.stages:
        rows = []
        for stage in costs.stages:
            earlier = before.get(costs.title, {}).get(stage.name)
            rows.append(
                [
                    stage.name,
                    f"{stage.ms:.2f}",
                    f"{stage.times:.2f}" if stage.times else "",
                    f"{earlier.ms:.2f}" if earlier else "–",
                ]
            )
        table = _table(["", "ms", "times", "before, ms"], rows)
        yield f"### What a question costs: {costs.title}, {costs.questions}\n\n{table}"


def _size(size: Size) -> Iterator[str]:
    material = size.material
    mixed = f", {material.mixed:,} of them mixed from sentences of the others" if material.mixed else ""
    yield (
        f"## {material.passages:,} passages\n\n{material.articles:,} articles{mixed}; "
        f"{material.text_bytes / MB:,.0f} MB of text, {material.terms / 1e6:.1f} million words.\n"
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
        "p99 ms": lambda ranking: ranking.asking.headlines.spread99,
        "3 words, p50 ms": lambda ranking: ranking.asking.short.spread,
        "3 words, p99 ms": lambda ranking: ranking.asking.short.spread99,
    }
    return _compared(
        rankings, ours, columns, spreads, "same first", lambda ranking: f"{_agreement(ranking, ours):.0%}"
    )


def _sizes(rankings: Sequence[Ranking], ours: Ranking, text: int) -> str:
    columns: dict[str, Callable[[Ranking], float]] = {
        "building s": lambda ranking: ranking.built.done.seconds,
        "its processor time s": lambda ranking: ranking.built.done.processor,
        "its peak MB": lambda ranking: ranking.built.done.peak,
        "answering MB": lambda ranking: ranking.asking.memory.resident,
        "files MB": lambda ranking: ranking.built.disk / MB,
        "opened s": lambda ranking: ranking.asking.opening.opened,
        "first answer s": lambda ranking: ranking.asking.opening.answered,
    }
    return _compared(
        rankings, ours, columns, {}, "files / text", lambda ranking: f"{ranking.built.disk / text:.2f}"
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

    *spreads* are what some columns differ by from process to process.
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
    service, before = size.service, size.service.before
    ours = [*_answers(service.answering, None), *_building(service.built, size.material)]
    theirs = [
        *(_answers(before.answering, service.answering.times) if before else ()),
        *(_building(before.built, size.material) if before else ()),
    ]
    rows = [[*row, theirs[at][1]] if theirs else list(row) for at, row in enumerate(ours)]
    if service.real:
        more = _real(service.real, service.built.done.seconds, size.material)
        rows += [[*row, ""] if theirs else list(row) for row in more]
    return _table(["", "words and pairs, rerank, excerpt", *(["before"] if theirs else [])], rows)


def _answers(answering: Answering, ours: Times | None) -> Iterator[tuple[str, str]]:
    yield "a question, p50 / p99", _times(answering.times, ours)
    yield "ten at once, with workers", f"{answering.ten_at_once:.1f} × the time of one"
    yield (
        "memory of the process that answers",
        f"{answering.memory.resident:,.0f} MB, {answering.memory.own:,.0f} MB of it not in files",
    )
    yield (
        "opened / first answer",
        f"{_number(answering.opening.opened)} / {_number(answering.opening.answered)} s",
    )


def _building(built: Built, material: Material) -> Iterator[tuple[str, str]]:
    done, rate = built.done, material.articles / built.done.seconds
    earlier = f", by {built.before_by}, beside other work" if built.before_by else ""
    yield (
        "JSON lines → index in files",
        f"{done.seconds:.1f} s, {done.processor:.1f} s of processor time{earlier}: {rate:,.0f} articles/s; "
        f"peak {done.peak:,.0f} MB",
    )
    yield "index in files", f"{built.disk / MB:,.0f} MB: {built.disk / material.text_bytes:.2f} × the text"


def _real(real: Real, index: float, material: Material) -> Iterator[tuple[str, str]]:
    renewal, reload = real.renewal, real.reload
    yield (
        "tantivy: lines → index, whole articles, words only",
        f"{real.tantivy:.1f} s: {real.tantivy / index:.2f} × as long",
    )
    yield (
        "tantivy: the same passages, words and pairs",
        f"{real.tantivy_alike:.1f} s: {real.tantivy_alike / index:.2f} × as long",
    )
    yield (
        "`hoibao reload` of all, from start to end",
        f"{reload.seconds:.1f} s, {reload.processor:.1f} s of processor time: "
        f"{material.articles / reload.seconds:,.0f} articles/s; peak {reload.peak:,.0f} MB",
    )
    yield "100 new articles, until another process finds them", f"{_number(renewal.found)} s"
    yield (
        "questions meanwhile, p50 / p99",
        f"{_number(renewal.meanwhile.p50)} / {_number(renewal.meanwhile.p99)} ms; "
        f"without a reload {_number(renewal.idle.p50)} / {_number(renewal.idle.p99)} ms; "
        f"{renewal.failed} of {renewal.asked:,} failed",
    )


def _times(times: Times, ours: Times | None) -> str:
    beside = ours or times
    p50 = _beside(times.p50, beside.p50, ours is None, times.spread, beside.spread)
    p99 = _beside(times.p99, beside.p99, ours is None, times.spread99, beside.spread99)
    return f"{p50} / {p99} ms"


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
