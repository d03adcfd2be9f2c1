"""A search cluster beside the index in this process: speed, size, equal answers, and a node that dies.

Three nodes of OpenSearch and a PostgreSQL are started on this machine, and one collection is kept in
both ways. Run all with `make bench-cluster`; `HOW="--only scale"` is a part, and
`HOW="--articles 10000 --every 10"` is small.
"""

import argparse
import json
import os
import random
import secrets
import shutil
import signal
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Self

from postgres import running as postgresql
from sqlalchemy import Connection, Engine, event

from benchmarks.growth.timing import Times, of_seconds
from benchmarks.opensearch.nodes import Nodes, started
from benchmarks.shipped import WORD_LISTS
from benchmarks.suites import EVAL_DIR, SUITES, Suite
from retrieval.article import Article
from retrieval.cluster.client import Client
from retrieval.collection.collection import Collection
from retrieval.errors import RetrievalError
from retrieval.query.lexicon import Lexicon
from retrieval.text.canonical import without_accents

SCALE = Suite(corpora=("scale_news",), queries="scale_news")
FILTERED = ("{} tu:2018", "{} den:01/07/2026", '"{}"', "{} -là", "{} trong năm 2018", 'về "{}" nói gì')
NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)  # "yesterday" is the same for both
# Headlines of other news that nobody times, in both spellings, while Java compiles: in rounds of so many,
# until one takes the nodes no less than this part of the round before.
WARMING, ENOUGH = 100, 0.95
SEARCHERS = 4  # threads that ask while a node dies
BEFORE, AFTER = 5.0, 20.0  # seconds that they ask before and after its end
COMPARERS = 3  # threads that ask both
EXPLAINED = 5  # of one of so many questions both say why
SHOWN = 5  # questions of those that are answered differently


@dataclass(frozen=True, kw_only=True)
class Way:
    """One way to ask a question."""

    text: str
    after: str | None = None  # the question before it
    is_explained: bool = False  # whether the reasons are asked for


@dataclass(frozen=True, kw_only=True)
class Both:
    """One collection, kept in two ways."""

    nodes: Nodes
    prefix: str
    articles_dir: Path
    here: Collection
    there: Collection
    client: Client  # of there

    def fill(self, articles: Iterable[Article], *, is_timed: bool = False) -> None:
        """Let both take in *articles*, and say how long that took; if *is_timed*, what else it costs."""
        rows = list(map(_row, articles))
        (self.articles_dir / "articles.jsonl").write_text("\n".join(rows), encoding="utf-8")
        count = len(rows)
        ways: list[tuple[str, Callable[[], object]]] = [
            ("reload, embedded", self.here.reload),
            ("reload, cluster and PostgreSQL", self.there.reload),
            *([("cluster alone (index rebuild)", self.there.rebuild)] if is_timed else ()),
        ]
        took: list[float] = []
        for name, do in ways:
            began, here, nodes = time.perf_counter(), time.process_time(), self.processor()
            do()
            took.append(time.perf_counter() - began)
            here, nodes = time.process_time() - here, self.processor() - nodes
            _say(
                f"{name}: {count:,} articles in {took[-1]:.1f} s, {count / took[-1]:,.0f} a second, "
                f"{took[-1] / took[0]:.1f} × embedded; processor: here {here:.1f} s, nodes {nodes:.1f} s"
            )
        self.nodes.wait()
        if not is_timed:
            return
        sizes = self.nodes.get(f"/{self.prefix}-*/_stats/store")["_all"]["primaries"]["store"]
        _say(f"disk of the primary shards: {sizes['size_in_bytes'] / count / 1000:.1f} KB an article")

    def compare(self, questions: Sequence[str]) -> bool:
        """Ask both each question in several ways; say which answers differ, and return whether none does.

        As it is, without accents, restricted, as a follow-up of the one before; of some, why they are so.
        """
        asked = [way for number in range(len(questions)) for way in _ways(questions, number)]
        with ThreadPoolExecutor(COMPARERS) as threads:
            are_equal = list(threads.map(self._are_equal, asked))
        different = [way.text for way, is_equal in zip(asked, are_equal, strict=True) if not is_equal]
        _say(f"equal answers: {len(asked) - len(different):,} of {len(asked):,}")
        for text in different[:SHOWN]:
            _say(f"  different: {text}")
        return not different

    def warm(self, collection: Collection) -> None:
        """Ask one of both other questions until its nodes are as fast as they get, and say how many.

        A cluster in service was asked thousands, and Java compiles what it does often again and again.
        """
        headlines = [question.text for question in SUITES["local_news"].questions()]
        took: list[float] = []
        for start in range(0, len(headlines), WARMING):
            began, some = self.processor(), headlines[start : start + WARMING]
            for text in (spelled for headline in some for spelled in (headline, without_accents(headline))):
                collection.ask(text)
            took.append(1000 * (self.processor() - began) / (2 * len(some)))
            if took[1:] and took[-1] >= ENOUGH * took[-2]:
                break
        shown = ", ".join(f"{milliseconds:.1f}" for milliseconds in took)
        _say(f"warmed by rounds of {2 * WARMING} questions, each of which took the nodes {shown} ms")

    def cost(self, collection: Collection, questions: Sequence[str]) -> str:
        """Ask one of both, and say what a question costs."""
        waited, worked, nodes, trips = [], [], self.processor(), self.client.trips
        with Statements() as statements:
            for text in questions:
                began, here = time.perf_counter(), time.process_time()
                collection.ask(text)
                waited.append(time.perf_counter() - began)
                worked.append(time.process_time() - here)
        count, shown = len(questions), _shown(of_seconds(worked))
        trips = self.client.trips - trips
        return (
            f"{_shown(of_seconds(waited))}; processor: here {shown}, nodes "
            f"{1000 * (self.processor() - nodes) / count:.1f} ms; trips: {trips / count:.1f} to the cluster, "
            f"{statements.count / count:.1f} to PostgreSQL"
        )

    def processor(self) -> float:
        """Return the processor time that all nodes took so far, but to compile, in seconds."""
        return sum(node.processor for node in self.nodes.all)

    def _are_equal(self, way: Way) -> bool:
        if way.is_explained:
            return self.here.why(way.text) == self.there.why(way.text)
        return self.here.ask(way.text, after=way.after) == self.there.ask(way.text, after=way.after)


class Statements:
    """The statements that PostgreSQL is sent while a block lasts."""

    count = 0

    def __enter__(self) -> Self:
        event.listen(Engine, "before_cursor_execute", self._on_statement)
        return self

    def __exit__(self, *_: object) -> None:
        event.remove(Engine, "before_cursor_execute", self._on_statement)

    def _on_statement(self, connection: Connection, *_: object) -> None:
        self.count += connection.dialect.name == "postgresql"


@dataclass(slots=True)
class Search:
    """Threads that ask without a pause, each question with another number, so that none is remembered."""

    collection: Collection
    questions: Sequence[str]
    seconds: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    @contextmanager
    def going_on(self) -> Iterator[None]:
        """Ask until the block ends."""
        threads = [threading.Thread(target=self._ask, args=(number,)) for number in range(SEARCHERS)]
        for thread in threads:
            thread.start()
        yield
        self.over.set()
        for thread in threads:
            thread.join()

    def _ask(self, first: int) -> None:
        number = first
        while not self.over.is_set():
            question = f"{self.questions[number % len(self.questions)]} {number}"
            began = time.perf_counter()
            try:
                self.collection.ask(question)
            except RetrievalError as error:
                self.failures.append(str(error))
            self.seconds.append(time.perf_counter() - began)
            number += SEARCHERS


def main(arguments: Sequence[str]) -> int:
    """Run the parts that are asked for; the exit status is 1 if an answer differs or a question fails."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.cluster", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS), help="parts to run")
    parser.add_argument("--articles", type=int, default=60_000, help="at most, where time is measured")
    parser.add_argument("--every", type=int, default=1, help="ask one of so many questions of a suite")
    parser.add_argument("--first", type=int, default=0, help="of these, begin with this one")
    options = parser.parse_args(arguments)
    if not SCALE.is_here:
        print(f"nothing to ask: set EVAL_DIR to a folder of suites, not {EVAL_DIR}", file=sys.stderr)
        return 1
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # the nodes end with it
    results = []
    with _nodes() as nodes, postgresql() as server:
        for name in options.only:
            _say(f"\n{name}")
            with server.database() as database_url, _both(nodes, database_url) as both:
                results.append(PARTS[name](both, options))
    return 0 if all(results) else 1


def scale(both: Both, options: argparse.Namespace) -> bool:
    """Measure loading, disk, time and trips of a question; compare the answers."""
    both.fill(islice(SCALE.articles(), options.articles), is_timed=True)
    asked = [question.text for question in SCALE.questions()][options.first :: options.every]
    spellings = {"with accents": asked, "without": list(map(without_accents, asked))}
    for name, collection in (("embedded", both.here), ("cluster", both.there)):
        both.warm(collection)
        for spelling, questions in spellings.items():
            _say(f"a question {spelling}, {name}: {both.cost(collection, questions)}")
    return both.compare(asked)


def suite(name: str) -> Callable[[Both, argparse.Namespace], bool]:
    """Return the comparison of all answers to a suite."""

    def run(both: Both, options: argparse.Namespace) -> bool:
        both.fill(SUITES[name].articles())
        questions = [question.text for question in SUITES[name].questions()]
        return both.compare(questions[options.first :: options.every])

    return run


def killed(both: Both, options: argparse.Namespace) -> bool:
    """Kill the elected manager of the cluster under threads that ask."""
    news = SUITES["local_news"]
    both.fill(islice(news.articles(), options.articles))
    questions = [question.text for question in news.questions()]
    random.Random(7).shuffle(questions)
    search = Search(both.there, questions)
    elected = both.nodes.get("/_cat/cluster_manager?format=json")[0]["node"]
    victim = next(node for node in both.nodes.all if node.name == elected)
    with search.going_on():
        time.sleep(BEFORE)
        count, slowest = len(search.seconds), max(search.seconds)
        victim.end()
        time.sleep(AFTER)
    _say(f"before: {count:,} questions of {SEARCHERS} threads, worst {slowest:.2f} s")
    _say(
        f"{elected} killed: {len(search.seconds) - count:,} questions, {len(search.failures)} failed, "
        f"median {statistics.median(search.seconds[count:]):.3f} s, worst {max(search.seconds[count:]):.2f} s"
    )
    for reason in dict.fromkeys(search.failures):
        _say(f"  {reason}")
    both.nodes.start(victim)
    both.nodes.wait()
    return not search.failures


PARTS = {
    "scale": scale,
    "xquad_vi": suite("xquad_vi"),
    "viquad_dev": suite("viquad_dev"),
    "local_news": suite("local_news"),
    "killed": killed,
}


@contextmanager
def _nodes() -> Iterator[Nodes]:
    folder = Path(tempfile.mkdtemp(prefix="hoibao-opensearch-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "nobody")
    nodes = None
    try:
        nodes = started(folder)
        yield nodes
    finally:
        if nodes:
            nodes.stop()
        shutil.rmtree(folder)


@contextmanager
def _both(nodes: Nodes, database_url: str) -> Iterator[Both]:
    prefix = f"b{secrets.token_hex(4)}"
    client = Client.open(f"{nodes.url}/{prefix}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        articles_dir = folder / "articles"
        articles_dir.mkdir()

        def opened(kind: str, url: str, cluster: Client | None) -> Collection:
            return Collection.open(
                database_url=url,
                index_dir=folder / kind,
                articles_dir=articles_dir,
                lexicon=Lexicon.read(WORD_LISTS),
                clock=lambda: NOW,
                cluster=cluster,
            )

        here = opened("here", f"sqlite:///{folder}/articles.sqlite3", None)
        there = opened("there", database_url, client)
        yield Both(
            nodes=nodes, prefix=prefix, articles_dir=articles_dir, here=here, there=there, client=client
        )
        for index in client.names():
            client.drop(index)
        here.close()
        there.close()


def _ways(questions: Sequence[str], number: int) -> Iterator[Way]:
    question = questions[number]
    restricted = FILTERED[number % len(FILTERED)].format(question.rstrip("?"))
    for text in dict.fromkeys((question, without_accents(question), restricted)):
        yield Way(text=text)
    if number:
        yield Way(text=f"còn {question}", after=questions[number - 1])
    if number % EXPLAINED == 0:
        yield Way(text=question, is_explained=True)


def _row(article: Article) -> str:
    published = article.published and article.published.isoformat()
    row = {"id": article.id, "title": article.title, "url": article.url, "date": published}
    return json.dumps(row | {"text": article.body}, ensure_ascii=False)


def _shown(times: Times) -> str:
    return f"p50 {times.p50:.1f} ms, p99 {times.p99:.1f} ms"


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
