"""Print how often the right article comes first, beside rank-bm25, on the labelled suites.

    python -m benchmarks.quality [SUITE …]

A suite is read from EVAL_DIR (default ../shared/eval); those that are not there are passed over and named.
"""

import sys

from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from benchmarks.peers import ReadmeBM25
from benchmarks.suites import EVAL_DIR, SUITES, Suite
from retrieval.evaluation import Evaluation, evaluate
from retrieval.suite import read_corpus, read_questions
from retrieval.text import without_accents

NO_FIGURE = "–"
PEER_QUESTIONS = 300  # evenly spaced; rank-bm25 takes long over a large corpus


def main(names: list[str]) -> int:
    """Measure the suites with these names, or all of them."""
    console = Console(width=110)
    unknown = [name for name in names if name not in SUITES]
    if unknown:
        print(f"no suite {', '.join(unknown)}: choose from {', '.join(SUITES)}", file=sys.stderr)
        return 2
    table = Table(
        "suite", "accents", "rank-bm25 r@1", "r@1", "r@5", "mrr@10", "excerpt@1", "@3", "auroc", "ms"
    )
    for name in names or SUITES:
        suite = SUITES[name]
        if not suite.is_here:
            console.print(f"{name}: skipped, its files are not in {EVAL_DIR}")
            continue
        for strip in (False, True):
            table.add_row(name, "no" if strip else "yes", *_row(suite, strip))
    if not table.rows:
        print(f"nothing to measure: set EVAL_DIR to a folder of suites, not {EVAL_DIR}", file=sys.stderr)
        return 1
    console.print(table)
    return 0


def _row(suite: Suite, strip: bool) -> list[str]:
    with Progress(transient=True, disable=not sys.stdout.isatty()) as bars:
        bar = bars.add_task(suite.queries)
        figures = evaluate(
            suite.corpus_paths,
            suite.queries_path,
            strip_accents=strip,
            titles=suite.titles,
            progress=lambda done, total: bars.update(bar, completed=done, total=total),
        )
    return [f"{_peer_r1(suite, strip):.3f}", *_cells(figures)]


def _cells(figures: Evaluation) -> list[str]:
    shares = [figures.r1, figures.r5, figures.mrr, figures.excerpt1, figures.excerpt3]
    shares.append(figures.abstention.auroc)
    return [*(_figure(share, ".3f") for share in shares), _figure(figures.ms_p50, ".1f")]


def _figure(value: float | None, form: str) -> str:
    return NO_FIGURE if value is None else format(value, form)


def _peer_r1(suite: Suite, strip: bool) -> float:
    articles = [one for path in suite.corpus_paths for one in read_corpus(path, titles=suite.titles)]
    peer = ReadmeBM25([f"{article.title} {article.body}".strip() for article in articles])
    questions = [question for question in read_questions(suite.queries_path) if not question.unanswerable]
    asked = questions[:: max(1, len(questions) // PEER_QUESTIONS)]
    right = 0
    for question in asked:
        text = without_accents(question.text) if strip else question.text
        right += articles[peer.rank(text, 1)[0]].id in question.relevant
    return right / len(asked)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
