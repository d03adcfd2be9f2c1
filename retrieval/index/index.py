"""The index: an immutable snapshot of the collection, and what can be asked of it.

It holds a full copy of the articles, so that a question never meets texts and postings of different age. The
articles lie in segments; articles and passages are numbered over all of them, those removed included.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from retrieval.index.bm25 import BM25
from retrieval.index.numbered import Numbered
from retrieval.index.postings import Keys, Numbers
from retrieval.index.removal import Removal
from retrieval.index.scoring import norms
from retrieval.index.segment import Segment
from retrieval.index.vocabulary import Vocabulary
from retrieval.kernels.keys import head, last, paired
from retrieval.kernels.lists import Norms

K1 = 0.9  # Anserini's default too: news passages are short, a repeat says little
B = 0.75
# A long article holds many words by the way: .95 gains .001 over .75 on news and Wikipedia, .005 unaccented.
ARTICLE_B = 0.95
SHORT_ARTICLE = 60  # words: a text of a line or two is not the more to the point for being shorter


@dataclass(frozen=True, kw_only=True, eq=False)
class Index(Numbered):
    """A snapshot: ``indexing.writer`` builds it from articles, ``files.open_index`` opens it."""

    generation: int  # the store's, when it was built
    vocabulary: Vocabulary

    def number(self, term: str) -> int | None:
        """Return the number of *term*; None if no article holds it."""
        number = self.vocabulary.number(term)
        return number if number is not None and self._is_held[number] else None

    def keys_of(self, terms: Sequence[str]) -> Keys:
        """Return the number of each of *terms*; -1 if no article holds it."""
        numbers, is_held = map(self.vocabulary.number, terms), self._is_held
        return np.array(
            [-1 if number is None or not is_held[number] else number for number in numbers], dtype=np.int64
        )

    def forms(self, spelling: str) -> list[int]:
        """Return the terms that an unaccented *spelling* stands for, itself included if it is held."""
        return [number for number in self.vocabulary.forms(spelling) if self._is_held[number]]

    def inflections(self, stem: str) -> list[int]:
        """Return the terms that have this English stem."""
        return [number for number in self.vocabulary.inflections(stem) if self._is_held[number]]

    @cached_property
    def _is_held(self) -> bytes:
        """Which terms stand in an article that is not removed: bytes, of which one is read soonest."""
        frequencies = self._of_terms(
            lambda segment: segment.articles.document_frequency(segment.articles.singles),
            lambda removal: removal.in_articles,
        )
        return (frequencies > 0).tobytes()

    @cached_property
    def novelty(self) -> float:
        """The chance (0..1) that a word of more such text is one that the index does not hold yet.

        By the words that one passage alone holds: Good 1953, "The population frequencies of species".
        """
        frequencies = self._of_terms(
            lambda segment: segment.passages_with(segment.articles.terms), lambda removal: removal.in_passages
        )
        return float((frequencies == 1).sum() / max(1, self.token_count))

    def _of_terms(
        self, held: Callable[[Segment], Numbers], lost: Callable[[Removal], NDArray[np.uint32]]
    ) -> Numbers:
        """Return how often each term is *held*, of its segments' single terms, less what a removal takes."""
        total = np.zeros(len(self.vocabulary), dtype=np.int64)
        for segment in self.segments:
            postings, removal = segment.articles, segment.removal
            total[postings.terms] += held(segment)
            if removal:
                total[removal.terms] -= lost(removal)[: len(removal.terms)]
        return total

    @cached_property
    def article_ranking(self) -> BM25:
        """BM25 over whole articles, their titles and sections included."""
        return BM25(
            [
                replace(
                    segment.articles, lengths=np.maximum(segment.articles.lengths, np.uint32(SHORT_ARTICLE))
                )
                for segment in self.segments
            ],
            k1=K1,
            b=ARTICLE_B,
            vocabulary=self.vocabulary,
            removed=[segment.removal for segment in self.segments],
        )

    @cached_property
    def shortest_norms(self) -> list[Norms]:
        """The norm of length of each article's shortest passage, a segment after the other."""
        return [
            norms(
                segment.articles,
                np.minimum.reduceat(segment.spans.lengths, segment.spans.firsts[:-1]),
                self.average_passage,
                K1,
                B,
            )
            for segment in self.segments
        ]

    def pair(self, first: Numbers, second: Numbers) -> Keys:
        """Return the key of each pair of adjacent terms; the arrays broadcast."""
        keys: Keys = paired(first, second)
        return keys

    def spelled(self, key: int) -> str:
        """Return the term, or the two of a pair, that a key stands for."""
        first, second = head(key), last(key)
        return f"{self.vocabulary[first - 1]} {self.vocabulary[second]}" if first else self.vocabulary[second]

    def document_frequency(self, keys: Keys) -> Numbers:
        """Return in how many passages each term or pair stands; same shape as *keys*."""
        wanted = keys.ravel()
        total = np.zeros(len(wanted), dtype=np.int64)
        for segment in self.segments:
            total += segment.passages_with(wanted)
            if segment.removal:
                total -= segment.removal.passages_with(wanted)
        return total.reshape(keys.shape)

    def document_frequencies(self, keys: Sequence[Keys]) -> list[Numbers]:
        """Return ``document_frequency`` of every array, looked up in one go."""
        if not keys:
            return []
        found = self.document_frequency(np.concatenate([wanted.ravel() for wanted in keys]))
        ends = np.cumsum([wanted.size for wanted in keys])
        return [
            found[end - wanted.size : end].reshape(wanted.shape)
            for wanted, end in zip(keys, ends.tolist(), strict=True)
        ]

    def are_together(self, keys: Keys) -> bool:
        """Tell whether any article holds all of these terms and pairs."""
        return len(self.articles_with(keys)) > 0

    def articles_with(self, keys: Keys) -> Numbers:
        """Return the articles that hold all of these terms and pairs, ascending."""
        found = []
        for base, segment in zip(self.article_bases, self.segments, strict=False):
            articles, _ = segment.articles.together(keys)
            if segment.removal:
                articles = np.setdiff1d(articles, segment.removal.articles)
            found.append(articles + base)
        return np.concatenate([np.zeros(0, dtype=np.int64), *found])
