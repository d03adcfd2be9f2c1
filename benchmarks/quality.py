"""Print the quality of answers on the labelled suites, beside peers; check floors, and mark targets.

    python -m benchmarks.quality [--pin] [SUITE …]

A suite is read from EVAL_DIR (default ../shared/eval); those that are not there are passed over and named.
Ends with 1 where a figure is below its floor. ``--pin`` makes floors of what was measured instead.
"""

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from rich import box
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from benchmarks import bars, speed
from benchmarks.figures import Figures, Measured, measured
from benchmarks.peers import PEERS, Peer
from benchmarks.shipped import shipped
from benchmarks.suites import EVAL_DIR, SUITES, Suite
from retrieval.answering.engine import Engine
from retrieval.article import Article
from retrieval.evaluation.measure import Evaluation
from retrieval.evaluation.suite import Question
from retrieval.indexing import writer
from retrieval.text.canonical import without_accents

NO_FIGURE = "–"
# Questions of a large suite that peers are asked, about; evenly spaced, since rank-bm25 takes long.
SAMPLE = 300

Pair = tuple[float | None, float | None]  # as typed, accents stripped


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """The figures of one suite."""

    all: Measured  # all its questions
    sample: Measured  # those that the peers were asked too; of a small suite all that can be answered
    asked: int  # questions in it
    peers: tuple[Pair, ...]  # R@1 of each of ``PEERS``


def main(arguments: Sequence[str]) -> int:
    """Measure the suites named in *arguments*, or all, and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("suites", nargs="*", metavar="SUITE", help=", ".join(SUITES))
    parser.add_argument("--pin", action="store_true", help="write floors.toml from what is measured")
    options = parser.parse_args(arguments)
    if unknown := [name for name in options.suites if name not in SUITES]:
        parser.error(f"no suite {', '.join(unknown)}: choose from {', '.join(SUITES)}")
    console = Console(width=120)
    results = dict(_results(options.suites or list(SUITES), console))
    if not results:
        print(f"nothing to measure: set EVAL_DIR to a folder of suites, not {EVAL_DIR}", file=sys.stderr)
        return 1
    console.print(_right_article(results), _answers(results))
    figures = {name: result.all.figures for name, result in results.items()}
    if not options.suites and speed.CORPUS.exists():
        figures["scale_news"] = speed.figures()
    console.print(_targets(figures))
    if options.pin:
        bars.pin({name: figures[name] for name in results}, SUITES)
        console.print(f"{bars.FLOORS} is written: read the difference, then commit it.")
        return 0
    return _floors(results, console)


def _results(names: Sequence[str], console: Console) -> Iterator[tuple[str, Result]]:
    """Yield the result of each suite that is there; those with the same corpora share one index."""
    here = [name for name in names if SUITES[name].is_here]
    for name in names:
        if name not in here:
            console.print(f"{name}: skipped, its files are not in {EVAL_DIR}")
    for _, group in groupby(here, key=lambda name: (SUITES[name].corpora, SUITES[name].titles)):
        suites = list(group)
        articles = SUITES[suites[0]].articles()
        engine = shipped(writer.build(articles, generation=0))
        peers = [peer([(article.title, article.body) for article in articles]) for peer in PEERS]
        for name in suites:
            began = time.perf_counter()
            yield name, _result(SUITES[name], engine, articles, peers)
            print(f"{name}: {time.perf_counter() - began:.0f} s", file=sys.stderr)


def _result(suite: Suite, engine: Engine, articles: list[Article], peers: list[Peer]) -> Result:
    questions = suite.questions()
    answerable = [question for question in questions if not question.unanswerable]
    sample = answerable[:: max(1, len(answerable) // SAMPLE)] if suite.large else answerable
    with Progress(transient=True, disable=not sys.stdout.isatty()) as progress:
        bar = progress.add_task(suite.queries)
        every = measured(
            engine,
            questions,
            accents=suite.accents,
            progress=lambda done, total: progress.update(bar, completed=done, total=total),
        )
    return Result(
        all=every,
        sample=measured(engine, sample, accents=suite.accents) if suite.large else every,
        asked=len(sample),
        peers=tuple(_peer_r1(peer, articles, sample, accents=suite.accents) for peer in peers),
    )


def _peer_r1(peer: Peer, articles: list[Article], sample: list[Question], *, accents: bool) -> Pair:
    def share(texts: list[str]) -> float:
        first = [[articles[number].id for number in peer.rank(text, 1)] for text in texts]
        right = [not question.relevant.isdisjoint(ids) for question, ids in zip(sample, first, strict=True)]
        return sum(right) / len(right)

    typed = [question.text for question in sample]
    return share(typed), share([without_accents(text) for text in typed]) if accents else None


def _right_article(results: dict[str, Result]) -> Table:
    table = _table(
        *("suite", *(peer.name for peer in PEERS), "hoibao", "questions", "hoibao, all questions"),
        title="The right article first: R@1 (accents stripped from the question)",
    )
    for name, result in results.items():
        pairs = [*result.peers, _r1(result.sample)]
        table.add_row(name, *map(_pair, pairs), str(result.asked), _pair(_r1(result.all)))
    return table


def _r1(measured: Measured) -> Pair:
    return measured.typed.r1, measured.stripped.r1 if measured.stripped else None


def _answers(results: dict[str, Result]) -> Table:
    table = _table(
        *(
            "suite",
            "r@1",
            "r@5",
            "mrr@10",
            "excerpt@1",
            "@3",
            "auroc",
            "answered",
            "refused",
            "p50 ms",
            "p99 ms",
        ),
        title="Hỏi Báo on all questions",
    )
    for name, result in results.items():
        table.add_row(name, *_cells(result.all.typed))
        if result.all.stripped:
            table.add_row(f"{name}, stripped", *_cells(result.all.stripped))
    return table


def _cells(evaluation: Evaluation) -> list[str]:
    abstention = evaluation.abstention
    shares = [
        evaluation.r1,
        evaluation.r5,
        evaluation.mrr,
        evaluation.excerpt1,
        evaluation.excerpt3,
        abstention.auroc,
    ]
    shares += [abstention.answered_share, abstention.unanswerable_rejected]
    return [*map(_figure, shares), _time(evaluation.ms_p50), _time(evaluation.ms_p99)]


def _targets(figures: dict[str, Figures]) -> Table:
    table = _table("suite", "figure", "target", "measured", "reached", title="Targets")
    for bar in bars.targets(figures):
        target = f"{'≤' if bar.figure in bars.AT_MOST else '≥'} {_figure(bar.limit)}"
        table.add_row(bar.suite, bar.figure, target, _figure(bar.measured), "yes" if bar.holds else "NO")
    return table


def _floors(results: dict[str, Result], console: Console) -> int:
    broken = [
        line
        for name, result in results.items()
        for line in bars.broken_floors(name, SUITES[name], result.all.figures)
    ]
    for line in broken:
        print(f"floor broken: {line}", file=sys.stderr)
    if not broken:
        console.print("All floors hold.")
    return 1 if broken else 0


def _table(*headings: str, title: str) -> Table:
    return Table(*headings, title=title, title_justify="left", box=box.SIMPLE)


def _pair(pair: Pair) -> str:
    typed, stripped = pair
    return _figure(typed) if stripped is None else f"{_figure(typed)} ({_figure(stripped)})"


def _figure(value: float | None) -> str:
    return NO_FIGURE if value is None else f"{value:.3f}"


def _time(milliseconds: float | None) -> str:
    return NO_FIGURE if milliseconds is None else f"{milliseconds:.1f}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
