"""Build a segment: analyse articles, cut them into passages, post their terms and pairs."""

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable

import numpy as np

from retrieval.analyzer import terms, tokens, word_starts
from retrieval.archive import Archive
from retrieval.article import Article
from retrieval.passage import split
from retrieval.postings import Keys, Postings
from retrieval.segment import Segment, Spans, Terms


def build(articles: Iterable[Article], progress: Callable[[int], None] | None = None) -> Segment:
    """Return a segment of *articles*; *progress* is called with the number taken in so far."""
    builder = _Builder()
    for number, article in enumerate(articles, start=1):
        builder.add(article)
        if progress:
            progress(number)
    return builder.finish()


class _Builder:
    """What a segment is made of, as far as it is known."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.rows: list[Article] = []
        self.tokens = array("i")
        self.token_ends = [0]
        self.titles = array("i")
        self.title_lengths: list[int] = []
        self.articles: list[int] = []
        self.bounds: list[tuple[int, int]] = []

    def add(self, article: Article) -> None:
        found = list(tokens(article.body))
        starts = [token.start for token in found]
        first_token = len(self.tokens)
        self.tokens.extend(self._number(token.term) for token in found)
        for start, end in split(article.body, word_starts(found)):
            self.articles.append(len(self.rows))
            self.bounds.append((start, end))
            self.token_ends.append(first_token + bisect_left(starts, end))
        heading = f"{article.title}\n{article.section or ''}"
        title = [self._number(term) for term in terms(heading)]
        self.titles.extend(title)
        self.title_lengths.append(len(title))
        self.rows.append(article)

    def _number(self, term: str) -> int:
        return self.numbers.setdefault(term, len(self.numbers))

    def finish(self) -> Segment:
        flat = np.array(self.tokens, dtype=np.int32)
        bounds = np.array(self.bounds, dtype=np.int32).reshape(-1, 2)
        spans = Spans(
            articles=np.array(self.articles, dtype=np.int32),
            starts=bounds[:, 0].copy(),
            ends=bounds[:, 1].copy(),
            tokens=np.array(self.token_ends, dtype=np.int64),
        )
        lengths = np.diff(spans.tokens).astype(np.int32)
        passage_of = np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)
        title_lengths = np.array(self.title_lengths, dtype=np.int32)
        numbers = np.arange(len(title_lengths), dtype=np.int32)
        titles = np.array(self.titles, dtype=np.int32)
        article_of = spans.articles[passage_of]
        title_of = np.repeat(numbers, title_lengths)
        size = len(self.numbers)
        return Segment(
            vocabulary=tuple(self.numbers),
            archive=Archive.of(self.rows),
            spans=spans,
            tokens=flat,
            passages=_postings([(flat, passage_of)], lengths, size),
            articles=_postings(
                [(titles, title_of), (flat, article_of)],
                title_lengths + np.bincount(article_of, minlength=len(numbers)).astype(np.int32),
                size,
            ),
        )


def _postings(parts: list[tuple[Terms, Terms]], lengths: Terms, size: int) -> Postings:
    """Index the terms and pairs of texts, each given as its tokens and the document of every token."""
    keys: list[Keys] = []
    documents: list[Terms] = []
    for flat, document_of in parts:
        first = flat.astype(np.int64)
        adjacent = document_of[:-1] == document_of[1:]
        keys += [first, ((first[:-1] + 1) * size + first[1:])[adjacent]]
        documents += [document_of, document_of[:-1][adjacent]]
    return Postings.of(np.concatenate(keys), np.concatenate(documents), lengths)
