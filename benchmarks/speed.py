"""Print how long a question takes beside the peers, over the same passages in the same run.

    python -m benchmarks.speed [CORPUS [QUERIES]] [--passages N]

CORPUS and QUERIES are JSON lines as for ``hoibao eval``; by default EVAL_DIR/scale_news is used.
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
from rich.console import Console
from rich.table import Table

from benchmarks.figures import Figures
from benchmarks.peers import PEERS, Peer
from benchmarks.shipped import shipped
from benchmarks.suites import EVAL_DIR
from retrieval.article import Article
from retrieval.index import Index
from retrieval.passage import TARGET_WORDS
from retrieval.suite import read_corpus, read_questions

CORPUS = EVAL_DIR / "scale_news" / "corpus.jsonl.xz"
QUERIES = EVAL_DIR / "scale_news" / "queries.jsonl.xz"
PASSAGES = 50_000  # a provincial portal's articles of several years
PEER_QUESTIONS = 30  # rank-bm25 takes long

Built = TypeVar("Built")


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """How long an engine took."""

    seconds: float  # to build its index
    p50: float  # milliseconds a question: the median
    p99: float  # and the 99th percentile


def main() -> int:
    """Measure and print one table."""
    options = _options()
    if not options.corpus.exists():
        print(f"{options.corpus} is not there: give a corpus of your own", file=sys.stderr)
        return 1
    articles = list(_first(options.corpus, options.passages))
    questions = _texts(options.queries)
    ours, index = _ours(articles, questions)
    passages = _passages(index)
    table = Table(
        *("engine", "build s", "p50 ms", "p99 ms", "p50 to hoibao's"),
        title=f"{len(articles)} articles, {len(passages)} passages",
    )
    table.add_row("hoibao, whole answer", *_cells(ours), "1.00")
    for peer in PEERS:
        theirs = _theirs(peer, passages, questions[:PEER_QUESTIONS])
        table.add_row(f"{peer.name}, ranking only", *_cells(theirs), f"{theirs.p50 / ours.p50:.2f}")
    Console().print(table)
    return 0


def figures() -> Figures:
    """Return the median time of hoibao's answers on about ``PASSAGES`` passages of news."""
    ours, _ = _ours(list(_first(CORPUS, PASSAGES)), _texts(QUERIES))
    return {"ms": ours.p50}


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpus", type=Path, nargs="?", default=CORPUS)
    parser.add_argument("queries", type=Path, nargs="?", default=QUERIES)
    parser.add_argument("--passages", type=int, default=PASSAGES, help="about so many; default %(default)s")
    return parser.parse_args()


def _first(corpus: Path, passages: int) -> Iterator[Article]:
    """Yield the first articles of *corpus*, as many as make about so many *passages*."""
    made = 0
    for article in read_corpus(corpus):
        if made >= passages:
            return
        made += max(1, round(len(article.body.split()) / TARGET_WORDS))
        yield article


def _texts(queries: Path) -> list[str]:
    return [question.text for question in read_questions(queries)]


def _ours(articles: list[Article], questions: list[str]) -> tuple[Times, Index]:
    seconds, index = _timed(lambda: Index.build(articles, generation=0))
    return _times(seconds, shipped(index).ask, questions), index


def _theirs(kind: type[Peer], passages: list[tuple[str, str]], questions: list[str]) -> Times:
    seconds, peer = _timed(lambda: kind(passages))
    return _times(seconds, lambda question: peer.rank(question, 10), questions)


def _passages(index: Index) -> list[tuple[str, str]]:
    """Return what the peers rank: the same passages, without a title."""
    return [
        ("", body[start:end])
        for article in index.articles.tolist()
        for body in [index.article(article).body]
        for start, end in map(index.span_of, index.passages_of(article).tolist())
    ]


def _timed(build: Callable[[], Built]) -> tuple[float, Built]:
    """Return the seconds that *build* takes, and what it builds."""
    began = time.perf_counter()
    built = build()
    return time.perf_counter() - began, built


def _times(seconds: float, ask: Callable[[str], object], questions: list[str]) -> Times:
    """Ask *questions* one by one; the first is asked once more before, to warm up."""
    ask(questions[0])
    times: list[float] = []
    for question in questions:
        began = time.perf_counter()
        ask(question)
        times.append((time.perf_counter() - began) * 1000)
    return Times(seconds=seconds, p50=float(np.percentile(times, 50)), p99=float(np.percentile(times, 99)))


def _cells(times: Times) -> list[str]:
    return [f"{value:.1f}" for value in (times.seconds, times.p50, times.p99)]


if __name__ == "__main__":
    sys.exit(main())
