"""The runs of text of which one is shown: whole sentences, and of the last one as much as fits."""

import re
from bisect import bisect_right
from collections.abc import Iterator

from retrieval.answering.headings import Run
from retrieval.text.canonical import trimmed

MAX_CHARACTERS = 320  # of an excerpt
SHORTEST_PART = 20  # characters of a sentence that are shown of its beginning alone

# The marks within a number, a time or a range have no space behind them.
_BEHIND_PART = re.compile(r"[,;:–—]\s+|[，、；：]")


def within(shown: Run, near: list[Run]) -> Iterator[Run]:
    """Yield the runs of sentences within what was *shown*: its one sentence that answers, perhaps."""
    inside = [run for run in near if shown[0] <= run[0] and run[1] <= shown[1]]
    for at, (begin, _) in enumerate(inside):
        yield from ((begin, stop) for _, stop in inside[at:])


def runs_of(body: str, near: list[Run], headings: set[Run]) -> Iterator[Run]:
    """Yield the longest run that fits from each sentence of *near* on, and from each part of a long one.

    It ends with a sentence or a part of one, but with no heading, and with no part that is too short to tell
    anything. A shorter run covers no more of the question.
    """
    starts: list[int] = []
    ends: list[int] = []
    for begin, stop in near:
        pieces = _pieces(body, begin, stop)
        if stop - begin > MAX_CHARACTERS:
            starts += [start for start, _ in pieces]
        else:
            starts.append(pieces[0][0])
        if (begin, stop) not in headings:
            ends += [end for _, end in pieces if end == stop or end - begin >= SHORTEST_PART]
    last = 0
    for start in starts:
        while last < len(ends) and ends[last] - start <= MAX_CHARACTERS:
            last += 1
        if last and ends[last - 1] > start:
            yield start, ends[last - 1]


def up_to(run: Run, ends: list[int]) -> Run:
    """Return *run* up to the last of *ends*, ascending, within it; all of it if none is."""
    at = bisect_right(ends, run[1])
    return (run[0], ends[at - 1]) if at and ends[at - 1] > run[0] else run


def _pieces(body: str, start: int, end: int) -> list[Run]:
    """Return the parts of a sentence, each with the mark that closes it; long ones are cut further."""
    marks = [mark.span() for mark in _BEHIND_PART.finditer(body, start, end)]
    if not marks and end - start <= MAX_CHARACTERS:
        return [(start, end)]
    starts, ends = [start, *(end for _, end in marks)], [*(start + 1 for start, _ in marks), end]
    pieces: list[Run] = []
    for begin, stop in zip(starts, ends, strict=True):
        if stop - begin > MAX_CHARACTERS:
            pieces += _cut(body, begin, stop)
        elif begin < stop and not (body[begin].isspace() or body[stop - 1].isspace()):  # as most
            pieces.append((begin, stop))
        elif body[begin:stop].strip():
            pieces.append(trimmed(body, begin, stop))
    return pieces


def _cut(body: str, start: int, end: int) -> Iterator[Run]:
    """Yield a part of a sentence that is too long, cut between words, or inside one if need be."""
    while end - start > MAX_CHARACTERS:
        cut = body.rfind(" ", start + 1, start + MAX_CHARACTERS + 1)
        cut = cut if cut > 0 else start + MAX_CHARACTERS
        yield trimmed(body, start, cut)
        start = cut
    if body[start:end].strip():
        yield trimmed(body, start, end)


def without_gaps(body: str, ranges: list[Run]) -> Iterator[Run]:
    """Yield *ranges* with those joined that only a space parts, or a mark within a date or a number."""
    held: Run | None = None
    for start, end in ranges:
        if held and _is_joint(body, held[1], start):
            held = held[0], end
        else:
            if held:
                yield held
            held = start, end
    if held:
        yield held


def _is_joint(body: str, start: int, end: int) -> bool:
    between = body[start:end]
    return between in ("", " ") or (
        between in {*"-–/."} and body[start - 1].isdigit() and body[end].isdigit()
    )
