"""Grades: shares rounded to a byte. The few best documents for plain words are found by adding them up.

That takes a processor's simplest steps, and less time than choosing what to leave out (``maxscore``), except
for the longest lists: they are added only for documents near the best. The sums say what a document scores
at the most and at the least; those that may be among the best are scored once more, in the order of
``maxscore``, and so to the last bit as there. ``BM25.best`` and ``get_top_n`` come this way; words of the
bot's questions have several forms, and go through ``maxscore``.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retrieval.kernels import Floats, Ints, compiled, inner, shared
from retrieval.kernels.lists import Lists, Norms, entered, found_at, share, span
from retrieval.kernels.maxscore import push
from retrieval.kernels.postings import Whole, first_from, place_of_key

Points = NDArray[np.int32]

_GRADES = 255
_DENSE = 4  # a list that holds a document of so many has a grade for each document: 8 take 1.15 times as long
_WINDOW = 8192  # documents: their sums fit the nearest memory
_GROUP = 64  # documents that are looked at together; 32 take 1.1 times as long
_TOTAL = (1 << 31) - 1  # points that all words together can give
_NEVER = -_TOTAL  # points of a document that was removed, or is none
_SLACK = 256  # points a word, and more than rounding takes


class _Grades(NamedTuple):
    """The grades of one set of postings."""

    starts: Ints  # of each place: where its grades begin
    grades: NDArray[np.uint8]  # one a posting or, of a long list, one a document


class _Sums(NamedTuple):
    """Room for what is added up."""

    points: Points  # of each document of a window
    begins: Ints  # of each word: the first of its postings in the window
    gains: Points  # of each word: points for a grade
    rows: Ints  # of each word with a long list: where its grades begin; else -1
    documents: NDArray[np.uint16]  # those that may be among the best
    most: Points  # and their sums


@compiled
def grades_of(lists: Lists, norms: Norms) -> tuple[Ints, NDArray[np.uint8]]:
    """Return where the grades of each place begin, and all grades: shares in 255ths, rounded up.

    A place has a grade for each posting or, if its list is long, for each document.
    """
    size = len(norms.kinds)
    starts = np.zeros(len(lists.offsets), dtype=np.int64)
    for place in range(len(lists.offsets) - 1):
        begin, end = span(lists, place)
        starts[place + 1] = starts[place] + (size if (end - begin) * _DENSE >= size else end - begin)
    grades = np.zeros(starts[-1] + _GROUP, dtype=np.uint8)  # a group may reach beyond the last document
    for place in range(len(lists.offsets) - 1):
        begin, end = span(lists, place)
        is_dense = starts[place + 1] - starts[place] > end - begin
        for at in range(begin, end):
            document = np.int64(lists.documents[at])
            grade = np.uint8(min(np.ceil(_GRADES * share(lists, at, document, norms)), _GRADES))
            grades[starts[place] + (document if is_dense else at - begin)] = grade
    return starts, grades


@compiled
def best_by_grades(
    keys: Ints,
    worths: Floats,
    removed: NDArray[np.uint16],
    best: Ints,
    offsets: NDArray[np.uint32],
    documents: NDArray[np.uint16],
    small: NDArray[np.uint8],
    large: NDArray[np.uint32],
    values: NDArray[np.uint32],
    kinds: NDArray[np.uint16],
    norms: Floats,
    shares: Floats,
    long: Ints,
    peaks: Floats,
    starts: Ints,
    grades: NDArray[np.uint8],
    heads: NDArray[np.uint32],
    head_offsets: NDArray[np.uint32],
    seconds: NDArray[np.uint32],
) -> tuple[Ints, Floats]:
    """Return which documents may be among the best, ascending, and the score of each.

    The others are those of ``Lists``, of ``Norms``, ``grades_of`` them, and those of ``Postings`` by which
    *keys* are found: apart, since numba takes three times as long to be handed them in tuples. *best* is a
    heap of what the best so far score at the least, in points; it starts as zeros, as many as are wanted, and
    is kept up to date.
    """
    lists = Lists(offsets, documents, small, large, values)
    its_norms = Norms(kinds, norms, shares, long, peaks)
    places = np.empty(len(keys), dtype=np.int64)
    for word in range(len(keys)):
        places[word] = place_of_key(heads, head_offsets, seconds, keys[word])
    order = np.argsort(-worths, kind="mergesort")  # that is stable
    sums = _room(len(places), 2 * _WINDOW)
    its_grades = _Grades(starts, grades)
    excess = _weigh(worths, sums.gains)
    _find_rows(lists, its_grades, places, sums.rows)
    total, gone = 0, 0
    for base in range(0, len(kinds), _WINDOW):
        if total + _WINDOW > len(sums.documents):
            total = _narrow(sums, total, best)
            if total + _WINDOW > len(sums.documents):
                sums = _larger(sums, total)
        end = min(base + _WINDOW, len(kinds))
        _add(lists, its_grades, places, base, end, sums)
        gone_before, gone = gone, int(first_from(removed, gone, len(removed), end))
        for at in range(gone_before, gone):
            sums.points[np.int64(removed[at]) - base] = _NEVER
        total = _reach(its_grades, sums, excess, base, end, best, total)
    total = _narrow(sums, total, best)
    scores = np.zeros(total)
    _score(lists, its_norms, places, order, worths, sums, scores)
    return sums.documents[:total].astype(np.int64), scores


@shared
def _room(words: int, count: int) -> _Sums:
    return _Sums(
        np.empty(_WINDOW, dtype=np.int32),
        np.full(words, -1, dtype=np.int64),
        np.empty(words, dtype=np.int32),
        np.full(words, -1, dtype=np.int64),
        np.empty(count, dtype=np.uint16),
        np.empty(count, dtype=np.int32),
    )


@shared
def _larger(sums: _Sums, total: int) -> _Sums:
    """Return *sums* with twice the room for documents, the first *total* of which are kept."""
    documents = np.empty(2 * len(sums.documents), dtype=np.uint16)
    most = np.empty(2 * len(sums.documents), dtype=np.int32)
    documents[:total], most[:total] = sums.documents[:total], sums.most[:total]
    return _Sums(sums.points, sums.begins, sums.gains, sums.rows, documents, most)


@inner
def _find_rows(lists: Lists, grades: _Grades, places: Ints, rows: Ints) -> None:
    """Put in *rows* where the grades of the words with long lists begin."""
    for word in range(len(places)):
        first, last = span(lists, places[word])
        if first < last and grades.starts[places[word] + 1] - grades.starts[places[word]] > last - first:
            rows[word] = grades.starts[places[word]]


@inner
def _weigh(worths: Floats, gains: Points) -> int:
    """Turn *worths* into *gains*, points for a grade; return how many too many a document may get in all."""
    worth = 0.0
    for word in range(len(worths)):
        worth += worths[word]
    scale = (_TOTAL - _SLACK * (len(worths) + 1)) / (_GRADES * worth)
    excess = _SLACK
    for word in range(len(worths)):
        gains[word] = np.int32(np.ceil(worths[word] * scale))
        excess += gains[word] + _SLACK  # a share is less than a grade too high
    return excess


@inner
def _add(lists: Lists, grades: _Grades, places: Ints, base: int, end: int, sums: _Sums) -> None:
    """Add up the words with short lists in the window from *base* to *end*."""
    sums.points[: end - base], sums.points[end - base : end - base + _GROUP] = 0, _NEVER
    for word in range(len(places)):
        first, last = span(lists, places[word])
        if first == last or sums.rows[word] >= 0:
            continue
        begin = first if sums.begins[word] < 0 else sums.begins[word]
        sums.begins[word] = entered(lists, last, begin, end)
        gain, start = sums.gains[word], np.uint64(grades.starts[places[word]] - first)
        # Unsigned, no index may count from the end: numba need not ask.
        for at in range(np.uint64(begin), np.uint64(sums.begins[word])):
            grade = np.int32(grades.grades[start + at])
            sums.points[np.uint64(lists.documents[at]) - np.uint64(base)] += gain * grade


@inner
def _reach(grades: _Grades, sums: _Sums, excess: Whole, base: int, end: int, best: Ints, total: int) -> int:
    """Note the documents from *base* to *end* that may be among the *best*; return how many are noted now.

    *total* of them were before. The words with long lists are added where they may be of avail.
    """
    points, rest = sums.points, np.int64(0)
    for word in range(len(sums.rows)):
        if sums.rows[word] >= 0:
            rest += np.int64(sums.gains[word]) * _GRADES
    for group in range(np.uint64(0), np.uint64(end - base), np.uint64(_GROUP)):
        bar = np.int32(best[0] - rest)
        reaches = np.uint64(0)  # without a branch: many are compared at once
        for document in range(group, group + np.uint64(_GROUP)):
            reaches |= np.uint64(points[document] >= bar)
        if not reaches:
            continue
        _add_rows(grades, sums, base, group)
        for document in range(group, group + np.uint64(_GROUP)):
            if points[document] >= max(best[0], 1):
                sums.documents[total] = base + np.int64(document)
                sums.most[total] = points[document]
                total += 1
                push(best, points[document] - excess)
    return total


@inner
def _add_rows(grades: _Grades, sums: _Sums, base: int, group: Whole) -> None:
    """Add up the words with long lists in the *group* of the window at *base*."""
    for word in range(len(sums.rows)):
        if sums.rows[word] >= 0:
            start, gain = np.uint64(sums.rows[word] + base), sums.gains[word]
            for document in range(group, group + np.uint64(_GROUP)):
                sums.points[document] += gain * np.int32(grades.grades[start + document])


@inner
def _narrow(sums: _Sums, total: int, best: Ints) -> int:
    """Keep those of the *total* noted documents that may be among the best still; return how many."""
    kept = 0
    for at in range(total):
        sums.documents[kept], sums.most[kept] = sums.documents[at], sums.most[at]
        kept += sums.most[at] >= best[0]
    return kept


@inner
def _score(
    lists: Lists, norms: Norms, places: Ints, order: Ints, worths: Floats, sums: _Sums, scores: Floats
) -> None:
    """Add up the *scores* of the noted documents."""
    for word in order:
        begin, end = span(lists, places[word])
        for number in range(len(scores)):
            document = np.int64(sums.documents[number])
            at = found_at(lists, begin, end, document)
            if at >= 0:
                scores[number] += worths[word] * share(lists, at, document, norms)
