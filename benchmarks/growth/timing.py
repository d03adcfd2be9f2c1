"""Time questions: one after the other, and ten at once."""

import statistics
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np

ROUNDS = 5  # each question is asked so often, in rounds; its time is the median: another program may cut in
TOGETHER = 10
BATCHES = 10  # of ten at once

Asked = TypeVar("Asked")
Opened = TypeVar("Opened")


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """The time that questions took, in milliseconds."""

    p50: float
    p99: float
    spread: float = 0.0  # by how much the rounds' own medians differ from theirs, the median; 0: asked once


def times(ask: Callable[[Asked], object], questions: Sequence[Asked], rounds: int = ROUNDS) -> Times:
    """Ask *questions* one by one, all of them before any is asked again."""
    seconds = [[_seconds(ask, question) for question in questions] for _ in range(rounds)]
    found = of_seconds([statistics.median(times) for times in zip(*seconds, strict=True)])
    return replace(found, spread=deviation([statistics.median(times) for times in seconds]) * 1000)


def deviation(values: Sequence[float]) -> float:
    """Return the median deviation of *values* from their median: one odd round does not count."""
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
