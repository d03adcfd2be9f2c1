"""The later life of segments: marks for articles that are gone, and several small ones made into one.

Every segment costs each question a little, so that small ones are merged when they pile up: ``PILE``
neighbours of one tier become one, as in Lucene's log merge policy. An article is then written again once or
twice in its life. A segment of which much is removed is written anew without it.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

import numpy as np

from retrieval.index.archive import Packed, dictionary
from retrieval.index.postings import Numbers
from retrieval.index.removal import Removal
from retrieval.index.segment import LIMIT, Segment
from retrieval.indexing.batches import Pieces
from retrieval.indexing.building import FULL, FULL_OF_WORDS, headed, posted_terms, segment_of
from retrieval.kernels.tokens import decoded

PILE = 8  # segments
TIERS = (LIMIT // PILE**2, LIMIT // PILE)  # articles: eight of a tier make one of the next; larger ones stay
MOSTLY = 0.25  # 0..1: a segment with a larger share removed is written anew


def removed(segment: Segment, articles: Numbers, vocabulary_size: int) -> Segment:
    """Return *segment* without these *articles*, besides those that were removed before."""
    before = segment.removal.articles if segment.removal else np.zeros(0, dtype=np.uint16)
    gone = np.union1d(before, articles).astype(np.int64)
    postings, in_passages = posted_terms(pieces(segment, gone), vocabulary_size)
    removal = Removal(
        articles=gone.astype(np.uint16),
        keys=postings.keys,
        in_articles=np.diff(postings.offsets.astype(np.int64)).astype(np.uint32),
        in_passages=in_passages.all().astype(np.uint32),
    )
    return replace(segment, removal=removal)


def due(segments: Sequence[Segment]) -> slice | None:
    """Return which neighbours are to be made one now; None if none are."""
    for at, segment in enumerate(segments):
        if segment.removal and len(segment.removal.articles) > MOSTLY * len(segment.archive):
            return slice(at, at + 1)
    at = 0
    for tier, group in groupby(segments, key=_tier):
        pile = len(list(group))
        if pile >= PILE and tier < len(TIERS):
            return slice(at, at + PILE)
        at += pile
    return None


def merged(segments: Sequence[Segment], vocabulary_size: int) -> list[Segment]:
    """Return the articles that are left in *segments* as one; none if no article is left."""
    shared: bytes | None = None
    parts: list[Pieces] = []
    for segment in segments:
        left = segment.remaining
        articles = [segment.archive[number] for number in left.tolist()]
        if articles:
            shared = shared or dictionary(articles)
            parts.append(replace(pieces(segment, left), packed=Packed.of(articles, shared)))
    return [segment_of(parts, vocabulary_size)] if parts else []


def _tier(segment: Segment) -> int:
    # Books count as several.
    articles = max(len(segment.archive), len(segment.tokens) * FULL // FULL_OF_WORDS)
    return sum(articles >= size for size in TIERS)


def pieces(segment: Segment, articles: Numbers) -> Pieces:
    """Return the headings and passages of *articles*, which ascend; the articles themselves are left out."""
    spans = segment.spans
    firsts = spans.firsts.astype(np.int64)
    passages = np.diff(firsts)[articles]
    within = np.concatenate([np.zeros(0, dtype=np.int64), *map(np.arange, passages)])
    numbers = np.repeat(firsts[articles], passages) + within
    headings, heading_bounds = decoded(segment.headings, spans.headings, articles)
    texts, text_bounds = decoded(segment.tokens, spans.units, numbers)
    is_heading = headed(passages)
    lengths = np.empty(len(is_heading), dtype=np.int64)
    lengths[is_heading], lengths[~is_heading] = np.diff(heading_bounds), np.diff(text_bounds)
    tokens = np.empty(lengths.sum(), dtype=np.int32)
    of_heading = np.repeat(is_heading, lengths)
    tokens[of_heading], tokens[~of_heading] = headings, texts
    return Pieces(
        tokens=tokens,
        lengths=lengths,
        passages=passages,
        starts=spans.starts[numbers],
        ends=spans.ends[numbers],
        packed=Packed.of([], b""),
    )
