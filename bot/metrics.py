"""Figures of a running bot, in the form that Prometheus reads. They name no person and no question."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter
from typing import Literal

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    GCCollector,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)

METRICS_TYPE = CONTENT_TYPE_LATEST
Stage = Literal["waiting", "answering"]  # for a turn; the search and the wording
Fate = Literal["answered", "nothing", "other", "paused"]  # other: small talk, an inline list
ReloadOutcome = Literal["done", "failed", "busy"]

# Seconds: from a cached answer to what nobody waits for.
_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The state at one moment."""

    articles: int
    passages: int
    generation: int
    reloaded: float  # Unix time of the last reload that went through, of any process; 0: never
    sources: Mapping[str, int] = field(default_factory=dict)  # articles by source
    waiting: int  # updates that are not handled yet
    silence: float  # seconds since Telegram last answered getUpdates; 0 with a webhook


class Metrics:
    """Counts from the start of the process on. Threads may share it."""

    def __init__(self) -> None:
        registry = self._registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        PlatformCollector(registry=registry)
        GCCollector(registry=registry)
        self._questions = Counter(
            "hoibao_questions",
            "Questions by where and how they ended.",
            ["door", "outcome"],
            registry=registry,
        )
        self._stages = Histogram(
            "hoibao_question_seconds",
            "What a question takes, by stage.",
            ["stage"],
            buckets=_BUCKETS,
            registry=registry,
        )
        self._requests = Histogram(
            "hoibao_telegram_seconds",
            "What requests to Telegram take, with pauses it asks for.",
            ["method"],
            buckets=_BUCKETS,
            registry=registry,
        )
        self._errors = Counter(
            "hoibao_telegram_errors", "Failed requests to Telegram.", ["method", "kind"], registry=registry
        )
        self._reloads = Counter(
            "hoibao_reloads", "Reloads that this process began.", ["outcome"], registry=registry
        )
        self._source = Gauge("hoibao_source_articles", "Articles by source.", ["source"], registry=registry)
        self._gauges = {
            name: Gauge(f"hoibao_{name}", text, registry=registry) for name, text in _GAUGES.items()
        }

    def count_question(self, door: str, outcome: Fate) -> None:
        """Count a question that came through *door*: private, group, button, inline, guest."""
        self._questions.labels(door, outcome).inc()

    @contextmanager
    def timed(self, stage: Stage) -> Iterator[None]:
        """Note how long the block takes, if it does not fail."""
        begun = perf_counter()
        yield
        self._stages.labels(stage).observe(perf_counter() - begun)

    def note_request(self, method: str, seconds: float, error: Exception | None) -> None:
        """Note a request to Telegram and how it ended."""
        self._requests.labels(method).observe(seconds)
        if error is not None:
            self._errors.labels(method, type(error).__name__).inc()

    def count_reload(self, outcome: ReloadOutcome) -> None:
        """Count a reload."""
        self._reloads.labels(outcome).inc()

    def page(self, figures: Figures) -> bytes:
        """Return everything as Prometheus reads it."""
        for name, gauge in self._gauges.items():
            gauge.set(getattr(figures, name.removesuffix("_timestamp_seconds").removesuffix("_seconds")))
        self._source.clear()
        for source, number in figures.sources.items():
            self._source.labels(source).set(number)
        return generate_latest(self._registry)


_GAUGES = {
    "articles": "Articles that questions are answered from.",
    "passages": "Passages of these articles.",
    "generation": "The generation of the index in use.",
    "reloaded_timestamp_seconds": "When a reload last went through, in any process.",
    "waiting": "Updates that are not handled yet.",
    "silence_seconds": "Since Telegram last answered getUpdates; 0 with a webhook.",
}
