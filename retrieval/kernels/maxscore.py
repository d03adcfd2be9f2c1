"""The best documents of one set of postings for several clauses, without looking at every posting.

Clauses are added up in one order, those first that can give most, a window of documents after the other.
Where the best so far show that the last clauses alone cannot lift a document among them (MaxScore: Turtle &
Flood 1995), the long lists of those are read only for documents that still can get there; the later the
window, the higher that bar.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retrieval.kernels import Floats, Ints, compiled, inner, shared
from retrieval.kernels.lists import Lists, peak, span
from retrieval.kernels.postings import first_from
from retrieval.kernels.wanted import SLACK, Impact, Wanted
from retrieval.kernels.window import GATHERED, PROBING, Window, bar, blank, keep, probe, scan, turn

_FIRST = 1024  # documents of the first window, where nothing can be left out yet; each next one has double
_ROOM = 1024  # documents found; more are rare, and a block for all would be mapped anew each time


class _Found(NamedTuple):
    """Room for what is returned."""

    documents: Ints
    least: Floats
    most: Floats


@compiled
def search(
    lists: Lists, wanted: Wanted, score: Impact, more: Impact, removed: NDArray[np.uint16], best: Floats
) -> tuple[Ints, Floats, Floats]:
    """Return which documents may be among the best, the least each scores, and the most; in any order.

    Each clause adds by *score* to both, and by *more* to the most alone; the worths of the latter are all
    above 0, or all 0: then both are the score. *best* is a heap, its least first: the highest scores (of the
    least) so far, as many as are wanted. It starts as zeros, and is kept up to date; an empty one wants all
    documents.
    """
    size = len(score.norms.kinds)
    window = blank(len(wanted.places), bool(np.any(more.worths > 0)))
    found = _room(min(size, _ROOM))
    rest = np.zeros(len(wanted.order) + 1)
    _bound(lists, wanted, score, rest)
    _bound(lists, wanted, more, rest)
    for key in range(len(wanted.places)):
        window.ends[key], _ = span(lists, wanted.places[key])
    end, width, total, gone = 0, _FIRST, 0, 0
    # Once all clauses together are too little, no document of a later window is among the best.
    while end < size and not (len(best) and rest[0] < best[0]):
        base, end = end, min(end + width, size)
        width = min(2 * width, GATHERED)
        gone_before, gone = gone, int(first_from(removed, gone, len(removed), end))
        if gone - gone_before == end - base:
            continue
        bar(window, base, removed, gone_before, gone)
        held = _fill(lists, wanted, score, more, best, rest, window, base, end)
        if total + held > len(found.documents):
            larger = _room(2 * total + held)
            _copy(found, total, larger)
            found = larger
        _take(window, base, held, found, total)
        total += held
    return found.documents[:total].copy(), found.least[:total].copy(), found.most[:total].copy()


@shared
def _room(count: int) -> _Found:
    return _Found(np.empty(count, dtype=np.int64), np.empty(count), np.empty(count))


@inner
def _copy(found: _Found, total: int, room: _Found) -> None:
    """Put the *total* documents that are *found* into *room*."""
    for at in range(total):
        room.documents[at] = found.documents[at]
        room.least[at] = found.least[at]
        room.most[at] = found.most[at]


@inner
def _fill(
    lists: Lists,
    wanted: Wanted,
    score: Impact,
    more: Impact,
    best: Floats,
    rest: Floats,
    window: Window,
    base: int,
    end: int,
) -> int:
    """Add up the clauses in the window from *base* to *end*, as far as they may lift a document to the best.

    Return how many of the touched may be among them; these come first.
    """
    floor = best[0] if len(best) else 0.0
    held, is_open = 0, True  # open: documents may still enter that hold none of the clauses before
    for number, clause in enumerate(wanted.order):
        if is_open and rest[number] < floor:
            is_open = False
            held = keep(window, held, floor, rest[number])
        if not is_open and held == 0:
            break
        postings = turn(lists, wanted, clause, base, end, window)
        if is_open:
            held = scan(lists, wanted, clause, base, window, window.touched, held, score, more)
            continue
        if PROBING * held * (wanted.forms[clause + 1] - wanted.forms[clause]) < postings:
            probe(lists, wanted, clause, base, window, held, score, more)
        else:
            scan(lists, wanted, clause, base, window, window.ignored, 0, score, more)
        held = keep(window, held, floor, rest[number + 1])
    for at in range(held):
        push(best, window.least[window.touched[at]])
    return keep(window, held, best[0] if len(best) else 0.0, 0.0)


@inner
def _take(window: Window, base: int, held: int, found: _Found, total: int) -> None:
    """Put the first *held* touched documents behind the *total* that are *found*, and clear the window."""
    for at in range(held):
        document = window.touched[at]
        found.documents[total + at] = base + document
        found.least[total + at] = window.least[document]
        found.most[total + at] = window.most[document]
    window.least[:] = 0.0
    window.most[:] = 0.0


@inner
def _bound(lists: Lists, wanted: Wanted, impact: Impact, rest: Floats) -> None:
    """Add to *rest* the most that the clauses from each of the order on can give together."""
    total = 0.0
    for number in range(len(wanted.order) - 1, -1, -1):
        clause = wanted.order[number]
        if impact.worths[clause] > 0:
            shares = 0.0  # a sum of frequencies has no higher share than the sum of theirs
            for form in range(wanted.forms[clause], wanted.forms[clause + 1]):
                highest = 1.0
                for key in range(wanted.form_keys[form], wanted.form_keys[form + 1]):
                    highest = min(highest, peak(lists, wanted.places[key], impact.norms))
                shares += highest
            total += impact.worths[clause] * min(1.0, shares) * SLACK
        rest[number] += total


@inner
def push(best: Floats | Ints, score: float) -> None:
    """Put *score* in the place of the least of the heap *best*, if it is more."""
    if not len(best) or score <= best[0]:
        return
    at, child = 0, 1
    while child < len(best):
        if child + 1 < len(best) and best[child + 1] < best[child]:
            child += 1
        if best[child] >= score:
            break
        best[at] = best[child]
        at, child = child, 2 * child + 1
    best[at] = score
