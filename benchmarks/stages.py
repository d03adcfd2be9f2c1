"""Print what each stage of a question costs, and how often it is passed: searches, parses, excerpts.

    python -m benchmarks.stages [--questions 300] [--out FILE]

Plain questions are those of xquad_vi, evenly spaced, over its own articles; follow-ups are those of
``followups.toml`` over the sample articles. Milliseconds are processor time of the thread that answers, of a
stage without the stages inside it; the least of three rounds counts, since others on the machine only add.
Ask more than 64: so many questions are remembered as they were read. ``--out`` keeps the figures as JSON.
"""

import argparse
import json
import sys
import tempfile
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import asdict
from functools import partial, wraps
from pathlib import Path
from time import thread_time
from typing import Any
from unittest.mock import patch

from benchmarks.growth.measured import Costs, Stage
from benchmarks.shipped import shipped
from benchmarks.suites import EVAL_DIR, SUITES
from retrieval.answering import engine, search
from retrieval.answering.search import Search
from retrieval.collection.collection import Collection
from retrieval.indexing import writer
from retrieval.query.query import Parser
from retrieval.question.manners import manners

ROOT = Path(__file__).parents[1]
ROUNDS = 3
REST = "the rest"

# Whose attribute is what stage; a function that two modules import is looked up in both.
Stages = tuple[tuple[str, Sequence[tuple[Any, str]]], ...]
STAGES: Stages = (
    ("read: manners, operators", ((search, "read"),)),
    ("read: news", ((engine, "news"),)),
    ("read: two questions", ((engine, "halves"),)),
    ("parse", ((Parser, "parse"),)),
    ("parse: in another language", ((Parser, "again"),)),
    ("parse: as it was perhaps meant", ((Parser, "doubting"),)),
    ("search: candidates", ((search, "find"),)),
    ("search: slots", ((search, "slots"),)),
    ("search: rerank", ((search, "rerank"),)),
    ("search: nearness", ((search, "nearest"),)),
    ("search: torn words", ((search, "torn"),)),
    ("search: confidence", ((search, "odds"),)),
    ("search: selection", ((search, "select"),)),
    ("answer: excerpts, hits", ((Search, "answer"),)),
)


class Watch:
    """Counts how often each stage is passed, and its seconds of processor time."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self.passed = Counter[str]()
        self._open = [REST]
        self._since = thread_time()

    def timed(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return *function*, watched as a part of *stage*."""

        @wraps(function)
        def watched(*args: Any, **kwargs: Any) -> Any:
            self._turn()
            self.passed[stage] += 1
            self._open.append(stage)
            try:
                return function(*args, **kwargs)
            finally:
                self._turn()
                self._open.pop()

        return watched

    @contextmanager
    def watching(self, stages: Stages = STAGES) -> Iterator[None]:
        """Watch all *stages* during the block."""
        with ExitStack() as stack:
            for stage, places in stages:
                for owner, name in places:
                    stack.enter_context(patch.object(owner, name, self.timed(stage, getattr(owner, name))))
            self._since = thread_time()
            yield
            self._turn()

    def _turn(self) -> None:
        now = thread_time()
        self.seconds[self._open[-1]] += now - self._since
        self._since = now


def main() -> int:
    """Print both tables; the exit status is 1 if the suite is not there."""
    parser = argparse.ArgumentParser(prog="benchmarks.stages")
    parser.add_argument("--questions", type=int, default=300, metavar="N")
    parser.add_argument("--out", type=Path, metavar="FILE")
    options = parser.parse_args()
    wanted: int = options.questions
    suite = SUITES["xquad_vi"]
    if not suite.is_here:
        print(f"nothing to ask: set EVAL_DIR to a folder of suites, not {EVAL_DIR}", file=sys.stderr)
        return 1
    manners.prepare()
    asked = shipped(writer.build(suite.articles(), generation=0))
    questions = [question.text for question in suite.questions()]
    questions = questions[:: max(1, len(questions) // wanted)][:wanted]
    costs = [show("plain questions", [partial(_ask, asked, question) for question in questions])]
    with tempfile.TemporaryDirectory() as folder:
        costs.append(show("follow-ups", list(_follow_ups(Path(folder)))))
    if options.out:
        options.out.write_text(json.dumps([*map(asdict, costs)], ensure_ascii=False), encoding="utf-8")
    return 0


def _ask(asked: engine.Engine, question: str, _: Watch, after: str | None = None) -> None:
    asked.ask(question, after=after)


def _follow_ups(folder: Path) -> Iterator[Callable[[Watch], object]]:
    collection = Collection.open(
        database_url=f"sqlite:///{folder}/articles.sqlite3",
        index_dir=folder / "index",
        articles_dir=ROOT / "data" / "articles",
    )
    with closing(collection):
        collection.reload()
        asked = shipped(writer.build(collection.articles(), generation=0))
    tables = tomllib.loads((ROOT / "benchmarks" / "followups.toml").read_text(encoding="utf-8"))
    for first, second, *_ in tables["follow_ups"]:
        yield partial(_ask, asked, second, after=asked.ask(first).understood_as)


def show(title: str, questions: Sequence[Callable[[Watch], object]], stages: Stages = STAGES) -> Costs:
    """Print and return what *stages* cost in *questions*, and stages that a question itself watches."""
    _watched(questions, stages)  # to warm up
    watches = [_watched(questions, stages) for _ in range(ROUNDS)]
    best = min(watches, key=lambda watch: sum(watch.seconds.values()))
    count = len(questions)
    own = [stage for stage in best.passed if stage not in dict(stages)]
    rows = [
        Stage(stage, 1000 * best.seconds[stage] / count, best.passed[stage] / count)
        for stage in (*(stage for stage, _ in stages), *own, REST)
    ]
    rows.append(Stage("**a question**", 1000 * sum(best.seconds.values()) / count, 0))
    print(f"\n| {title}: {count} | ms | times |\n| --- | ---: | ---: |")
    for row in rows:
        print(f"| {row.name} | {row.ms:.2f} | {row.times:.2f} |")
    return Costs(title, count, rows)


def _watched(questions: Sequence[Callable[[Watch], object]], stages: Stages) -> Watch:
    watch = Watch()
    with watch.watching(stages):
        for ask in questions:
            ask(watch)
    return watch


if __name__ == "__main__":
    sys.exit(main())
