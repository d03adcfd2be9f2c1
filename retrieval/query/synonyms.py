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
from collections.abc import Mapping
from dataclasses import dataclass, field

from retrieval.errors import N_, Reason
from retrieval.text.analyzer import terms
from retrieval.text.canonical import clean

Wording = tuple[str, ...]  # terms, at least one

_PIECE = re.compile(r"\\(.)|(=>|,)|(.)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """A line that says nothing that could be used."""

    line: int  # from 1
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Synonyms:
    """What wordings are searched as. One that is not among its own meanings is replaced by them."""

    meanings: Mapping[Wording, tuple[Wording, ...]] = field(default_factory=dict)
    mistakes: tuple[Mistake, ...] = ()


NO_SYNONYMS = Synonyms()


def parse(text: str) -> Synonyms:
    """Return what *text* says; a line that is malformed is among the mistakes, the others hold."""
    meanings: dict[Wording, dict[Wording, None]] = {}
    mistakes: list[Mistake] = []
    for number, line in enumerate(io.StringIO(text, newline=None), start=1):
        if not (line := clean(line)) or line.startswith("#"):
            continue
        try:
            left, right = _sides(line)
        except ValueError as error:
            mistakes.append(Mistake(line=number, reason=Reason(str(error))))
            continue
        for wording in left:
            meanings.setdefault(wording, {}).update(dict.fromkeys(right))
    return Synonyms(
        meanings={wording: tuple(said) for wording, said in meanings.items()}, mistakes=tuple(mistakes)
    )


def _sides(line: str) -> tuple[list[Wording], list[Wording]]:
    """Return what is searched, and as what. Raises ``ValueError`` with the reason why neither is said."""
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
    return wordings[0], wordings[-1]
