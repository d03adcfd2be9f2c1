"""What a process does that measures Hỏi Báo's own index: it builds, or it answers."""

import time
from pathlib import Path

from benchmarks.growth.engines import tantivy
from benchmarks.growth.material import Material
from benchmarks.growth.measured import Answering
from benchmarks.growth.memory import memory
from benchmarks.growth.serving import serve
from benchmarks.growth.timing import at_once, opening, times
from benchmarks.shipped import shipped
from retrieval.index import Index
from retrieval.suite import read_corpus


def build(articles: str, folder: str) -> float:
    """Return the seconds from JSON lines to an index in files."""
    began = time.perf_counter()
    Index.build(read_corpus(Path(articles)), generation=0, folder=Path(folder)).save(Path(folder))
    return time.perf_counter() - began


def build_tantivy(articles: str, folder: str, *, alike: bool) -> float:
    """Return the seconds that tantivy takes from the same lines; *alike*: for passages, words and pairs."""
    began = time.perf_counter()
    build = tantivy.build_passages if alike else tantivy.build_articles
    build(Path(articles), Path(folder))
    return time.perf_counter() - began


def answer(material: str, folder: str) -> Answering:
    """Open an index and ask it for whole answers."""
    questions = Material.read(Path(material)).questions
    engine, opened = opening(
        lambda: shipped(Index.open(Path(folder))), lambda engine: engine.ask(questions[0])
    )
    return Answering(
        opening=opened,
        times=times(engine.ask, questions),
        ten_at_once=at_once(engine.ask, questions),
        memory=memory(),
    )


if __name__ == "__main__":
    serve([build, build_tantivy, answer])
