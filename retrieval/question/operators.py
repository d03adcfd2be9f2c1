"""Operators in a question: what is no part of it, but says which articles it is asked of.

    nguon:baobariavungtau    of this source; also nguồn:, source:
    tu:2016 den:5/2016       from a day, month or year on, and until one; also từ:, đến:, since:, until:
    "lịch thu gom"           with these words side by side
    -"xe máy" -bảo hiểm      without them; a word may have several syllables

People also write what looks like one and is none: "Bà Rịa -Vũng Tàu", "-5 độ", "từ: 7:30", a link, an inch.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import lru_cache

import regex

from retrieval.question.manners.manners import set_aside
from retrieval.question.parts import parts
from retrieval.question.roles import Role
from retrieval.question.sources import Sources
from retrieval.question.times.period import period_of
from retrieval.restriction import EVERYTHING, Mistake, Restriction, Wrong
from retrieval.text.analyzer import fold, terms
from retrieval.text.canonical import clean, closed_up

_NAMED_AT_MOST = 5  # sources: whoever mistypes one wants an idea, not a list
_LONGEST_SOURCE = 6  # words


class OperatorKind(Enum):
    """The property that an operator asks of articles."""

    SOURCE = auto()
    SINCE = auto()
    UNTIL = auto()
    PHRASE = auto()
    WITHOUT = auto()


_NAMES = {
    "nguon": OperatorKind.SOURCE,
    "source": OperatorKind.SOURCE,
    "tu": OperatorKind.SINCE,
    "since": OperatorKind.SINCE,
    "den": OperatorKind.UNTIL,
    "until": OperatorKind.UNTIL,
}
_ASKING = frozenset({Role.ASKS, Role.CONFIRMS})
_FEW = 4  # words beside a phrase; with more of them it is a sentence, such as a headline
_DAYS = frozenset({OperatorKind.SINCE, OperatorKind.UNTIL})
_QUOTED = r"""(?:"(?P<said>[^\s"](?:[^"\n]*[^\s"])?)"|“(?P<said>[^“”\n]+)”|«(?P<said>[^«»\n]+)»)(?!\w)"""
_PHRASE = regex.compile(rf"(?<![\w:-]){_QUOTED}")
_OPERATOR = regex.compile(
    rf"""(?<![^\s(,;])(?P<name>nguồn|nguon|source|từ|tu|since|đến|den|until)\ ?:(?P<space>\ ?)
            (?:{_QUOTED}|(?P<value>[^\s"“”«»()]+))
        |(?<=\S\ )-(?:{_QUOTED}|(?P<word>\p{{L}}[^\s,;"“”«»()]*))  # at the beginning of a line it is a list's
        |{_PHRASE.pattern}""",
    regex.VERBOSE | regex.IGNORECASE,
)
_WORTH_A_LOOK = regex.compile(r'[:"“«]|\s-\S')
_LAST_WORD = regex.compile(r"\w+\W*$")
_WORD = regex.compile(r"\S+")
_TIME = regex.compile(r"\d{1,2}[:hg]")
_SYLLABLE = regex.compile(r"\ (?P<said>\p{L}+)(?![\w:-])")
_MARKS = ".,;:!?"

AreOne = Callable[[str, str], bool]  # (term, the next one)


@dataclass(frozen=True, slots=True, kw_only=True)
class Operator:
    """One operator: ``question[start:end]``."""

    kind: OperatorKind
    value: str  # without its name and marks
    written: str
    start: int
    end: int
    is_cut: bool = True  # False: its words are asked as well


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question, taken apart."""

    question: str  # cleaned, and without manners
    text: str  # the question without its operators, but for phrases
    operators: tuple[Operator, ...] = ()
    restriction: Restriction = EVERYTHING
    wish: Restriction = EVERYTHING  # may be meant: quoted words of a question or a sentence, or all of it
    is_sentence: bool = False  # that asks nothing
    mistake: Mistake | None = None
    context: str = ""  # what is told beside what is asked

    @property
    def is_silent(self) -> bool:
        """Whether nothing is asked, since there are only operators."""
        return bool(self.operators) and not terms(self.text)

    @property
    def refusal(self) -> Mistake | None:
        """Why it cannot be asked by itself; None if it can."""
        return self.mistake or (Mistake(wrong=Wrong.NO_QUESTION) if self.is_silent else None)

    @property
    def bare(self) -> str:
        """The text without the marks of its phrases."""
        has_phrases = any(not operator.is_cut for operator in self.operators)
        return _PHRASE.sub(lambda found: str(found["said"]), self.text) if has_phrases else self.text

    @property
    def unmet(self) -> tuple[str, ...]:
        """The quoted names that no article holds, if none holds what is wished."""
        return () if self.is_sentence or not terms(_PHRASE.sub(" ", self.text)) else self.wish.phrases

    def understood(self, text: str) -> str:
        """Return the question with its text as it was understood, *text*.

        Operators stay as they were written: a phrase with other accents asks for something else.
        """
        if not self.operators:
            return text
        if terms(text) == terms(self.text):
            return self.question
        phrases = iter([operator.written for operator in self.operators if not operator.is_cut])
        text = _PHRASE.sub(lambda found: next(phrases, found[0]), text)
        return _joined(text, (operator for operator in self.operators if operator.is_cut))

    def following(self, earlier: "Asked", text: str) -> str:
        """Return *text*, which says what both ask together, with the operators of both.

        A period takes the place of the earlier one, as does a source.
        """
        kinds = {operator.kind for operator in self.operators}
        replaced = (_DAYS if kinds & _DAYS else frozenset()) | (kinds & {OperatorKind.SOURCE})
        kept = (operator for operator in earlier.operators if operator.kind not in replaced)
        return _joined(text, (*kept, *self.operators))


@lru_cache(maxsize=64)  # of one question it is asked several times
def read(question: str, sources: Sources, are_one: AreOne | None = None) -> Asked:
    """Take *question* apart; *sources* are those there are.

    *are_one* tells whether two terms side by side are one word: of that a minus takes all.
    """
    said = set_aside(clean(question))
    question = said.text
    found = list(_found(question, sources, are_one)) if _WORTH_A_LOOK.search(question) else []
    if not found:
        return Asked(question=question, text=question, context=said.context)
    operators = _without_echoes(question, [read for read in found if isinstance(read, Operator)])
    mistakes = [read for read in found if isinstance(read, Mistake)]
    restriction = _restriction(operators, sources)
    if not mistakes and restriction.since and restriction.until and restriction.since > restriction.until:
        mistakes = [Mistake(wrong=Wrong.ORDER)]
    text = _text(question, operators)
    others = _PHRASE.sub(" ", text)
    asks = any(part.kind in _ASKING for part in parts(clean(others)))
    words = len(terms(others))
    wish = Restriction(phrases=restriction.phrases) if asks or not 0 < words <= _FEW else EVERYTHING
    return Asked(
        question=question,
        text=text,
        operators=tuple(operators),
        restriction=replace(restriction, phrases=()) if wish else restriction,
        wish=wish,
        is_sentence=words > 0 and not asks,
        mistake=mistakes[0] if mistakes else None,
        context=said.context,
    )


def _found(question: str, sources: Sources, are_one: AreOne | None) -> Iterator[Operator | Mistake]:
    at = 0
    while match := _OPERATOR.search(question, at):
        kind = _NAMES[fold(match["name"].lower())] if match["name"] else None
        if kind is None:
            read: Operator | Mistake | None = _words(match, are_one)
        else:
            read = _source(match, sources) if kind is OperatorKind.SOURCE else _day(match, kind)
        at = read.end if isinstance(read, Operator) else match.start() + 1
        if read:
            yield read


def _words(match: regex.Match[str], are_one: AreOne | None) -> Operator | None:
    """Return a phrase, or words that are not wanted."""
    is_minus = match[0].startswith("-")
    value = match["said"] or match["word"].rstrip(_MARKS)
    before = _LAST_WORD.search(match.string, 0, match.start()) if match["word"] else None
    if not terms(value) or (before and before[0][0].isupper() and value[0].isupper()):
        return None  # "Bà Rịa -Vũng Tàu"
    kind = OperatorKind.WITHOUT if is_minus else OperatorKind.PHRASE
    end = _end_of_word(match.string, match.end("word"), value, are_one) if match["word"] and are_one else None
    value = match.string[match.start("word") : end] if end else value
    return replace(_operator(match, kind, value, end), is_cut=is_minus)


def _end_of_word(question: str, end: int, last: str, are_one: AreOne) -> int | None:
    """Return where a word ends whose syllable *last* ends at *end*; None if it has no other one behind."""
    found = None
    while (behind := _SYLLABLE.match(question, end)) and are_one(*terms(f"{last} {behind['said']}")[:2]):
        last, end = behind["said"], behind.end()
        found = end
    return found


def _day(match: regex.Match[str], kind: OperatorKind) -> Operator | Mistake | None:
    value = (match["said"] or match["value"]).rstrip(_MARKS)
    if period_of(value):
        return _operator(match, kind, value)
    if match["space"] or _TIME.match(value) or not terms(value):
        return None
    return Mistake(wrong=Wrong.DATE, said=value)


def _source(match: regex.Match[str], sources: Sources) -> Operator | Mistake | None:
    """Return the source that is named by most of the words here, which may have spaces between them."""
    if match["said"]:
        runs = [match["said"]]
    else:
        begin = match.start("value")
        words = list(_WORD.finditer(match.string, begin))[:_LONGEST_SOURCE]
        runs = [match.string[begin : word.end()].rstrip(_MARKS) for word in reversed(words)]
    for run in runs:
        if _named(run, sources):
            end = match.end() if match["said"] else match.start("value") + len(run)
            return _operator(match, OperatorKind.SOURCE, run, end)
    if match["space"] or not terms(runs[-1]):
        return None
    unknown = next(part for part in [*runs[-1].split(","), runs[-1]] if not sources.called(part))
    return Mistake(wrong=Wrong.SOURCE, said=unknown, known=sources.names[:_NAMED_AT_MOST])


def _named(value: str, sources: Sources) -> tuple[str, ...]:
    """Return the sources of a *value*, which may list some; () if one of these is unknown."""
    if called := sources.called(value):
        return called
    parts = [sources.called(part) for part in value.split(",")]
    return tuple(name for part in parts for name in part) if all(parts) else ()


def _operator(match: regex.Match[str], kind: OperatorKind, value: str, end: int | None = None) -> Operator:
    """Return the operator that a match is; a mark behind it belongs to the question."""
    start, end = match.start(), end or match.end() - (0 if match["said"] else _marks(match[0]))
    return Operator(kind=kind, value=value, written=match.string[start:end], start=start, end=end)


def _marks(written: str) -> int:
    return len(written) - len(written.rstrip(_MARKS))


def _without_echoes(question: str, operators: list[Operator]) -> list[Operator]:
    """Return *operators*; a phrase whose words are asked anyway does not ask them twice."""
    if all(operator.is_cut for operator in operators):
        return operators
    others = _text(question, [replace(operator, is_cut=True) for operator in operators])
    asked = f" {' '.join(map(fold, terms(others)))} "
    return [
        replace(
            operator, is_cut=operator.is_cut or f" {' '.join(map(fold, terms(operator.value)))} " in asked
        )
        for operator in operators
    ]


def _text(question: str, operators: Iterable[Operator]) -> str:
    """Return *question* without those *operators* that are cut."""
    parts, end = list[str](), 0
    for operator in operators:
        if operator.is_cut:
            parts.append(question[end : operator.start])
            end = operator.end
    return closed_up(" ".join([*parts, question[end:]])) if parts else question


def _restriction(operators: Sequence[Operator], sources: Sources) -> Restriction:
    values = {
        kind: [operator.value for operator in operators if operator.kind is kind] for kind in OperatorKind
    }
    since, until = (
        [period_of(value) for value in values[kind]][-1:] for kind in (OperatorKind.SINCE, OperatorKind.UNTIL)
    )
    named = [name for value in values[OperatorKind.SOURCE] for name in _named(value, sources)]
    return Restriction(
        since=since[0].since if since and since[0] else None,
        until=until[0].until if until and until[0] else None,
        sources=tuple(dict.fromkeys(named)),
        phrases=tuple(dict.fromkeys(values[OperatorKind.PHRASE])),
        without=tuple(dict.fromkeys(values[OperatorKind.WITHOUT])),
    )


def _joined(text: str, operators: Iterable[Operator]) -> str:
    return " ".join([text, *dict.fromkeys(operator.written for operator in operators)]).strip()
