"""Find the kind of thing that a question asks for in an article, and weigh whether it is the one meant.

Of several amounts the one is meant that stands beside the question's words, in a sentence that gives amounts
like it, or below a heading that does ("Lệ phí"), and not in one about another number ("lớp 1" for "lớp 6").
If the title says one, the article is about that one.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from retrieval.answering.headings import Run
from retrieval.answering.values import fitness, is_person, names_in, places_of
from retrieval.question.kind import Kind
from retrieval.ranking.numbers import is_counted
from retrieval.text.analyzer import terms

# > 0: how likely a thing is whose sentence says none of the question's words, in shares of the question; what
# such words add is counted beside it.
UNSUPPORTED = 0.2
CLOSE = 40  # characters: the words within count for a thing, and those of its sentence, half each
ANOTHER = 0.2  # 0..1: how likely a thing is whose sentence is about another number: "lớp 1" for "lớp 6"
UNTITLED = 0.6  # 0..1: how likely another thing is than one that the title says


@dataclass(frozen=True, kw_only=True)
class Expectation:
    """The kinds of thing that one question asks of one article."""

    kinds: Sequence[Kind]
    question: str
    asked: frozenset[str]  # its terms
    title: str

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
        titled = {
            names_in(kind, self.title[start:end])
            for kind in self.kinds
            for start, end in self._places(kind, self.title, (0, len(self.title)))
            if kind is not Kind.PERSON or is_person(self.title[start:end])
        }
        found: list[tuple[int, float, float]] = []
        is_titled: list[bool] = []
        for run in sentences:
            heading, support, share = body[slice(*above.get(run, (0, 0)))], None, 1.0
            for kind in self.kinds:
                for start, end in self._places(kind, body, run):
                    if support is None:
                        support = said(run)
                        share = ANOTHER if self._is_of_another(f"{heading} {body[slice(*run)]}") else 1.0
                    fits = share * fitness(kind, body[start:end], heading, body[slice(*run)], self.question)
                    close = max(run[0], start - CLOSE), min(run[1], end + CLOSE)
                    found.append((start, (support + said(close)) / 2, fits))
                    is_titled.append(names_in(kind, body[start:end]) in titled)
        least = UNSUPPORTED * total
        most = least + max((support for _, support, _ in found), default=0.0)
        other = UNTITLED if any(is_titled) else 1.0
        return [
            (start, 1.0 if in_title else other * fits * (least + support) / most)
            for (start, support, fits), in_title in zip(found, is_titled, strict=True)
        ]

    @cached_property
    def _numbered(self) -> list[tuple[str, int]]:
        """The things that the question numbers: ("lớp", 6)."""
        return list(_numbers(self.question))

    def _is_of_another(self, sentence: str) -> bool:
        """Tell whether a *sentence* numbers such a thing otherwise; "10 đến 18" are all of these."""
        if not self._numbered:
            return False
        said: dict[str, list[int]] = {}
        for word, number in _numbers(sentence):
            said.setdefault(word, []).append(number)
        return any(
            not min(said[word]) <= number <= max(said[word])
            for word, number in self._numbered
            if word in said
        )

    def _places(self, kind: Kind, text: str, run: Run) -> Iterator[Run]:
        """Yield what a stretch of *text* holds of *kind* that the question does not say."""
        for start, end in places_of(kind, text, *run):
            if not self.asked.issuperset(terms(text[start:end])):
                yield start, end


def _numbers(text: str) -> Iterator[tuple[str, int]]:
    """Yield each number of *text* with the word before it."""
    for word, number in pairwise(terms(text)):
        if word.isalpha() and is_counted(number):
            yield word, int(number)
