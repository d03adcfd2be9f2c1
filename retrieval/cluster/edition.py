"""An edition: two indexes and their statistics, filled together, and opened for questions.

    Filling      articles → lines of the two indexes, and what they add to the counts
    opened       the newest edition → what the engine asks

What is loaded is seen by nobody before the transaction that writes the edition (``store.statistics``).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from retrieval.article import Article
from retrieval.cluster.articles import ClusterArticles
from retrieval.cluster.bounding import peaks
from retrieval.cluster.client import Client
from retrieval.cluster.found import ClusterIndex, segment_of_words
from retrieval.cluster.loading import ARTICLES_INDEX, PASSAGES_INDEX, Loading, removing, settings, shards
from retrieval.cluster.packing import unpacked
from retrieval.cluster.statistics import Counting, Totals
from retrieval.cluster.underway import Underway
from retrieval.errors import SupersededError
from retrieval.index.counts import Counts
from retrieval.index.index import SHORT_ARTICLE
from retrieval.index.postings import Keys, Numbers, Postings
from retrieval.index.segment import Segment
from retrieval.index.vocabulary import Vocabulary
from retrieval.indexing.building import Builder, OnArticles, posted_terms
from retrieval.indexing.merging import pieces
from retrieval.store.counted import Counted
from retrieval.store.statistics import WORD_COUNTS, ClusterEdition, Statistics

_COPIES = 1  # of every shard, on other nodes
_AT_ONCE = 2048  # articles that are sent while the next ones are analysed


@dataclass(frozen=True, kw_only=True, eq=False)
class Opened:
    """An edition, as questions are answered from it."""

    edition: ClusterEdition
    articles: ClusterArticles
    words: Numbers  # a row for each, by its number: ``WORD_COUNTS``


class Filling:
    """Loads what is new of the next generation, and counts what is new and what is gone."""

    def __init__(
        self, client: Client, before: ClusterEdition, vocabulary: Vocabulary, *, generation: int
    ) -> None:
        """*before* is the edition that is asked now, or an empty one with another name."""
        self.counted: list[Counted] = []
        self._client = client
        self._edition = replace(before, generation=generation)
        self._known = len(vocabulary)
        self._builder = Builder(vocabulary, _AT_ONCE)
        self._lost = np.zeros((0, 2), dtype=np.int64)
        self._peaks = np.zeros((0, 2), dtype=np.int64)

    def remove(self, rows: Mapping[int, bytes]) -> None:
        """Take out the articles of these *rows*, by their order of arrival: they lie there until later."""
        if not rows:
            return
        vocabulary_size = len(self._builder.vocabulary)
        segment = segment_of_words(unpacked(list(rows.values())), vocabulary_size)
        every = np.arange(len(segment.archive), dtype=np.int64)
        postings, in_passages = posted_terms(pieces(segment, every), vocabulary_size)
        self._count(segment, postings, in_passages, -1)
        in_articles = np.diff(postings.offsets.astype(np.int64))
        words = len(postings.singles)
        self._lost = np.zeros((vocabulary_size, 2), dtype=np.int64)
        self._lost[postings.terms] = np.stack([in_passages.all()[:words], in_articles[:words]], axis=1)
        gone = zip(sorted(rows), np.diff(segment.spans.firsts).tolist(), strict=True)
        self._edition = replace(self._edition, removed=(*self._edition.removed, *gone))

    def add(self, articles: Iterable[Article], progress: OnArticles | None = None) -> None:
        """Load *articles* behind all others, and let searches find them that ask for their generation."""
        edition = self._edition
        with Underway(self._client.load) as send:
            loading = Loading(send, edition.name, generation=edition.generation, first=edition.next_order)
            for segment in self._builder.build(articles, progress):
                loading.add(segment)
                self._count(segment, segment.articles, segment.passage_frequencies, 1)
                size = int(segment.articles.terms.max(initial=-1)) + 1
                self._peaks = _grown(self._peaks, size)
                np.maximum(self._peaks[:size], peaks(segment, size), out=self._peaks[:size])
            loading.flush()
        self._client.refresh(*_names(edition.name))
        self._edition = replace(self._edition, next_order=loading.next)

    @cached_property
    def edition(self) -> ClusterEdition:
        """The edition of the next generation."""
        return self._edition

    @property
    def first_word(self) -> int:
        """The number of the first new word."""
        return self._known

    @cached_property
    def words(self) -> list[str]:
        """The words that no article had before, by number."""
        vocabulary = self._builder.vocabulary
        return [vocabulary[number] for number in range(self._known, len(vocabulary))]

    @cached_property
    def bounds(self) -> Numbers:
        """A row for each word: in how many passages and articles it was lost, and its new peaks."""
        size = len(self._builder.vocabulary)
        return np.hstack([_grown(self._lost, size), _grown(self._peaks, size)])

    def _count(self, segment: Segment, postings: Postings, in_passages: Counts, sign: int) -> None:
        self.counted.append(
            Counted(
                keys=postings.keys,
                in_passages=(sign * in_passages.all()).astype(np.int32),
                in_articles=sign * np.diff(postings.offsets).astype(np.int32),
            )
        )
        edition, lengths = self._edition, np.maximum(postings.lengths, np.uint32(SHORT_ARTICLE))
        self._edition = replace(
            edition,
            articles=edition.articles + sign * len(postings.lengths),
            article_words=edition.article_words + sign * int(lengths.sum(dtype=np.int64)),
            passages=edition.passages + sign * len(segment.spans.lengths),
            tokens=edition.tokens + sign * int(segment.spans.lengths.sum(dtype=np.int64)),
        )


def _grown(rows: Numbers, size: int) -> Numbers:
    """Return *rows* with rows of 0 behind them, *size* at least."""
    return np.vstack([rows, np.zeros((max(0, size - len(rows)), rows.shape[1]), dtype=rows.dtype)])


def empty(name: str) -> ClusterEdition:
    """Return an edition without articles."""
    return ClusterEdition(
        name=name, generation=0, articles=0, article_words=0, passages=0, tokens=0, next_order=0
    )


def create(client: Client, name: str, *, articles: int) -> None:
    """Make the two indexes of a new edition, which so many *articles* come into at first."""
    for kind in (ARTICLES_INDEX, PASSAGES_INDEX):
        client.create(f"{name}-{kind}", settings(kind, shards(articles)))


def is_complete(client: Client, name: str) -> bool:
    """Tell whether ``complete`` was done to the end: the aliases lead to the edition."""
    return set(_names(name)) <= client.named()


def complete(client: Client, name: str) -> None:
    """Have copies made of a new edition, now that all is there, and let the aliases lead to it."""
    client.flush(*_names(name))  # or each copy would be made by doing all once more
    for index in _names(name):
        client.settle(index, {"number_of_replicas": _COPIES, "translog.durability": "request"})
    client.name({f"{client.prefix}-{kind}": f"{name}-{kind}" for kind in (ARTICLES_INDEX, PASSAGES_INDEX)})


def drop_others(client: Client, name: str) -> None:
    """Delete the indexes of all editions but this one."""
    for index in client.names():
        if index not in _names(name):
            client.drop(index)


def drop_unfinished(client: Client, edition: ClusterEdition) -> None:
    """Delete what a filling left behind that never became the edition."""
    for index in _names(edition.name):
        client.remove_matching(index, {"range": {"added": {"gt": edition.generation}}})


def drop_removed(client: Client, edition: ClusterEdition) -> None:
    """Delete the articles that are gone; nobody asks for a generation that has them any more."""
    lines = list(removing(edition.name, edition.removed))
    for start in range(0, len(lines), 10_000):
        client.load(b"\n".join([*lines[start : start + 10_000], b""]))
    if lines:
        client.refresh(*_names(edition.name))


def opened(
    client: Client, statistics: Statistics, edition: ClusterEdition, before: Opened | None = None
) -> Opened:
    """Return *edition* for questions; of one that was opened *before* only what changed is read."""
    is_same = before is not None and before.edition.name == edition.name
    vocabulary = before.articles.index.vocabulary if before and is_same else Vocabulary.of([])
    known = before.words if before and is_same else np.zeros((0, len(WORD_COUNTS)), dtype=np.int64)
    since = before.edition.generation if before and is_same else -1
    vocabulary = vocabulary.extended(statistics.words(edition.name, len(vocabulary)))
    words = _grown(known, len(vocabulary))
    changed = statistics.word_counts(edition.name, since)
    words[changed[:, 0]] = changed[:, 1:]

    def ask(keys: Sequence[int]) -> Mapping[int, tuple[int, int]]:
        found = statistics.counts(edition.name, edition.generation, keys)
        if found is None:
            raise SupersededError
        return found

    counting = Counting(
        totals=Totals(
            articles=edition.articles,
            article_words=edition.article_words,
            passages=edition.passages,
            tokens=edition.tokens,
        ),
        words=words,
        ask=ask,
    )
    removed = tuple(order for order, _ in edition.removed)
    index = ClusterIndex(
        generation=edition.generation,
        vocabulary=vocabulary,
        segments=(),
        statistics=counting,
        is_held=_nowhere,
    )
    bare = ClusterArticles(client=client, edition=edition.name, index=index, removed=removed)
    whole = replace(index, is_held=bare.are_together, sources_=bare.sources)
    return Opened(edition=edition, articles=replace(bare, index=whole), words=words)


def _names(name: str) -> tuple[str, str]:
    return f"{name}-{ARTICLES_INDEX}", f"{name}-{PASSAGES_INDEX}"


def _nowhere(_keys: Keys) -> bool:
    return False
