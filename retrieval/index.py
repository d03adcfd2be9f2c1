"""The index: an immutable snapshot of the collection, and what can be asked of it.

It holds a full copy of the articles, so that a question never meets texts and postings of different age.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from retrieval import building, files
from retrieval.analyzer import fold, terms
from retrieval.archive import Archive
from retrieval.article import Article
from retrieval.asking import PAIRS
from retrieval.bm25 import BM25
from retrieval.language import stems
from retrieval.postings import Keys
from retrieval.segment import Segment, Spans

K1 = 0.9  # Anserini's default too: news passages are short, a repeat says little
B = 0.75
# A long article holds many words by the way: .95 gains .001 over .75 on news and Wikipedia, .005 unaccented.
ARTICLE_B = 0.95
SHORT_ARTICLE = 60  # words: a text of a line or two is not the more to the point for being shorter


@dataclass(frozen=True, kw_only=True)
class Index:
    """A snapshot of the collection. Build it from articles, or open it from files."""

    generation: int  # the store's, when it was built
    segment: Segment

    @classmethod
    def build(
        cls, articles: Iterable[Article], *, generation: int, progress: Callable[[int], None] | None = None
    ) -> Self:
        """Index *articles*; *progress* is called with the number taken in so far."""
        return cls(generation=generation, segment=building.build(articles, progress))

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open the index in *folder*. Raises ``IndexFileError`` where it is missing or damaged."""
        generation, segment = files.read(folder)
        return cls(generation=generation, segment=segment)

    def save(self, folder: Path) -> None:
        """Write the index to *folder* in place of the one there; on ``OSError`` the old one stays."""
        files.write(folder, self.generation, self.segment)

    @property
    def vocabulary(self) -> tuple[str, ...]:
        """The terms, by number."""
        return self.segment.vocabulary

    @property
    def archive(self) -> Archive:
        """The articles, by number."""
        return self.segment.archive

    @property
    def spans(self) -> Spans:
        """The passages."""
        return self.segment.spans

    @property
    def article_count(self) -> int:
        """How many articles there are."""
        return len(self.archive)

    @property
    def passage_count(self) -> int:
        """How many passages there are."""
        return len(self.spans.articles)

    @cached_property
    def newest(self) -> datetime | None:
        """When the newest dated article was published; None where none is dated."""
        return self.archive.newest

    def article(self, key: str) -> Article | None:
        """Return the article with this ``Article.key``; None where there is none."""
        return self.archive.find(key)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each term."""
        return {term: number for number, term in enumerate(self.vocabulary)}

    @cached_property
    def forms(self) -> dict[str, list[int]]:
        """The terms that each unaccented spelling stands for, itself included where it occurs."""
        forms: dict[str, list[int]] = {}
        for number, term in enumerate(self.vocabulary):
            forms.setdefault(fold(term), []).append(number)
        return forms

    @cached_property
    def inflections(self) -> dict[str, list[int]]:
        """The terms that have each English stem."""
        inflections: dict[str, list[int]] = {}
        for number, stem in enumerate(stems(self.vocabulary)):
            inflections.setdefault(stem, []).append(number)
        return inflections

    @cached_property
    def novelty(self) -> float:
        """The chance (0..1) that a word of more such text is one that the index does not hold yet.

        By the words it holds once: Good 1953, "The population frequencies of species".
        """
        counts = np.bincount(self.segment.tokens, minlength=1)
        return float((counts == 1).sum() / max(1, len(self.segment.tokens)))

    @cached_property
    def _asking(self) -> Keys:
        known = [pair for pair in PAIRS if pair[0] in self.numbers and pair[1] in self.numbers]
        numbers = np.array([[self.numbers[term] for term in pair] for pair in known], dtype=np.int64)
        first, second = numbers.reshape(-1, 2).T
        return np.sort(self.pair(first, second))

    @cached_property
    def passage_ranking(self) -> BM25:
        """BM25 over passages."""
        return BM25(self.segment.passages, k1=K1, b=B, vocabulary=self.numbers)

    @cached_property
    def article_ranking(self) -> BM25:
        """BM25 over whole articles, their titles and sections included."""
        articles = self.segment.articles
        lengths = np.maximum(articles.lengths, SHORT_ARTICLE)
        return BM25(replace(articles, lengths=lengths), k1=K1, b=ARTICLE_B, vocabulary=self.numbers)

    @cached_property
    def passage_bounds(self) -> NDArray[np.int64]:
        """Where the passages of each article begin, and behind them all where the last one's end."""
        return np.searchsorted(self.spans.articles, np.arange(self.article_count + 1))

    @property
    def leads(self) -> NDArray[np.int64]:
        """The first passage of each article."""
        return self.passage_bounds[:-1]

    def terms_of(self, passage: int) -> list[int]:
        """Return the term numbers of a passage, in order."""
        terms: list[int] = self.segment.tokens[
            self.spans.tokens[passage] : self.spans.tokens[passage + 1]
        ].tolist()
        return terms

    def numbers_of(self, text: str) -> list[int]:
        """Return the term numbers of *text*, without those that the index does not hold."""
        return [self.numbers[term] for term in terms(text) if term in self.numbers]

    def pair(self, first: NDArray[np.int64], second: NDArray[np.int64]) -> Keys:
        """Return the key of each pair of adjacent terms; the arrays broadcast."""
        keys: Keys = (first + 1) * len(self.vocabulary) + second
        return keys

    def spelled(self, key: int) -> str:
        """Return the term, or the two of a pair, that a key stands for."""
        first, second = divmod(key, len(self.vocabulary))
        return f"{self.vocabulary[first - 1]} {self.vocabulary[second]}" if first else self.vocabulary[second]

    def is_seen(self, first: int, second: int) -> bool:
        """Tell whether a passage holds these two terms side by side."""
        key = self.pair(np.array([first]), np.array([second]))
        return bool(self.document_frequency(key)[0])

    def document_frequency(self, keys: Keys) -> NDArray[np.int64]:
        """Return in how many passages each term or pair stands; same shape as *keys*."""
        passages = self.segment.passages
        return passages.document_frequency(passages.find(keys.ravel())).reshape(keys.shape)

    def document_frequencies(self, keys: Sequence[Keys]) -> list[NDArray[np.int64]]:
        """Return ``document_frequency`` of every array, looked up in one go."""
        if not keys:
            return []
        found = self.document_frequency(np.concatenate([one.ravel() for one in keys]))
        ends = np.cumsum([one.size for one in keys])
        return [
            found[end - one.size : end].reshape(one.shape)
            for one, end in zip(keys, ends.tolist(), strict=True)
        ]

    def is_asking(self, pairs: Keys) -> NDArray[np.bool_]:
        """Tell which pairs people ask with (``retrieval.asking.PAIRS``); same shape as *pairs*."""
        known = self._asking
        if not len(known):
            return np.zeros(pairs.shape, dtype=bool)
        asking: NDArray[np.bool_] = known[np.minimum(np.searchsorted(known, pairs), len(known) - 1)] == pairs
        return asking
