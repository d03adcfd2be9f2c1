"""Cut a body into passages: the parts of an article that are ranked."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from retrieval.text.sentence import sentences

TARGET_WORDS = 120  # 80..160 rank alike on news; a passage this long is still one thought
MAX_WORDS = 2 * TARGET_WORDS  # a longer sentence is cut between words

SentenceSpan = tuple[int, int, int]  # start, end, words


def split(body: str, word_starts: Sequence[int]) -> list[tuple[int, int]]:
    """Return (start, end) of the passages of *body*, in order, disjoint; only spaces stand between them.

    *word_starts* are the offsets of its words, ascending.
    """
    return gathered(list(pieces_of(body, word_starts)))


def gathered(pieces: Sequence[SentenceSpan]) -> list[tuple[int, int]]:
    """Return (start, end) of the passages that the *pieces* of a body make, at least one, in order.

    Passages come out about equally long, so that no article ends in a scrap.
    """
    total = sum(words for _, _, words in pieces)
    count = max(1, round(total / TARGET_WORDS))
    passages: list[tuple[int, int]] = []
    start, taken = pieces[0][0], 0
    for position, (_, end, words) in enumerate(pieces):
        taken += words
        is_last = position + 1 == len(pieces)
        due = (len(passages) + 1) * total / count
        # Close if the running total is nearer to what is due than it would be one piece later.
        if is_last or 2 * taken + pieces[position + 1][2] > 2 * due:
            passages.append((start, end))
            if not is_last:
                start = pieces[position + 1][0]
    return passages


def pieces_of(body: str, word_starts: Sequence[int]) -> Iterator[SentenceSpan]:
    """Yield each sentence of *body*; one that is too long comes in parts."""
    last = 0
    for start, end in sentences(body):
        first, last = last, bisect_left(word_starts, end, last)  # no word stands between sentences
        if last - first <= MAX_WORDS:
            yield start, end, last - first
            continue
        cuts = [*range(first, last, TARGET_WORDS), last]
        for begin, stop in pairwise(cuts):
            piece_start = start if begin == first else word_starts[begin]
            piece_end = end if stop == last else word_starts[stop]
            yield piece_start, piece_start + len(body[piece_start:piece_end].rstrip()), stop - begin
