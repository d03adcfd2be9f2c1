"""Tell what bears out how the words of a question are read, and so how it is told to who asked it."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from retrieval.index.index import Index
from retrieval.query.lexicon import Lexicon
from retrieval.query.neighbours import Neighbours
from retrieval.query.word import NOTHING_ELSE, Word
from retrieval.question.asking import PAIRS
from retrieval.text.analyzer import fold


def left_as_typed(index: Index, words: Sequence[Word], neighbours: Neighbours) -> Iterator[Word]:
    """Yield *words*, those as typed that make one word with a neighbour so, but not as they are read.

    "cà" before "phê" is no "cá", though no article speaks of coffee, and some of "bán cá". What it was read
    as stays a guess, since articles may mean the same by it.
    """

    def is_torn(left: Word, right: Word) -> bool:
        if not neighbours.go_together(left.typed, right.typed):
            return False
        keys = index.keys_of([left.term, right.term])
        is_held = keys.min() >= 0 and bool(index.document_frequency(index.pair(keys[:1], keys[1:]))[0])
        return not is_held and not neighbours.go_together(left.term, right.term)

    for at, word in enumerate(words):
        is_read = word.term != word.typed != fold(word.typed) and index.number(word.typed) is None
        beside = pairwise(words[max(0, at - 1) : at + 2]) if is_read else ()
        yield word._replace(term=word.typed) if any(is_torn(*two) for two in beside) else word


def borne_out(index: Index, words: Sequence[Word], lexicon: Lexicon) -> list[Word]:
    """Return *words* with what bears out how each is read, and as they are shown.

    A word that nobody ever saw beside its neighbours may well be one that the index does not know. It is
    shown as read if that is certain; phrases put accents on words without any that the articles do not bear
    out as they stand.
    """
    seen = _seen(index, words, lexicon.neighbours)
    is_alone = len({word.term for word in words}) == 1
    are_seen = [  # the synonyms bear out how a word is spelled
        is_seen or word.meaning != NOTHING_ELSE for word, is_seen in zip(words, seen, strict=True)
    ]
    certain = [
        is_seen or is_alone or (word.term == word.typed and not _is_guess(index, word))
        for word, is_seen in zip(words, are_seen, strict=True)
    ]
    shown = [word.term if is_certain else word.typed for word, is_certain in zip(words, certain, strict=True)]
    is_open = [
        term == fold(term) and not (is_certain and index.number(term) is not None)
        for term, is_certain in zip(shown, certain, strict=True)
    ]
    restored = lexicon.restored(shown, is_open)
    return [
        word._replace(is_seen=is_seen, is_certain=is_certain, shown=term)
        for word, is_seen, is_certain, term in zip(words, are_seen, certain, restored, strict=True)
    ]


def _seen(index: Index, words: Sequence[Word], neighbours: Neighbours) -> list[bool]:
    """Tell which words a passage holds beside one of their neighbours, or Vietnamese at large does.

    What is said at large bears out no word in the place of another one that there is, as it was typed.
    """
    numbers = index.keys_of([word.term for word in words])
    left, right = numbers[:-1], numbers[1:]
    are_known = (left >= 0) & (right >= 0)
    together = (index.document_frequency(index.pair(left, right)) > 0) & are_known
    are_asked = [(first.term, second.term) in PAIRS for first, second in pairwise(words)]
    together |= np.array(are_asked, dtype=bool)
    seen = np.zeros(len(numbers), dtype=bool)
    seen[1:] |= together
    seen[:-1] |= together
    if neighbours and not seen.all():
        together[are_known] = neighbours.are_counted(
            neighbours.numbers(index, left[are_known]), neighbours.numbers(index, right[are_known])
        )
        is_bare = all(word.typed == fold(word.typed) for word in words)
        is_open = np.array([is_bare or not neighbours.is_syllable(word.typed) for word in words], dtype=bool)
        seen[1:] |= together & is_open[1:]
        seen[:-1] |= together & is_open[:-1]
    return seen.tolist()


def _is_guess(index: Index, word: Word) -> bool:
    """Tell whether a word that the index does not hold is searched as others."""
    is_marked = word.term != fold(word.term)
    return is_marked and len(word.forms) > 0 and index.number(word.term) is None
