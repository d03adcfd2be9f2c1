"""The best documents of one set of postings for several clauses, without looking at every posting.

A clause has forms, and a form is one key or several that must stand together. Clauses are added up in one
order, those first that can give most, a window of documents after the other. Where the best so far show that
the last clauses alone cannot lift a document among them (MaxScore: Turtle & Flood 1995), the long lists of
those are read only for documents that still can get there; the later the window, the higher that bar.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retrieval.kernels import compiled, inner
from retrieval.kernels.lookup import Whole, count_at, first_from

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

WINDOW = 4096  # documents: what is gathered of them fits the nearest memory. 16,384 take 1.2 times as long
SHARES = 16  # frequencies below it have their share in a table: a division less
LONG = 64  # documents: of a list as long as that, the highest share is worth knowing; 512 take 1.05 times
_PROBE = 32  # postings: adding so many takes as long as looking one document up; 8 take 1.1 times as long
SLACK = 1 + 1e-9  # a bound is added up in another order than a score, and may fall short of it by rounding


class Lists(NamedTuple):
    """The arrays of ``Postings``."""

    offsets: NDArray[np.uint32]
    documents: NDArray[np.uint16]
    small: NDArray[np.uint8]
    places: NDArray[np.uint32]
    values: NDArray[np.uint32]


class Wanted(NamedTuple):
    """Clauses, as they are looked for in one set of postings."""

    order: Ints  # in which clauses are added up
    forms: Ints  # clauses + 1: where the forms of each begin
    keys: Ints  # forms + 1: where the keys of each begin; of a form with several, a document must hold all
    weights: Floats  # of each form, 0..1
    places: Ints  # of each key in the postings, -1 where it is not there


class Norms(NamedTuple):
    """How much length counts: a clause gives its worth times tf / (tf + ``norms[kinds[document]]``)."""

    kinds: NDArray[np.uint16]  # of each document: documents of one length are of one kind
    norms: Floats  # of each kind, > 0
    shares: Floats  # of each kind and tf below SHARES: tf / (tf + norm)
    long: Ints  # the places with lists of at least LONG, ascending
    peaks: Floats  # the highest share in each of them; 0 until someone asks. Threads may find one twice


class _Window(NamedTuple):
    """What is known of the documents of one window, by number from its beginning."""

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
    lists: Lists,
    wanted: Wanted,
    worths: Floats,
    norms: Norms,
    more_worths: Floats,
    more_norms: Norms,
    removed: NDArray[np.uint16],
    best: Floats,
) -> tuple[Ints, Floats, Floats]:
    """Return which documents may be among the best, the least each scores, and the most; in any order.

    Each clause adds by its worth and *norms* to both, and by *more_worths* and *more_norms* to the most
    alone; these are all above 0, or all 0: then both are the score. *best* is a heap, its least first: the
    highest scores (of the least) so far, as many as are wanted. It starts as zeros, and is kept up to date;
    an empty one wants all documents.
    """
    size = len(norms.kinds)
    least = np.zeros(WINDOW)
    window = _Window(
        least,
        np.zeros(WINDOW) if np.any(more_worths > 0) else least,
        np.zeros(WINDOW),
        np.empty(WINDOW + 1, dtype=np.int64),
        np.empty(WINDOW + 1, dtype=np.int64),
        np.empty(WINDOW + 1, dtype=np.int64),
    )
    found = _Found(np.empty(size, dtype=np.int64), np.empty(size), np.empty(size))
    cursors, ends = np.zeros(len(wanted.places), dtype=np.int64), np.zeros(len(wanted.places), dtype=np.int64)
    rest = np.zeros(len(wanted.order) + 1)
    _bound(lists, wanted, worths, norms, rest)
    _bound(lists, wanted, more_worths, more_norms, rest)
    total = _search(
        lists,
        wanted,
        worths,
        norms,
        more_worths,
        more_norms,
        removed,
        best,
        rest,
        cursors,
        ends,
        window,
        found,
    )
    return found.documents[:total].copy(), found.least[:total].copy(), found.most[:total].copy()


@inner
def _search(
    lists: Lists,
    wanted: Wanted,
    worths: Floats,
    norms: Norms,
    more_worths: Floats,
    more_norms: Norms,
    removed: NDArray[np.uint16],
    best: Floats,
    rest: Floats,
    cursors: Ints,
    ends: Ints,
    window: _Window,
    found: _Found,
) -> int:
    """Do as ``search`` says with what it made room for; return how many documents are *found*."""
    _rewind(lists, wanted, cursors)
    size, total, gone = len(norms.kinds), 0, 0
    for base in range(0, size, WINDOW):
        floor = best[0] if len(best) else 0.0
        if rest[0] < floor:
            break  # nor can any document of a later window
        while gone < len(removed) and removed[gone] < base + WINDOW:
            window.least[np.int64(removed[gone]) - base] = -np.inf
            window.most[np.int64(removed[gone]) - base] = -np.inf
            gone += 1
        held, is_open = 0, True  # open: documents may still enter that hold none of the clauses before
        for number, clause in enumerate(wanted.order):
            worth, more_worth = worths[clause], more_worths[clause]
            if is_open and rest[number] < floor:
                is_open = False
                held = _keep(window, held, floor, rest[number])
            if is_open:
                held = _scan(
                    lists,
                    wanted,
                    clause,
                    cursors,
                    base,
                    window,
                    window.touched,
                    held,
                    worth,
                    norms,
                    more_worth,
                    more_norms,
                )
                continue
            if held == 0:
                break
            if _PROBE * held < _density(lists, wanted, clause, size):
                _probe(lists, wanted, clause, cursors, ends, base, window, held)
                _give(window, window.touched, held, base, worth, norms, more_worth, more_norms)
            else:
                _scan(
                    lists,
                    wanted,
                    clause,
                    cursors,
                    base,
                    window,
                    window.ignored,
                    0,
                    worth,
                    norms,
                    more_worth,
                    more_norms,
                )
            held = _keep(window, held, floor, rest[number + 1])
        for at in range(held):
            push(best, window.least[window.touched[at]])
        held = _keep(window, held, best[0] if len(best) else 0.0, 0.0)
        for at in range(held):
            document = window.touched[at]
            found.documents[total] = base + document
            found.least[total] = window.least[document]
            found.most[total] = window.most[document]
            total += 1
        window.least[:] = 0.0
        window.most[:] = 0.0
    return total


@inner
def _bound(lists: Lists, wanted: Wanted, worths: Floats, norms: Norms, rest: Floats) -> None:
    """Add to *rest* the most that the clauses from each of the order on can give together."""
    total = 0.0
    for number in range(len(wanted.order) - 1, -1, -1):
        clause = wanted.order[number]
        if worths[clause] > 0:
            share = 0.0  # a sum of frequencies has no higher share than the sum of theirs
            for form in range(wanted.forms[clause], wanted.forms[clause + 1]):
                highest = 1.0
                for key in range(wanted.keys[form], wanted.keys[form + 1]):
                    highest = min(highest, _peak(lists, wanted.places[key], norms))
                share += highest
            total += worths[clause] * min(1.0, share) * SLACK
        rest[number] += total


@inner
def _peak(lists: Lists, place: Whole, norms: Norms) -> float:
    """Return a bound (0..1) of the share that the key at *place* has in any document."""
    if place < 0:
        return 0.0
    begin, end = np.int64(lists.offsets[place]), np.int64(lists.offsets[place + 1])
    if end - begin < LONG:
        return 1.0
    number = first_from(norms.long, 0, len(norms.long), place)
    if norms.peaks[number] == 0:
        peak = 0.0
        for at in range(begin, end):
            peak = max(peak, _share(lists, at, np.int64(lists.documents[at]), norms))
        norms.peaks[number] = peak
    return float(norms.peaks[number])


@inner
def _share(lists: Lists, at: Whole, document: Whole, norms: Norms) -> float:
    """Return tf / (tf + norm) of *document* by the posting at *at*."""
    count, kind = np.int64(lists.small[at]), np.int64(norms.kinds[document])
    if count < SHARES:
        return float(norms.shares[kind * SHARES + count])
    tf = count_at(lists.small, lists.places, lists.values, at)
    return float(tf / (tf + norms.norms[kind]))


@inner
def _rewind(lists: Lists, wanted: Wanted, cursors: Ints) -> None:
    """Set *cursors* to where the list of each key begins."""
    for key in range(len(wanted.places)):
        if wanted.places[key] >= 0:
            cursors[key] = np.int64(lists.offsets[wanted.places[key]])


@inner
def _density(lists: Lists, wanted: Wanted, clause: Whole, size: int) -> float:
    """Return how many postings of a clause stand in a window, about, for each of its forms."""
    first, last = wanted.forms[clause], wanted.forms[clause + 1]
    postings = np.int64(0)
    for key in range(wanted.keys[first], wanted.keys[last]):
        place = wanted.places[key]
        if place >= 0:
            postings += np.int64(lists.offsets[place + 1]) - np.int64(lists.offsets[place])
    return float(postings / (last - first) * WINDOW / size)


@inner
def _scan(
    lists: Lists,
    wanted: Wanted,
    clause: Whole,
    cursors: Ints,
    base: int,
    window: _Window,
    touched: Ints,
    held: int,
    worth: float,
    norms: Norms,
    more_worth: float,
    more_norms: Norms,
) -> int:
    """Add what a clause gives to every document of the window; return how many are *touched* now.

    *held* of them were before.
    """
    first, last = wanted.forms[clause], wanted.forms[clause + 1]
    key = wanted.keys[first]
    if last - first == 1 and wanted.keys[last] - key == 1 and wanted.weights[first] == 1.0:
        return _scan_list(
            lists,
            wanted.places[key],
            cursors,
            key,
            base,
            window,
            touched,
            held,
            worth,
            norms,
            more_worth,
            more_norms,
        )
    count = 0
    for form in range(first, last):
        count = _gather(lists, wanted, form, cursors, base, window, count)
    for at in range(count):
        touched[held] = window.fresh[at]
        held += window.least[window.fresh[at]] == 0
    _give(window, window.fresh, count, base, worth, norms, more_worth, more_norms)
    return held


@inner
def _scan_list(
    lists: Lists,
    place: Whole,
    cursors: Ints,
    key: Whole,
    base: int,
    window: _Window,
    touched: Ints,
    held: int,
    worth: float,
    norms: Norms,
    more_worth: float,
    more_norms: Norms,
) -> int:
    """Do as ``_scan`` for a clause that is one key."""
    if place < 0:
        return held
    end = np.int64(lists.offsets[place + 1])
    at = _entered(lists, end, cursors[key], base)
    while at < end:
        document = np.int64(lists.documents[at]) - base
        if document >= WINDOW:
            break
        gain = worth * _share(lists, at, base + document, norms)
        touched[held] = document
        held += window.least[document] == 0
        window.least[document] += gain
        if more_worth > 0:
            window.most[document] += gain + more_worth * _share(lists, at, base + document, more_norms)
        at += 1
    cursors[key] = at
    return held


@inner
def _gather(
    lists: Lists, wanted: Wanted, form: Whole, cursors: Ints, base: int, window: _Window, count: int
) -> int:
    """Add a form's weighted frequencies to the tf; return how many documents have one now.

    *count* of them had one before.
    """
    first, last = wanted.keys[form], wanted.keys[form + 1]
    rarest, shortest = first, np.int64(1) << 40
    for key in range(first, last):
        place = wanted.places[key]
        if place < 0:
            return count
        length = np.int64(lists.offsets[place + 1]) - np.int64(lists.offsets[place])
        if length < shortest:
            rarest, shortest = key, length
    end = np.int64(lists.offsets[wanted.places[rarest] + 1])
    at = _entered(lists, end, cursors[rarest], base)
    while at < end:
        document = np.int64(lists.documents[at]) - base
        if document >= WINDOW:
            break
        often: Whole = count_at(lists.small, lists.places, lists.values, at)
        for key in range(first, last):
            if key != rarest and often > 0:
                behind = np.int64(lists.offsets[wanted.places[key] + 1])
                often = min(often, _often(lists, cursors[key], behind, base + document))
        if often > 0:
            window.fresh[count] = document
            count += window.tf[document] == 0
            window.tf[document] += wanted.weights[form] * often
        at += 1
    cursors[rarest] = at
    return count


@inner
def _probe(
    lists: Lists,
    wanted: Wanted,
    clause: Whole,
    cursors: Ints,
    ends: Ints,
    base: int,
    window: _Window,
    held: int,
) -> None:
    """Set the tf of the *held* documents that were touched; leave in *ends* where the lists' windows end."""
    for form in range(wanted.forms[clause], wanted.forms[clause + 1]):
        first, last = wanted.keys[form], wanted.keys[form + 1]
        for key in range(first, last):
            ends[key] = cursors[key]
            if wanted.places[key] >= 0:
                end = np.int64(lists.offsets[wanted.places[key] + 1])
                cursors[key] = _entered(lists, end, cursors[key], base)
                ends[key] = _entered(lists, end, cursors[key], base + WINDOW)
        for at in range(held):
            document = window.touched[at]
            often: Whole = _often(lists, cursors[first], ends[first], base + document)
            for key in range(first + 1, last):
                if often > 0:
                    often = min(often, _often(lists, cursors[key], ends[key], base + document))
            window.tf[document] += wanted.weights[form] * often


@inner
def _entered(lists: Lists, end: Whole, at: Whole, base: int) -> Whole:
    """Return the first posting from *at* to *end* of a document from *base* on."""
    step = 1
    while at + step < end and lists.documents[at + step] < base:
        at += step
        step *= 2
    return first_from(lists.documents, at, min(end, at + step + 1), base)


@inner
def _often(lists: Lists, begin: Whole, end: Whole, document: Whole) -> Whole:
    """Return how often *document* stands in the postings from *begin* to *end*; 0 where it does not."""
    length = end - begin
    if length <= 0:
        return np.int64(0)
    while length > 1:  # halves without a branch, that the processor would guess wrong every other time
        half = length >> 1
        begin += half * (lists.documents[begin + half] <= document)
        length -= half
    if lists.documents[begin] != document:
        return np.int64(0)
    return count_at(lists.small, lists.places, lists.values, begin)


@inner
def _give(
    window: _Window,
    documents: Ints,
    count: int,
    base: int,
    worth: float,
    norms: Norms,
    more_worth: float,
    more_norms: Norms,
) -> None:
    """Add what a clause gives to the first *count* of *documents*, by their tf, and set that to 0 again."""
    for at in range(count):
        document = documents[at]
        tf = window.tf[document]
        if tf > 0:
            gain = worth * (tf / (tf + norms.norms[norms.kinds[base + document]]))
            window.least[document] += gain
            if more_worth > 0:
                more = tf / (tf + more_norms.norms[more_norms.kinds[base + document]])
                window.most[document] += gain + more_worth * more
            window.tf[document] = 0.0


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
