"""The numbers of a question against an article's: what is said of "tuyến 1" is not said of "tuyến 5"."""

import numpy as np
import regex
from numpy.typing import NDArray

from retrieval.index.index import Index
from retrieval.query.clause import Clause
from retrieval.query.weights import is_number
from retrieval.ranking.foremost import Foremost

# An asker's own measure need not be said: articles say "từ 75 tuổi", "trong 10 km", and mean it.
_UNITS = frozenset({"tuổi", "km", "mét", "m", "cm", "kg", "ký", "kí", "cân", "lít", "years", "year"})
_LONGEST = 9  # digits
_RANGE = regex.compile(
    r"\b(?<word>\p{L}+) (?<low>[0-9]{1,9}) ?(?:[-–—]|đến|tới|to) ?(?:\p{L}+ ){0,3}+(?<high>[0-9]{1,9})\b",
    regex.IGNORECASE,
)


def contradictions(best: Foremost) -> int:
    """Return how much (0 to 2) the numbers of its question speak against the *best* article.

    One if it does not say one of them, and one if its title says what a number is of, but nothing says both
    together: an article on "tháng 11" is not about "tháng 12".
    """
    index, query = best.index, best.query
    pairs: list[tuple[str, str, Clause]] = []
    for pair in query.pairs:
        first, second = pair.term.split(" ")
        pairs.append((first, second, pair))
    measures = {first for first, second, _ in pairs if second in _UNITS}
    numbers = {word.term for word in query.words if is_number(word.term)} - measures
    if not numbers:
        return 0
    title, body = best.title, best.texts.tokens
    by_title, by_body = best.by_title, best.by_body
    article = index.article(best.number)
    said_year = str(article.published.year) if article.published else None
    is_unsaid = any(
        word.term in numbers and word.term.isdecimal() and not max(said) and word.term != said_year
        for word, *said in zip(query.words, by_title, by_body, strict=True)
    )
    if is_unsaid and any(
        second in numbers and is_counted(second) and _is_between(first, int(second), article.body)
        for first, second, _ in pairs
    ):
        return 0  # "khu phố 10 đến khu phố 18"
    titled = {word.term for word, said in zip(query.words, by_title, strict=True) if said}
    together = {*_pairs(index, title), *_pairs(index, body)} if titled else set()
    is_another = any(
        second in numbers and not is_number(first) and first in titled and not _is_said(pair, together, body)
        for first, second, pair in pairs
    )
    return is_unsaid + is_another


def is_counted(term: str) -> bool:
    """Tell whether *term* is a number to count with: no "²", and none that takes long to read."""
    return term.isdecimal() and len(term) <= _LONGEST


def _is_between(word: str, number: int, body: str) -> bool:
    """Tell whether *number* lies in a range that the *body* gives of *word*: "khu phố 10 đến khu phố 18"."""
    return any(
        found["word"].lower() == word and int(found["low"]) < number < int(found["high"])
        for found in _RANGE.finditer(body)
    )


def _pairs(index: Index, text: NDArray[np.int32]) -> list[int]:
    numbers = text.astype(np.int64)
    keys: list[int] = index.pair(numbers[:-1], numbers[1:]).tolist()
    return keys


def _is_said(pair: Clause, together: set[int], body: NDArray[np.int32]) -> bool:
    """Tell whether two words, or another wording of both, are among the pairs *together* or in the *body*."""
    if not together.isdisjoint(pair.keys.tolist()):
        return True
    said = together | set(body.tolist()) if pair.others else set()
    return any(said.issuperset(phrase.keys.tolist()) for phrase in pair.others)
