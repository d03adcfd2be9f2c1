"""Passages of texts in Latin letters: where their sentences end, and which of these stand together.

``retrieval.text.sentence`` and ``retrieval.indexing.passage`` have the rules, for texts of any kind.
"""

import numpy as np

from retrieval.kernels import Ints, compiled, inner, shared
from retrieval.kernels.words import FIGURE, LETTER, Codes, Kinds

# What a character is, besides ``kernels.words``, as bits.
SMALL, CAPITAL, BEGINNING, BLANK = 8, 16, 32, 64
STOP, CLOSING, OPENING, QUOTE, UNQUOTE = 128, 256, 512, 1024, 2048
_NEWLINE, _SPACE, _COMMA, _POINT = 10, 32, 44, 46


@compiled
def passages_in(
    codes: Codes, kinds: Kinds, abbreviations: Codes, bounds: Ints, words: Ints, target: int
) -> tuple[Ints, Ints, Ints, Ints]:
    """Cut texts into passages of about *target* words: how many each has, and their starts, ends, words.

    Text ``t`` is ``codes[bounds[t, 0]:bounds[t, 1]]``; *words* are where the words of all begin. An empty
    text has no passage. *abbreviations* are words, a row each, filled up with zeros.
    """
    counts = np.zeros(len(bounds), dtype=np.int64)
    made = np.empty((3, len(words) // target + len(bounds) + 1), dtype=np.int64)
    longest = 0
    for text in range(len(bounds)):
        longest = max(longest, bounds[text, 1] - bounds[text, 0])
    pieces = np.empty((3, longest + 1), dtype=np.int64)
    count = 0
    for text in range(len(bounds)):
        first, end = bounds[text, 0], bounds[text, 1]
        if first < end:
            size = _cut(codes, kinds, abbreviations, first, end, words, target, pieces)
            counts[text] = _gather(pieces[:, :size], first, target, made[:, count:])
            count += counts[text]
    return counts, made[0, :count].copy(), made[1, :count].copy(), made[2, :count].copy()


@shared
def _cut(
    codes: Codes,
    kinds: Kinds,
    abbreviations: Codes,
    first: int,
    end: int,
    words: Ints,
    target: int,
    pieces: Ints,
) -> int:
    """Write starts, ends and words of the sentences of a text to *pieces*, long ones in parts; count them."""
    size = 0
    begin = at = first
    word = int(np.searchsorted(words, first))
    while begin < end or at < end:
        at, last, is_plain = _next_stop(codes, kinds, first, end, at)
        stop, following = (at, last) if at < end and codes[at] == _NEWLINE else (last, last)
        if is_plain and _is_abbreviation(codes, kinds, abbreviations, begin, at):
            at = last
            continue
        while begin < stop and codes[begin] == _SPACE:
            begin += 1
        while begin < stop and codes[stop - 1] == _SPACE:
            stop -= 1
        if begin < stop:
            size, word = _put(codes, kinds, begin, stop, words, word, target, pieces, size)
        begin = at = following
    return size


@inner
def _put(
    codes: Codes,
    kinds: Kinds,
    start: int,
    end: int,
    words: Ints,
    word: int,
    target: int,
    pieces: Ints,
    size: int,
) -> tuple[int, int]:
    """Write a sentence to *pieces*; return how many there are then, and the first word behind it."""
    last = word
    while last < len(words) and words[last] < end:
        last += 1
    step = target if last - word > 2 * target else max(1, last - word)
    cut = word
    while True:
        following = min(cut + step, last)
        begin = start if cut == word else words[cut]
        stop = end if following == last else words[following]
        while begin < stop and _is(codes[stop - 1], kinds, BLANK):
            stop -= 1
        pieces[0, size], pieces[1, size], pieces[2, size] = begin, stop, following - cut
        size += 1
        cut = following
        if cut >= last:
            return size, last


@inner
def _gather(pieces: Ints, first: int, target: int, made: Ints) -> int:
    """Write the passages of about *target* words that *pieces* make to *made*, from *first*; count them."""
    total = 0
    for at in range(pieces.shape[1]):
        total += pieces[2, at]
    wanted, rest = total // target, total % target
    if 2 * rest > target or (2 * rest == target and wanted % 2 == 1):
        wanted += 1
    wanted = max(1, wanted)
    count = taken = before = begin = 0
    for at in range(pieces.shape[1]):
        taken += pieces[2, at]
        is_last = at + 1 == pieces.shape[1]
        if is_last or 2 * taken + pieces[2, at + 1] > 2 * ((count + 1) * total / wanted):
            made[0, count] = pieces[0, begin] - first
            made[1, count] = pieces[1, at] - first
            made[2, count] = taken - before
            count += 1
            before, begin = taken, at + 1
    return count


@inner
def _next_stop(codes: Codes, kinds: Kinds, first: int, end: int, at: int) -> tuple[int, int, bool]:
    """Return where the next stop or line end from *at* on begins and ends; may it be an abbreviation's?"""
    while at < end:
        if codes[at] == _NEWLINE:
            return at, at + 1, False
        # A run of stops is looked at once: forms leave their blanks as thousands of points.
        if _is(codes[at], kinds, STOP) and not (at > first and _is(codes[at - 1], kinds, STOP)):
            last = at + 1
            while last < end and _is(codes[last], kinds, STOP):
                last += 1
            while last < end and _is(codes[last], kinds, CLOSING):
                last += 1
            if _begins(codes, kinds, last, end):
                return at, last, True
            behind = at - 1 if at > first and _is(codes[at - 1], kinds, UNQUOTE) else at
            if _are_small(codes, kinds, first, behind) and _is_glued(codes, kinds, last, end):
                return at, last, False
        at += 1
    return end, end, False


@inner
def _begins(codes: Codes, kinds: Kinds, at: int, end: int) -> bool:
    """Tell whether spaces stand here, and then something that can begin a sentence."""
    if at >= end or codes[at] != _SPACE:
        return False
    while at < end and codes[at] == _SPACE:
        at += 1
    while at < end and _is(codes[at], kinds, OPENING):
        at += 1
    return at < end and _is(codes[at], kinds, BEGINNING)


@inner
def _are_small(codes: Codes, kinds: Kinds, first: int, at: int) -> bool:
    """Tell whether two small letters stand before *at*."""
    return at - 2 >= first and _is(codes[at - 1], kinds, SMALL) and _is(codes[at - 2], kinds, SMALL)


@inner
def _is_glued(codes: Codes, kinds: Kinds, at: int, end: int) -> bool:
    """Tell whether a word with a capital begins here."""
    if at < end and _is(codes[at], kinds, QUOTE):
        at += 1
    if at >= end or not _is(codes[at], kinds, CAPITAL):
        return False
    at += 1
    while at < end and _is(codes[at], kinds, SMALL):
        at += 1
    return at < end and (codes[at] == _SPACE or codes[at] == _COMMA)


@inner
def _is_abbreviation(codes: Codes, kinds: Kinds, abbreviations: Codes, begin: int, stop: int) -> bool:
    """Tell whether the point at *stop* ends an abbreviation, or a single capital letter."""
    first = stop
    while first > begin and _is(codes[first - 1], kinds, LETTER | FIGURE):
        first -= 1
    size = stop - first
    if codes[stop] != _POINT or size == 0 or size >= abbreviations.shape[1]:
        return False
    if size == 1 and _is(codes[first], kinds, CAPITAL):
        return True
    for row in range(len(abbreviations)):
        at = 0
        while at < size and abbreviations[row, at] == codes[first + at]:
            at += 1
        if at == size and abbreviations[row, at] == 0:
            return True
    return False


@inner
def _is(code: int, kinds: Kinds, kind: int) -> bool:
    return bool(code < len(kinds) and kinds[code] & kind)
