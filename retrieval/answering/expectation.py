"""Find the kind of thing that a question asks for in an article, and weigh whether it is the one meant.

Of several amounts the one is meant that stands beside the question's words, in a sentence that gives amounts
like it, or below a heading that does ("Lệ phí"), and not in one about another number ("lớp 1" for "lớp 6").
If the title says one, the article is about that one.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from retrieval.answering.headings import Run, label
from retrieval.answering.values import fitness, is_person, names_in, places_of
from retrieval.question.kind import Kind
from retrieval.ranking.numbers import is_counted
from retrieval.text.analyzer import terms

# > 0: how likely a thing is whose sentence says none of the question's words, in shares of the question; what
# such words add is counted beside it.
UNSUPPORTED = 0.2
CLOSE = 40  # characters: the words within count for a thing, and those of its sentence, half each
ANOTHER = 0.2  # 0..1: how likely a thing is whose sentence is about another number: "lớp 1" for "lớp 6"
UNNAMED = 0.5  # 0..1: how likely another thing is than one of a line that begins with what is asked alone
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
        is_named: list[bool] = []
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
                    is_named.append(self._is_named(body[slice(*run)]))
        least = UNSUPPORTED * total
        most = least + max((support for _, support, _ in found), default=0.0)
        other = UNTITLED if any(is_titled) else 1.0
        # If more of the question stands elsewhere, that is meant: "Vé tháng xe máy: …" for a month.
        best = max((found[place][1] for place, is_own in enumerate(is_named) if not is_own), default=0.0)
        is_meant = [is_own and found[place][1] >= best for place, is_own in enumerate(is_named)]
        return [
            (start, 1.0 if in_title else share * other * fits * (least + support) / most)
            for (start, support, fits), in_title, share in zip(
                found, is_titled, _shares(is_meant), strict=True
            )
        ]

    def _is_named(self, line: str) -> bool:
        """Tell whether a *line* of a list gives something of what the question names, and of nothing else.

        "Lớp 6: từ ngày 25/6" is that for "lớp 6 đăng ký ngày nào", "Vé tháng xe máy: …" not for "gửi xe máy".
        """
        said = terms(label(line))
        return bool(said) and self.asked.issuperset(said)

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


def _shares(is_meant: list[bool]) -> list[float]:
    """Return how likely each thing is beside those that are clearly meant, if there are any."""
    return [1.0 if meant else UNNAMED for meant in is_meant] if any(is_meant) else [1.0] * len(is_meant)


def _numbers(text: str) -> Iterator[tuple[str, int]]:
    """Yield each number of *text* with the word before it."""
    for word, number in pairwise(terms(text)):
        if word.isalpha() and is_counted(number):
            yield word, int(number)
