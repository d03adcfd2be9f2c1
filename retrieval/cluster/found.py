"""Make of articles that a cluster found a small index that ranking runs over, with the counts of all."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Self

import numpy as np
from numpy.typing import NDArray

from retrieval.article import Article
from retrieval.cluster.packing import Words
from retrieval.cluster.statistics import Counting
from retrieval.errors import SupersededError
from retrieval.index.archive import Archive, Packed
from retrieval.index.bm25 import BM25
from retrieval.index.counts import Counts
from retrieval.index.index import ARTICLE_B, K1, SHORT_ARTICLE, Index
from retrieval.index.postings import Keys, Numbers, Postings
from retrieval.index.scoring import norms
from retrieval.index.segment import Segment
from retrieval.kernels.keys import FIRST_PAIR, head, last
from retrieval.kernels.passages import FIRST, SECOND, SINGLE, occurrences
from retrieval.kernels.tokens import decoded

ReadTexts = Callable[[Sequence[int]], dict[int, Article]]  # by their order of arrival
IsHeld = Callable[[Keys], bool]


@dataclass(frozen=True, kw_only=True, eq=False)
class ClusterIndex(Index):
    """The words of a whole collection, and those of its articles that were found for a query.

    All counts are those of the collection, whatever was found.
    """

    statistics: Counting
    is_held: IsHeld  # whether an article of the collection holds all of some keys
    sources_: Callable[[], dict[str, int]] = dict
    # Of what was found.
    orders: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, dtype=np.int64))

    def with_found(self, words: Words, keys: Keys, read: ReadTexts, likely: Sequence[int] = ()) -> Self:
        """Return this index with some articles; of their postings only those of *keys*.

        The texts of *likely* ones, by order of arrival, are read together with the first that is asked for.
        """
        if not len(words.orders):
            return self
        segments = (_segment(words, keys, len(self.vocabulary), read, likely),)
        return replace(self, segments=segments, orders=words.orders)

    def read(self, numbers: Sequence[int]) -> dict[int, Article]:
        """Return the articles with these numbers, by number, after one trip for all."""
        for segment in self.segments:
            if isinstance(segment.archive, _Remote):
                segment.archive.open(numbers)
        return super().read(numbers)

    def document_frequency(self, keys: Keys) -> Numbers:
        """Return in how many passages each term or pair stands; same shape as *keys*."""
        return self.statistics.of(keys)[:, 0].reshape(keys.shape)

    def in_articles(self, keys: Keys) -> Numbers:
        """Return in how many articles each term or pair stands."""
        return self.statistics.of(keys)[:, 1]

    def are_together(self, keys: Keys) -> bool:
        """Tell whether any article holds all of these terms and pairs."""
        held = self.in_articles(keys)
        return len(keys) > 0 and bool(held.all()) and (len(keys) == 1 or self.is_held(keys))

    @cached_property
    def novelty(self) -> float:
        """The chance (0..1) that a word of more such text is one that no article holds yet."""
        return float((self.statistics.in_passages == 1).sum() / max(1, self.token_count))

    @property
    def article_count(self) -> int:
        """The number of articles in the collection."""
        return self.statistics.totals.articles

    @property
    def passage_count(self) -> int:
        """The number of its passages."""
        return self.statistics.totals.passages

    @property
    def token_count(self) -> int:
        """The number of words in these."""
        return self.statistics.totals.tokens

    @cached_property
    def sources(self) -> dict[str, int]:
        """The number of articles of each source, most first; "" is the source of those without one."""
        return self.sources_()

    @cached_property
    def article_ranking(self) -> BM25:
        """BM25 over the articles that were found."""
        return _Ranking(self)

    @property
    def _is_held(self) -> bytes:
        return self.statistics.are_held


class _Ranking(BM25):
    """BM25 over some articles by the counts of the collection."""

    def __init__(self, index: ClusterIndex) -> None:
        segments = [segment.articles for segment in index.segments]
        lengths = [np.maximum(articles.lengths, np.uint32(SHORT_ARTICLE)) for articles in segments]
        super().__init__(
            [replace(articles, lengths=its) for articles, its in zip(segments, lengths, strict=True)],
            k1=K1,
            b=ARTICLE_B,
            vocabulary=index.vocabulary,
        )
        self._index = index
        totals = index.statistics.totals
        self.corpus_size = totals.articles
        self.avgdl = totals.article_words / totals.articles if totals.articles else 0.0
        self._norms = [norms(part, part.lengths, self.avgdl, K1, ARTICLE_B) for part in self.postings]

    def document_frequency(self, keys: Keys) -> Numbers:
        """Return in how many articles of the collection each key stands."""
        return self._index.in_articles(keys)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Remote(Archive):
    """Articles whose texts are read when they are asked for."""

    orders: NDArray[np.int64]
    texts: ReadTexts
    likely: Sequence[int]  # by order of arrival: read together with the first that is asked for
    opened: dict[int, Article] = field(default_factory=dict)  # by order of arrival

    def open(self, numbers: Sequence[int]) -> None:
        """Read these articles, as far as they were not read before."""
        missing = [order for order in self.orders[list(numbers)].tolist() if order not in self.opened]
        if missing:
            more = self.likely if not self.opened else ()
            self.opened.update(self.texts([*dict.fromkeys([*missing, *more])]))

    def __getitem__(self, number: int) -> Article:
        self.open([number])
        if (order := int(self.orders[number])) not in self.opened:  # removed since the question began
            raise SupersededError
        return self.opened[order]


def segment_of_words(words: Words, vocabulary_size: int) -> Segment:
    """Return a segment of articles whose postings and texts are not asked for."""
    return _segment(words, np.zeros(0, dtype=np.int64), vocabulary_size, lambda _: {})


def _segment(
    words: Words, keys: Keys, vocabulary_size: int, read: ReadTexts, likely: Sequence[int] = ()
) -> Segment:
    size = len(words.orders)
    places = Packed(
        rows=b"",
        dictionary=b"",
        lengths=np.zeros(size, dtype=np.int64),
        keys=words.keys,
        published=words.published,
        sources=[""] * size,  # of a source or not, the cluster tells
    )
    archive = Archive.of(places)
    values = {name: getattr(archive, name) for name in Archive.__dataclass_fields__}
    return Segment(
        archive=_Remote(**values, orders=words.orders, texts=read, likely=likely),
        spans=words.spans,
        tokens=words.tokens,
        headings=words.headings,
        articles=_posted(words, np.unique(keys), vocabulary_size),
        passage_frequencies=Counts.of(np.zeros(0, dtype=np.int64)),
    )


def _posted(words: Words, keys: Keys, vocabulary_size: int) -> Postings:
    """Return the postings of *keys*, which ascend, in all articles, headings included."""
    spans = words.spans
    every = np.arange(len(words.orders), dtype=np.int64)
    bodies = spans.units[spans.firsts]  # where each article's begin, over all its passages
    bodies.setflags(write=False)
    marks = np.zeros(vocabulary_size, dtype=np.uint8)
    pairs = keys[keys >= FIRST_PAIR]
    for terms, mark in ((keys[keys < FIRST_PAIR], SINGLE), (head(pairs) - 1, FIRST), (last(pairs), SECOND)):
        marks[terms] |= mark
    texts = (decoded(words.headings, spans.headings, every), decoded(words.tokens, bodies, every))
    found = [occurrences(*text, marks, pairs) for text in texts]
    lengths = sum(np.diff(bounds) for _, bounds in texts)
    stands, documents = (np.concatenate(part) for part in zip(*found, strict=True))
    return Postings.of(stands, documents, np.asarray(lengths))
