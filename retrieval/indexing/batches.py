"""Analyse articles in batches: cut them into passages, and these into terms.

Analysing is Python's work and spreads over processes. Few articles are not worth starting processes for.
"""

import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from itertools import chain, islice
from multiprocessing import get_context, parent_process
from threading import Thread

import numpy as np
from numpy.typing import NDArray

from retrieval.article import Article
from retrieval.index.archive import Packed, dictionary
from retrieval.indexing.words import TextWords

BATCH = 1024  # articles analysed at once: half as many take a tenth longer, as each term is looked up once
BATCH_CHARACTERS = 1 << 22  # about as long: the batch that passes this is closed
ALONE = 4  # batches: about as many are analysed while other processes start
BATCHES_AHEAD = 8  # batches for each other process that are waited for or wait, at most


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
class Batch:
    """Analysed articles, with numbers for their terms that hold in this batch only."""

    terms: list[str]
    pieces: Pieces


def analysed(articles: Iterable[Article]) -> Iterator[Batch]:
    """Yield *articles* analysed, in their order: few by this process, many by others, too."""
    batches = _batches(articles)
    few = list(islice(batches, 1))
    if not few:
        return
    shared = dictionary(few[0])
    few += islice(batches, ALONE)
    if len(few) <= ALONE or processors() == 1:
        for batch in chain(few, batches):
            yield batch_of(batch, shared)
    else:
        yield from _by_others(chain(few, batches), shared)


def _by_others(batches: Iterable[list[Article]], shared: bytes) -> Iterator[Batch]:
    """Yield *batches* analysed by other processes beside this one, a few at a time."""
    workers = processors() - 1
    # A fork of a process with threads may hang; a worker's own start takes a second.
    with ProcessPoolExecutor(workers, get_context("spawn"), initializer=_die_with_parent) as pool:
        waiting: deque[Future[Batch]] = deque()
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


def processors() -> int:
    """Return how many processors this process may use."""
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


def batch_of(articles: Sequence[Article], shared: bytes) -> Batch:
    """Cut *articles* into passages and terms, and pack them with the dictionary *shared*."""
    words = TextWords(
        [text for article in articles for text in (f"{article.title}\n{article.section or ''}", article.body)]
    )
    passages = words.passages(slice(1, None, 2))
    firsts = np.cumsum(passages.counts) - passages.counts
    tokens, terms = words.numbered()
    return Batch(
        terms=terms,
        pieces=Pieces(
            tokens=tokens,
            lengths=np.insert(passages.lengths, firsts, words.lengths[::2]),
            passages=passages.counts,
            starts=passages.starts.astype(np.uint32),
            ends=passages.ends.astype(np.uint32),
            packed=Packed.of(articles, shared),
        ),
    )
