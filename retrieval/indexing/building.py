"""Build segments: analyse articles, cut them into passages, post their terms and pairs.

Articles stream through in batches, so that a collection of any size takes no more memory than two segments.
Analysing is Python's work and spreads over processes; sorting is the compiled loops' and runs beside it in a
thread. Few articles are not worth starting processes for.
"""

import os
from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import chain, islice
from multiprocessing import get_context, parent_process
from threading import Thread

import numpy as np
from numpy.typing import NDArray

from retrieval.article import Article
from retrieval.index.archive import Archive, Packed, dictionary
from retrieval.index.counts import Counts
from retrieval.index.postings import Postings
from retrieval.index.segment import LIMIT, Segment, Spans, encoded
from retrieval.index.vocabulary import Vocabulary
from retrieval.indexing.passage import split
from retrieval.kernels.sorting import adjacent, ordered, posted
from retrieval.text.analyzer import analyse, terms

# Articles in a segment when it is made, at most. More make questions faster and building hungrier: so many of
# 500 words take about 500 MB for a moment.
FULL = LIMIT // 2
BATCH = 512  # articles analysed at once
BATCH_CHARACTERS = 1 << 22  # about as long: the batch that passes this is closed
ALONE = 2000  # articles: about as many are analysed while other processes start
BATCHES_AHEAD = 8  # batches for each other process that are waited for or wait, at most

OnArticles = Callable[[int], None]  # called with the number of articles taken in so far


@dataclass(frozen=True, slots=True, kw_only=True)
class Pieces:
    """Headings and passages: of each article its heading, which may be empty, and its passages."""

    tokens: NDArray[np.int32]  # of all pieces, one after the other
    lengths: NDArray[np.int64]  # of each piece, in tokens
    passages: NDArray[np.int64]  # how many each article has
    starts: NDArray[np.uint32]  # of each passage, in code points of the body
    ends: NDArray[np.uint32]
    packed: Packed  # the articles themselves


@dataclass(frozen=True, slots=True, kw_only=True)
class _Batch:
    """Analysed articles, with numbers for their terms that hold in this batch only."""

    terms: list[str]
    pieces: Pieces


class Builder:
    """Makes segments; the vocabulary grows with them."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._numbers = _Numbers(vocabulary)

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
            for batch in _analysed(articles):
                if sum(len(one.passages) for one in taken) + len(batch.pieces.passages) > FULL:
                    sorted_.append(sorter.submit(segment_of, taken, self._numbers.size))
                    taken = []
                    if len(sorted_) > 1:
                        yield sorted_.popleft().result()
                numbers = np.array([self._numbers[term] for term in batch.terms], dtype=np.int32)
                taken.append(replace(batch.pieces, tokens=numbers[batch.pieces.tokens]))
                done += len(batch.pieces.passages)
                if progress:
                    progress(done)
            if taken:
                sorted_.append(sorter.submit(segment_of, taken, self._numbers.size))
            for one in sorted_:
                yield one.result()


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
    of_heading = np.repeat(is_heading, every.lengths)
    tokens, begins = encoded(every.tokens[~of_heading])
    headings, heading_begins = encoded(every.tokens[of_heading])
    articles, passage_frequencies = post(every, vocabulary_size)
    return Segment(
        archive=Archive.of(every.packed),
        spans=Spans(
            firsts=_bounds(every.passages),
            starts=every.starts,
            ends=every.ends,
            units=begins[_bounds(every.lengths[~is_heading])].astype(np.uint32),
            lengths=every.lengths[~is_heading].astype(np.uint32),
            headings=heading_begins[_bounds(every.lengths[is_heading])].astype(np.uint32),
        ),
        tokens=tokens,
        headings=headings,
        articles=articles,
        passage_frequencies=passage_frequencies,
    )


def post(pieces: Pieces, vocabulary_size: int) -> tuple[Postings, Counts]:
    """Return the postings of articles, and in how many passages each of their terms and pairs stands."""
    flat = pieces.tokens
    piece_of = np.repeat(np.arange(len(pieces.lengths), dtype=np.uint32), pieces.lengths)
    article_of = np.repeat(np.arange(len(pieces.passages), dtype=np.uint32), pieces.passages + 1)
    is_heading = headed(pieces.passages)
    every = np.arange(len(flat), dtype=np.uint32)
    beside = adjacent(piece_of, article_of, is_heading)
    beside = ordered(flat, ordered(flat, beside, 1, vocabulary_size), 0, vocabulary_size)
    single = posted(flat, ordered(flat, every, 0, vocabulary_size), False, piece_of, article_of, is_heading)
    pair = posted(flat, beside, True, piece_of, article_of, is_heading)
    heads, seconds = (np.concatenate([single[part], pair[part]]) for part in (0, 1))
    documents = np.concatenate([single[3], pair[3]])
    frequencies, in_passages = (np.concatenate([single[part], pair[part]]) for part in (4, 5))
    first_of_head = np.flatnonzero(np.append(True, heads[1:] != heads[:-1])[: len(heads)])
    lengths = np.bincount(article_of, pieces.lengths, minlength=len(pieces.passages))
    postings = Postings(
        heads=heads[first_of_head],
        head_offsets=np.append(first_of_head, len(heads)).astype(np.uint32),
        seconds=seconds,
        offsets=np.append(single[2][:-1], pair[2] + len(single[3])).astype(np.uint32),
        documents=documents,
        frequencies=Counts.of(frequencies),
        lengths=lengths.astype(np.uint32),
    )
    return postings, Counts.of(in_passages)


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

    def __missing__(self, term: str) -> int:
        number = self._before.number(term)
        if number is None:
            number = self.size
            self._new.append(term)
        self[term] = number
        return number

    @property
    def size(self) -> int:
        """How many terms there are."""
        return len(self._before) + len(self._new)

    @property
    def vocabulary(self) -> Vocabulary:
        return self._before.extended(self._new)


class _Order(dict[str, int]):
    """Numbers for terms, from 0, in the order in which they are asked for."""

    def __missing__(self, term: str) -> int:
        self[term] = number = len(self)
        return number


def _analysed(articles: Iterable[Article]) -> Iterator[_Batch]:
    """Yield *articles* analysed, in their order: the first by this process, more of them by others."""
    rest = iter(articles)
    first = list(islice(rest, BATCH))
    if not first:
        return
    shared = dictionary(first)
    batches = _batches(chain(first, rest))
    alone = 0
    for batch in batches:
        yield batch_of(batch, shared)
        alone += len(batch)
        if alone >= ALONE and _processors() > 1:
            break
    following = next(batches, None)
    if following is not None:
        yield from _by_others(chain([following], batches), shared)


def _by_others(batches: Iterable[list[Article]], shared: bytes) -> Iterator[_Batch]:
    """Yield *batches* analysed by other processes beside this one, a few at a time."""
    workers = _processors() - 1
    # A fork of a process with threads may hang; a worker's own start takes a second.
    with ProcessPoolExecutor(workers, get_context("spawn"), initializer=_die_with_parent) as pool:
        waiting: deque[Future[_Batch]] = deque()
        for batch in batches:
            if sum(not future.done() for future in waiting) < 2 * workers:
                waiting.append(pool.submit(batch_of, batch, shared))
            else:  # the others have enough to do: this process does one, too
                waiting.append(Future())
                waiting[-1].set_result(batch_of(batch, shared))
            while waiting and (waiting[0].done() or len(waiting) > BATCHES_AHEAD * workers):
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _die_with_parent() -> None:
    """End this worker when its parent is killed: it would wait for work for ever."""

    def wait() -> None:
        parent = parent_process()
        if parent:
            parent.join()
        os._exit(1)

    Thread(target=wait, daemon=True).start()


def _batches(articles: Iterable[Article]) -> Iterator[list[Article]]:
    batch: list[Article] = []
    characters = 0
    for article in articles:
        batch.append(article)
        characters += len(article.body)
        if len(batch) == BATCH or characters > BATCH_CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


def batch_of(articles: Sequence[Article], shared: bytes) -> _Batch:
    """Cut *articles* into passages and terms, and pack them with the dictionary *shared*."""
    numbers = _Order()
    flat: list[int] = []
    lengths: list[int] = []
    passages: list[int] = []
    bounds: list[tuple[int, int]] = []
    for article in articles:
        found = analyse(article.body)
        heading = terms(f"{article.title}\n{article.section or ''}")
        spans = split(article.body, found.word_starts)
        ends = [bisect_left(found.starts, end) for _, end in spans]
        flat += map(numbers.__getitem__, heading)
        flat += map(numbers.__getitem__, found.terms)
        lengths.append(len(heading))
        lengths += [end - start for start, end in zip([0, *ends], ends, strict=False)]
        passages.append(len(spans))
        bounds += spans
    starts_and_ends = np.array(bounds, dtype=np.uint32).reshape(-1, 2)
    return _Batch(
        terms=list(numbers),
        pieces=Pieces(
            tokens=np.array(flat, dtype=np.int32),
            lengths=np.array(lengths, dtype=np.int64),
            passages=np.array(passages, dtype=np.int64),
            starts=starts_and_ends[:, 0].copy(),
            ends=starts_and_ends[:, 1].copy(),
            packed=Packed.of(articles, shared),
        ),
    )
