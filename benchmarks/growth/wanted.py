"""Targets of the search core, and whether a run reached them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from benchmarks.growth.measured import Ranking, Run, Size
from benchmarks.growth.timing import Times

RIVALS = ("tantivy", "bm25s_numba")  # the fastest to be had from Python


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Something wanted, and what became of it."""

    wanted: str
    reached: str
    holds: bool


def wishes(run: Run) -> list[Wish]:
    """Return what is wanted, judged by the largest collection of real articles."""
    size = max(run.sizes, key=lambda measured: (measured.material.mixed == 0, measured.material.passages))
    smallest = min(run.sizes, key=_passages)
    return [*_ranking(size, smallest), *_answers(size), *_building(size), *_growth(run.sizes)]


def ranking_of(size: Size, engine: str, terms: str = "syllables") -> Ranking | None:
    """Return what *engine* came to on *size*; None where it was not measured."""
    found = (ranking for ranking in size.rankings if (ranking.engine, ranking.terms) == (engine, terms))
    return next(found, None)


def _ranking(size: Size, smallest: Size) -> Iterator[Wish]:
    ours, rivals = _headlines(size)
    if ours is None or not rivals:
        return
    p50, p99 = (min(getattr(times, name) for times in rivals) for name in ("p50", "p99"))
    yield _at_most("ranking, p50: ≤ ½ of the faster rival's", ours.p50, p50 / 2, "ms")
    yield _at_most("ranking, p99: ≤ that of either rival", ours.p99, p99, "ms")
    ours, rivals = _headlines(smallest)
    if ours and rivals:
        passages = f"{smallest.material.passages:,} passages"
        limit = min(times.p50 for times in rivals)
        yield _at_most(f"the same, {passages}, p50: ≤ the faster rival's", ours.p50, limit, "ms")


def _headlines(size: Size) -> tuple[Times | None, list[Times]]:
    """Return the times of our ranking and of the rivals', so far as they were measured."""
    ours, *rivals = (ranking_of(size, name) for name in ("hoibao", *RIVALS))
    return ours.asking.headlines if ours else None, [rival.asking.headlines for rival in rivals if rival]


def _answers(size: Size) -> Iterator[Wish]:
    answering, real = size.service.answering, size.service.real
    yield _at_most("whole answer, p50: ≤ 8 ms", answering.times.p50, 8, "ms")
    yield _at_most("whole answer, p99: ≤ 25 ms", answering.times.p99, 25, "ms")
    yield _at_most("ten questions at once: ≤ 5.5 × one", answering.ten_at_once, 5.5, "×")
    yield _at_most("opened: ≤ 1 s", answering.opening.opened, 1, "s")
    yield _at_most("memory of the process that answers: ≤ 300 MB", answering.memory.resident, 300, "MB")
    if real is None:
        return
    renewal = real.renewal
    yield _at_most(
        "questions during a reload, p99: ≤ 2 × idle", renewal.meanwhile.p99, 2 * renewal.idle.p99, "ms"
    )
    yield Wish(
        wanted="questions during a reload: none fails",
        reached=f"{renewal.failed} of {renewal.asked}",
        holds=renewal.failed == 0,
    )
    yield _at_most("100 new articles found: ≤ 2 s", renewal.found, 2, "s")


def _building(size: Size) -> Iterator[Wish]:
    built, real, articles = size.service.built, size.service.real, size.material.articles
    yield _at_least("JSON lines → index: ≥ 6,000 articles/s", articles / built.done.seconds, 6000)
    yield _at_most("index in files: ≤ 1.5 × the text", built.disk / size.material.text_bytes, 1.5, "×")
    if real is None:
        return
    yield _at_most(
        "JSON lines → index: ≤ 1.5 × tantivy's time for the same passages, words and pairs",
        built.done.seconds,
        1.5 * real.tantivy_alike,
        "s",
    )
    yield _at_least("`hoibao reload`: ≥ 3,000 articles/s", articles / real.reload.seconds, 3000)


def _growth(sizes: Sequence[Size]) -> Iterator[Wish]:
    """Compare the smallest and the largest collection."""
    if len(sizes) < 2:
        return
    small, large = (choose(sizes, key=_passages) for choose in (min, max))
    passages = large.material.passages / small.material.passages
    name, grown = max(
        ((name, cost(large) / cost(small)) for name, cost in _COSTS.items()), key=lambda growth: growth[1]
    )
    yield Wish(
        wanted="no cost grows faster than the collection, give or take 10 %",
        reached=f"{passages:.1f} × the passages: {name} {grown:.1f} ×",
        holds=grown <= 1.1 * passages,
    )


_COSTS: dict[str, Callable[[Size], float]] = {
    "p50 of a whole answer": lambda size: size.service.answering.times.p50,
    "p99 of a whole answer": lambda size: size.service.answering.times.p99,
    "opening": lambda size: size.service.answering.opening.opened,
    "memory": lambda size: size.service.answering.memory.resident,
    "the index in files": lambda size: size.service.built.disk,
    "building": lambda size: size.service.built.done.processor,
}


def _passages(size: Size) -> int:
    return size.material.passages


def _at_least(wanted: str, rate: float, limit: float) -> Wish:
    return Wish(wanted=wanted, reached=f"{rate:,.0f} articles/s", holds=rate >= limit)


def _at_most(wanted: str, value: float, limit: float, unit: str) -> Wish:
    return Wish(
        wanted=wanted,
        reached=f"{value:,.2f} {unit} of {limit:,.2f} {unit}",
        holds=value <= limit,
    )
