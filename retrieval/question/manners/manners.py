"""Set aside the manners around a question: greeting, address, request, particles, thanks.

They stand at the ends of a message, a sentence or a clause, and what they are made of is known as a grammar
(``retrieval.question.manners.grammar``). What is left is asked as it was typed: nothing is spelled anew.
"""

from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import zip_longest

import regex

from retrieval.question.manners import grammar, story
from retrieval.question.manners.closings import CLOSINGS, CLOSINGS_AT_ONCE, close, wish
from retrieval.question.manners.leads import LEADS, LEADS_WITHIN, lead, opened_sentences
from retrieval.question.manners.pieces import Message, Piece
from retrieval.text.analyzer import tokens
from retrieval.text.canonical import closed_up

LONGEST_MESSAGE = 120  # words; in what is longer nobody's manners are looked for
_MOST_SENTENCES = 20  # of a message; a list has more
_ENDING = regex.compile(r"[)’”\"»]?\s?[?？!.]+|[)’”\"»]")
_SINGLE = (
    "CALLED_LAST",
    "HOUSE",
    "KNOWN_TO",
    "LAST",
    "LOOSE",
    "LOOSE_MARKED",
    "MILD",
    "MILD_MARKED",
    "PERSONAL",
    "SO",
    "SURE",
    "TO",
    "TAIL",
    "TO_BARE",
    "WHO",
    "WHO_ASKED",
    "WHY",
    "WISH",
    "WITHIN",
    "YES_I",
)
_told: dict[str, "Manners"] = {}  # by question: the one that another process has looked at
_RULES = frozenset({*LEADS, *LEADS_WITHIN, *CLOSINGS, *CLOSINGS_AT_ONCE, *_SINGLE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """A question without its manners."""

    text: str  # the question itself if there is nothing else in it
    kept: tuple[tuple[int, int], ...]  # where the text stands in the question, in order
    context: str  # what is told beside what is asked; "" in most questions
    is_all: bool  # nothing is asked


def prepare() -> None:
    """Have the rules ready; or else whoever first says "dạ cho em hỏi" waits while they are compiled."""
    grammar.prepare(_RULES)


@cache
def _look() -> None:
    """Have the rules ready that an earlier process left: a command asks once, and ends."""
    grammar.prepare(_RULES, if_kept=True)


def tell(question: str, manners: Manners) -> None:
    """Take over the *manners* of a *question* that is asked next; those told before are forgotten."""
    _told.clear()
    _told[question] = manners


@lru_cache(maxsize=64)  # of one question it is asked several times
def set_aside(question: str) -> Manners:
    """Return *question*, which is clean, without what is only said for good manners."""
    if question in _told:
        return _told[question]
    whole = Manners(text=question, kept=((0, len(question)),), context="", is_all=False)
    words = list(tokens(question))
    if not words or len(words) > LONGEST_MESSAGE:
        return whole
    message = Message(question, words)
    set_apart(message)
    pieces = message.pieces
    if all(piece.is_kept and not piece.is_context for piece in pieces if piece.term):
        return whole
    spans = _spans(question, [piece.is_kept and not piece.is_context for piece in pieces], pieces)
    if not spans:
        return Manners(text=question, kept=((0, len(question)),), context="", is_all=True)
    told = _spans(question, [piece.is_kept and piece.is_context for piece in pieces], pieces)
    return Manners(
        text=_joined(question, spans), kept=tuple(spans), context=_joined(question, told), is_all=False
    )


def set_apart(message: Message) -> None:
    """Cut what is manners, then what only tells how things came about."""
    _look()
    if sum(piece.sign == "." for piece in message.pieces) > _MOST_SENTENCES:
        return
    parted = opened_sentences(message)
    begins = [lead(message, start, end) for start, end in parted]
    message.let_go("mình", behind="HOUSE")
    while True:  # a thanks of its own sentence is cut as a whole, which shows that "nha" is no word
        was_polite = message.is_polite
        for begin, (_, end) in zip(begins, parted, strict=True):
            close(message, begin, end)
        if was_polite == message.is_polite:
            break
    for begin, end in message.runs({".", ","}) if message.is_polite else []:
        wish(message, begin, end)
    story.tell(message)


def _spans(question: str, kept: list[bool], pieces: list[Piece]) -> list[tuple[int, int]]:
    """Return where the words that are *kept* stand, with the marks between two of them and behind."""
    spans: list[tuple[int, int]] = []
    is_open = False  # whether the last span may go on
    for piece, is_kept in zip(pieces, kept, strict=True):
        if piece.term or piece.sign == '"':
            if is_kept and is_open:
                spans[-1] = (spans[-1][0], piece.end)
            elif is_kept:
                spans.append((piece.start, piece.end))
            is_open = is_kept
    return [(start, _with_mark(question, end)) for start, end in spans]


def _with_mark(question: str, end: int) -> int:
    """Return the end of a span with the mark behind it that ends a question."""
    found = _ENDING.match(question, end)
    return found.end() if found else end


def _joined(question: str, spans: list[tuple[int, int]]) -> str:
    """Return the text of *spans*, joined; a comma that stands between two of them is kept."""
    text = ""
    for (start, end), after in zip_longest(spans, spans[1:]):
        gap = question[end : after[0]] if after else ""
        text += question[start:end] + (", " if "," in gap and question[end - 1].isalnum() else " ")
    return closed_up(text)
