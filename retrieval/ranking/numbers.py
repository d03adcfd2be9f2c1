"""The numbers of a question against an article's: what is said of "tuyến 1" is not said of "tuyến 5"."""

import numpy as np
import regex
from numpy.typing import NDArray

from retrieval.index.index import Index
from retrieval.query.clause import Clause
from retrieval.query.weights import is_number
from retrieval.ranking.foremost import Foremost
from retrieval.text.analyzer import terms
from retrieval.text.syllable import is_syllable

# An asker's own measure need not be said: articles say "từ 75 tuổi", "trong 10 km", and mean it.
_UNITS = frozenset({"tuổi", "km", "mét", "m", "cm", "kg", "ký", "kí", "cân", "lít", "years", "year"})
# Times: what a number counts that the article does not say, beside one in whose place is another
UNSAID = 0.4
_ONE = frozenset({"1"})  # "1 con" is a dog, and no number of it
# What an article counts or measures is no number of a thing: "20 phút" says nothing of "tuyến 20".
_COUNTED = _UNITS | frozenset([
    "phút", "giây", "giờ", "tiếng", "ngày", "tuần", "tháng", "năm", "đồng", "nghìn", "ngàn", "triệu", "tỷ",
    "tỉ", "tấn", "tạ", "người", "em", "bé", "trẻ", "suất", "lượt", "lần", "chỗ", "trang", "bản", "hộ", "ca",
    "cặp", "minutes", "hours", "days", "months", "people",
])  # fmt: skip
# Any article tells of several years and days, and may mean one that it does not say.
_CALENDAR = frozenset({"năm", "tháng", "ngày", "kỷ", "niên", "quý", "giờ"})
_LONGEST = 9  # digits
_RANGE = regex.compile(
    r"\b(?<word>\p{L}+) (?<low>[0-9]{1,9}) ?(?:[-–—]|đến|tới|to) ?(?:\p{L}+ ){0,3}+(?<high>[0-9]{1,9})\b",
    regex.IGNORECASE,
)
_LIMIT = regex.compile(
    r"(?:\b(?:dưới|trên|từ|đến|tới|quá|hơn|under|over|from|to)|\d ?[-–—]) ?[0-9]{1,9} (?<noun>\p{L}+)\b",
    regex.IGNORECASE,
)


def contradictions(best: Foremost) -> float:
    """Return how much (0 to 1.4) the numbers of its question speak against the *best* article.

    ``UNSAID`` if it does not say one of them, one if it numbers the same otherwise, in its title or twice:
    an article on "tháng 11" is not about "tháng 12", nor one on khu phố 3, 7 and 14 about "khu phố 9".
    Letters count like numbers, if another stands in their place.
    """
    index, query = best.index, best.query
    apart = {word.term for word in query.words if _tells_apart(word.term)}
    if not apart:
        return 0
    pairs: list[tuple[str, str, Clause]] = []
    for pair in query.pairs:
        first, second = pair.term.split(" ")
        pairs.append((first, second, pair))
    numbers = apart - {
        first
        for first, second, _ in pairs
        if first in apart and (second in _UNITS or _is_limited(best, first, second))
    }
    if not numbers:
        return 0
    said_year = str(best.article.published.year) if best.article.published else None
    together = {*_pairs(index, best.title), *_pairs(index, best.texts.tokens)}
    numbered = {
        second
        for first, second, pair in pairs
        if second in numbers
        and first.isalpha()
        and not _is_said(pair, together, best.texts.tokens)  # "sân 7 người"
    } - {first for first, second, _ in pairs if second in _COUNTED}
    is_unsaid = any(
        word.term in numbers - _ONE
        and word.term.isdecimal()
        and word.term != said_year
        and (not max(said) or (word.term in numbered and _is_counted_only(best, word)))
        for word, *said in zip(query.words, best.by_title, best.by_body, strict=True)
    )
    if is_unsaid and any(
        second in numbers and is_counted(second) and _is_between(best, first, int(second))
        for first, second, _ in pairs
    ):
        return 0  # "khu phố 10 đến khu phố 18"
    titled = {word.term for word, said in zip(query.words, best.by_title, strict=True) if said}
    named = {
        word.term
        for word, names in zip(query.words, best.about.names, strict=True)
        if names and is_syllable(word.term)  # other languages count otherwise: "in the 80s"
    }
    is_another = any(
        second in numbers - titled
        and (first in named or first in _CALENDAR)
        and not _is_said(pair, together, best.texts.tokens)
        and _is_otherwise(best, first)
        and not (is_counted(second) and _is_between(best, first, int(second)))
        for first, second, pair in pairs
    )
    return UNSAID * is_unsaid + is_another


def _is_otherwise(best: Foremost, word: str) -> bool:
    """Tell whether the title puts another number behind *word*, or the body two others."""
    if _numbered(best, word, best.title):
        return True
    return word not in _CALENDAR and len(_numbered(best, word, best.texts.tokens)) > 1


def _numbered(best: Foremost, word: str, text: NDArray[np.int32]) -> set[str]:
    """Return the numbers and letters that *text* puts behind *word*."""
    forms = next(clause.keys for clause in best.query.words if clause.term == word)
    behind = text[1:][np.isin(text[:-1], forms)]
    return {term for key in np.unique(behind).tolist() if _tells_apart(term := best.index.vocabulary[key])}


def _is_limited(best: Foremost, number: str, noun: str) -> bool:
    """Tell whether *number* may be one of a *noun* that the article tells by limits: "dưới 9 chỗ"."""
    if not is_counted(number) or not noun.isalpha():
        return False
    return any(match["noun"].casefold() == noun for match in _LIMIT.finditer(best.article.body))


def _is_counted_only(best: Foremost, number: Clause) -> bool:
    """Tell whether the article says a *number* only of what it counts or measures."""
    behind = [
        best.index.vocabulary[key]
        for text in (best.title, best.texts.tokens)
        for key in text[1:][np.isin(text[:-1], number.keys)].tolist()
    ]
    return bool(behind) and _COUNTED.issuperset(behind)


def _tells_apart(term: str) -> bool:
    """Tell whether *term* is a number, or a letter in the place of one: "tháp B"."""
    return is_number(term) or (len(term) == 1 and term.isascii() and term.isalpha())


def is_counted(term: str) -> bool:
    """Tell whether *term* is a number to count with: no "²", and none that takes long to read."""
    return term.isdecimal() and len(term) <= _LONGEST


def _is_between(best: Foremost, word: str, number: int) -> bool:
    """Tell whether *number* lies in a range that the article gives of *word*: "khu phố 10 đến khu phố 18"."""
    forms = next(clause.keys for clause in best.query.words if clause.term == word)
    return any(
        int(match["low"]) <= number <= int(match["high"])
        and np.isin(best.index.keys_of(terms(match["word"])), forms).all()
        for match in _RANGE.finditer(best.article.body)
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
