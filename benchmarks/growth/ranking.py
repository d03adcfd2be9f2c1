"""A process that measures an engine: it builds, or it asks."""

import json
import time
from pathlib import Path

from benchmarks.growth.engines import engine
from benchmarks.growth.material import with_pairs
from benchmarks.growth.measured import Asking
from benchmarks.growth.memory import memory
from benchmarks.growth.serving import serve
from benchmarks.growth.timing import ROUNDS, opening, times

LIMIT = 10


def build(name: str, passages: str, folder: str) -> float:
    """Return the seconds that the engine takes to index *passages*."""
    began = time.perf_counter()
    engine(name).build(Path(passages), Path(folder))
    return time.perf_counter() - began


def ask(
    name: str, folder: str, questions: str, *, pairs: bool, first: int | None, rounds: int = ROUNDS
) -> Asking:
    """Open what the engine built, and ask it the *first* questions; None: all."""
    module = engine(name)
    asked: dict[str, list[list[str]]] = json.loads(Path(questions).read_text(encoding="utf-8"))
    headlines, short = (
        [with_pairs(words) if pairs else words for words in asked[kind][:first]]
        for kind in ("headlines", "short")
    )
    index, opened = opening(lambda: module.load(Path(folder)), lambda index: index.rank(headlines[0], LIMIT))
    found: list[list[int]] = []
    return Asking(
        opening=opened,
        headlines=times(lambda words: found.append(index.rank(words, LIMIT)), headlines, rounds),
        short=times(lambda words: index.rank(words, LIMIT), short, rounds),
        questions=len(headlines),
        memory=memory(),
        best=[numbers[0] if numbers else -1 for numbers in found[: len(headlines)]],
    )


if __name__ == "__main__":
    serve([build, ask])
