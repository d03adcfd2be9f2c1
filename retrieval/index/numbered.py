"""Articles and passages of several segments, numbered over all of them, those removed included."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial

import numpy as np
from numpy.typing import NDArray

from retrieval.article import Article
from retrieval.index.archive import UNDATED
from retrieval.index.postings import Numbers
from retrieval.index.removal import Marks, passed_over
from retrieval.index.segment import Segment, Units
from retrieval.kernels.tokens import decoded

_REMEMBERED = 8  # articles

Allowed = NDArray[np.bool_]  # one for each article of the index, removed ones included


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageTexts:
    """The terms of some texts: those of text ``i`` are ``tokens[begins[i]:ends[i]]``."""

    tokens: NDArray[np.int32]
    begins: Numbers
    ends: Numbers


@dataclass(frozen=True, kw_only=True, eq=False)
class Numbered:
    """Articles and passages by their numbers."""

    segments: tuple[Segment, ...]

    @cached_property
    def article_bases(self) -> Numbers:
        """The first article of each segment, and how many there are behind."""
        return np.cumsum([0, *(len(segment.archive) for segment in self.segments)])

    @cached_property
    def passage_bases(self) -> Numbers:
        """The first passage of each segment, and how many there are behind."""
        return np.cumsum([0, *(len(segment.spans.lengths) for segment in self.segments)])

    @cached_property
    def articles(self) -> Numbers:
        """The articles that are not removed."""
        left = (
            segment.remaining + base for segment, base in zip(self.segments, self.article_bases, strict=False)
        )
        return np.concatenate([np.zeros(0, dtype=np.int64), *left])

    @cached_property
    def newest_first(self) -> Numbers:
        """The same, the newest first and undated ones last; of equals the last to arrive."""
        return self.articles[np.argsort(self.published(self.articles), kind="stable")[::-1]]

    @property
    def article_count(self) -> int:
        """The number of articles, without those removed."""
        return len(self.articles)

    @cached_property
    def passage_count(self) -> int:
        """The number of passages, without those removed."""
        return int(self._passages[0])

    @cached_property
    def token_count(self) -> int:
        """The number of words in these passages."""
        return int(self._passages[1])

    @property
    def average_passage(self) -> float:
        """The average length of a passage, in words; 0 if there is none."""
        return self.token_count / self.passage_count if self.passage_count else 0.0

    @cached_property
    def _passages(self) -> Numbers:
        """The number of passages, and that of the words in them."""
        total = np.zeros(2, dtype=np.int64)
        for segment in self.segments:
            spans = segment.spans
            total += [len(spans.lengths), spans.lengths.sum(dtype=np.int64)]
            for article in segment.removal.articles.tolist() if segment.removal else ():
                passages = slice(int(spans.firsts[article]), int(spans.firsts[article + 1]))
                total -= [passages.stop - passages.start, spans.lengths[passages].sum(dtype=np.int64)]
        return total

    def find(self, key: str) -> Article | None:
        """Return the article with this ``Article.key``; None if there is none."""
        for segment in self.segments:
            number = segment.archive.find(key)
            if number is not None and not (segment.removal and number in segment.removal.articles):
                return segment.archive[number]
        return None

    def allowing(self, keys: Collection[str]) -> Allowed:
        """Return which articles have one of these ``Article.key``; one that no article has is ignored."""
        allowed = np.zeros(self.article_bases[-1], dtype=bool)
        for base, segment in zip(self.article_bases, self.segments, strict=False):
            found = (segment.archive.find(key) for key in keys)
            allowed[[base + number for number in found if number is not None]] = True
        return allowed

    def passed_over(self, allowed: Allowed) -> list[Marks]:
        """Return which articles of each segment are removed or not *allowed*."""
        parts = np.split(allowed, self.article_bases[1:-1])
        return [
            passed_over(segment.removal, part) for segment, part in zip(self.segments, parts, strict=False)
        ]

    def key_of(self, article: int) -> int:
        """Return the ``Article.key`` of an article, as a number: the same in every index that holds it."""
        place, own = _place(article, self.article_bases)
        return self.segments[place].archive.key_of(own)

    @cached_property
    def article(self) -> Callable[[int], Article]:
        """The article with a number. The last few are remembered: of one question they are opened twice."""
        return lru_cache(_REMEMBERED)(partial(_article, self.segments, self.article_bases))

    def read(self, numbers: Sequence[int]) -> dict[int, Article]:
        """Return the articles with these numbers, by number."""
        return {number: self.article(number) for number in numbers}

    def published(self, articles: Numbers) -> Numbers:
        """Return when each article was published, in seconds since 1970; ``UNDATED`` if it has no date."""
        published = np.empty(len(articles), dtype=np.int64)
        for at, its, numbers in _places(articles, self.article_bases):
            published[its] = self.segments[at].archive.published[numbers]
        return published

    @cached_property
    def sources(self) -> dict[str, int]:
        """The number of articles of each source, most first; "" is the source of those without one."""
        counts: Counter[str] = Counter()
        for segment in self.segments:
            names, held = segment.archive.source_names, segment.archive.sources[segment.remaining]
            counts.update(dict(zip(names, np.bincount(held, minlength=len(names)).tolist(), strict=True)))
        return {name: count for name, count in counts.most_common() if count}

    def of_sources(self, sources: Collection[str]) -> Allowed:
        """Return which articles are of one of these *sources*."""
        parts = [np.zeros(0, dtype=bool)]
        for segment in self.segments:
            is_asked = np.array([name in sources for name in segment.archive.source_names])
            parts.append(is_asked[segment.archive.sources])
        return np.concatenate(parts)

    def of_days(self, first: int, end: int) -> Allowed:
        """Return which articles were published from *first* on and before *end*, in seconds since 1970."""
        parts = [segment.archive.published for segment in self.segments]
        published = np.concatenate([np.zeros(0, dtype=np.int64), *parts])
        allowed: Allowed = (published >= first) & (published < end) & (published != UNDATED)
        return allowed

    def articles_of(self, passages: Numbers) -> Numbers:
        """Return the article of each passage."""
        articles = np.empty(len(passages), dtype=np.int64)
        for at, its, numbers in _places(passages, self.passage_bases):
            firsts = self.segments[at].spans.firsts
            articles[its] = np.searchsorted(firsts, numbers, side="right") - 1 + self.article_bases[at]
        return articles

    def passages_of(self, article: int) -> Numbers:
        """Return the passages of an article."""
        place, own = _place(article, self.article_bases)
        firsts = self.segments[place].spans.firsts
        passages: Numbers = np.arange(firsts[own], firsts[own + 1]) + self.passage_bases[place]
        return passages

    def passages_of_each(self, articles: Numbers) -> tuple[Numbers, Numbers]:
        """Return the passages of *articles*, one article's after the other's, and how many each has."""
        firsts, sizes = np.empty(len(articles), dtype=np.int64), np.empty(len(articles), dtype=np.int64)
        for at, its, numbers in _places(articles, self.article_bases):
            bounds = self.segments[at].spans.firsts
            firsts[its] = bounds[numbers] + self.passage_bases[at]
            sizes[its] = bounds[numbers + 1] - bounds[numbers]
        before = np.cumsum(sizes) - sizes
        passages: Numbers = np.arange(sizes.sum()) + np.repeat(firsts - before, sizes)
        return passages, sizes

    def span_of(self, passage: int) -> tuple[int, int]:
        """Return where a passage stands in its article's body, in code points."""
        place, own = _place(passage, self.passage_bases)
        spans = self.segments[place].spans
        return int(spans.starts[own]), int(spans.ends[own])

    def leads(self, articles: Numbers) -> Numbers:
        """Return the first passage of each article."""
        leads = np.empty(len(articles), dtype=np.int64)
        for at, its, numbers in _places(articles, self.article_bases):
            leads[its] = self.segments[at].spans.firsts[numbers] + self.passage_bases[at]
        return leads

    def texts(self, passages: Numbers) -> PassageTexts:
        """Return the terms of some passages."""
        return _decoded(
            (its, segment.tokens, segment.spans.units, numbers)
            for segment, its, numbers in self.segments_of(passages)
        )

    def headings(self, articles: Numbers) -> PassageTexts:
        """Return the terms of the title and section of some articles."""
        return _decoded(
            (its, segment.headings, segment.spans.headings, numbers)
            for segment, its, numbers in self.segments_with(articles)
        )

    def terms_of(self, passage: int) -> NDArray[np.int32]:
        """Return the term numbers of a passage, in order."""
        return self.texts(np.array([passage])).tokens

    def segments_of(self, passages: Numbers) -> Iterator[tuple[Segment, Numbers, Numbers]]:
        """Yield each segment that holds some of *passages*, where these stand, and their numbers in it."""
        for at, its, numbers in _places(passages, self.passage_bases):
            yield self.segments[at], its, numbers

    def segments_with(self, articles: Numbers) -> Iterator[tuple[Segment, Numbers, Numbers]]:
        """Yield each segment that holds some of *articles*, where these stand, and their numbers in it."""
        for at, its, numbers in _places(articles, self.article_bases):
            yield self.segments[at], its, numbers


def _decoded(parts: Iterable[tuple[Numbers, Units, NDArray[np.uint32], Numbers]]) -> PassageTexts:
    """Return texts of several segments: where they stand among all, units, bounds, and numbers of each."""
    found = [(its, *decoded(units, bounds, numbers)) for its, units, bounds, numbers in parts]
    if len(found) == 1:  # all texts, in their order
        _, tokens, bounds = found[0]
        tokens.setflags(write=False)  # as a segment's are: loops are compiled for these alone
        return PassageTexts(tokens=tokens, begins=bounds[:-1], ends=bounds[1:])
    taken = 0
    begins, ends, places = ([np.zeros(0, dtype=np.int64)] for _ in range(3))
    terms = [np.zeros(0, dtype=np.int32)]
    for its, tokens, own in found:
        places.append(its)
        begins.append(own[:-1] + taken)
        ends.append(own[1:] + taken)
        terms.append(tokens)
        taken += len(tokens)
    tokens = np.concatenate(terms)
    tokens.setflags(write=False)
    order = np.argsort(np.concatenate(places))
    return PassageTexts(tokens=tokens, begins=np.concatenate(begins)[order], ends=np.concatenate(ends)[order])


def _article(segments: tuple[Segment, ...], bases: Numbers, number: int) -> Article:
    place, own = _place(number, bases)
    return segments[place].archive[own]


def _place(number: int, bases: Numbers) -> tuple[int, int]:
    """Return the place of the segment that holds *number*, and its number there."""
    place = int(bases.searchsorted(number, side="right")) - 1 if len(bases) > 2 else 0
    return place, number - int(bases[place])


def _places(numbers: Numbers, bases: Numbers) -> Iterator[tuple[int, Numbers, Numbers]]:
    """Yield the place of each segment that holds some of *numbers*, where these stand, and theirs there."""
    if len(bases) == 2 and len(numbers):  # one segment, as most collections have
        yield 0, np.arange(len(numbers)), numbers.astype(np.int64)  # of one kind, for the loops
        return
    places = bases.searchsorted(numbers, side="right") - 1
    if len(places) and (places == places[0]).all():
        yield int(places[0]), np.arange(len(numbers)), numbers - bases[places[0]]
        return
    for at in np.unique(places).tolist():
        its = np.flatnonzero(places == at)
        yield at, its, numbers[its] - bases[at]
