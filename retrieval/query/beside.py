"""Tell how well a term goes with the words beside it, in the articles, in questions, in any Vietnamese."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrieval.index.index import Index
from retrieval.index.postings import Keys
from retrieval.kernels.beside import steps
from retrieval.query.neighbours import Neighbours
from retrieval.query.word import Word
from retrieval.question.asking import PAIRS

DISCOUNT = 0.75  # 0..1: what a pair's count is too high by: seen once, it may be chance
BACKOFF = 0.03  # 0..1: the share of a word's own frequency in what it is expected to be beside its neighbours

Priors = dict[int, float]  # number of the term → 0..1


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """The neighbours of a word, on both sides."""

    left: Priors
    right: Priors
    before: str  # the terms as typed; "" at either end
    behind: str


def are_beside(index: Index, neighbours: Neighbours, asked: Sequence[tuple[str, Sides, bool]]) -> list[bool]:
    """Tell of each word whether the articles hold it so beside some others, or people ask so.

    Or whether it stands so in Vietnamese at large, if the last of the three says that this counts.
    """
    firsts: list[int] = []
    seconds: list[int] = []
    spans: list[slice] = []
    for word, beside, _ in asked:
        number, begin = _number(index, word), len(firsts)
        firsts += [*beside.left, *[number] * len(beside.right)]
        seconds += [*[number] * len(beside.left), *beside.right]
        spans.append(slice(begin, len(firsts)))
    if not firsts:
        return [_is_asked(word, beside) for word, beside, _ in asked]
    left, right = np.array(firsts, dtype=np.int64), np.array(seconds, dtype=np.int64)
    held = (index.document_frequency(index.pair(left, right)) > 0).tolist()
    are_held = [
        _is_asked(word, beside) or any(held[span])
        for (word, beside, _), span in zip(asked, spans, strict=True)
    ]
    if not neighbours or all(are_held):
        return are_held
    at_large = neighbours.are_counted(
        neighbours.numbers(index, left), neighbours.numbers(index, right)
    ).tolist()
    return [
        is_held or (counts and any(at_large[span]))
        for is_held, (_, _, counts), span in zip(are_held, asked, spans, strict=True)
    ]


def _is_asked(word: str, beside: Sides) -> bool:
    return (beside.before, word) in PAIRS or (word, beside.behind) in PAIRS


def border(index: Index, numbers: NDArray[np.int64], beside: Sides) -> NDArray[np.bool_]:
    """Tell which terms the articles hold behind the left or before the right."""
    left, right = (np.array(list(side), dtype=np.int64)[:, None] for side in (beside.left, beside.right))
    keys = np.concatenate([index.pair(left, numbers), index.pair(numbers, right)])
    seen: NDArray[np.bool_] = np.any(index.document_frequency(keys) > 0, axis=0)
    return seen


def likelihood(index: Index, numbers: NDArray[np.int64], beside: Sides) -> NDArray[np.float64]:
    """Return how likely each term stands behind the left, times how much that favours the right."""
    before, behind = (np.array(list(side), dtype=np.int64)[:, None] for side in (beside.left, beside.right))
    own, first, last, left, right = index.document_frequencies(
        [numbers, before, behind, index.pair(before, numbers), index.pair(numbers, behind)]
    )
    own, first, last = (np.maximum(count, 1) for count in (own, first, last))
    follows = np.maximum(left - DISCOUNT, 0) / first
    leads = np.maximum(right - DISCOUNT, 0) / own
    chance = (1 - BACKOFF) * follows.max(axis=0, initial=0) + BACKOFF * own / index.token_count
    favour = (1 - BACKOFF) * leads * index.passage_count / last + BACKOFF
    favoured: NDArray[np.float64] = chance * (favour.max(axis=0) if beside.right else 1)
    return favoured


def held_pairs(index: Index, words: Sequence[Word]) -> Iterator[Keys]:
    """Yield of each two neighbours the pairs of their forms that a passage holds."""
    sizes = np.array([len(word.forms) for word in words], dtype=np.int64)
    forms = np.concatenate([sizes[:0], *(word.forms for word in words)])
    lefts, rights = steps(sizes)
    keys = index.pair(forms[lefts], forms[rights])
    is_held = index.document_frequency(keys) > 0
    begin = 0
    for size in (sizes[:-1] * sizes[1:]).tolist():
        yield keys[begin : begin + size][is_held[begin : begin + size]]
        begin += size


def _number(index: Index, word: str) -> int:
    number = index.number(word)
    return -1 if number is None else number
