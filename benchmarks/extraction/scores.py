"""Scores of a reading against what should have come."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import regex

from benchmarks.extraction.pages import LabelledPage
from benchmarks.extraction.readers import Reading

TAKEN_IN = 120  # characters of text; a library that returns less of a page without an article refused it

_WORD = regex.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """A reader over all pages; shares are 0..1, of the pages that hold an article."""

    pages: int
    body: float  # mean F1 of the words
    title: float  # share of titles that are right to the letter, but for case and marks
    published: float  # share of right days
    author: float  # share of right authors; naming one that is not there is wrong
    taken_in: int  # pages without an article that became one
    lost: int  # articles that were refused or shorter than half


def words(text: str) -> list[str]:
    """Return the words of *text* in small letters."""
    return _WORD.findall(text.lower())


def f1(read: str, right: str) -> float:
    """Return the harmonic mean, 0..1, of precision and recall over words, repeated ones included."""
    got, want = Counter(words(read)), Counter(words(right))
    shared = (got & want).total()
    return 2 * shared / (got.total() + want.total()) if shared else 0.0


def is_title(read: str, right: str) -> bool:
    """Tell whether two titles are the same."""
    return words(read) == words(right)


def is_author(read: str | None, right: str | None) -> bool:
    """Tell whether two authors are the same."""
    return words(read or "") == words(right or "")


def scores(pages: Sequence[LabelledPage], readings: Sequence[Reading]) -> Scores:
    """Score the *readings* of *pages*, in the same order."""
    pairs = list(zip(pages, readings, strict=True))
    articles = [(page, reading) for page, reading in pairs if page.is_article]
    values = [f1(reading.body, page.body) for page, reading in articles]

    def share(hits: list[bool]) -> float:
        return sum(hits) / len(hits) if hits else 0.0

    return Scores(
        pages=len(pages),
        body=sum(values) / len(values) if values else 0.0,
        title=share([is_title(reading.title, page.title) for page, reading in articles]),
        published=share([reading.published == page.published for page, reading in articles]),
        author=share([is_author(reading.author, page.author) for page, reading in articles]),
        taken_in=sum(not page.is_article and len(reading.body) > TAKEN_IN for page, reading in pairs),
        lost=sum(value < 0.5 for value in values),
    )
