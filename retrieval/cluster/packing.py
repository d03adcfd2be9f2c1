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
_HEAD = 3 * _PLACE.itemsize + 2 * _LARGE.itemsize


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
    places = np.array([np.frombuffer(row, _PLACE, 3) for row in rows], dtype=np.int64).reshape(-1, 3)
    heads = [np.frombuffer(row, _LARGE, 2, offset=24).tolist() for row in rows]
    tables: list[NDArray[np.uint32]] = [np.zeros((0, 4), _LARGE)]
    headings, tokens = [np.zeros(0, _SMALL)], [np.zeros(0, _SMALL)]
    for row, (count, heading) in zip(rows, heads, strict=True):
        tables.append(np.frombuffer(row, _LARGE, 4 * count, offset=_HEAD).reshape(count, 4))
        units = np.frombuffer(row, _SMALL, offset=_HEAD + 16 * count)
        headings.append(units[:heading])
        tokens.append(units[heading:])
    lengths, units, starts, ends = np.ascontiguousarray(np.concatenate(tables).T)
    return Words(
        orders=places[:, 0],
        keys=places[:, 1].astype(np.uint64),
        published=places[:, 2],
        spans=Spans(
            firsts=_bounds([count for count, _ in heads]),
            starts=starts,
            ends=ends,
            units=_bounds(units),
            lengths=lengths,
            headings=_bounds([heading for _, heading in heads]),
        ),
        tokens=np.concatenate(tokens),
        headings=np.concatenate(headings),
    )


def _order(row: bytes) -> int:
    return int.from_bytes(row[:8], "little", signed=True)


def _bounds(sizes: Sequence[int] | NDArray[np.uint32]) -> NDArray[np.uint32]:
    return np.append(0, np.cumsum(sizes, dtype=np.int64)).astype(np.uint32)
