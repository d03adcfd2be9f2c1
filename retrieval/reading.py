"""Which accented words an unaccented question means.

Every syllable of the question has candidate forms: the terms of the index that fold to it. Adjacent forms
support each other as often as the index has seen them side by side. The forward-backward algorithm over
that chain (Rabiner 1989, "A tutorial on hidden Markov models", section III.A) gives each form, and each
pair of adjacent forms, its probability.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from retrieval.index import Index
from retrieval.language import stems

BIGRAM_SHARE = 0.97  # 0..1: how far a pair's own count is believed against its second word's frequency

Probabilities = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The forms of each word of a question, with their probabilities.

    ``forms[i]`` are term numbers; ``chances[i]`` sum to 1 (both are empty for a word that the index does
    not know). ``joint[i][j, k]`` is the chance that word ``i`` is its form ``j`` and word ``i + 1`` its
    form ``k``.
    """

    forms: tuple[NDArray[np.int64], ...]
    chances: tuple[Probabilities, ...]
    joint: tuple[Probabilities, ...]


def read(index: Index, candidates: list[list[int]]) -> Reading:
    """Return how likely each candidate form of each word is, given the words beside it."""
    forms = tuple(np.array(numbers, dtype=np.int64) for numbers in candidates)
    chances = [np.zeros(len(numbers)) for numbers in forms]
    joint = [np.zeros((len(left), len(right))) for left, right in pairwise(forms)]
    for begin, end in _known_runs(forms):
        chances[begin:end], joint[begin : end - 1] = _forward_backward(index, forms[begin:end])
    return Reading(forms=forms, chances=tuple(chances), joint=tuple(joint))


def inflected(index: Index, words: Sequence[str], reading: Reading) -> Reading:
    """Return the reading in which each English word may as well be any inflection of it."""
    forms = tuple(
        np.array(index.inflections[stem], dtype=np.int64) if stem in index.inflections else as_read
        for stem, as_read in zip(stems(words), reading.forms, strict=True)
    )
    return replace(
        reading,
        forms=forms,
        chances=tuple(np.ones(len(numbers)) for numbers in forms),
        joint=tuple(np.ones((len(left), len(right))) for left, right in pairwise(forms)),
    )


def _known_runs(forms: tuple[NDArray[np.int64], ...]) -> list[tuple[int, int]]:
    """Return (begin, end) of each stretch of words that the index knows."""
    known = np.array([len(numbers) > 0 for numbers in forms], dtype=np.int8)
    edges = np.flatnonzero(np.diff(known, prepend=0, append=0))
    return [(int(begin), int(end)) for begin, end in edges.reshape(-1, 2)]


def _forward_backward(
    index: Index, forms: tuple[NDArray[np.int64], ...]
) -> tuple[list[Probabilities], list[Probabilities]]:
    # A term that stands in titles only is in no passage; a half keeps its chance above zero.
    counts = [np.maximum(index.document_frequency(numbers), 0.5) for numbers in forms]
    total = max(1, index.passage_count)
    steps: list[Probabilities] = []
    for i in range(len(forms) - 1):
        pairs = index.document_frequency(index.pair(forms[i][:, None], forms[i + 1][None, :]))
        conditional = pairs / counts[i][:, None]
        steps.append(BIGRAM_SHARE * conditional + (1 - BIGRAM_SHARE) * counts[i + 1][None, :] / total)
    forward = [_normal(counts[0])]
    for step in steps:
        forward.append(_normal(forward[-1] @ step))
    backward = [np.ones(len(forms[-1]))]
    for step in reversed(steps):
        backward.append(_normal(step @ backward[-1]))
    backward.reverse()
    chances = [_normal(f * b) for f, b in zip(forward, backward, strict=True)]
    joint = [_normal(forward[i][:, None] * step * backward[i + 1][None, :]) for i, step in enumerate(steps)]
    return chances, joint


def _normal(values: Probabilities) -> Probabilities:
    normal: Probabilities = values / values.sum()
    return normal
