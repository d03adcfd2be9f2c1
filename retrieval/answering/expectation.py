"""Find the kind of thing that a question asks for in an article, and weigh whether it is the one meant.

Of several amounts the one is meant that stands beside the question's words, in a sentence that gives amounts
like it, or below a heading that does ("Lệ phí"), and not in one about another number ("lớp 1" for "lớp 6").
If the title says one, the article is about that one.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import filterfalse
from typing import NamedTuple

from retrieval.answering.headings import Run, label, lines_alone
from retrieval.answering.values import fitness, is_mere_year, is_person, names_in, places_of
from retrieval.question.kind import Kind, kinds_named
from retrieval.ranking.numbers import is_counted
from retrieval.text.analyzer import terms

# > 0: how likely a thing is whose sentence says none of the question's words, in shares of the question; what
# such words add is counted beside it.
UNSUPPORTED = 0.2
CLOSE = 40  # characters: the words within count for a thing, and those of its sentence, half each
ANOTHER = 0.2  # 0..1: how likely a thing is whose sentence is about another number: "lớp 1" for "lớp 6"
UNNAMED = 0.5  # 0..1: how likely another thing is than one of a line that begins with what is asked alone
UNANNOUNCED = 0.6  # 0..1: how likely another thing is than one below a heading that names its kind
_LETTERS = frozenset("abcd")
_TO = frozenset(["đến", "tới", "to"])
UNTITLED = 0.6  # 0..1: how likely another thing is than one that the title says


class _Thing(NamedTuple):
    """Something of a kind that is asked for, as it stands in the body."""

    start: int
    support: float  # of the question, how much its sentence and the words close to it say
    fits: float  # 0..1: how well the sentence gives it
    is_titled: bool  # whether the title says it, too
    is_named: bool  # whether its line begins with what is asked alone
    is_announced: bool  # whether the heading above names its kind


@dataclass(frozen=True, kw_only=True)
class Expectation:
    """The kinds of thing that one question asks of one article."""

    kinds: Sequence[Kind]
    question: str
    asked: frozenset[str]  # its terms
    title: str
    is_titled: bool = False  # whether the title says all that is asked of
    may_be_none: bool = False  # whether even the likeliest thing may not be the one

    def likely(
        self,
        body: str,
        sentences: list[Run],
        above: dict[Run, Run],
        said: Callable[[Run], float],
        total: float,
    ) -> list[tuple[int, float]]:
        """Return where in *body* such things start, and how likely (0..1) each is the one.

        *above* are the headings of *sentences* (``headings.announced``). *said* tells what a stretch of the
        body says of the question, of which all is *total*.
        """
        things = list(self._things(body, sentences, above, said))
        if not things:
            return []
        if self.is_titled and any(thing.is_announced for thing in things):
            things = _first_announced(things)
        least = UNSUPPORTED * total
        likely = [
            worth * (least + thing.support) for worth, thing in zip(_worths(things), things, strict=True)
        ]
        # Capitals may be a name's or not: of persons, too, even the likeliest may be none.
        is_name = Kind.PERSON in self.kinds
        is_open = is_name or self.may_be_none
        most = least + max(thing.support for thing in things) if is_open else max(likely)
        return [
            (thing.start, 1.0 if thing.is_titled and is_name else worth / most)
            for thing, worth in zip(things, likely, strict=True)
        ]

    def _things(
        self, body: str, sentences: list[Run], above: dict[Run, Run], said: Callable[[Run], float]
    ) -> Iterator["_Thing"]:
        """Yield what the *sentences* that are no headings hold of the kinds."""
        titled = self._titled
        for run in filterfalse(lines_alone(body, above).__contains__, sentences):
            heading, sentence, support = body[slice(*above.get(run, (0, 0)))], body[slice(*run)], None
            for kind in self.kinds:
                for start, end in self._places(kind, body, run):
                    if support is None:
                        support = said(run)
                        share = ANOTHER if is_of_another(self._numbered, f"{heading} {sentence}") else 1.0
                        is_named = self._is_named(sentence)
                    close = max(run[0], start - CLOSE), min(run[1], end + CLOSE)
                    yield _Thing(
                        start=start,
                        support=(support + said(close)) / 2,
                        fits=share * fitness(kind, body[start:end], heading, sentence, self.question),
                        is_titled=bool(titled) and names_in(kind, body[start:end]) in titled,
                        is_named=is_named,
                        is_announced=kind in kinds_named(heading),
                    )

    @property
    def _titled(self) -> set[str]:
        """The things that the title says."""
        return {
            names_in(kind, self.title[start:end])
            for kind in self.kinds
            for start, end in self._places(kind, self.title, (0, len(self.title)))
            if kind is not Kind.PERSON or is_person(self.title[start:end])
            if kind is not Kind.DAY or not is_mere_year(self.title[start:end], self.question)
        }

    def _is_named(self, line: str) -> bool:
        """Tell whether a *line* of a list gives something of what the question names, and of nothing else.

        "Lớp 6: từ ngày 25/6" is that for "lớp 6 đăng ký ngày nào", "Vé tháng xe máy: …" not for "gửi xe máy".
        """
        said = terms(label(line))
        return bool(said) and self.asked.issuperset(said)

    @cached_property
    def _numbered(self) -> list[tuple[str, int]]:
        """The things that the question numbers: ("lớp", 6)."""
        return numbers(self.question)

    def _places(self, kind: Kind, text: str, run: Run) -> Iterator[Run]:
        """Yield what a stretch of *text* holds of *kind* that the question does not say."""
        for start, end in places_of(kind, text, *run):
            if not self.asked.issuperset(terms(text[start:end])):
                yield start, end


def _first_announced(things: list[_Thing]) -> list[_Thing]:
    """Return *things* of which the question's words tell none apart: the first that is announced is meant."""
    first = next(thing for thing in things if thing.is_announced)
    return [thing._replace(support=0.0, is_announced=thing is first) for thing in things]


def _worths(things: list[_Thing]) -> Iterator[float]:
    """Yield how likely (0..1) each of *things* is beside those that are clearly meant, if there are any."""
    # If more of the question stands elsewhere, that is meant: "Vé tháng xe máy: …" for a month.
    best = max((thing.support for thing in things if not thing.is_named), default=0.0)
    named = {thing.start for thing in things if thing.is_named and thing.support >= best}
    is_any_titled, is_any_announced = (
        any(thing.is_titled for thing in things),
        any(thing.is_announced for thing in things),
    )
    for thing in things:
        other = UNNAMED if named and thing.start not in named else 1.0
        other *= UNANNOUNCED if is_any_announced and not thing.is_announced else 1.0
        yield thing.fits * (1.0 if thing.is_titled else other * (UNTITLED if is_any_titled else 1.0))


def is_of_another(numbered: list[tuple[str, int]], sentence: str) -> bool:
    """Tell whether a *sentence* numbers one of the *numbered* otherwise; "10 đến 18" are all of these."""
    said: dict[str, list[int]] = {}
    for word, number in numbers(sentence) if numbered else ():
        said.setdefault(word, []).append(number)
    return any(not min(said[word]) <= number <= max(said[word]) for word, number in numbered if word in said)


def numbers(text: str) -> list[tuple[str, int]]:
    """Return each number of *text* with the word before it, and each letter in the place of one.

    In "khu phố 2 đến 9" both have the same.
    """
    found: list[tuple[str, int]] = []
    word, is_behind = "", False
    for term in terms(text):
        is_number = word != "" and is_counted(term)
        if is_number or (word and term in _LETTERS):
            found.append((word, int(term) if is_number else ord(term)))
            is_behind = True
        elif not (is_behind and term in _TO):
            word, is_behind = term if term.isalpha() else "", False
    return found
