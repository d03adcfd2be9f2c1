"""The best documents of one set of postings for several clauses, without looking at every posting.

A clause has forms, and a form is one key or several that must stand together. Clauses are added up in one
order, those first that can give most, a window of documents after the other. Where the best so far show that
the last clauses alone cannot lift a document among them (MaxScore: Turtle & Flood 1995), the long lists of
those are read only for documents that still can get there; the later the window, the higher that bar.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retrieval.kernels import Floats, Ints, compiled, inner, shared
from retrieval.kernels.lists import Lists, Norms, entered, often, peak, share, span
from retrieval.kernels.postings import Whole, count_at, first_from

GATHERED = 4096  # documents: what is gathered of them fits the nearest memory. 16,384 take 1.4 times as long
_FIRST = 1024  # documents of the first window, where nothing can be left out yet; each later one has double
_ROOM = 1024  # documents found; more are rare, and a block for all would be mapped anew each time
_PROBE = 32  # postings: adding so many takes as long as looking one document up; 8 take 1.1 times as long
SLACK = 1 + 1e-9  # a bound is added up in another order than a score, and may fall short of it by rounding


class Wanted(NamedTuple):
    """Clauses, as they are looked for in one set of postings."""

    order: Ints  # in which clauses are added up
    forms: Ints  # clauses + 1: where the forms of each begin
    form_keys: (
        Ints  # forms + 1: where the keys of each begin; of a form with several, a document must hold all
    )
    weights: Floats  # of each form, 0..1
    places: Ints  # of each key in the postings, -1 where it is not there


class Impact(NamedTuple):
    """The part of each clause in a document: the worth of each, times its share there."""

    worths: Floats
    norms: Norms


class _Window(NamedTuple):
    """The state of the documents of one window, by number from its beginning."""

    begins: Ints  # of each key: the first of its postings in the window
    ends: Ints  # and behind the last
    least: Floats  # the score by the clauses so far; -inf where the document was removed
    most: Floats  # what it may be at most, with what only counts there
    tf: Floats  # 0 between clauses
    touched: Ints  # the documents with a score, in any order
    fresh: Ints  # those with a tf
    ignored: Ints  # room for what nobody reads


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
    least = np.zeros(GATHERED)
    window = _Window(
        np.zeros(len(wanted.places), dtype=np.int64),
        np.zeros(len(wanted.places), dtype=np.int64),
        least,
        np.zeros(GATHERED) if np.any(more.worths > 0) else least,
        np.zeros(GATHERED),
        np.empty(GATHERED + 1, dtype=np.int64),
        np.empty(GATHERED + 1, dtype=np.int64),
        np.empty(GATHERED + 1, dtype=np.int64),
    )
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
        _bar(window, base, removed, gone_before, gone)
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
def _bar(window: _Window, base: int, removed: NDArray[np.uint16], first: Whole, last: Whole) -> None:
    """Keep the documents ``removed[first:last]`` of the window that begins at *base* from being found."""
    for at in range(first, last):
        window.least[np.int64(removed[at]) - base] = -np.inf
        window.most[np.int64(removed[at]) - base] = -np.inf


@inner
def _fill(
    lists: Lists,
    wanted: Wanted,
    score: Impact,
    more: Impact,
    best: Floats,
    rest: Floats,
    window: _Window,
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
            held = _keep(window, held, floor, rest[number])
        if not is_open and held == 0:
            break
        postings = _turn(lists, wanted, clause, base, end, window)
        if is_open:
            held = _scan(lists, wanted, clause, base, window, window.touched, held, score, more)
            continue
        if _PROBE * held * (wanted.forms[clause + 1] - wanted.forms[clause]) < postings:
            _probe(lists, wanted, clause, base, window, held)
            _give(window, window.touched, held, base, clause, score, more)
        else:
            _scan(lists, wanted, clause, base, window, window.ignored, 0, score, more)
        held = _keep(window, held, floor, rest[number + 1])
    for at in range(held):
        push(best, window.least[window.touched[at]])
    return _keep(window, held, best[0] if len(best) else 0.0, 0.0)


@inner
def _take(window: _Window, base: int, held: int, found: _Found, total: int) -> None:
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
def _turn(lists: Lists, wanted: Wanted, clause: Whole, base: int, end: int, window: _Window) -> np.int64:
    """Find the postings of a clause's keys in the window from *base* to *end*; return how many there are."""
    postings = np.int64(0)
    forms = wanted.forms
    for key in range(wanted.form_keys[forms[clause]], wanted.form_keys[forms[clause + 1]]):
        _, last = span(lists, wanted.places[key])
        window.begins[key] = entered(lists, last, window.ends[key], base)
        window.ends[key] = entered(lists, last, window.begins[key], end)
        postings += window.ends[key] - window.begins[key]
    return postings


@inner
def _scan(
    lists: Lists,
    wanted: Wanted,
    clause: Whole,
    base: int,
    window: _Window,
    touched: Ints,
    held: int,
    score: Impact,
    more: Impact,
) -> int:
    """Add what a clause gives to every document of the window; return how many are *touched* now.

    *held* of them were before.
    """
    first, last = wanted.forms[clause], wanted.forms[clause + 1]
    key = wanted.form_keys[first]
    if last - first == 1 and wanted.form_keys[last] - key == 1 and wanted.weights[first] == 1.0:
        worth, more_worth = score.worths[clause], more.worths[clause]
        # Unsigned, no index may count from the end: numba need not ask, which takes a fifth of the time.
        for at in range(np.uint64(window.begins[key]), np.uint64(window.ends[key])):
            document = np.int64(lists.documents[at])
            place = np.uint64(document - base)
            gain = worth * share(lists, at, document, score.norms)
            touched[np.uint64(held)] = place
            held += window.least[place] == 0
            window.least[place] += gain
            if more_worth > 0:
                window.most[place] += gain + more_worth * share(lists, at, document, more.norms)
        return held
    count = 0
    for form in range(first, last):
        count = _gather(lists, wanted, form, base, window, count)
    for at in range(count):
        touched[held] = window.fresh[at]
        held += window.least[window.fresh[at]] == 0
    _give(window, window.fresh, count, base, clause, score, more)
    return held


@inner
def _gather(lists: Lists, wanted: Wanted, form: Whole, base: int, window: _Window, count: int) -> int:
    """Add a form's weighted frequencies to the tf; return how many documents have one now.

    *count* of them had one before.
    """
    first, last = wanted.form_keys[form], wanted.form_keys[form + 1]
    rarest = first
    for key in range(first + 1, last):
        if window.ends[key] - window.begins[key] < window.ends[rarest] - window.begins[rarest]:
            rarest = key
    for at in range(window.begins[rarest], window.ends[rarest]):
        document = np.int64(lists.documents[at])
        times: Whole = count_at(lists.small, lists.places, lists.values, at)
        for key in range(first, last):
            if key != rarest and times > 0:
                times = min(times, often(lists, window.begins[key], window.ends[key], document))
        if times > 0:
            place = document - base
            window.fresh[count] = place
            count += window.tf[place] == 0
            window.tf[place] += wanted.weights[form] * times
    return count


@inner
def _probe(lists: Lists, wanted: Wanted, clause: Whole, base: int, window: _Window, held: int) -> None:
    """Set the tf of the *held* documents that were touched."""
    for form in range(wanted.forms[clause], wanted.forms[clause + 1]):
        first, last = wanted.form_keys[form], wanted.form_keys[form + 1]
        for at in range(held):
            document = base + window.touched[at]
            times: Whole = often(lists, window.begins[first], window.ends[first], document)
            for key in range(first + 1, last):
                if times > 0:
                    times = min(times, often(lists, window.begins[key], window.ends[key], document))
            window.tf[window.touched[at]] += wanted.weights[form] * times


@inner
def _give(
    window: _Window, documents: Ints, count: int, base: int, clause: Whole, score: Impact, more: Impact
) -> None:
    """Add what a clause gives to the first *count* of *documents*, by their tf, and set that to 0 again."""
    for at in range(count):
        document = documents[at]
        tf = window.tf[document]
        if tf > 0:
            gain = _gain(score, clause, tf, base + document)
            window.least[document] += gain
            if more.worths[clause] > 0:
                window.most[document] += gain + _gain(more, clause, tf, base + document)
            window.tf[document] = 0.0


@inner
def _gain(impact: Impact, clause: Whole, tf: float, document: Whole) -> float:
    norms = impact.norms
    return float(impact.worths[clause] * (tf / (tf + norms.norms[norms.kinds[document]])))


@inner
def _keep(window: _Window, held: int, floor: float, rest: float) -> int:
    """Move those of the *held* touched documents to the front that can reach *floor* with *rest* more.

    Return how many they are.
    """
    bar = floor / SLACK - rest
    kept = 0
    for at in range(held):
        document = window.touched[at]
        window.touched[kept] = document
        kept += window.most[document] >= bar
    return kept


@inner
def push(best: Floats, score: float) -> None:
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
