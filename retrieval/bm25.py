"""BM25 over postings, as a ``rank_bm25.BM25Okapi``.

score(q, d) = Σ over t in q of idf(t) · tf · (k1 + 1) / (tf + k1 · (1 - b + b · |d| / avgdl))
idf(t) = ln(1 + (N - df + 0.5) / (df + 0.5))

The formula is rank-bm25's own (Robertson & Zaragoza 2009, eq. 3.15) but for the idf, which is Lucene's:
positive for every term from a corpus of one document upwards, where rank-bm25's falls to zero and below.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from rank_bm25 import BM25Okapi

from retrieval import kernels
from retrieval.postings import Keys, Postings

Scores = NDArray[np.float64]
Numbers = NDArray[np.int64]  # of documents
Document = TypeVar("Document")


_NO_KEYS: Keys = np.zeros(0, dtype=np.int64)
_NO_WEIGHTS: Scores = np.zeros(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Terms that count as one.

    Their frequencies, weighted (0..1), are added before saturation, and the idf is that of their weighted
    document frequency: BM25F's way with fields (Robertson, Zaragoza & Taylor 2004), here with the forms of a
    word. One term of weight 1 scores as in ``get_scores``.
    """

    keys: Keys
    weights: Scores  # one a key
    # More forms, each with its weight: terms of which a document must hold all (``Postings.together``).
    together: Sequence[tuple[Keys, float]] = ()
    boost: float = 1.0


class BM25(BM25Okapi):  # type: ignore[misc]  # rank-bm25 ships no types
    """Rank documents by BM25. Build it from tokenised documents, or from postings that exist already.

    ``idf`` is an array that goes with ``postings.keys``, not a dict; ``doc_freqs`` stays empty, since the
    postings hold the frequencies. There is no ``epsilon``: Lucene's idf needs no floor. An empty corpus is
    allowed and scores nothing.
    """

    def __init__(
        self,
        corpus: Postings | Iterable[Sequence[str]],
        tokenizer: Callable[[str], list[str]] | None = None,
        k1: float = 1.5,
        b: float = 0.75,
        *,
        vocabulary: dict[str, int] | None = None,
    ) -> None:
        """*k1* (0..3) is how much repeats count, *b* (0..1) how much length does.

        *vocabulary* gives the key of each term in postings; without it, queries of words find nothing there.
        """
        self.vocabulary = {} if vocabulary is None else vocabulary
        super().__init__(corpus, tokenizer, k1=k1, b=b)

    def _initialize(self, corpus: Postings | Iterable[Sequence[str]]) -> NDArray[np.int64]:
        self.postings = corpus if isinstance(corpus, Postings) else self._post(corpus)
        self.corpus_size = len(self.postings.lengths)
        self.doc_len = self.postings.lengths
        self.avgdl = float(self.doc_len.mean()) if self.corpus_size else 0.0
        relative = self.doc_len / self.avgdl if self.avgdl else np.zeros(self.corpus_size)
        self._length_norm = self.k1 * (1 - self.b + self.b * relative)
        return np.diff(self.postings.offsets)

    def _calc_idf(self, nd: NDArray[np.int64]) -> None:
        self.idf = idf(nd, self.corpus_size)

    def _post(self, corpus: Iterable[Sequence[str]]) -> Postings:
        keys: list[int] = []
        lengths: list[int] = []
        for document in corpus:
            keys.extend(self.vocabulary.setdefault(term, len(self.vocabulary)) for term in document)
            lengths.append(len(document))
        numbers = np.arange(len(lengths), dtype=np.int32)
        return Postings.of(
            np.array(keys, dtype=np.int64), np.repeat(numbers, lengths), np.array(lengths, dtype=np.int32)
        )

    def totals(self, parts: Sequence[Part]) -> tuple[Scores, NDArray[np.bool_]]:
        """Return the score of every document for *parts* together, and whether it holds any of them."""
        postings = self.postings
        listed = postings.find(np.concatenate([_NO_KEYS, *(part.keys for part in parts)]))
        together = [(*postings.together(keys), weight) for part in parts for keys, weight in part.together]
        forms = [(len(part.keys), len(part.together)) for part in parts]
        is_other = np.repeat(np.tile([False, True], len(parts)), np.array(forms, dtype=np.int64).ravel())
        starts, ends = np.zeros(len(is_other), dtype=np.int64), np.zeros(len(is_other), dtype=np.int64)
        weights = np.zeros(len(is_other))
        starts[~is_other], ends[~is_other] = postings.range_of(listed)
        weights[~is_other] = np.concatenate([_NO_WEIGHTS, *(part.weights for part in parts)])
        bounds = np.cumsum([0, *(len(documents) for documents, _, _ in together)])
        starts[is_other], ends[is_other] = bounds[:-1], bounds[1:]
        weights[is_other] = [weight for _, _, weight in together]
        return kernels.totals(
            postings.documents,
            postings.frequencies,
            np.concatenate([postings.documents[:0], *(documents for documents, _, _ in together)]),
            np.concatenate([postings.frequencies[:0], *(frequencies for _, frequencies, _ in together)]),
            starts,
            ends,
            is_other,
            weights,
            np.cumsum([0, *map(sum, forms)]),
            np.array([part.boost for part in parts], dtype=np.float64),
            self._length_norm,
            self.k1,
        )

    def gains(self, part: Part) -> tuple[Numbers, Scores]:
        """Return the documents, ascending, that hold *part*, and what each gains by it."""
        scores, held = self.totals([part])
        documents = np.flatnonzero(held)
        return documents, scores[documents]

    def matches(self, keys: Keys) -> Numbers:
        """Return the numbers of the documents that hold any of the terms, ascending."""
        _, held = self.totals([Part(keys=keys, weights=np.ones(len(keys)))])
        return np.flatnonzero(held)

    def get_scores(self, query: Sequence[str]) -> Scores:
        """Return the score of every document; a term that is said twice counts twice."""
        keys = self._keys(query)
        scores, _ = self.totals([Part(keys=keys[i : i + 1], weights=np.ones(1)) for i in range(len(keys))])
        return scores

    def get_batch_scores(self, query: Sequence[str], doc_ids: Sequence[int]) -> list[float]:
        """Return the scores of the documents with these numbers, in their order."""
        batch: list[float] = self.get_scores(query)[np.asarray(doc_ids, dtype=np.int64)].tolist()
        return batch

    def get_top_n(self, query: Sequence[str], documents: Sequence[Document], n: int = 5) -> list[Document]:
        """Return at most *n* of *documents*, best first; none that shares no term with the query.

        Equal scores keep the corpus's order. Raises ``ValueError`` if *documents* is not the corpus's length.
        """
        if len(documents) != self.corpus_size:
            raise ValueError(f"{len(documents)} documents for a corpus of {self.corpus_size}")
        found = self.matches(self._keys(query))
        return [documents[number] for number in best(found, self.get_scores(query)[found], n)]

    def _keys(self, query: Sequence[str]) -> Keys:
        return np.array([self.vocabulary.get(term, -1) for term in query], dtype=np.int64)


def idf(document_frequency: float | NDArray[np.int64] | Scores, corpus_size: int) -> Any:
    """Return Lucene's idf of a term, or an array of terms, that this many of *corpus_size* documents hold.

    Always > 0. An array gives an array.
    """
    return np.log1p((corpus_size - document_frequency + 0.5) / (document_frequency + 0.5))


def best(numbers: Numbers, scores: Scores, limit: int) -> Numbers:
    """Return at most *limit* of *numbers*, highest score first; equal scores keep the order of *numbers*."""
    if limit <= 0:
        return numbers[:0]
    if len(numbers) > limit:
        floor = np.partition(scores, len(scores) - limit)[len(scores) - limit]
        kept = scores >= floor
        numbers, scores = numbers[kept], scores[kept]
    return numbers[np.argsort(-scores, kind="stable")][:limit]
