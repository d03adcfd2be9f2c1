"""Wordings that mean the same, as an admin lists them: a text in Solr's synonym format.

    # a comment
    UBND, Ủy ban nhân dân                        each is searched as all of them
    xã Bến Đò => xã Bến Đò, phường Bến Lụa       the left one is searched as those on the right

A comma or an arrow behind a backslash is part of the wording; the text is compared as terms, so that case
and punctuation do not matter. A wording on several lines is searched as all that they say, as in Solr. The
format: https://solr.apache.org/guide/solr/latest/indexing-guide/filters.html#synonym-graph-filter
"""

import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from retrieval.errors import N_, Reason
from retrieval.text.analyzer import terms
from retrieval.text.canonical import clean

Wording = tuple[str, ...]  # terms, at least one

_PIECE = re.compile(r"\\(.)|(=>|,)|(.)")


@dataclass(frozen=True, slots=True, kw_only=True)
class BadLine:
    """A line that says nothing that could be used."""

    line: int  # from 1
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Synonyms:
    """Wordings, and those that each is searched as; one that is not among these is replaced by them."""

    meanings: Mapping[Wording, tuple[Wording, ...]] = field(default_factory=dict)
    mistakes: tuple[BadLine, ...] = ()

    def joined(self, other: "Synonyms") -> "Synonyms":
        """Return what either says: a wording of both is searched as all that they say."""
        meanings = dict(self.meanings)
        for wording, said in other.meanings.items():
            meanings[wording] = tuple(dict.fromkeys([*meanings.get(wording, ()), *said]))
        return Synonyms(meanings=meanings, mistakes=self.mistakes + other.mistakes)


NO_SYNONYMS = Synonyms()


def parse_synonyms(text: str) -> Synonyms:
    """Return what *text* says; a line that is malformed is among the mistakes, the others hold."""
    mistakes: list[BadLine] = []
    meanings: dict[Wording, dict[Wording, None]] = {}
    for left, right in _lines(text, mistakes):
        for wording in left:
            meanings.setdefault(wording, {}).update(dict.fromkeys(right or left))
    return _synonyms(meanings, mistakes)


def parse_glossary(text: str) -> Synonyms:
    """Return the two languages of *text* as synonyms: those of the left side are English.

    Each wording is searched as itself and as those on the other side, the English ones in both numbers. A
    line without an arrow is a mistake.
    """
    mistakes: list[BadLine] = []
    meanings: dict[Wording, dict[Wording, None]] = {}
    for left, right in _lines(text, mistakes, is_glossary=True):
        english = [form for wording in left for form in _in_both_numbers(wording)]
        for own, others in ((english, right), (right, english)):
            for wording in own:
                meanings.setdefault(wording, {}).update(dict.fromkeys([wording, *others]))
    return _synonyms(meanings, mistakes)


def _synonyms(meanings: Mapping[Wording, Iterable[Wording]], mistakes: Iterable[BadLine]) -> Synonyms:
    return Synonyms(
        meanings={wording: tuple(said) for wording, said in meanings.items()}, mistakes=tuple(mistakes)
    )


def _in_both_numbers(wording: Wording) -> Iterator[Wording]:
    """Yield an English *wording*, and as its last word makes it singular or plural by the rule."""
    yield wording
    *before, last = wording
    if last.endswith(("ss", "us", "is")) or not last.endswith("s"):
        hissing = ("s", "x", "z", "ch", "sh")
        to_ies = last.endswith("y") and last[-2:-1] not in "aeou"
        plural = f"{last[:-1]}ies" if to_ies else last + ("es" if last.endswith(hissing) else "s")
        yield (*before, plural)
    elif last.endswith("ies"):
        yield (*before, f"{last[:-3]}y")
    else:
        yield (*before, last[:-1])


def _lines(
    text: str, mistakes: list[BadLine], *, is_glossary: bool = False
) -> Iterator[tuple[list[Wording], list[Wording]]]:
    """Yield both sides of each line that says something, and put the others among the *mistakes*."""
    for number, line in enumerate(io.StringIO(text, newline=None), start=1):
        if not (line := clean(line)) or line.startswith("#"):
            continue
        try:
            left, right = _sides(line)
            if is_glossary and not right:
                raise ValueError(N_("an arrow => is missing"))
            yield left, right
        except ValueError as error:
            mistakes.append(BadLine(line=number, reason=Reason(str(error))))


def _sides(line: str) -> tuple[list[Wording], list[Wording]]:
    """Return the wordings before and behind the arrow; without one, all of them and none.

    Raises ``ValueError`` with the reason why neither is said.
    """
    sides = [[""]]
    for escaped, mark, plain in _PIECE.findall(line):
        if mark == "=>":
            sides.append([""])
        elif mark:
            sides[-1].append("")
        else:
            sides[-1][-1] += escaped or plain
    wordings = [[tuple(terms(entry)) for entry in side] for side in sides]
    if len(sides) > 2:
        raise ValueError(N_("more than one arrow =>"))
    if not all(wording for side in wordings for wording in side):
        raise ValueError(N_("a wording is missing"))
    if len(sides) == 1 and len(wordings[0]) == 1:
        raise ValueError(N_("only one wording"))
    return wordings[0], wordings[1] if len(wordings) > 1 else []
