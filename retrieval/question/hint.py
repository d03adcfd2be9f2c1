"""Hints in plain words at the articles that are meant: "tháng trước", "trong năm 2016", "theo báo Tuổi Trẻ".

Such words may as well be part of what is asked. So a hint is only a proposal (``answering.engine``).
"""

from dataclasses import dataclass
from datetime import date

import regex

from retrieval.question.parts import parts
from retrieval.question.roles import Role
from retrieval.question.sources import Sources, is_host, squeezed
from retrieval.question.times.period import said_period
from retrieval.restriction import Restriction
from retrieval.text.analyzer import terms, tokens
from retrieval.text.canonical import closed_up

_LEAD = regex.compile(
    r"""(?<!\w)(?:từ|tu|theo|trên|tren|nguồn|nguon|from|on|according\ to)\ (?:the\ )?
    (?P<paper>(?:báo|bao|tờ|trang|mục|chuyên\ mục|website|newspaper)\ )?(?=\w)""",
    regex.VERBOSE | regex.IGNORECASE,
)
_LONGEST_SOURCE = 6  # words
_SHORTEST_SOURCE = 4  # letters; less may be a word of any kind
_LOOSE = " ,;:–-"
_OF_NOBODY = frozenset({"info", "news", "online", "example"})  # labels of many hosts


_LEADING = frozenset({Role.OPENS, Role.ALSO, Role.FILLS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """A restriction that plain words of a text may ask for."""

    restriction: Restriction
    said: str  # the words that say it
    rest: str  # the text without them
    numbers: tuple[str, ...]  # terms: those of a date that stands there, none if it is counted from today

    @property
    def leaves_a_question(self) -> bool:
        """Whether the rest still names what is asked about."""
        return any(part.kind is Role.SUBJECT for part in parts(self.rest))

    def is_of_same_kind(self, other: "Hint") -> bool:
        """Tell whether both name a period, or both a source."""
        return any(
            ours and theirs
            for ours, theirs in (
                (self.restriction.since, other.restriction.since),
                (self.restriction.sources, other.restriction.sources),
            )
        )

    @property
    def is_all(self) -> bool:
        """Whether the rest says nothing by itself: "còn … thì sao?"."""
        return all(part.kind in _LEADING for part in parts(self.rest))


@dataclass(frozen=True, slots=True, kw_only=True)
class _SaidSource:
    """Sources that a text names: ``text[start:end]``."""

    names: tuple[str, ...]
    start: int
    end: int


def hint(text: str, sources: Sources, today: date) -> Hint | None:
    """Return what *text*, which is clean, hints at; None if it does not."""
    period, source = said_period(text, today), _said_source(text, sources)
    spans = sorted((said.start, said.end) for said in (period, source) if said)
    if not spans:
        return None
    rest, end = list[str](), 0
    for start, stop in spans:
        rest.append(text[end:start].rstrip(_LOOSE))
        end = stop
    numbers = terms(text[period.start : period.end]) if period and not period.is_counted else []
    return Hint(
        restriction=Restriction(
            since=period.period.since if period else None,
            until=period.period.until if period else None,
            sources=source.names if source else (),
        ),
        said=" ".join(text[start:stop] for start, stop in spans),
        rest=closed_up(" ".join([*rest, text[end:].lstrip(_LOOSE)])),
        numbers=tuple(term for term in numbers if term[0].isdigit()),
    )


def _said_source(text: str, sources: Sources) -> _SaidSource | None:
    """Return the source that *text* names by the most words."""
    for lead in _LEAD.finditer(text) if sources.names else ():
        paper, begin = lead["paper"], lead.end()
        words = [token for token in tokens(text) if token.start >= begin][:_LONGEST_SOURCE]
        for word in reversed(words):
            said = text[begin : word.end]
            # "báo" may be a part of the name.
            called = sources.called(said) or (sources.called(paper + said) if paper else ())
            names = tuple(name for name in called if paper or _is_plainly(said, name))
            if names:
                return _SaidSource(names=names, start=lead.start(), end=word.end)
    return None


def _is_plainly(said: str, name: str) -> bool:
    """Tell whether *said* means the source *name* although nothing before it says that it is one.

    Letters run together do, and a name in capitals: "theo baotuoitre", "theo Tuổi Trẻ", not "theo tuổi trẻ".
    """
    letters = squeezed(said)
    if not is_host(name) or len(letters) < _SHORTEST_SOURCE or letters in _OF_NOBODY:
        return False
    return " " not in said or all(word[:1].isupper() for word in said.split() if word[0].isalnum())
