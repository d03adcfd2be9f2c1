"""Gaps: what people ask and the articles do not say, like questions together."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from retrieval.journal.journal import NotedAnswer, Rating
from retrieval.question.asking import asking
from retrieval.text.analyzer import fold, terms
from retrieval.text.canonical import clean

# 0..1: questions are like each other from this share of common words on (Jaccard). "Thẻ thư viện giá bao
# nhiêu" and "làm thẻ thư viện ở đâu" are, "thẻ thư viện" and "thẻ bảo hiểm y tế" are not.
SAME_QUESTION = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Like questions that were not answered, or badly."""

    question: str  # the one of them that was asked most
    times: int  # that any of them was asked
    people: int  # who asked
    latest: datetime  # aware
    nearest: str | None  # the id of the article that came nearest the last time


def gaps(asked: Iterable[NotedAnswer], tallies: Mapping[str, Counter[Rating]]) -> list[Gap]:
    """Return what was *asked* in vain, what was asked most first, the latest first of equals.

    In vain is what was not answered, or more people found bad or missing than good. Questions are compared
    by their words without accents, and without those that only ask. They come in the order of how often they
    were asked; each joins the group whose first one it is most like, if it is like it, or begins another.
    """
    same: dict[frozenset[str], _Group] = {}
    for note in asked:
        words = _words(note.understood_as)
        if words and (not note.answered or _is_disliked(tallies.get(note.id))):
            same.setdefault(words, _Group()).take(note)
    groups: list[_Group] = []
    sizes: list[int] = []
    holders: dict[str, list[int]] = defaultdict(list)  # word → the groups whose first question holds it
    for words, group in sorted(same.items(), key=lambda item: -item[1].times):
        shared = Counter(at for word in words for at in holders[word])
        likeness = {at: n / (len(words) + sizes[at] - n) for at, n in shared.items()}
        best = max(likeness, key=lambda at: (likeness[at], -at), default=None)
        if best is not None and likeness[best] >= SAME_QUESTION:
            groups[best].join(group)
            continue
        for word in words:
            holders[word].append(len(groups))
        groups.append(group)
        sizes.append(len(words))
    return sorted((group.gap() for group in groups), key=lambda gap: (gap.times, gap.latest), reverse=True)


@dataclass(slots=True)
class _Group:
    """Like questions; the first ones came first."""

    spellings: Counter[str] = field(default_factory=Counter)
    people: set[str] = field(default_factory=set)
    times: int = 0
    last: NotedAnswer | None = None

    def take(self, asked: NotedAnswer) -> None:
        self.spellings[asked.understood_as] += 1
        self.people.add(asked.asker)
        self.times += 1
        if self.last is None or asked.at >= self.last.at:
            self.last = asked

    def join(self, other: "_Group") -> None:
        """Take what *other* holds; its spellings are not used, as they were asked less often."""
        assert self.last is not None
        assert other.last is not None
        self.people |= other.people
        self.times += other.times
        self.last = max(self.last, other.last, key=lambda note: note.at)

    def gap(self) -> Gap:
        assert self.last is not None
        return Gap(
            question=self.spellings.most_common(1)[0][0],
            times=self.times,
            people=len(self.people),
            latest=self.last.at,
            nearest=self.last.hits[0].article_id if self.last.hits else None,
        )


def _words(question: str) -> frozenset[str]:
    """Return the words that *question* is about; all of its words if it only asks."""
    words = terms(clean(question))
    only_ask = asking(words)
    return frozenset(fold(word) for word in words if word not in only_ask) or frozenset(map(fold, words))


def _is_disliked(tally: Counter[Rating] | None) -> bool:
    balance = sum(times if rating.verdict == "good" else -times for rating, times in (tally or {}).items())
    return balance < 0
