"""A process that measures Hỏi Báo's own index: it builds, or it answers."""

import time
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from benchmarks.growth.material import Material
from benchmarks.growth.measured import Answering
from benchmarks.growth.memory import memory
from benchmarks.growth.serving import serve
from benchmarks.growth.timing import TOGETHER, at_once, opening, times
from benchmarks.shipped import WORD_LISTS, shipped
from retrieval.collection.snapshots.snapshot import Snapshot
from retrieval.collection.workers.inquiry import Outfit
from retrieval.index.files import open_index, save_index
from retrieval.query.lexicon import Lexicon


def build(articles: str, folder: str) -> float:
    """Return the seconds from JSON lines to an index in files."""
    from retrieval.evaluation.suite import read_corpus  # none is loaded by a process that answers
    from retrieval.indexing import writer

    began = time.perf_counter()
    save_index(writer.build(read_corpus(Path(articles)), generation=0, folder=Path(folder)), Path(folder))
    return time.perf_counter() - began


def build_tantivy(articles: str, folder: str, *, alike: bool) -> float:
    """Return the seconds that tantivy takes from the same lines; *alike*: for passages, words and pairs."""
    from benchmarks.growth.engines import tantivy  # the process that answers is to be measured without it

    began = time.perf_counter()
    build = tantivy.build_passages if alike else tantivy.build_articles
    build(Path(articles), Path(folder))
    return time.perf_counter() - began


def answer(material: str, folder: str, first: int | None = None) -> Answering:
    """Open an index and ask it for whole answers: of this process, then of workers, ten at once.

    Asked are the *first* questions; None: all.
    """
    questions = Material.read(Path(material)).questions[:first]
    engine, opened = opening(
        lambda: shipped(open_index(Path(folder))), lambda engine: engine.ask(questions[0])
    )
    alone, held = times(engine.ask, questions), memory()
    return Answering(
        opening=opened, times=alone, ten_at_once=_ten_at_once(Path(folder), questions), memory=held
    )


def _ten_at_once(folder: Path, questions: Sequence[str]) -> float:
    from retrieval.collection.workers.workers import Workers  # none of them is loaded by a worker
    from retrieval.indexing.batches import processors

    workers = Workers(processors(), Outfit(index_dir=folder, lexicon=Lexicon.read(WORD_LISTS)))
    workers.begin()
    snapshot = Snapshot.open(folder, lambda index, _: shipped(index))
    ask = partial(workers.ask, snapshot, datetime.now(UTC), limit=3, after=None)
    at_once(ask, questions[:TOGETHER])  # starts the others
    found = at_once(ask, questions)
    workers.close()
    return found


if __name__ == "__main__":
    serve([build, build_tantivy, answer])
