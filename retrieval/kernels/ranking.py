"""The best documents of one set of postings for several clauses, without looking at every posting.

A clause has forms, a form is one key or several that must stand together, and a key is given by its place in
the postings (-1: it is not there). Documents are scored a window after the other, clauses in their order, the
worthiest first. When the scores so far say that the last clauses alone cannot make a document one of the best
(MaxScore: Turtle & Flood 1995), the long lists of those are looked into only for documents that still can;
and the later the window, the higher that bar.
"""

import numpy as np
from numpy.typing import NDArray

from retrieval.kernels import compiled
from retrieval.kernels.lookup import Whole, count_at, first_from

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Documents = NDArray[np.uint16]
# The offsets, documents and frequencies (small, places, values) of ``Postings``.
Lists = tuple[NDArray[np.uint32], Documents, NDArray[np.uint8], NDArray[np.uint32], NDArray[np.uint32]]
# Where the forms of each clause begin, where the keys of each form do; the keys' places; the forms' weights.
Clauses = tuple[Ints, Ints, Ints, Floats]

WINDOW = 4096  # documents: what is gathered about them stays in the fastest cache
PROBE = 8  # postings: scanning so many takes as long as looking one document up
LONG = 512  # postings: of a shorter list it does not pay to know the most that it can give
SLACK = 1 + 1e-9  # > 1: bounds are sums in another order than the scores they bound


@compiled
def search(
    lists: Lists,
    clauses: Clauses,
    worths: Floats,
    norms: Floats,
    more_worths: Floats,
    more_norms: Floats,
    peaks: NDArray[np.float32],
    removed: Documents,
    best: Floats,
) -> tuple[Ints, Floats, Floats]:
    """Return the documents that may be among the best, with their scores and their upper bounds.

    A clause gives a document ``worth · tf / (tf + norm)``; the bound adds the same with *more_worths* and
    *more_norms*; where the score is all there is, the former are 0. *peaks* (2 × keys) keeps the most that
    long lists give of each, 0 where that is not known yet. Documents *removed* (ascending) are left out.
    *best* is a heap of the best scores so far, the least first, and goes on to be that.
    """
    offsets = lists[0]
    clause_forms, _, places, _ = clauses
    size = len(norms)
    count = len(worths)
    rest = _bounds(lists, clauses, worths, norms, more_worths, more_norms, peaks)
    begins = np.zeros(len(places), dtype=np.int64)
    ends = np.zeros(len(places), dtype=np.int64)
    for key in range(len(places)):
        if places[key] >= 0:
            begins[key] = ends[key] = np.int64(offsets[places[key]])
    is_double = more_worths.any()
    least = np.zeros(WINDOW)
    most = np.zeros(WINDOW) if is_double else least
    tf = np.zeros(WINDOW)
    touched = np.empty(WINDOW + 1, dtype=np.int64)
    fresh = np.empty(WINDOW + 1, dtype=np.int64)
    spare = np.empty(WINDOW + 1, dtype=np.int64)
    found = np.empty(size, dtype=np.int64)
    found_least = np.empty(size)
    found_most = np.empty(size)
    total = 0
    absent = 0
    for base in range(0, size, WINDOW):
        floor = best[0]
        if rest[0] < floor:
            break
        held = 0
        clause = 0
        while clause < count and rest[clause] >= floor:
            _enter(lists, clauses, clause, begins, ends, base)
            held = _scan(
                lists,
                clauses,
                clause,
                begins,
                ends,
                worths[clause],
                norms,
                least,
                more_worths[clause],
                more_norms,
                most,
                tf,
                touched,
                held,
                fresh,
                base,
            )
            clause += 1
        if absent < len(removed):
            while absent < len(removed) and removed[absent] < base + WINDOW:
                least[np.int64(removed[absent]) - base] = -np.inf
                most[np.int64(removed[absent]) - base] = -np.inf
                absent += 1
        kept = touched[: _still(touched, held, least, most, floor, rest[clause])]
        while clause < count and len(kept):
            n = _enter(lists, clauses, clause, begins, ends, base)
            forms = clause_forms[clause + 1] - clause_forms[clause]
            if PROBE * len(kept) * forms < n:
                _probe(lists, clauses, clause, begins, ends, kept, tf, base)
                _give(kept, tf, worths[clause], norms, least, more_worths[clause], more_norms, most, base)
            else:
                _scan(
                    lists,
                    clauses,
                    clause,
                    begins,
                    ends,
                    worths[clause],
                    norms,
                    least,
                    more_worths[clause],
                    more_norms,
                    most,
                    tf,
                    spare,
                    0,
                    fresh,
                    base,
                )
            clause += 1
            kept = kept[: _still(kept, len(kept), least, most, floor, rest[clause])]
        for document in kept:
            push(best, least[document])
        floor = best[0]
        for document in kept:
            if most[document] * SLACK >= floor:
                found[total] = base + document
                found_least[total] = least[document]
                found_most[total] = most[document]
                total += 1
        least[:] = 0.0
        if is_double:
            most[:] = 0.0
    return found[:total], found_least[:total], found_most[:total]


@compiled
def _enter(lists: Lists, clauses: Clauses, clause: int, begins: Ints, ends: Ints, base: int) -> np.int64:
    """Set *begins* and *ends* of the clause's keys to the window; return how many postings are to scan."""
    offsets, documents = lists[0], lists[1]
    clause_forms, form_keys, places, _ = clauses
    total = np.int64(0)
    for form in range(clause_forms[clause], clause_forms[clause + 1]):
        n = np.int64(1) << 40
        for key in range(form_keys[form], form_keys[form + 1]):
            if places[key] < 0:
                n = np.int64(0)
                continue
            last = np.int64(offsets[places[key] + 1])
            begin = ends[key]
            if begin < last and documents[begin] < base:
                begin = _reach(documents, begin, last, base)
            begins[key] = begin
            ends[key] = _reach(documents, begin, last, base + WINDOW)
            n = min(n, ends[key] - begin)
        total += n
    return total


@compiled
def _reach(documents: Documents, begin: Whole, end: Whole, value: Whole) -> Whole:
    """Return the first place from *begin* on of a document that is no less than *value*."""
    step = 64
    while begin + step < end and documents[begin + step] < value:
        begin += step
        step *= 2
    return first_from(documents, begin, min(end, begin + step), value)


@compiled
def _bounds(
    lists: Lists,
    clauses: Clauses,
    worths: Floats,
    norms: Floats,
    more_worths: Floats,
    more_norms: Floats,
    peaks: NDArray[np.float32],
) -> Floats:
    """Return the most that each clause and all later ones can give."""
    offsets = lists[0]
    clause_forms, form_keys, places, _ = clauses
    rest = np.zeros(len(worths) + 1)
    for clause in range(len(worths) - 1, -1, -1):
        peak, more_peak = 0.0, 0.0
        for form in range(clause_forms[clause], clause_forms[clause + 1]):
            a, b = 1.0, 1.0
            for key in range(form_keys[form], form_keys[form + 1]):
                place = places[key]
                if place < 0:
                    a, b = 0.0, 0.0
                    break
                length = np.int64(offsets[place + 1]) - np.int64(offsets[place])
                if length >= LONG:
                    if peaks[0, place] == 0:
                        _find_peak(lists, place, norms, more_norms, peaks)
                    a = min(a, peaks[0, place])
                    b = min(b, peaks[1, place])
            peak += a
            more_peak += b
        rest[clause] = (
            rest[clause + 1]
            + (worths[clause] * min(1.0, peak) + more_worths[clause] * min(1.0, more_peak)) * SLACK
        )
    return rest


@compiled
def _find_peak(
    lists: Lists, place: Whole, norms: Floats, more_norms: Floats, peaks: NDArray[np.float32]
) -> None:
    """Note the most (0..1) that the frequency of the key at *place* gives, by either of the norms."""
    offsets, documents, small, places_of_large, large = lists
    a, b = 0.0, 0.0
    for at in range(np.int64(offsets[place]), np.int64(offsets[place + 1])):
        document = documents[at]
        tf = float(count_at(small, places_of_large, large, at))
        a = max(a, tf / (tf + norms[document]))
        b = max(b, tf / (tf + more_norms[document]))
    peaks[0, place] = a * (1 + 1e-6)
    peaks[1, place] = b * (1 + 1e-6)


@compiled
def _scan(
    lists: Lists,
    clauses: Clauses,
    clause: int,
    begins: Ints,
    ends: Ints,
    worth: float,
    norms: Floats,
    least: Floats,
    more_worth: float,
    more_norms: Floats,
    most: Floats,
    tf: Floats,
    touched: Ints,
    held: int,
    fresh: Ints,
    base: int,
) -> int:
    """Add what a clause gives to every document that holds it."""
    _, documents, small, places_of_large, large = lists
    clause_forms, form_keys, _, weights = clauses
    first, last = clause_forms[clause], clause_forms[clause + 1]
    if last - first == 1 and weights[first] == 1.0 and form_keys[first + 1] - form_keys[first] == 1:
        key = form_keys[first]
        if more_worth == 0.0:
            for at in range(begins[key], ends[key]):
                document = np.int64(documents[at])
                often = float(small[at])
                if often == 255:
                    often = float(count_at(small, places_of_large, large, at))
                touched[held] = document - base
                held += least[document - base] == 0
                least[document - base] += worth * often / (often + norms[document])
        else:
            for at in range(begins[key], ends[key]):
                document = np.int64(documents[at])
                often = float(small[at])
                if often == 255:
                    often = float(count_at(small, places_of_large, large, at))
                touched[held] = document - base
                held += least[document - base] == 0
                gain = worth * often / (often + norms[document])
                least[document - base] += gain
                most[document - base] += gain + more_worth * often / (often + more_norms[document])
        return held
    count = 0
    for form in range(first, last):
        count = _gather(
            lists, form_keys[form], form_keys[form + 1], begins, ends, weights[form], tf, fresh, count, base
        )
    for at in range(count):
        document = fresh[at]
        touched[held] = document
        held += least[document] == 0
    _give(fresh[:count], tf, worth, norms, least, more_worth, more_norms, most, base)
    return held


@compiled
def _gather(
    lists: Lists,
    first: Whole,
    last: Whole,
    begins: Ints,
    ends: Ints,
    weight: float,
    tf: Floats,
    touched: Ints,
    count: int,
    base: int,
) -> int:
    """Add a form's weighted frequencies to *tf*; return how many documents were *touched* by now."""
    _, documents, small, places_of_large, large = lists
    shortest = first
    for key in range(first, last):
        if ends[key] - begins[key] < ends[shortest] - begins[shortest]:
            shortest = key
    if last > first:
        for at in range(begins[shortest], ends[shortest]):
            document = np.int64(documents[at])
            often = count_at(small, places_of_large, large, at)
            for key in range(first, last):
                if key != shortest and often > 0:
                    often = min(often, _often(lists, begins[key], ends[key], document))
            if often > 0:
                touched[count] = document - base
                count += tf[document - base] == 0
                tf[document - base] += weight * often
    return count


@compiled
def _often(lists: Lists, begin: Whole, end: Whole, document: Whole) -> np.int64:
    """Return how often *document* holds the key whose postings these are."""
    _, documents, small, places_of_large, large = lists
    length = end - begin
    if length == 0:
        return np.int64(0)
    while length > 1:
        half = length >> 1
        begin += half * (documents[begin + half] <= document)
        length -= half
    if documents[begin] == document:
        return count_at(small, places_of_large, large, begin)
    return np.int64(0)


@compiled
def _probe(
    lists: Lists,
    clauses: Clauses,
    clause: int,
    begins: Ints,
    ends: Ints,
    kept: Ints,
    tf: Floats,
    base: int,
) -> None:
    """Set *tf* of the documents *kept* to the clause's weighted frequency there."""
    clause_forms, form_keys, _, weights = clauses
    for form in range(clause_forms[clause], clause_forms[clause + 1]):
        first, last = form_keys[form], form_keys[form + 1]
        for document in kept:
            often = np.int64(1) << 40 if last > first else np.int64(0)
            for key in range(first, last):
                if often > 0:
                    often = min(often, _often(lists, begins[key], ends[key], document + base))
            if often > 0:
                tf[document] += weights[form] * often


@compiled
def _give(
    documents: Ints,
    tf: Floats,
    worth: float,
    norms: Floats,
    least: Floats,
    more_worth: float,
    more_norms: Floats,
    most: Floats,
    base: int,
) -> None:
    """Add what a clause gives to *documents*, by their *tf*, and set that to 0 again."""
    for document in documents:
        often = tf[document]
        if often > 0:
            gain = worth * often / (often + norms[base + document])
            least[document] += gain
            if more_worth > 0.0:
                most[document] += gain + more_worth * often / (often + more_norms[base + document])
            tf[document] = 0.0


@compiled
def push(heap: Floats, score: float) -> None:
    """Put *score* in the place of the least of *heap*, if it is more."""
    if score <= heap[0]:
        return
    size = len(heap)
    at = 0
    while True:
        child = 2 * at + 1
        if child >= size:
            break
        if child + 1 < size and heap[child + 1] < heap[child]:
            child += 1
        if heap[child] >= score:
            break
        heap[at] = heap[child]
        at = child
    heap[at] = score


@compiled
def _still(documents: Ints, count: int, least: Floats, most: Floats, floor: float, rest: float) -> int:
    """Move those of *documents* that can reach *floor* with *rest* more to the front; return how many."""
    kept = 0
    for at in range(count):
        document = documents[at]
        documents[kept] = document
        kept += (most[document] + rest) * SLACK >= floor and least[document] > 0
    return kept
