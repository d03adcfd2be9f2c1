"""Time questions: one after the other, and ten at once."""

import statistics
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, TypeVar, cast

import numpy as np

PROCESSES = 5  # ask one after the other, in turns with those of other engines; what counts is the median
ROUNDS = 3  # each of them asks a question so often, in rounds; its time is the median
TOGETHER = 10
BATCHES = 10  # of ten at once

Asked = TypeVar("Asked")
Opened = TypeVar("Opened")
Measured = TypeVar("Measured")


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """The time that questions took, in milliseconds."""

    p50: float
    p99: float
    spread: float = 0.0  # of p50 from process to process: the median deviation; 0: there was one
    spread99: float = 0.0  # of p99


def times(ask: Callable[[Asked], object], questions: Sequence[Asked], rounds: int = ROUNDS) -> Times:
    """Ask *questions* one by one, all of them before any is asked again."""
    seconds = [[_seconds(ask, question) for question in questions] for _ in range(rounds)]
    return of_seconds([statistics.median(times) for times in zip(*seconds, strict=True)])


def typical(measured: Sequence[Measured]) -> Measured:
    """Return the medians of the numbers that several processes have *measured*, and the rest of the first."""
    first: Any = measured[0]
    if isinstance(first, float):
        return cast(Measured, statistics.median(cast(Sequence[float], measured)))
    if not is_dataclass(first):
        return cast(Measured, first)
    medians = {
        field.name: typical([getattr(figures, field.name) for figures in measured]) for field in fields(first)
    }
    middle: Any = replace(cast(Any, first), **medians)
    if isinstance(middle, Times):
        p50, p99 = ([getattr(times, name) for times in measured] for name in ("p50", "p99"))
        middle = replace(middle, spread=deviation(p50), spread99=deviation(p99))
    return cast(Measured, middle)


def deviation(values: Sequence[float]) -> float:
    """Return the median deviation of *values* from their median: one odd process does not count."""
    middle = statistics.median(values)
    return statistics.median(abs(value - middle) for value in values)


def of_seconds(seconds: Sequence[float]) -> Times:
    """Return the percentiles of *seconds*, in milliseconds."""
    return Times(p50=float(np.percentile(seconds, 50)) * 1000, p99=float(np.percentile(seconds, 99)) * 1000)


def at_once(ask: Callable[[Asked], object], questions: Sequence[Asked]) -> float:
    """Return how many times as long as one question ten take, each in its thread; the median of some tens."""
    ratios = []
    with ThreadPoolExecutor(TOGETHER) as threads:
        list(threads.map(ask, questions[:TOGETHER]))  # starts the threads
        for batch in range(min(BATCHES, len(questions) // TOGETHER)):
            ten = questions[batch * TOGETHER : (batch + 1) * TOGETHER]
            alone = sum(_seconds(ask, question) for question in ten) / TOGETHER
            began = time.perf_counter()
            list(threads.map(ask, ten))
            ratios.append((time.perf_counter() - began) / alone)
    return statistics.median(ratios)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """The time until a fresh process has opened its index, libraries loaded and files in the page cache."""

    opened: float  # seconds until it is open
    answered: float  # seconds until the first question is answered


def opening(load: Callable[[], Opened], ask: Callable[[Opened], object]) -> tuple[Opened, Opening]:
    """Open an index and ask it its first question."""
    began = time.perf_counter()
    index = load()
    opened = time.perf_counter() - began
    ask(index)
    return index, Opening(opened=opened, answered=time.perf_counter() - began)


def _seconds(ask: Callable[[Asked], object], question: Asked) -> float:
    began = time.perf_counter()
    ask(question)
    return time.perf_counter() - began
