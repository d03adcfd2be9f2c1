"""The parts of a question, each with its role: it asks, names an aspect, points back, or is the subject.

A text without any accent is read by what the words of each role fold to.
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import zip_longest
from typing import NamedTuple

from retrieval.question.roles import SLOTS, Role, Table, english, vietnamese
from retrieval.text.analyzer import Terms, analyse, fold, terms

_LONGEST_PHRASE = 4  # words
_YEARS = range(1900, 2100)
_ENDS_OF_SENTENCES = frozenset({"", ".", "?", "!", ":", "…", "\n", "“", '"'})
_COUNTING = {("mấy",), ("bao", "nhiêu"), ("how", "many")}
_NAMED = {Role.SUBJECT, *SLOTS}  # whether or not they have a capital
_DATING = frozenset(["năm", "nam", "tháng", "thang", "ngày", "ngay", "thứ", "thu"])
_PERSONS = {("ông",), ("bà",), ("anh",), ("chị",), ("cô",), ("chú",), ("thầy",), ("cụ",)}


class Part(NamedTuple):  # made for every word of a question, in a third of the time of a frozen dataclass
    """A word or a phrase of a question: ``question[start:end]``."""

    kind: Role
    terms: tuple[str, ...]  # of a phrase that is known: with its accents, even if they were not typed
    start: int
    end: int


@lru_cache(maxsize=64)  # of one question it is asked several times
def parts(question: str) -> tuple[Part, ...]:
    """Return the parts of *question*, which is clean, in order."""
    said = analyse(question)
    words = tuple(said.terms)
    table = _table_for(words)
    is_loud = all(question[start].isupper() for start in said.starts)
    found: list[Part] = []
    at = 0
    while at < len(words):
        kind, spelled = _first(words[at : at + _LONGEST_PHRASE], table)
        behind = at + len(spelled)
        if kind is Role.OPENS and found:  # within a message "con" may as well be a child
            kind, spelled = Role.FILLS, words[at:behind]
        found.append(Part(kind, spelled, said.starts[at], said.ends[behind - 1]))
        at = behind
    found = [_with_name(part, question, is_loud=is_loud) for part in found]
    return tuple(_with_town(_with_more(_with_confirmation(_with_counted(_with_person(found))))))


@lru_cache(maxsize=1 << 12)  # of a word it is asked in many questions
def is_subject(term: str) -> bool:
    """Tell whether *term* alone would name a subject."""
    return all(part.kind is Role.SUBJECT for part in parts(term))


def is_english(question: str) -> bool:
    """Tell whether *question* is read as English."""
    return _table_for(terms(question)) is english()


def _table_for(words: Sequence[str]) -> Table:
    """Return the table to read *words* by: Vietnamese, unless English knows more of them."""
    is_accented = any(term != fold(term) for term in words)
    ours, other = vietnamese(is_accented=is_accented), english()
    in_english = sum((term,) in other.phrases for term in words)
    return other if in_english > sum((term,) in ours.phrases for term in words) else ours


def _first(words: Terms, table: Table) -> tuple[Role, Terms]:
    """Return what the first of *words* does, with those that go with it, as they are spelled."""
    if (words[0] in _DATING or words[0].isdecimal()) and (dated := _dated(words)):
        return dated
    for length in table.lengths.get(words[0], ()):
        if found := table.phrases.get(words[:length]):
            return found
    return Role.NUMBER if words[0][0].isdigit() else Role.SUBJECT, words[:1]


def _dated(words: Terms) -> tuple[Role, Terms] | None:
    """Return the date that *words* begin with."""
    if _is_year(words[0]):
        return Role.YEAR, words[:1]
    if len(words) < 2 or not words[1].isdecimal():
        return None
    match words[0]:
        case "năm" | "nam" if _is_year(words[1]):
            return Role.YEAR, ("năm", words[1])
        case "tháng" | "thang":
            return Role.MONTH, ("tháng", words[1])
        case "ngày" | "ngay":
            return Role.DATE, ("ngày", words[1])
        case "thứ" | "thu" if len(words[1]) == 1:
            return Role.WEEKDAY, ("thứ", words[1])
    return None


def _is_year(term: str) -> bool:
    return term.isdecimal() and len(term) == 4 and int(term) in _YEARS


def _with_name(part: Part, question: str, *, is_loud: bool) -> Part:
    """Let a word with a capital within a text be a name: in "bãi Sao" it asks nothing."""
    word = question[part.start : part.end]
    is_name = word[:1].isupper() and word[1:].islower() and part.start > 0
    if is_loud or not is_name or part.terms[1:] or part.kind in _NAMED:
        return part
    if question[: part.start].rstrip()[-1:] in _ENDS_OF_SENTENCES:
        return part
    return part._replace(kind=Role.SUBJECT, terms=tuple(terms(word)))


def _with_town(found: list[Part]) -> list[Part]:
    """Let "cần" and "cái" begin a name behind "còn", if nothing is asked: "còn Cần Thơ", "còn cái bè"."""
    kinds = [part.kind for part in found]
    names = kinds[:1] == [Role.OPENS] and kinds[1:3] == [Role.FILLS, Role.SUBJECT]
    if not names or found[1].terms not in {("cần",), ("cái",)} or {Role.ASKS, Role.CONFIRMS} & {*kinds}:
        return found
    return [found[0], found[1]._replace(kind=Role.SUBJECT), *found[2:]]


def _with_more(found: list[Part]) -> list[Part]:
    """Let "nữa" behind nothing but a name ask of it what was asked before: "chợ đêm nữa"."""
    kinds = {part.kind for part in found}
    if len(found) < 2 or found[-1].terms != ("nữa",) or kinds & {Role.ASKS, Role.CONFIRMS, Role.ASPECT}:
        return found
    return [*found[:-1], found[-1]._replace(kind=Role.ALSO)]


def _with_person(found: list[Part]) -> list[Part]:
    """Let "bà" point back at the beginning of a message if no name follows: "bà bao nhiêu tuổi"."""
    if len(found) < 2 or found[0].terms not in _PERSONS or found[1].kind is Role.SUBJECT:
        return found
    return [found[0]._replace(kind=Role.POINTS), *found[1:]]


def _with_counted(found: list[Part]) -> list[Part]:
    """Let "mấy" take what it counts, if that is one word: "cuốn" of "mấy cuốn" is no subject."""
    joined: list[Part] = []
    for part, after in zip_longest(found, found[1:]):
        is_one = part.kind is Role.SUBJECT and (after is None or after.kind is not Role.SUBJECT)
        if is_one and joined and joined[-1].kind is Role.ASKS and joined[-1].terms in _COUNTING:
            counting = joined.pop()
            part = Part(Role.ASKS, counting.terms + part.terms, counting.start, part.end)
        joined.append(part)
    return joined


def _with_confirmation(found: list[Part]) -> list[Part]:
    """Let "không" and "is" ask only at an end: what stands within tells something."""
    said = [part for part in found if part.kind not in {Role.FILLS, Role.OPENS}]
    ends = {*said[:1], *said[-1:]}
    return [
        part._replace(kind=Role.FILLS) if part.kind is Role.CONFIRMS and part not in ends else part
        for part in found
    ]
