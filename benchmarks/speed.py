"""Print how long a question takes beside rank-bm25, over the same passages in the same run.

    python -m benchmarks.speed [CORPUS [QUERIES]] [--articles N]

CORPUS and QUERIES are JSON lines as for ``hoibao eval``; by default EVAL_DIR/scale_news is used.
"""

import argparse
import itertools
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import numpy as np
from rich.console import Console
from rich.table import Table

from benchmarks.peers import ReadmeBM25
from benchmarks.suites import EVAL_DIR
from retrieval.engine import Engine
from retrieval.index import Index
from retrieval.suite import read_corpus, read_questions

PEER_QUESTIONS = 30  # rank-bm25 takes long

Built = TypeVar("Built")


def main() -> int:
    """Measure and print one table."""
    options = _options()
    if not options.corpus.exists():
        print(f"{options.corpus} is not there: give a corpus of your own", file=sys.stderr)
        return 1
    articles = list(itertools.islice(read_corpus(options.corpus), options.articles))
    questions = [question.text for question in read_questions(options.queries)]
    ours_built, index = _timed(lambda: Index.build(articles, generation=0))
    ours = [ours_built, *_times(Engine(index).ask, questions)]
    texts = _passages(index)
    theirs_built, peer = _timed(lambda: ReadmeBM25(texts))
    theirs = [theirs_built, *_times(lambda question: peer.rank(question, 10), questions[:PEER_QUESTIONS])]
    table = Table(
        "engine", "build s", "p50 ms", "p99 ms", title=f"{len(articles)} articles, {len(texts)} passages"
    )
    table.add_row("hoibao, whole answer", *(f"{value:.1f}" for value in ours))
    table.add_row("rank-bm25, ranking only", *(f"{value:.1f}" for value in theirs))
    table.add_row("ratio", *(f"{a / b:.3f}" for a, b in zip(ours, theirs, strict=True)))
    Console().print(table)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpus", type=Path, nargs="?", default=EVAL_DIR / "scale_news" / "corpus.jsonl.xz")
    parser.add_argument("queries", type=Path, nargs="?", default=EVAL_DIR / "scale_news" / "queries.jsonl.xz")
    parser.add_argument("--articles", type=int, default=10_000)
    return parser.parse_args()


def _passages(index: Index) -> list[str]:
    spans = index.spans
    bounds = zip(spans.articles.tolist(), spans.starts.tolist(), spans.ends.tolist(), strict=True)
    return [index.archive[article].body[start:end] for article, start, end in bounds]


def _timed(build: Callable[[], Built]) -> tuple[float, Built]:
    """Return the seconds that *build* takes, and what it builds."""
    began = time.perf_counter()
    built = build()
    return time.perf_counter() - began, built


def _times(ask: Callable[[str], object], questions: list[str]) -> tuple[float, float]:
    """Return the median and the 99th percentile in milliseconds; the first question warms up."""
    ask(questions[0])
    times: list[float] = []
    for question in questions:
        began = time.perf_counter()
        ask(question)
        times.append((time.perf_counter() - began) * 1000)
    return float(np.percentile(times, 50)), float(np.percentile(times, 99))


if __name__ == "__main__":
    sys.exit(main())
