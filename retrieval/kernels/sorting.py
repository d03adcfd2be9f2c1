"""Sorting the words of a segment into postings.

What is sorted are **occurrences**: a term or pair, the piece that it begins in, and whether it goes over the
end of that piece, in one number each. NumPy sorts them in a quarter of the time that it takes to sort their
places by what stands there.
"""

import numpy as np
from numpy.typing import NDArray

from retrieval.kernels import Ints, compiled

Places = NDArray[np.uint32]
Occurrences = NDArray[np.uint64]
Bits = tuple[int, int]  # as many as tell all pieces, and all terms, apart
# Heads and seconds of keys; how many documents hold each; the documents, and how often each holds it; in how
# many passages the keys stand.
Posted = tuple[Places, Places, Ints, NDArray[np.uint16], Places, Places]


@compiled
def ordered(terms: NDArray[np.int32], size: int) -> Places:
    """Return the places of *terms* by term, equal ones as they stand.

    Terms are below *size*. A counting sort: it takes a tenth of np.argsort's time.
    """
    begins = np.zeros(size + 1, dtype=np.int64)
    for term in terms:
        begins[term + 1] += 1
    for term in range(size):
        begins[term + 1] += begins[term]
    places = np.empty(len(terms), dtype=np.uint32)
    for place in range(len(terms)):
        term = terms[place]
        places[begins[term]] = place
        begins[term] += 1
    return places


@compiled
def singles(
    tokens: NDArray[np.int32], places: Places, first: int, piece_of: Places, bits: Bits
) -> Occurrences:
    """Return the terms at *places*, none of which is below *first*."""
    occurrences = np.empty(len(places), dtype=np.uint64)
    for at in range(len(places)):
        place = places[at]
        term = np.uint64(tokens[place] - first)
        occurrences[at] = (term << np.uint64(bits[0]) | np.uint64(piece_of[place])) << np.uint64(1)
    return occurrences


@compiled
def pairs(
    tokens: NDArray[np.int32],
    places: Places,
    first: int,
    piece_of: Places,
    bits: Bits,
    article_of: Places,
    is_heading: NDArray[np.bool_],
) -> Occurrences:
    """Return the pairs that begin at *places*: no term there is below *first*.

    The last word of a heading is beside none, that of a passage beside the first one of the next.
    """
    occurrences = np.empty(len(places), dtype=np.uint64)
    count = 0
    for place in places:
        if place + 1 == len(tokens):
            continue
        piece, following = piece_of[place], piece_of[place + 1]
        is_over = piece != following
        if is_over and (article_of[piece] != article_of[following] or is_heading[piece]):
            continue
        term = np.uint64(tokens[place] - first) << np.uint64(bits[1]) | np.uint64(tokens[place + 1])
        piece_and_over = np.uint64(piece) << np.uint64(1) | np.uint64(is_over)
        occurrences[count] = term << np.uint64(bits[0] + 1) | piece_and_over
        count += 1
    return occurrences[:count]


@compiled
def posted(
    occurrences: Occurrences,
    are_pairs: bool,
    first: int,
    bits: Bits,
    article_of: Places,
    is_heading: NDArray[np.bool_],
) -> Posted:
    """Return the postings of sorted *occurrences*. A pair over the end of a passage stands in none."""
    size = len(occurrences)
    heads = np.empty(size, dtype=np.uint32)
    seconds = np.empty(size, dtype=np.uint32)
    in_passages = np.empty(size, dtype=np.uint32)
    sizes = np.empty(size, dtype=np.int64)
    documents = np.empty(size, dtype=np.uint16)
    frequencies = np.empty(size, dtype=np.uint32)
    count, postings = 0, 0
    last_article = last_piece = np.int64(-1)
    last_key = np.uint64(0)
    of_piece, of_term = np.uint64((1 << bits[0]) - 1), np.uint64((1 << bits[1]) - 1)
    for at in range(size):
        occurrence = occurrences[at]
        key = occurrence >> np.uint64(bits[0] + 1)
        piece = np.int64(occurrence >> np.uint64(1) & of_piece)
        if count == 0 or key != last_key:
            last_key = key
            heads[count] = np.int64(key >> np.uint64(bits[1])) + first + 1 if are_pairs else 0
            seconds[count] = np.int64(key & of_term) + (0 if are_pairs else first)
            in_passages[count] = 0
            sizes[count] = 0
            count += 1
            last_article = last_piece = np.int64(-1)
        if piece == last_piece:  # one that goes over the end of the piece comes behind those within it
            frequencies[postings - 1] += 1
            continue
        last_piece = piece
        article = np.int64(article_of[piece])
        if article != last_article:
            documents[postings] = article
            frequencies[postings] = 0
            postings += 1
            sizes[count - 1] += 1
            last_article = article
        frequencies[postings - 1] += 1
        if not is_heading[piece] and not occurrence & np.uint64(1):
            in_passages[count - 1] += 1
    return (
        heads[:count].copy(),
        seconds[:count].copy(),
        sizes[:count].copy(),
        documents[:postings].copy(),
        frequencies[:postings].copy(),
        in_passages[:count].copy(),
    )
