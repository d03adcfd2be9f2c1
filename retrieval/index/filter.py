"""Filter articles by a restriction: by day, by source, and by phrases, words that stand side by side."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from retrieval.index.among import Among
from retrieval.index.index import Index
from retrieval.index.numbered import Allowed
from retrieval.index.postings import Numbers
from retrieval.index.segment import Segment
from retrieval.kernels.tokens import decoded
from retrieval.restriction import Restriction
from retrieval.text.analyzer import fold, terms
from retrieval.text.canonical import without_accents

_BEFORE_ALL, _BEHIND_ALL = -(1 << 62), 1 << 62  # seconds since 1970
_AT_ONCE = 2048  # articles whose words are compared at once: a million words take some 10 MB

Forms = Sequence[Numbers]  # the terms that each word of a phrase may stand for


def allowed(index: Index, restriction: Restriction, timezone: tzinfo | None) -> Allowed:
    """Return which articles of *index* the *restriction* lets through; its days are those of *timezone*."""
    able = np.ones(index.article_bases[-1], dtype=bool)
    if restriction.since or restriction.until:
        first = day_begins(restriction.since, timezone) if restriction.since else _BEFORE_ALL
        end = day_begins(restriction.until, timezone, after=1) if restriction.until else _BEHIND_ALL
        able &= index.of_days(first, end)
    if restriction.sources:
        able &= index.of_sources(restriction.sources)
    for phrase in restriction.phrases:
        able &= holding(index, phrase)
    for phrase in restriction.without:
        able &= ~holding(index, phrase)
    return able


def mask(index: Index, among: Among) -> Allowed:
    """Return which articles of *index* are *among* those asked."""
    every = np.ones(index.article_bases[-1], dtype=bool)
    able = every if among.keys is None else index.allowing(among.keys)
    for restriction in among.restrictions:
        able &= allowed(index, restriction, among.timezone)
    return able


def day_begins(day: date, timezone: tzinfo | None, *, after: int = 0) -> int:
    """Return when the day begins that comes so many days *after* one, in seconds since 1970."""
    return int(datetime.combine(day + timedelta(after), time(), timezone).timestamp())


def holding(index: Index, phrase: str) -> Allowed:
    """Return which articles hold *phrase*, a text with a word at least.

    Typed without any accent it stands for all accents; with some of them it is meant as it is.
    """
    forms = forms_of(index, phrase)
    parts = [np.zeros(0, dtype=bool), *(_of_segment(index, segment, forms) for segment in index.segments)]
    return np.concatenate(parts)


def forms_of(index: Index, phrase: str) -> Forms:
    """Return the terms that each word of *phrase* may stand for."""
    words = terms(phrase)
    if phrase == without_accents(phrase):
        return [np.array(index.forms(fold(word)), dtype=np.int64) for word in words]
    return [keys[keys >= 0] for keys in (index.keys_of([word]) for word in words)]


def _of_segment(index: Index, segment: Segment, forms: Forms) -> NDArray[np.bool_]:
    """Return which articles of *segment* hold a phrase."""
    if len(forms) == 1:
        return _with_any(segment, forms[0])
    held = np.ones(len(segment.archive), dtype=bool)
    for left, right in pairwise(forms):
        held &= _with_any(segment, index.pair(left[:, None], right[None, :]).ravel())
    # Of three words the two pairs may stand apart.
    candidates = np.flatnonzero(held) if len(forms) > 2 else np.zeros(0, dtype=np.int64)
    for articles in np.split(candidates, range(_AT_ONCE, len(candidates), _AT_ONCE)):
        held[articles] = _compared(segment, articles, forms)
    return held


def _with_any(segment: Segment, keys: Numbers) -> NDArray[np.bool_]:
    """Return which articles of *segment* hold any of *keys*."""
    held = np.zeros(len(segment.archive), dtype=bool)
    places = segment.articles.find(keys)
    for at in places[places >= 0].tolist():
        held[segment.articles.documents_of(at)] = True
    return held


def _compared(segment: Segment, articles: Numbers, forms: Forms) -> NDArray[np.bool_]:
    """Tell which of *articles*, word by word, hold a phrase in their heading or body."""
    spans = segment.spans
    firsts = spans.firsts.astype(np.int64)
    counts = np.diff(firsts)[articles]
    passages = np.repeat(firsts[articles] - np.cumsum(counts) + counts, counts) + np.arange(counts.sum())
    held = _in_texts(*decoded(segment.headings, spans.headings, articles), forms)
    tokens, bounds = decoded(segment.tokens, spans.units, passages)
    return held | _in_texts(tokens, bounds[np.append(0, np.cumsum(counts))], forms)


def _in_texts(tokens: NDArray[np.int32], bounds: Numbers, forms: Forms) -> NDArray[np.bool_]:
    """Tell which texts ``tokens[bounds[i]:bounds[i + 1]]`` hold a phrase."""
    held = np.zeros(len(bounds) - 1, dtype=bool)
    size = max(0, len(tokens) - len(forms) + 1)
    begins_here = np.ones(size, dtype=bool)
    for offset, its in enumerate(forms):
        begins_here &= np.isin(tokens[offset : offset + size], its)
    starts = np.flatnonzero(begins_here)
    texts = np.searchsorted(bounds, starts, side="right") - 1
    held[texts[starts + len(forms) <= bounds[texts + 1]]] = True
    return held
