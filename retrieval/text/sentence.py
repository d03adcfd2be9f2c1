"""The bounds of sentences: the unit that passages and excerpts never cut needlessly."""

import re
import unicodedata
from collections.abc import Iterator

import regex

from retrieval.text.analyzer import LATIN, is_latin

STOPS, CLOSING, OPENING = ".!?…", "\"”’'»)]", "\"“‘'«([–•-"
QUOTES, UNQUOTES = '"“', '"”)'  # before and behind a sentence that is glued to another
_CLOSING = rf"[{re.escape(CLOSING)}]*+"
_OPENING = rf"[{re.escape(OPENING)}]*"
_STOP = regex.compile(
    # A stop, then space, then something that can begin a sentence. A run of stops is looked at once, as a
    # whole: forms leave their blanks as thousands of points.
    rf"(?<plain>(?<![.!?…])[.!?…]++{_CLOSING})(?= +{_OPENING}[\p{{Lu}}\p{{Lo}}\p{{N}}])"
    # Paragraphs glued by a feed: "…mà thôi.Cụ thể".
    rf"|(?<=\p{{Ll}}{{2}}[\"”)]?)(?<glued>[.!?…]++{_CLOSING})(?=[\"“]?\p{{Lu}}\p{{Ll}}*[ ,])"
    # These marks stand nowhere else, and mostly without a space behind them.
    r"|(?<unspaced>[。！？｡।॥។៕။؟۔]+[」』”’）]*)"
)
# Thai, Lao, Khmer and Burmese have spaces between phrases only, and mostly no other mark there. The Thai
# sign of repetition is written apart.
_PHRASED = r"\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
_STOP_OR_SPACE = regex.compile(rf"{_STOP.pattern}|(?<=[{_PHRASED}]) +(?=[{_PHRASED}--[ๆ]])", regex.VERSION1)
# Where a sentence may end, for a first look.
_MARK = re.compile(r"[\n.!?…。！？｡।॥។៕។؟۔]")
_MARK_OR_SPACE = re.compile(rf"{_MARK.pattern}| +")
_MAY_HAVE_PHRASES = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u19e0-\u19ff\ua9e0-\uaa7f]")
_LOOKED_BACK = 3  # code points before a mark, at most


def of_latin(kinds: str) -> str:
    """Return the letters and digits of Latin text that are of some *kinds*, for a pattern."""
    return "".join(letter for letter in LATIN if re.fullmatch(kinds, unicodedata.category(letter)))


SMALL, CAPITAL, BEGINNING = "Ll", "Lu", "L[uo]|N."  # the last ones can begin a sentence
_SMALL = of_latin(SMALL)
# Line ends, and the same stops in a text of Latin letters, in half the time. What is before a mark is looked
# at after it: ``re`` then goes from mark to mark.
_LATIN_STOP = re.compile(
    rf"[\n.!?…](?:(?<=\n)"
    rf"|(?<![.!?…].)(?P<plain>[.!?…]*+{_CLOSING})(?= +{_OPENING}[{of_latin(BEGINNING)}])"
    rf"|(?:(?<=[{_SMALL}]{{2}}.)|(?<=[{_SMALL}]{{2}}[\"”)].))[.!?…]*+{_CLOSING}"
    rf"(?=[\"“]?[{of_latin(CAPITAL)}][{_SMALL}]*[ ,]))"
)
# A point after one of these ends an abbreviation, not a sentence. A single capital letter is one too.
ABBREVIATIONS = (
    *(
        "TP",
        "Tp",
        "tp",
        "TX",
        "TT",
        "Th",
        "ThS",
        "TS",
        "PGS",
        "GS",
        "BS",
        "CN",
        "KS",
        "KTS",
        "LS",
        "NSND",
        "NSƯT",
    ),
    *("Mr", "Mrs", "Ms", "Dr", "St", "No", "vs"),
)
_ABBREVIATION = regex.compile(rf"(?<![\p{{L}}\p{{N}}])(?:\p{{Lu}}|{'|'.join(ABBREVIATIONS)})\.$")
_LAST_LETTERS = "hoprst"  # of those with a small one: most sentences end otherwise


def sentences(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of each sentence within ``text[start:end]``, in order, without outer spaces.

    Offsets are code points into *text*. A line end always ends a sentence.
    """
    end = len(text) if end is None else min(end, len(text))
    for begin, stop in _parts(text, start, end):
        while begin < stop and text[begin] == " ":
            begin += 1
        while begin < stop and text[stop - 1] == " ":
            stop -= 1
        if begin < stop:
            yield begin, stop


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    begin = start
    for stop in _stops(text, start, end):
        first, last = stop.span()
        if text[first] == "\n":
            yield begin, first
        elif stop.lastgroup == "plain" and _is_abbreviation(text, begin, first):
            continue
        else:
            yield begin, last
        begin = last
    yield begin, end


def _stops(text: str, start: int, end: int) -> "Iterator[re.Match[str] | regex.Match[str]]":
    if is_latin(text, max(0, start - _LOOKED_BACK), end):
        yield from _LATIN_STOP.finditer(text, start, end)
        return
    marks, stops = _MARK, _STOP
    if _MAY_HAVE_PHRASES.search(text, start, end):  # looking at every space takes time
        marks, stops = _MARK_OR_SPACE, _STOP_OR_SPACE
    for mark in marks.finditer(text, start, end):
        if mark.group() == "\n":
            yield mark
        elif stop := stops.match(text, mark.start(), end):
            yield stop


def _is_abbreviation(text: str, begin: int, stop: int) -> bool:
    may_be = text[stop] == "." and (text[stop - 1] in _LAST_LETTERS or text[stop - 1].isupper())
    return may_be and _ABBREVIATION.search(text, max(begin, stop - 8), stop + 1) is not None
