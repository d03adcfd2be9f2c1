"""The runs of text of which one is shown: whole sentences if they fit, else parts of a long one."""

from collections.abc import Iterator

import regex

from retrieval.answering.headings import Run
from retrieval.text.canonical import trimmed

MAX_CHARACTERS = 320  # of an excerpt

# The marks within a number, a time or a range have no space behind them.
_BETWEEN_PARTS = regex.compile(r"(?<=[,;:–—])\s+|(?<=[，、；：])")


def within(shown: Run, near: list[Run]) -> Iterator[Run]:
    """Yield the runs of sentences within what was *shown*: its one sentence that answers, perhaps."""
    inside = [run for run in near if shown[0] <= run[0] and run[1] <= shown[1]]
    for at, (begin, _) in enumerate(inside):
        yield from ((begin, stop) for _, stop in inside[at:])


def runs_of(body: str, near: list[Run]) -> Iterator[Run]:
    """Yield runs of neighbouring sentences that fit, and of neighbouring parts of a long one."""
    whole: list[Run] = []
    for begin, stop in near:
        if stop - begin <= MAX_CHARACTERS:
            whole.append((begin, stop))
            continue
        yield from _fitting(whole)
        whole = []
        yield from _fitting([piece for part in _parts(body, begin, stop) for piece in _pieces(body, *part)])
    yield from _fitting(whole)


def _fitting(units: list[Run]) -> Iterator[Run]:
    """Yield the longest run that fits from each unit on: a shorter one covers no more of the question."""
    last = 0
    for start, _ in units:
        while last < len(units) and units[last][1] - start <= MAX_CHARACTERS:
            last += 1
        yield start, units[last - 1][1]


def _parts(body: str, start: int, end: int) -> Iterator[Run]:
    """Yield the parts of a sentence, each with the mark that closes it."""
    for between in _BETWEEN_PARTS.finditer(body, start, end):
        yield start, between.start()
        start = between.end()
    yield start, end


def _pieces(body: str, start: int, end: int) -> Iterator[Run]:
    """Yield a part of a sentence; if it is too long, cut between words, or inside one if need be."""
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
