"""Which words a question means that is typed without accents, or with mistakes.

Every word of the question has candidate forms, each with a prior (``query.spelling``). Adjacent forms
support each other as often as the index has seen them side by side. Over that chain the forward-backward
algorithm gives each form its probability; the Viterbi algorithm gives the likeliest forms of all words
together (Rabiner 1989, "A tutorial on hidden Markov models", section III).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from retrieval.index.index import Index
from retrieval.index.postings import Keys
from retrieval.query.spelling import Word
from retrieval.question.asking import PAIRS
from retrieval.text.language import stems

# 0..1: how often at least the second word of a pair that people ask with follows the first. Articles seldom
# ask, and "ở đâu" would be read as "ở đầu"; .02 to .3 rank alike.
ASKED = 0.3
BIGRAM_SHARE = 0.97  # 0..1: how far a pair's own count is believed against its second word's frequency

# 0..1: a guess (a form with a prior below 1) that is a smaller share of the likeliest form's chance is none.
GUESS = 0.01

_KNOWN: WeakKeyDictionary[Index, Keys] = WeakKeyDictionary()  # looked up once an index

Probabilities = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The forms of each word of a question, with their probabilities.

    ``forms[i]`` are term numbers; ``chances[i]`` sum to 1 (both are empty for a word that the index does
    not know). ``path[i]`` is the place of word ``i``'s form in the best reading of all, -1 without any.
    """

    forms: tuple[NDArray[np.int64], ...]
    chances: tuple[Probabilities, ...]
    path: tuple[int, ...]


def read(index: Index, words: Sequence[Word]) -> Reading:
    """Return how likely each form of each word is, given the words beside it."""
    forms = [word.forms for word in words]
    chances = [np.zeros(len(numbers)) for numbers in forms]
    path = [-1] * len(forms)
    for begin, end in _known_runs(forms):
        chain = _chain(index, words[begin:end])
        chances[begin:end] = _forward_backward(chain)
        path[begin:end] = _viterbi(chain)
    return _without_idle_guesses(words, chances, path)


def inflected(
    index: Index, typed: Sequence[str], likeliest: Sequence[str], reading: Reading
) -> tuple[list[str], Reading]:
    """Return English words as *typed*, with the reading in which each may as well be any inflection of it.

    A word whose stem no article holds stays what it is *likeliest*.
    """
    held = [index.inflections(stem) for stem in stems(typed)]
    forms = tuple(
        np.array(numbers, dtype=np.int64) if numbers else as_read
        for numbers, as_read in zip(held, reading.forms, strict=True)
    )
    terms = [
        as_typed if numbers else as_read
        for numbers, as_read, as_typed in zip(held, likeliest, typed, strict=True)
    ]
    return terms, replace(
        reading,
        forms=forms,
        chances=tuple(np.ones(len(numbers)) for numbers in forms),
    )


def _without_idle_guesses(words: Sequence[Word], chances: list[Probabilities], path: list[int]) -> Reading:
    """Return the reading without guesses that are unlikely: they would only widen the question."""
    kept = [
        (word.priors == 1) | (chance >= GUESS * chance.max(initial=0))
        for word, chance in zip(words, chances, strict=True)
    ]
    for mask, place in zip(kept, path, strict=True):
        if place >= 0:
            mask[place] = True
    return Reading(
        forms=tuple(word.forms[mask] for word, mask in zip(words, kept, strict=True)),
        chances=tuple(chance[mask] for chance, mask in zip(chances, kept, strict=True)),
        path=tuple(
            int(mask[:place].sum()) if place >= 0 else -1 for mask, place in zip(kept, path, strict=True)
        ),
    )


def _known_runs(forms: Sequence[NDArray[np.int64]]) -> list[tuple[int, int]]:
    """Return (begin, end) of each stretch of words that the index knows."""
    known = np.array([len(numbers) > 0 for numbers in forms], dtype=np.int8)
    edges = np.flatnonzero(np.diff(known, prepend=0, append=0))
    return [(int(begin), int(end)) for begin, end in edges.reshape(-1, 2)]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Chain:
    """A stretch of words as a Markov chain; what is given of it need not sum to 1."""

    first: Probabilities  # of the first word's forms
    steps: list[Probabilities]  # from each word's forms to the next one's


def _chain(index: Index, words: Sequence[Word]) -> _Chain:
    pairs = [index.pair(left.forms[:, None], right.forms[None, :]) for left, right in pairwise(words)]
    found = index.document_frequencies([word.forms for word in words] + pairs)
    # A term that stands in titles only is in no passage; a half keeps its chance above zero.
    counts = [np.maximum(held, 0.5) for held in found[: len(words)]]
    total = max(1, index.passage_count)
    steps: list[Probabilities] = []
    for i, held in enumerate(found[len(words) :]):
        seen = held / counts[i][:, None]
        if seen.size > 1:
            seen = np.maximum(seen, ASKED * _is_asking(index, pairs[i]))
        alone = counts[i + 1] / total
        steps.append((BIGRAM_SHARE * seen + (1 - BIGRAM_SHARE) * alone) * words[i + 1].priors)
    return _Chain(first=counts[0] * words[0].priors, steps=steps)


def _forward_backward(chain: _Chain) -> list[Probabilities]:
    forward = [_normal(chain.first)]
    for step in chain.steps:
        forward.append(_normal(forward[-1] @ step))
    backward = [np.ones(len(forward[-1]))]
    for step in reversed(chain.steps):
        backward.append(_normal(step @ backward[-1]))
    backward.reverse()
    return [_normal(f * b) for f, b in zip(forward, backward, strict=True)]


def _viterbi(chain: _Chain) -> list[int]:
    best = _normal(chain.first)
    came: list[NDArray[np.int64]] = []
    for step in chain.steps:
        ways = best[:, None] * step
        came.append(ways.argmax(axis=0))
        best = _normal(ways.max(axis=0))
    path = [int(best.argmax())]
    for before in reversed(came):
        path.append(int(before[path[-1]]))
    return path[::-1]


def _normal(values: Probabilities) -> Probabilities:
    normal: Probabilities = values / values.sum()
    return normal


def _is_asking(index: Index, pairs: Keys) -> NDArray[np.bool_]:
    """Tell which pairs people ask with (``question.asking.PAIRS``); same shape as *pairs*."""
    known = _asking_pairs(index)
    if not len(known):
        return np.zeros(pairs.shape, dtype=bool)
    asking: NDArray[np.bool_] = known[np.minimum(np.searchsorted(known, pairs), len(known) - 1)] == pairs
    return asking


def _asking_pairs(index: Index) -> Keys:
    """Return the keys of those pairs that the index can hold, ascending."""
    if (known := _KNOWN.get(index)) is None:
        numbers = [(index.number(first), index.number(second)) for first, second in PAIRS]
        pairs = np.array([pair for pair in numbers if None not in pair], dtype=np.int64).reshape(-1, 2)
        known = _KNOWN[index] = np.sort(index.pair(*pairs.T))
    return known
