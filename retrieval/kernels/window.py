"""One window of documents: the state of each while clauses are added up, one after the other.

turn     the postings of a clause in the window
scan     all of them are added                      where documents may still enter, or most are wanted
probe    the documents touched are looked up        where few are left
keep     the touched that can still be among the best
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retrieval.kernels import Floats, Ints, inner, shared
from retrieval.kernels.lists import Lists, entered, often, share, span
from retrieval.kernels.postings import Whole, count_at
from retrieval.kernels.wanted import SLACK, Impact, Wanted

GATHERED = 4096  # documents: what is gathered of them fits the nearest memory. 16,384 take 1.4 times as long
PROBING = 32  # postings: adding so many takes as long as looking one document up; 8 take 1.1 times as long


class Window(NamedTuple):
    """The state of the documents of one window, by number from its beginning."""

    begins: Ints  # of each key: the first of its postings in the window
    ends: Ints  # and behind the last
    least: Floats  # the score by the clauses so far; -inf where the document was removed
    most: Floats  # what it may be at most, with what only counts there
    tf: Floats  # 0 between clauses
    touched: Ints  # the documents with a score, in any order
    fresh: Ints  # those with a tf
    ignored: Ints  # room for what nobody reads


@shared
def blank(keys: int, has_more: bool) -> Window:
    """Return a window for so many *keys*; if nothing only counts for the most, that is the least."""
    least = np.zeros(GATHERED)
    return Window(
        np.zeros(keys, dtype=np.int64),
        np.zeros(keys, dtype=np.int64),
        least,
        np.zeros(GATHERED) if has_more else least,
        np.zeros(GATHERED),
        np.empty(GATHERED + 1, dtype=np.int64),
        np.empty(GATHERED + 1, dtype=np.int64),
        np.empty(GATHERED + 1, dtype=np.int64),
    )


@inner
def bar(window: Window, base: int, removed: NDArray[np.uint16], first: Whole, last: Whole) -> None:
    """Keep the documents ``removed[first:last]`` of the window that begins at *base* from being found."""
    for at in range(first, last):
        window.least[np.int64(removed[at]) - base] = -np.inf
        window.most[np.int64(removed[at]) - base] = -np.inf


@inner
def turn(lists: Lists, wanted: Wanted, clause: Whole, base: int, end: int, window: Window) -> np.int64:
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
def scan(
    lists: Lists,
    wanted: Wanted,
    clause: Whole,
    base: int,
    window: Window,
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
def _gather(lists: Lists, wanted: Wanted, form: Whole, base: int, window: Window, count: int) -> int:
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
def probe(
    lists: Lists,
    wanted: Wanted,
    clause: Whole,
    base: int,
    window: Window,
    held: int,
    score: Impact,
    more: Impact,
) -> None:
    """Add what a clause gives to the *held* documents that were touched."""
    for form in range(wanted.forms[clause], wanted.forms[clause + 1]):
        first, last = wanted.form_keys[form], wanted.form_keys[form + 1]
        for at in range(held):
            document = base + window.touched[at]
            times: Whole = often(lists, window.begins[first], window.ends[first], document)
            for key in range(first + 1, last):
                if times > 0:
                    times = min(times, often(lists, window.begins[key], window.ends[key], document))
            window.tf[window.touched[at]] += wanted.weights[form] * times
    _give(window, window.touched, held, base, clause, score, more)


@inner
def _give(
    window: Window, documents: Ints, count: int, base: int, clause: Whole, score: Impact, more: Impact
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
def keep(window: Window, held: int, floor: float, rest: float) -> int:
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
