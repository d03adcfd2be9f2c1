"""Usage: how much is asked, how much of it is answered, what most people ask, what takes long.

Never who asked: people are counted, and are nowhere in the result.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Self
from zoneinfo import ZoneInfo

from retrieval.journal.journal import NotedAnswer, Rating, Verdict
from retrieval.text.analyzer import fold, terms
from retrieval.text.canonical import clean

TOP = 5
SLOWEST = 3
# Of less, it is not what people ask but what somebody asks.
LEAST_PEOPLE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """The questions of one day on the bot's calendar."""

    date: date
    questions: int
    answered: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Popular:
    """A question that several people ask, in the spelling they use most."""

    question: str
    times: int
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Slow:
    """A question, and how long its slowest answer took."""

    question: str
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """The questions of some days, and what became of them."""

    days: tuple[Day, ...]  # oldest first, without a gap
    top: tuple[Popular, ...]  # asked by most people first, at most TOP
    slowest: tuple[Slow, ...]  # slowest first, at most SLOWEST
    verdicts: Mapping[Verdict, int]

    @classmethod
    def of(
        cls,
        asked: Iterable[NotedAnswer],
        tallies: Mapping[str, Counter[Rating]],
        *,
        today: date,
        days: int,
        timezone: ZoneInfo,
    ) -> Self:
        """Count what was *asked* in the last *days* up to *today*, and what people thought of it."""
        first = today - timedelta(days=days - 1)
        counts: dict[date, list[int]] = {first + timedelta(days=n): [0, 0] for n in range(days)}
        wordings: dict[tuple[str, ...], _Wording] = {}
        verdicts: Counter[Verdict] = Counter()
        for note in asked:
            count = counts.get(note.at.astimezone(timezone).date())
            if count is None:
                continue
            count[0] += 1
            count[1] += note.answered
            if key := wording(note.understood_as):
                wordings.setdefault(key, _Wording()).take(note)
            for rating, times in tallies.get(note.id, Counter[Rating]()).items():
                verdicts[rating.verdict] += times
        return cls(
            days=tuple(
                Day(date=day, questions=questions, answered=answered)
                for day, (questions, answered) in counts.items()
            ),
            top=_top(wordings.values()),
            slowest=_slowest(wordings.values()),
            verdicts=verdicts,
        )

    @property
    def questions(self) -> int:
        """The number of questions asked."""
        return sum(day.questions for day in self.days)

    @property
    def answered(self) -> int:
        """The number of those answered."""
        return sum(day.answered for day in self.days)


def wording(question: str) -> tuple[str, ...]:
    """Return what is left of *question* without accents, case and punctuation: equal, the same question."""
    return tuple(fold(term) for term in terms(clean(question)))


@dataclass(slots=True)
class _Wording:
    """The same question, as often as it was asked."""

    spellings: Counter[str] = field(default_factory=Counter)
    people: set[str] = field(default_factory=set)
    seconds: float = 0.0

    def take(self, asked: NotedAnswer) -> None:
        self.spellings[asked.understood_as] += 1
        self.people.add(asked.asker)
        self.seconds = max(self.seconds, asked.seconds)

    @property
    def question(self) -> str:
        """The spelling used most, the first one of equals."""
        return self.spellings.most_common(1)[0][0]


def _top(wordings: Iterable[_Wording]) -> tuple[Popular, ...]:
    popular = [
        Popular(question=said.question, times=said.spellings.total(), people=len(said.people))
        for said in wordings
        if len(said.people) >= LEAST_PEOPLE
    ]
    return tuple(sorted(popular, key=lambda said: (said.people, said.times), reverse=True)[:TOP])


def _slowest(wordings: Iterable[_Wording]) -> tuple[Slow, ...]:
    slowest = sorted(wordings, key=lambda said: said.seconds, reverse=True)[:SLOWEST]
    return tuple(Slow(question=said.question, seconds=said.seconds) for said in slowest)
