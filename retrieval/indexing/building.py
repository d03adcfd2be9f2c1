"""Build segments: post the terms and pairs of analysed articles.

Articles stream through in batches, so that a collection of any size takes no more memory than two segments.
Sorting is the compiled loops' work, and runs in threads beside the analysing (``indexing.batches``).
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from retrieval.article import Article
from retrieval.index.archive import Archive, Packed
from retrieval.index.counts import Counts
from retrieval.index.postings import Postings
from retrieval.index.segment import LIMIT, Segment, Spans
from retrieval.index.vocabulary import Vocabulary
from retrieval.indexing.batches import Pieces, analysed, processors
from retrieval.kernels.sorting import Places, Posted, ordered, pairs, posted, singles
from retrieval.kernels.tokens import encoded

# Articles in a segment when it is made, at most. More make questions faster and building hungrier: so many of
# 500 words take about 500 MB for a moment.
FULL = LIMIT // 2
# Words in a segment, at most, give or take a batch: twice as many as such articles have. As many books would
# take all memory.
FULL_OF_WORDS = FULL << 10

_TOGETHER = 1 << 20  # words of a segment, about, that one thread sorts at a time
_OCCURRENCE_BITS = 63  # for a pair and its piece

OnArticles = Callable[[int], None]  # called with the number of articles taken in so far


class Builder:
    """Makes segments; the vocabulary grows with them."""

    def __init__(self, vocabulary: Vocabulary, full: int | None = None) -> None:
        """A segment takes *full* articles (default: ``FULL``) or a batch if more; fewer long ones."""
        self._numbers = _Numbers(vocabulary)
        self._full = FULL if full is None else full

    @property
    def vocabulary(self) -> Vocabulary:
        """The terms of all segments so far, and those that were there before."""
        return self._numbers.vocabulary

    def build(self, articles: Iterable[Article], progress: OnArticles | None = None) -> Iterator[Segment]:
        """Yield segments of *articles*, in their order; *progress* is told how many were analysed so far."""
        done = 0
        taken: list[Pieces] = []
        with ThreadPoolExecutor(max_workers=1) as sorter:
            sorted_: deque[Future[Segment]] = deque()
            for batch in analysed(articles):
                if taken and self._is_full([*taken, batch.pieces]):
                    sorted_.append(sorter.submit(segment_of, taken, self._numbers.size))
                    taken = []
                    if len(sorted_) > 1:
                        yield sorted_.popleft().result()
                numbers = self._numbers.of(batch.terms)
                taken.append(replace(batch.pieces, tokens=numbers[batch.pieces.tokens]))
                done += len(batch.pieces.passages)
                if progress:
                    progress(done)
            if taken:
                sorted_.append(sorter.submit(segment_of, taken, self._numbers.size))
            for segment in sorted_:
                yield segment.result()

    def _is_full(self, parts: Sequence[Pieces]) -> bool:
        articles = sum(len(part.passages) for part in parts)
        return articles > self._full or sum(len(part.tokens) for part in parts) > FULL_OF_WORDS


def segment_of(parts: Sequence[Pieces], vocabulary_size: int) -> Segment:
    """Return the segment of the articles of all *parts*; their terms are below *vocabulary_size*."""
    every = Pieces(
        **{
            name: np.concatenate([getattr(part, name) for part in parts])
            for name in ("tokens", "lengths", "passages", "starts", "ends")
        },
        packed=Packed.joined([part.packed for part in parts]),
    )
    is_heading = headed(every.passages)
    tokens, units = encoded(every.tokens, every.lengths, ~is_heading)
    headings, of_headings = encoded(every.tokens, every.lengths, is_heading)
    articles, passage_frequencies = posted_terms(every, vocabulary_size)
    return Segment(
        archive=Archive.of(every.packed),
        spans=Spans(
            firsts=_bounds(every.passages),
            starts=every.starts,
            ends=every.ends,
            units=units,
            lengths=every.lengths[~is_heading].astype(np.uint32),
            headings=of_headings,
        ),
        tokens=tokens,
        headings=headings,
        articles=articles,
        passage_frequencies=passage_frequencies,
    )


def posted_terms(pieces: Pieces, vocabulary_size: int) -> tuple[Postings, Counts]:
    """Return the postings of articles, and in how many passages each of their terms and pairs stands."""
    flat = pieces.tokens
    piece_of = np.repeat(np.arange(len(pieces.lengths), dtype=np.uint32), pieces.lengths)
    article_of = np.repeat(np.arange(len(pieces.passages), dtype=np.uint32), pieces.passages + 1)
    is_heading = headed(pieces.passages)
    bits = (len(pieces.lengths).bit_length(), vocabulary_size.bit_length())

    def sorted_(places: Places) -> tuple[Posted, Posted]:
        first = int(flat[places].min(initial=vocabulary_size))
        single = singles(flat, places, first, piece_of, bits)
        pair = pairs(flat, places, first, piece_of, bits, article_of, is_heading)
        single.sort()
        pair.sort()
        return (
            posted(single, False, first, bits, article_of, is_heading),
            posted(pair, True, first, bits, article_of, is_heading),
        )

    with ThreadPoolExecutor(processors()) as pool:
        single, pair = zip(*pool.map(sorted_, _by_terms(flat, _OCCURRENCE_BITS - sum(bits))), strict=True)
    heads, seconds, sizes, documents, frequencies, in_passages = map(
        np.concatenate, zip(*single, *pair, strict=True)
    )
    first_of_head = np.flatnonzero(np.append(True, heads[1:] != heads[:-1])[: len(heads)])
    lengths = np.bincount(article_of, pieces.lengths, minlength=len(pieces.passages))
    postings = Postings(
        heads=heads[first_of_head],
        head_offsets=np.append(first_of_head, len(heads)).astype(np.uint32),
        seconds=seconds,
        offsets=_bounds(sizes),
        documents=documents,
        frequencies=Counts.of(frequencies),
        lengths=lengths.astype(np.uint32),
    )
    return postings, Counts.of(in_passages)


def _by_terms(tokens: NDArray[np.int32], bits: int) -> list[Places]:
    """Return the places of all *tokens*, ascending, in parts: each has the tokens of some terms in a row.

    The terms of a part differ by less than 2 ** *bits*.
    """
    counts = np.bincount(tokens)
    part_of_term = np.cumsum(counts) // _TOGETHER + (np.arange(len(counts)) >> bits)
    part_of = part_of_term.astype(np.int32)[tokens]
    count = int(part_of.max(initial=0)) + 1
    return np.split(ordered(part_of, count), np.cumsum(np.bincount(part_of, minlength=count))[:-1])


def headed(passages: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Tell which pieces are headings, of articles with so many *passages*."""
    are_headings = np.zeros(len(passages) + passages.sum(), dtype=bool)
    are_headings[np.cumsum(passages + 1) - passages - 1] = True
    return are_headings


def _bounds(sizes: NDArray[np.int64]) -> NDArray[np.uint32]:
    return np.append(0, np.cumsum(sizes)).astype(np.uint32)


class _Numbers(dict[str, int]):
    """The number of each term that was met; one that the vocabulary does not hold gets the next."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        super().__init__()
        self._before = vocabulary
        self._new: list[str] = []

    def of(self, terms: Sequence[str]) -> NDArray[np.int32]:
        """Return the numbers of *terms*, which are distinct."""
        unmet = [term for term in terms if term not in self]
        for term, may_be_known in zip(unmet, self._before.may_hold(unmet), strict=True):
            number = self._before.number(term) if may_be_known else None
            if number is None:
                number = self.size
                self._new.append(term)
            self[term] = number
        return np.fromiter(map(self.__getitem__, terms), dtype=np.int32, count=len(terms))

    @property
    def size(self) -> int:
        """The number of terms."""
        return len(self._before) + len(self._new)

    @property
    def vocabulary(self) -> Vocabulary:
        return self._before.extended(self._new)
