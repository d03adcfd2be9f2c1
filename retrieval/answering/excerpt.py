"""Choose what of a passage is shown: at most 320 characters, verbatim, and of the last sentence what fits.

Runs of neighbouring sentences are compared, and runs of the parts of a sentence that is too long by itself.
Of those that fit, the one that covers most of the question is shown, and rather one with a sentence that
holds the kind of thing that is asked for (``question.kind``), beside the question's words and not among them,
and, in a large collection, one that goes on behind the sentence that says most.
The article's title says what all of it is about, so its words count little here, and those of the question
before count still less, if the question goes on with it. Of equal runs the longest is shown, since what
surrounds the question's words answers it, but none that ends with a heading. If another passage of the
article holds such a thing, and this one does not, the excerpt goes there.
"""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import chain, pairwise, repeat
from typing import NamedTuple

import numpy as np

from retrieval.answer import Excerpt
from retrieval.answering.expectation import Expectation
from retrieval.answering.headings import Run, announced, lines_alone
from retrieval.answering.runs import MAX_CHARACTERS, runs_of, up_to, within, without_gaps
from retrieval.answering.values import TELLING, VAGUE, places_of
from retrieval.article import Article
from retrieval.index.index import Index
from retrieval.index.postings import Numbers
from retrieval.query.query import Query
from retrieval.question.kind import Kind, kinds_asked
from retrieval.question.parts import parts
from retrieval.question.roles import Role
from retrieval.ranking.confidence import looks_near
from retrieval.ranking.slots import Slots, coverage, slots
from retrieval.ranking.subject import Subject
from retrieval.text.analyzer import Analysed, analyse, terms
from retrieval.text.sentence import sentences

EXPECTED = 0.35  # 0..1: what holding the kind of thing that is asked for adds, in shares of the question
VAGUELY = 0.2  # 0..1: the same of a kind that almost any sentence looks like: reasons, steps, conditions
PARTICULAR = 0.6  # 0..1: the same of a kind that is written so particularly that nothing else looks like it
SINGULAR = 0.8  # 0..1: the same of what only one thing answers: a number to call, an e-mail address, a name
NAMING = 0.5  # 0..1: what "số điện thoại" counts, in choosing the sentence, if a number answers it
TITLED = 0.35  # 0..1: what a word counts, in choosing the sentence, that the article's own title says
KNOWN = 0.3  # 0..1: what a word counts, in choosing the sentence, of the question before
TOLD = 0.15  # 0..1: what a word counts, in choosing the sentence, that a story tells beside the question
STORY = 12  # words of a story, at least: of fewer "ba", the father, is found in "ba lần"
SHORT_BODY = 2400  # characters: a body no longer is looked at as a whole for the kind of thing asked
BESIDE = 30  # words: what is asked for belongs to the question's words so near
OWN = 0.1  # 0..1: how much better another passage than the best-ranked one must be
MOST_KINDS = 3  # that a question asks for: people hardly ask for more, and each is looked for in every hit
# 0..1: what it adds in a large collection, in shares of the question, if all that fits follows on the
# sentence that says most: what answers stands behind it twice as often as before. Not so in notices.
FOLLOWING = 0.2
PAIR_SHARE = 0.6  # what two of the question's words side by side add, of their own importance

_CONTACTS = {Kind.PHONE, Kind.EMAIL}

Fill = tuple[int, float]  # a slot of the question, and what is given to it


class _Match(NamedTuple):
    """A word of the question, as it stands in the body."""

    start: int
    end: int
    terms: tuple[int, int]  # its first and its last one, by number; of a word they are the same
    fills: list[Fill]  # the question's words it stands for
    is_whole: bool  # whether it is another wording of several of them together

    @property
    def worth(self) -> float:
        return max(worth for _, worth in self.fills)


class Excerpts:
    """Cuts the excerpts that answer one question; what they look for is made out once for all hits."""

    def __init__(
        self, index: Index, query: Query, wanted: Slots, *, asked_of: frozenset[str] = frozenset()
    ) -> None:
        """*asked_of* are the terms of *query* that only a question before it says."""
        self._index = index
        self._wanted = wanted
        self._known = {slot: KNOWN for slot, word in enumerate(query.words) if word.term in asked_of}
        self._filling = _filling(wanted)
        self._numbers = _numbers(index, wanted)
        self._asked_pairs = {
            key
            for pair in query.pairs
            for keys in (pair.keys, *(phrase.keys for phrase in pair.others))
            for key in keys.tolist()
        }
        self._question = query.understood_as
        self._asked = frozenset(terms(query.understood_as))
        kinds = [kind for kind in kinds_asked(query.understood_as) if kind is not Kind.YES_NO]
        self._kinds = kinds if len(kinds) <= MOST_KINDS else []
        self._telling = np.flatnonzero(Subject(query, wanted).names if self._kinds else []).tolist()
        is_contact = bool(self._kinds) and {*self._kinds} <= _CONTACTS
        self._expected = _expected(self._kinds)
        naming = _naming(query.understood_as) if is_contact else frozenset[str]()
        self._naming = {slot: NAMING for slot, word in enumerate(query.words) if word.term in naming}
        told = tuple(clause for clause in query.context if not clause.is_pair)
        is_story = len(told) >= STORY
        self._told = slots(index, replace(query, words=told, pairs=(), context=())) if is_story else None
        self._total = float(wanted.importance.sum())
        self._average = self._total / max(1, len(wanted.importance))
        self._is_large = not looks_near(index)

    def cut(
        self, article: Article, passage: Run, around: Run, title: Numbers, *, besides: Run | None = None
    ) -> Excerpt:
        """Return the excerpt of *article* that answers the question best, with its highlights.

        It stands in the *passage*, or *around* it (a range that holds the passage) if that is near. *title*
        are the numbers of the title's terms. It is another one than *besides*, which was shown before, unless
        the body has no other.
        """
        body = article.body
        is_whole = bool(self._kinds) and len(body) <= SHORT_BODY
        near = [
            (begin, stop)
            for begin, stop in sentences(body, *((0, len(body)) if is_whole else around))
            if is_whole or (stop > passage[0] - MAX_CHARACTERS and begin < passage[1] + MAX_CHARACTERS)
        ]
        start, end = near[0][0], near[-1][1]
        matches = self._matches(analyse(body[start:end]), start)
        together = self._together(matches)
        shares = self._shares(title)
        said = _saying(matches, together, shares)
        above = announced(body, near)
        expectation = Expectation(
            kinds=self._kinds,
            question=self._question,
            asked=self._asked,
            title=article.title,
            is_titled=all(slot in shares for slot in self._telling),
            may_be_none=self._is_large,  # encyclopedias give days and numbers everywhere
        )
        answering = expectation.likely(body, near, above, said, self._total)
        runs = dict(runs_of(body, near, lines_alone(body, above)))
        begins, ends = [begin for begin, _ in near], [end for _, end in near]
        single = [said(run) for run in near] if self._is_large else []

        def gain(run: Run) -> tuple[float, int]:
            whole = up_to(run, ends)  # "Lớp ôn B1:" alone says nothing of its fee
            value = max((worth for begin, worth in answering if run[0] <= begin < whole[1]), default=0.0)
            beside = value * self._expected
            if self._is_large:
                inside = range(bisect_right(begins, run[0]) - 1, bisect_left(begins, run[1]))
                start = max(run[0], begins[max(inside, key=single.__getitem__)])
                beside += FOLLOWING * ((run[1] - start) / (runs.get(start, run[1]) - start))
            told = TOLD * self._says_of_told(body, run)
            return said(whole) + told + beside * self._total, run[1] - run[0]

        candidates = [*runs.items(), *(within(besides, near) if besides else ())]
        chosen = max([run for run in candidates if run != besides] or candidates, key=gain)
        shown = [
            (match.start, match.end)
            for match in matches
            if chosen[0] <= match.start
            and match.end <= chosen[1]
            # A common word by itself is not what the reader looks for.
            and (match.start in together or match.worth >= self._average)
        ]
        return Excerpt(start=chosen[0], end=chosen[1], highlights=tuple(without_gaps(body, shown)))

    def passage_in(self, article: int, passage: int, body: str, title: Numbers) -> int:
        """Return the passage of *article* to quote: *passage*, its best, or one that holds what is asked for.

        Another one must say as much of the question as *passage* does, and hold what *passage* does not.
        """
        numbers = self._index.passages_of(article)
        if not TELLING.intersection(self._kinds) or len(numbers) == 1:
            return passage
        shares = self._shares(title)
        importance = self._wanted.importance * [
            shares.get(slot, 1.0) for slot in range(len(self._wanted.importance))
        ]
        covered = coverage(self._index, replace(self._wanted, importance=importance), numbers, BESIDE)
        holds = [
            any(any(places_of(kind, body, *self._index.span_of(number))) for kind in self._kinds)
            for number in numbers.tolist()
        ]
        gains = covered + self._expected * np.array(holds) + OWN * (numbers == passage)
        return int(numbers[gains.argmax()])

    def _says_of_told(self, body: str, run: Run) -> float:
        """Return what a *run* of *body* says of what is told beside the question."""
        if self._told is None:
            return 0.0
        said = self._told.filled(self._index.keys_of(terms(body[slice(*run)])).astype(np.int32))
        return float(said @ self._told.importance)

    def _shares(self, title: Numbers) -> dict[int, float]:
        """Return what each slot counts for a sentence that the title or the question before says."""
        titled = {slot: TITLED for number in title.tolist() for slot, _ in self._filling.get(number, ())}
        return titled | self._naming | self._known

    def _matches(self, found: Analysed, start: int) -> list[_Match]:
        wanted, filling, base = self._wanted, self._filling, self._wanted.fillers.base
        numbers = np.array([*map(self._numbers.get, found.terms, repeat(-1))], dtype=np.int32)
        matches: list[_Match] = []
        behind = 0
        for at, number in enumerate(wanted.marked(numbers).tolist()):
            if at < behind or number not in filling:
                continue
            is_phrase = number >= base
            phrase = wanted.phrases[number - base] if is_phrase else (number,)
            behind = at + len(phrase)
            fills = filling[number]
            if is_phrase:
                fills = [fill for term in (number, *phrase[1:]) for fill in filling.get(term, ())]
            matches.append(
                _Match(
                    start=found.starts[at] + start,
                    end=found.ends[behind - 1] + start,
                    terms=(phrase[0], phrase[-1]),
                    fills=fills,
                    is_whole=is_phrase and len({slot for slot, _ in fills}) > 1,
                )
            )
        return matches

    def _together(self, matches: list[_Match]) -> set[int]:
        """Return where matches start that stand beside one that the question has beside them too."""
        found = {match.start for match in matches if match.is_whole}
        beside = [(left, right) for left, right in pairwise(matches) if right.start - left.end <= 1]
        ends = np.array([(left.terms[1], right.terms[0]) for left, right in beside], dtype=np.int64)
        first, second = ends.reshape(-1, 2).T
        for (left, right), key in zip(beside, self._index.pair(first, second).tolist(), strict=True):
            if key in self._asked_pairs:
                found |= {left.start, right.start}
        return found


def _expected(kinds: Sequence[Kind]) -> float:
    """Return what holding something of *kinds* adds, in shares of the question."""
    if Kind.PERSON in kinds or {*kinds} <= _CONTACTS:
        return SINGULAR
    if TELLING.issuperset(kinds):
        return PARTICULAR
    return VAGUELY if VAGUE.issuperset(kinds) else EXPECTED


def _naming(question: str) -> frozenset[str]:
    """Return the terms of *question* that name what is asked for, or only ask."""
    return frozenset(t for p in parts(question) if p.kind in {Role.ASPECT, Role.ASKS} for t in p.terms)


def _numbers(index: Index, wanted: Slots) -> dict[str, int]:
    """Return the terms that fill slots, or are part of a phrase that does, with their numbers."""
    filling = [number for number in wanted.fillers.terms.tolist() if number < wanted.fillers.base]
    return {index.vocabulary[number]: number for number in chain(filling, *wanted.phrases)}


def _filling(wanted: Slots) -> dict[int, list[Fill]]:
    """Return the slots that each term fills, and what it gives to each."""
    filling: dict[int, list[Fill]] = {}
    gives = (wanted.fillers.weights * wanted.importance[wanted.fillers.slots]).tolist()
    for term, slot, worth in zip(
        wanted.fillers.terms.tolist(), wanted.fillers.slots.tolist(), gives, strict=True
    ):
        filling.setdefault(term, []).append((slot, worth))
    return filling


def _saying(matches: list[_Match], together: set[int], shares: dict[int, float]) -> Callable[[Run], float]:
    """Return what tells what the *matches* in a stretch are worth: a match counts more *together* with one.

    *shares* are what some slots count (0..1).
    """
    starts = [match.start for match in matches]
    given = [
        [
            (slot, worth * (1 + PAIR_SHARE if match.start in together else 1.0) * shares.get(slot, 1.0))
            for slot, worth in match.fills
        ]
        for match in matches
    ]

    covered: dict[Run, float] = {}  # many stretches hold the same words

    def said(run: Run) -> float:
        held = bisect_left(starts, run[0]), bisect_left(starts, run[1])
        if held not in covered:
            covered[held] = _coverage(given[slice(*held)])
        return covered[held]

    return said


def _coverage(given: list[list[Fill]]) -> float:
    """Return what words are worth that are *given* to slots, each slot counted once."""
    filled: dict[int, float] = {}
    for slot, worth in chain.from_iterable(given):
        if slot not in filled or worth > filled[slot]:
            filled[slot] = worth
    return math.fsum(filled.values())  # the same in whatever order the words stand
