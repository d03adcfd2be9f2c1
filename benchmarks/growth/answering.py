"""A process that measures Hỏi Báo's own index: it builds, or it answers."""

import time
from pathlib import Path

from benchmarks.growth.engines import tantivy
from benchmarks.growth.material import Material
from benchmarks.growth.measured import Answering
from benchmarks.growth.memory import memory
from benchmarks.growth.serving import serve
from benchmarks.growth.timing import at_once, opening, times
from benchmarks.shipped import shipped
from retrieval.evaluation.suite import read_corpus
from retrieval.index.files import open_index, save_index
from retrieval.indexing import writer


def build(articles: str, folder: str) -> float:
    """Return the seconds from JSON lines to an index in files."""
    began = time.perf_counter()
    save_index(writer.build(read_corpus(Path(articles)), generation=0, folder=Path(folder)), Path(folder))
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
        lambda: shipped(open_index(Path(folder))), lambda engine: engine.ask(questions[0])
    )
    return Answering(
        opening=opened,
        times=times(engine.ask, questions),
        ten_at_once=at_once(engine.ask, questions),
        memory=memory(),
    )


if __name__ == "__main__":
    serve([build, build_tantivy, answer])
