"""Decide which words a question means that is typed without accents, or with mistakes.

Every word of the question has candidate forms, each with a prior (``query.spelling``). Adjacent forms
support each other as often as the index has seen them side by side, and as often as they stand so in
Vietnamese at large (``query.neighbours``), where two words speak for a third. ``query.chain`` works out what
that makes likely.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import prod
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from retrieval.index.index import Index
from retrieval.index.postings import Keys
from retrieval.kernels.beside import steps
from retrieval.query import chain
from retrieval.query.chain import Chain, Threes, forward_backward, likely, viterbi
from retrieval.query.neighbours import NO_NEIGHBOURS, Neighbours
from retrieval.query.word import Probabilities, Word, typed
from retrieval.question.asking import PAIRS
from retrieval.text.language import stems

# 0..1: how often at least the second word of a pair that people ask with follows the first. Articles seldom
# ask, and "ở đâu" would be read as "ở đầu"; .02 to .3 rank alike.
ASKED = 0.3
# 0..1: how far a pair's own count in the index is believed against its second word's frequency; .994 and .99
# read alike, .97 loses .005 of the syllables.
BIGRAM_SHARE = 0.99
CONTEXT = 2  # words before one, or behind it, that it depends on

# 0..1: a guess (a form with a prior below 1) that is a smaller share of the likeliest form's chance is none.
GUESS = 0.01

_KNOWN: WeakKeyDictionary[Index, Keys] = WeakKeyDictionary()  # looked up once an index


def decide(index: Index, words: Sequence[Word], neighbours: Neighbours = NO_NEIGHBOURS) -> list[Word]:
    """Return *words* with what each of their spellings is likely to be, given the words beside it."""
    chances = [np.ones(len(word.spellings)) for word in words]
    path = [0] * len(words)
    for begin, end in _open_runs([len(word.spellings) for word in words]):
        stretch = _chain(index, words[begin:end], neighbours)
        chances[begin:end] = forward_backward(stretch)
        if not neighbours or end - begin <= 2:
            path[begin:end] = viterbi(stretch)
            continue
        kept = [likely(its) for its in chances[begin:end]]
        path[begin:end] = [int(places[0]) for places in kept]
        if any(len(places) > 1 for places in kept):
            threes = Threes.of(stretch, neighbours, chances[begin:end], kept)
            path[begin:end] = threes.path()
            chances[begin:end] = threes.chances()
    return [_decided(index, word, its, best) for word, its, best in zip(words, chances, path, strict=True)]


def inflected(index: Index, words: Sequence[Word]) -> list[Word]:
    """Return English *words*, each as typed and as any inflection of it; others stay as they are."""
    inflections = [index.inflections(stem) for stem in stems(typed(words))]
    return [
        word._replace(
            term=word.typed,
            forms=np.array(numbers, dtype=np.int64),
            chances=np.ones(len(numbers)),
        )
        if numbers
        else word._replace(chances=np.ones(len(word.forms)))
        for word, numbers in zip(words, inflections, strict=True)
    ]


def _decided(index: Index, word: Word, chances: Probabilities, best: int) -> Word:
    """Return *word* read as its spelling *best*.

    Guesses that are unlikely are no forms of it: they would only widen the question.
    """
    if not len(word.spellings):
        return word._replace(forms=word.spellings, chances=chances)
    if len(word.spellings) == 1:
        term = index.vocabulary[int(word.spellings[0])]
        return word._replace(term=term, forms=word.spellings, chances=chances)
    are_forms = (word.priors == 1) | (chances >= GUESS * chances.max())
    are_forms[best] = True
    return word._replace(
        term=index.vocabulary[word.spellings[best]],
        forms=word.spellings[are_forms],
        chances=chances[are_forms],
    )


def _open_runs(choices: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield (begin, end) of each stretch of known words that leaves a choice, given how many each has.

    Two words with one form each part what stands around them: nothing behind them depends on anything before.
    They belong to the stretches on both sides.
    """
    begin = end = 0  # the stretch so far
    for at, number in enumerate(choices):
        if number < 2:
            continue
        first = at
        while first > max(0, at - CONTEXT) and choices[first - 1] == 1:
            first -= 1
        if end > begin and (first > end or at - end >= CONTEXT):
            yield begin, _closed(choices, end)
            begin = first
        elif end == begin:
            begin = first
        end = at + 1
    if end > begin:
        yield begin, _closed(choices, end)


def _closed(choices: Sequence[int], end: int) -> int:
    """Return the end of a stretch, its last choice before *end*, with the words that speak for it."""
    last = end
    while last < min(len(choices), end + CONTEXT) and choices[last] == 1:
        last += 1
    return last


def _chain(index: Index, words: Sequence[Word], neighbours: Neighbours) -> Chain:
    sizes = [len(word.spellings) for word in words]
    forms = np.concatenate([word.spellings for word in words])
    priors = np.concatenate([word.priors for word in words])
    shapes = [*pairwise(sizes)]
    # All steps at once, one behind the other: few calls of NumPy, each of which costs as much as its numbers.
    lefts, rights = steps(np.array(sizes, dtype=np.int64))
    keys = index.pair(forms[lefts], forms[rights])
    held = index.document_frequency(np.concatenate([forms, keys]))
    # A term that stands in titles only is in no passage; a half keeps its chance above zero.
    counts = np.maximum(held[: len(forms)], 0.5)
    seen = held[len(forms) :] / counts[lefts]
    is_open = np.repeat(
        [left * right > 1 for left, right in shapes], [left * right for left, right in shapes]
    )
    seen = np.where(is_open, np.maximum(seen, ASKED * _is_asking(index, keys)), seen)
    own = BIGRAM_SHARE * seen + (1 - BIGRAM_SHARE) * counts[rights] / max(1, index.passage_count)
    mixed, syllables = own, np.zeros(0, dtype=np.int64)
    if neighbours and shapes:
        syllables = neighbours.numbers(index, forms)
        mixed = (1 - chain.OWN_SHARE) * neighbours.behind(syllables[lefts], syllables[rights])
        mixed += chain.OWN_SHARE * own
    return Chain(
        first=counts[: sizes[0]] * words[0].priors,
        steps=_parted(mixed * priors[rights], shapes),
        own=_parted(own, shapes),
        priors=[word.priors for word in words],
        syllables=_parted(syllables, [(size,) for size in sizes]) if len(syllables) else [],
    )


def _parted(values: NDArray[Any], shapes: Iterable[tuple[int, ...]]) -> list[NDArray[Any]]:
    """Return *values*, which are arrays of these *shapes* one behind the other, as such."""
    parts, begin = [], 0
    for shape in shapes:
        end = begin + prod(shape)
        parts.append(values[begin:end].reshape(shape))
        begin = end
    return parts


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
