"""From ranked passages to hits: one an article, copies as one, no noise, and the newer of equals first."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from retrieval.index.index import Index
from retrieval.index.postings import Numbers
from retrieval.ranking.rerank import Ranked
from retrieval.ranking.succession import successor

# 0..1: a hit whose score is a smaller share of the best one's is noise beside it.
NOISE = 0.5

# 0..1: of hits whose scores are at least this share of each other's, the newer one comes first.
NEAR = 0.97

# 0..1: passages that share so much of all their pairs of words are copies of one text. Of two reports on one
# event nine in ten share less than .2, of two copies all more than .4.
COPIES = 0.5

# 0..1: with enough hits, no copy is looked for among passages that score a smaller share of the last one's.
LIKE = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Selected:
    """A passage that becomes a hit."""

    rank: int  # its place in ``Ranked``
    passage: int
    article: int
    first: int  # passage − 1 if that ranked as well, else passage: the excerpt may begin there
    last: int  # passage + 1 if that ranked as well, else passage
    score: float
    similar: tuple[int, ...]  # articles whose best passage is a copy of it, best first


def select(
    index: Index, ranked: Ranked, limit: int, *, is_led: bool = False, is_current: bool = False
) -> list[Selected]:
    """Return at most *limit* hits of *ranked*, best first.

    *is_led*: the first of *ranked* comes first, whatever its score. *is_current*: what holds now is asked
    for. An article that a newer one replaces then comes second.
    """
    kept: list[tuple[int, set[int], int, list[int]]] = []
    places = _without_noise(ranked)
    led, places = (places[:1], places[1:]) if is_led else ([], places)
    places = [*led, *_newer_first(index, ranked, places)]
    newer = successor(index, ranked, places[0]) if places and is_current else None
    if newer is not None:
        places = [newer, *(at for at in places if ranked.articles[at] != ranked.articles[newer])]
    for at, pairs in zip(places, _pairs(index, ranked.passages[places]), strict=True):
        if kept and len(kept) == limit and ranked.scores[at] < LIKE * ranked.scores[kept[-1][0]]:
            break
        size = len(pairs)
        for _, others, its, similar in kept:
            shared = len(pairs & others)
            if pairs and shared >= COPIES * (size + its - shared):
                similar.append(int(ranked.articles[at]))
                break
        else:
            if len(kept) < limit:
                kept.append((at, pairs, size, []))
    hits = [_selected(ranked, at, similar) for at, _, _, similar in kept]
    if (is_led or newer is not None) and len(hits) > 1:  # it takes the other's place, and its score
        hits[0] = replace(hits[0], score=max(hits[0].score, hits[1].score))
    return hits


def _selected(ranked: Ranked, place: int, similar: list[int]) -> Selected:
    number = int(ranked.passages[place])
    others = set(ranked.passages[ranked.articles == ranked.articles[place]].tolist())
    return Selected(
        rank=place,
        passage=number,
        article=int(ranked.articles[place]),
        first=number - 1 if number - 1 in others else number,
        last=number + 1 if number + 1 in others else number,
        score=float(ranked.scores[place]),
        similar=tuple(similar),
    )


def _without_noise(ranked: Ranked) -> list[int]:
    """Return the places in *ranked* of each article's best passage, best first."""
    places: dict[int, int] = {}
    scores = ranked.scores.tolist()
    for at, article in enumerate(ranked.articles.tolist()):
        if scores[at] < NOISE * scores[0]:
            break
        places.setdefault(article, at)
    return list(places.values())


def _newer_first(index: Index, ranked: Ranked, places: list[int]) -> Iterator[int]:
    """Yield *places* with every run of near-equal scores in the order of publication, the newest first."""
    published, scores = index.published(ranked.articles).tolist(), ranked.scores.tolist()
    while places:
        floor = NEAR * scores[places[0]]
        equals = [at for at in places if scores[at] >= floor]
        places = places[len(equals) :]
        yield from sorted(equals, key=published.__getitem__, reverse=True)


def _pairs(index: Index, passages: Numbers) -> Iterator[set[int]]:
    """Yield the words side by side in each of *passages*, read at once."""
    texts = index.texts(passages)
    terms = texts.tokens.astype(np.int64)
    pairs = index.pair(terms[:-1], terms[1:])
    for begin, end in zip(texts.begins.tolist(), texts.ends.tolist(), strict=True):
        yield set(pairs[begin : max(begin, end - 1)].tolist())
