"""An article as ranking needs it, in bytes: its place, and the numbers of its words.

order, key, published                                     int64 each; of the key the bits of a uint64
passages, units of the heading                            uint32 each
of each passage: words, units, start, end                 uint32 each
units of the heading, then of the passages (``index.segment``)     uint16 each
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrieval.index.segment import Segment, Spans, Units
from retrieval.index.stored import lock

_PLACE = np.dtype("<i8")
_LARGE = np.dtype("<u4")
_SMALL = np.dtype("<u2")
_OF_PLACE = 3 * _PLACE.itemsize // _SMALL.itemsize  # units
_HEAD = _OF_PLACE + 2 * _LARGE.itemsize // _SMALL.itemsize


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Some articles, in the order of their arrival: their places and words, without their texts."""

    orders: NDArray[np.int64]  # of arrival, ascending
    keys: NDArray[np.uint64]  # Article.key
    published: NDArray[np.int64]  # seconds since 1970
    spans: Spans
    tokens: Units
    headings: Units

    def __post_init__(self) -> None:
        lock(self)


def packed(segment: Segment, number: int, order: int, key: int) -> bytes:
    """Return what ranking reads of one article of *segment*, which arrived as *order* and has this *key*."""
    spans = segment.spans
    first, last = int(spans.firsts[number]), int(spans.firsts[number + 1])
    heading = segment.headings[spans.headings[number] : spans.headings[number + 1]]
    units = segment.tokens[spans.units[first] : spans.units[last]]
    place = np.array([order, np.uint64(key).astype(np.int64), segment.archive.published[number]], _PLACE)
    columns = (spans.lengths[first:last], np.diff(spans.units[first : last + 1]))
    table = np.stack([*columns, spans.starts[first:last], spans.ends[first:last]], axis=1)
    head = np.array([last - first, len(heading)], _LARGE)
    parts = (place, head, table.astype(_LARGE), heading.astype(_SMALL), units.astype(_SMALL))
    return b"".join(part.tobytes() for part in parts)


def unpacked(rows: Sequence[bytes]) -> Words:
    """Return the articles of some *rows*, each once, by the order of their arrival."""
    rows = sorted(rows, key=_order)
    units = np.frombuffer(b"".join(rows), _SMALL)
    sizes = np.array([len(row) for row in rows], dtype=np.int64) // _SMALL.itemsize
    heads = units[(np.cumsum(sizes) - sizes)[:, None] + np.arange(_HEAD)]
    places = heads[:, :_OF_PLACE].copy().view(_PLACE)
    passages, of_heading = heads[:, _OF_PLACE:].copy().view(_LARGE).astype(np.int64).T
    of_table = 4 * _LARGE.itemsize // _SMALL.itemsize * passages
    parts = np.stack(
        [np.full_like(sizes, _HEAD), of_table, of_heading, sizes - _HEAD - of_table - of_heading]
    )
    part = np.repeat(np.tile(np.arange(4, dtype=np.uint8), len(rows)), parts.T.ravel())
    table, headings, tokens = (units[part == number] for number in (1, 2, 3))
    lengths, counts, starts, ends = np.ascontiguousarray(table.view(_LARGE).reshape(-1, 4).T)
    return Words(
        orders=places[:, 0],
        keys=places[:, 1].astype(np.uint64),
        published=places[:, 2],
        spans=Spans(
            firsts=_bounds(passages),
            starts=starts,
            ends=ends,
            units=_bounds(counts),
            lengths=lengths,
            headings=_bounds(of_heading),
        ),
        tokens=tokens,
        headings=headings,
    )


def _order(row: bytes) -> int:
    return int.from_bytes(row[:8], "little", signed=True)


def _bounds(sizes: NDArray[np.integer]) -> NDArray[np.uint32]:
    return np.append(0, np.cumsum(sizes, dtype=np.int64)).astype(np.uint32)
