"""Choose what of a passage is shown: at most 320 characters, verbatim, whole sentences where they fit.

Runs of neighbouring sentences are compared, and runs of the parts of a sentence that is too long by itself.
Of those that fit, the one that covers most of the question is shown, and rather one that holds what is asked
for: a number, or a name, that the question does not hold itself. Of equal ones the longest is shown, since
what surrounds the question's words is what answers it.
"""

import math
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import regex

from retrieval.answer import Excerpt
from retrieval.index.index import Index
from retrieval.query.query import Query
from retrieval.question.asking import Kind, expected
from retrieval.ranking.slots import Slots
from retrieval.text.analyzer import Token, terms, tokens
from retrieval.text.canonical import trimmed
from retrieval.text.sentence import sentences

MAX_CHARACTERS = 320
EXPECTED = 0.2  # 0..1: what holding the kind of thing that is asked for adds, in shares of the question
PAIR_SHARE = 0.4  # what two of the question's words side by side add, of their own importance

# The marks within a number, a time or a range have no space behind them.
_BETWEEN_PARTS = regex.compile(r"(?<=[,;:–—])\s+|(?<=[，、；：])")
Run = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Match:
    """A word of the question, as it stands in the body."""

    start: int
    end: int
    terms: tuple[int, int]  # its first and its last one, by number; of a word they are the same
    fills: list[tuple[int, float]]  # the question's words it stands for, and what it gives to each
    is_whole: bool  # whether it is another wording of several of them together

    @property
    def worth(self) -> float:
        return max(worth for _, worth in self.fills)


class Excerpts:
    """Cuts the excerpts that answer one question; what they look for is made out once for all hits."""

    def __init__(self, index: Index, query: Query, wanted: Slots) -> None:
        self._index = index
        self._wanted = wanted
        self._filling = _filling(wanted)
        self._asked_pairs = {
            key
            for pair in query.pairs
            for keys in (pair.keys, *(phrase.keys for phrase in pair.others))
            for key in keys.tolist()
        }
        self._asked = terms(query.understood_as)
        self._kind = expected(self._asked)
        self._total = float(wanted.importance.sum())
        self._average = self._total / max(1, len(wanted.importance))

    def cut(self, body: str, passage: Run, around: Run) -> Excerpt:
        """Return the excerpt of *body* that answers the question best, with its highlights.

        It stands in the *passage*, or *around* it (a range that holds the passage) where that is near.
        """
        near = [
            (begin, stop)
            for begin, stop in sentences(body, *around)
            if stop > passage[0] - MAX_CHARACTERS and begin < passage[1] + MAX_CHARACTERS
        ]
        start, end = near[0][0], near[-1][1]
        found = list(tokens(body[start:end]))
        matches = self._matches(found, start)
        together = self._together(matches)
        places = [match.start for match in matches]
        answering = self._answering(body, found, start)

        def gain(run: Run) -> tuple[float, int]:
            inside = matches[bisect_left(places, run[0]) : bisect_left(places, run[1])]
            holds = bisect_left(answering, run[0]) < bisect_left(answering, run[1])
            return _coverage(inside, together) + holds * EXPECTED * self._total, run[1] - run[0]

        chosen = max(_runs(body, near), key=gain)
        shown = [
            (match.start, match.end)
            for match in matches
            if chosen[0] <= match.start
            and match.end <= chosen[1]
            # A common word by itself is not what the reader looks for.
            and (match.start in together or match.worth >= self._average)
        ]
        return Excerpt(start=chosen[0], end=chosen[1], highlights=tuple(_joined(body, shown)))

    def _matches(self, found: list[Token], start: int) -> list[_Match]:
        wanted, filling = self._wanted, self._filling
        numbers = self._index.keys_of([token.term for token in found])
        marked = wanted.marked(numbers.astype(np.int32)).tolist() if wanted.phrases else numbers.tolist()
        matches: list[_Match] = []
        behind = 0
        for place, number in enumerate(marked):
            if place < behind or number not in filling:
                continue
            is_phrase = number >= wanted.phrase_base
            phrase = wanted.phrases[number - wanted.phrase_base] if is_phrase else (number,)
            behind = place + len(phrase)
            fills = [fill for term in (number, *phrase[1:]) for fill in filling.get(term, ())]
            matches.append(
                _Match(
                    start=found[place].start + start,
                    end=found[behind - 1].end + start,
                    terms=(phrase[0], phrase[-1]),
                    fills=fills,
                    is_whole=is_phrase and len({slot for slot, _ in fills}) > 1,
                )
            )
        return matches

    def _answering(self, body: str, found: list[Token], start: int) -> list[int]:
        """Return where, in order, what the question asks for may stand: a number or a name not in it."""
        places: list[int] = []
        for token in found if self._kind else ():
            place = token.start + start
            written = body[place]
            is_name = self._kind is Kind.NAME
            fits = written.isupper() and _is_inside(body, place) if is_name else written.isdigit()
            if fits and token.term not in self._asked:
                places.append(place)
        return places

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


def _filling(wanted: Slots) -> dict[int, list[tuple[int, float]]]:
    """Return the slots that each term fills, and what it gives to each."""
    filling: dict[int, list[tuple[int, float]]] = {}
    gives = (wanted.weights * wanted.importance[wanted.slots]).tolist()
    for term, slot, worth in zip(wanted.terms.tolist(), wanted.slots.tolist(), gives, strict=True):
        filling.setdefault(term, []).append((slot, worth))
    return filling


def _is_inside(body: str, place: int) -> bool:
    """Tell whether a capital at *place* is not only that of a sentence's first word."""
    return place > 1 and body[place - 1] == " " and body[place - 2] not in ".!?…:"


def _coverage(matches: list[_Match], together: set[int]) -> float:
    """Return what *matches* are worth, each of the question's words counted once, and more if together."""
    filled: dict[int, float] = {}
    for match in matches:
        share = 1 + PAIR_SHARE if match.start in together else 1.0
        for slot, worth in match.fills:
            filled[slot] = max(filled.get(slot, 0.0), worth * share)
    return math.fsum(filled.values())  # the same in whatever order the words stand


def _runs(body: str, near: list[Run]) -> Iterator[Run]:
    """Yield runs of neighbouring sentences that fit, and of neighbouring parts of a long one."""
    whole: list[Run] = []
    for begin, stop in near:
        if stop - begin <= MAX_CHARACTERS:
            whole.append((begin, stop))
            continue
        yield from _fitting(whole)
        whole = []
        yield from _fitting([piece for part in _parts(body, begin, stop) for piece in _pieces(body, *part)])
    yield from _fitting(whole)


def _fitting(units: list[Run]) -> Iterator[Run]:
    """Yield the longest run that fits from each unit on: a shorter one covers no more of the question."""
    last = 0
    for start, _ in units:
        while last < len(units) and units[last][1] - start <= MAX_CHARACTERS:
            last += 1
        yield start, units[last - 1][1]


def _parts(body: str, start: int, end: int) -> Iterator[Run]:
    """Yield the parts of a sentence, each with the mark that closes it."""
    for between in _BETWEEN_PARTS.finditer(body, start, end):
        yield start, between.start()
        start = between.end()
    yield start, end


def _pieces(body: str, start: int, end: int) -> Iterator[Run]:
    """Yield a part of a sentence; cut between words, or inside one if need be, where it is too long."""
    while end - start > MAX_CHARACTERS:
        cut = body.rfind(" ", start + 1, start + MAX_CHARACTERS + 1)
        cut = cut if cut > 0 else start + MAX_CHARACTERS
        yield trimmed(body, start, cut)
        start = cut
    if body[start:end].strip():
        yield trimmed(body, start, end)


def _joined(body: str, ranges: list[Run]) -> Iterator[Run]:
    """Yield *ranges* with those joined that only a space parts, or a mark within a date or a number."""
    held: Run | None = None
    for start, end in ranges:
        if held and _is_joint(body, held[1], start):
            held = held[0], end
        else:
            if held:
                yield held
            held = start, end
    if held:
        yield held


def _is_joint(body: str, start: int, end: int) -> bool:
    between = body[start:end]
    return between in ("", " ") or (
        between in {*"-–/."} and body[start - 1].isdigit() and body[end].isdigit()
    )
