"""BM25 over postings, as a ``rank_bm25.BM25Okapi``.

score(q, d) = Σ over t in q of idf(t) · tf · (k1 + 1) / (tf + k1 · (1 - b + b · |d| / avgdl))
idf(t) = ln(1 + (N - df + 0.5) / (df + 0.5))

The formula is rank-bm25's own (Robertson & Zaragoza 2009, eq. 3.15) but for the idf, which is Lucene's:
positive for every term from a corpus of one document upwards, where rank-bm25's falls to zero and below.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray
from rank_bm25 import BM25Okapi

from retrieval.index.postings import DOCUMENTS, Keys, Postings
from retrieval.index.removal import NO_MARKS, Marks, Removal
from retrieval.kernels.lists import LONG, SHARES, Lists, Norms
from retrieval.kernels.maxscore import Impact, Wanted, search

Scores = NDArray[np.float64]
Numbers = NDArray[np.int64]  # of documents
Document = TypeVar("Document")


class TermKeys(Protocol):
    """Gives the key of a term."""

    def get(self, term: str, default: int, /) -> int:
        """Return the key of *term*; *default* where there is none."""


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
    boost: float = 1.0  # > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Clauses:
    """Parts as the compiled loops take them: a clause has forms, a form one key or several."""

    forms: Numbers  # clauses + 1: where the forms of each begin
    form_keys: Numbers  # forms + 1: where the keys of each begin
    keys: Keys
    weights: Scores  # > 0, one a form
    boosts: Scores  # > 0, one a clause

    @classmethod
    def of(cls, parts: Iterable[Part]) -> "Clauses":
        """Return *parts* without what adds nothing: keys below 0, weights of 0, and parts of nothing else."""
        forms, form_keys = [0], [0]
        keys: list[int] = []
        weights: list[float] = []
        boosts: list[float] = []
        for part in parts:
            its = [
                ([key], weight) for key, weight in zip(part.keys.tolist(), part.weights.tolist(), strict=True)
            ]
            its += [(terms.tolist(), weight) for terms, weight in part.together]
            for terms, weight in its if part.boost > 0 else ():
                if terms and min(terms) >= 0 and weight > 0:
                    keys += terms
                    form_keys.append(len(keys))
                    weights.append(weight)
            if len(weights) > forms[-1]:
                forms.append(len(weights))
                boosts.append(part.boost)
        return cls(
            forms=np.array(forms, dtype=np.int64),
            form_keys=np.array(form_keys, dtype=np.int64),
            keys=np.array(keys, dtype=np.int64),
            weights=np.array(weights, dtype=np.float64),
            boosts=np.array(boosts, dtype=np.float64),
        )

    def worths(self, held: Numbers, size: int, k1: float) -> Scores:
        """Return the most that each clause can give, where *held* of *size* documents hold each key.

        Keys together are held by as many as the rarest of them at the most.
        """
        if not len(self.boosts):
            return np.zeros(0)
        of_forms = np.minimum.reduceat(held, self.form_keys[:-1]) * self.weights
        of_clauses = np.add.reduceat(of_forms, self.forms[:-1])
        worths: Scores = self.boosts * idf(np.minimum(of_clauses, size), size) * (k1 + 1)
        return worths

    def wanted(self, order: Numbers, places: Numbers) -> Wanted:
        """Return what the compiled loops take, with what stands for each key."""
        return Wanted(order, self.forms, self.form_keys, self.weights, places)


class BM25(BM25Okapi):  # type: ignore[misc]  # rank-bm25 ships no types
    """Rank documents by BM25. Build it from tokenised documents, or from postings that exist already.

    Documents are numbered over all postings, removed ones included; these score 0 and do not count.
    ``doc_freqs`` and ``idf`` stay empty, since the postings hold the frequencies. There is no ``epsilon``:
    Lucene's idf needs no floor. An empty corpus is allowed and scores nothing.
    """

    def __init__(
        self,
        corpus: Sequence[Postings] | Iterable[Sequence[str]],
        tokenizer: Callable[[str], list[str]] | None = None,
        k1: float = 1.5,
        b: float = 0.75,
        *,
        vocabulary: TermKeys | None = None,
        removed: Sequence[Removal | None] = (),
    ) -> None:
        """*k1* (0..3) is how much repeats count, *b* (0..1) how much length does.

        *vocabulary* gives the key of each term in postings; without it, queries of words find nothing there.
        *removed*, one for each of the postings, says which of their documents do not count.
        """
        self.vocabulary: Any = {} if vocabulary is None else vocabulary
        self._removed = removed
        super().__init__(corpus, tokenizer, k1=k1, b=b)

    def _initialize(self, corpus: Sequence[Postings] | Iterable[Sequence[str]]) -> dict[str, int]:
        rest: Iterator[Any] = iter(corpus)
        first = next(rest, None)
        documents = rest if first is None else chain([first], rest)
        self.postings: list[Postings] = list(
            documents if isinstance(first, Postings) else self._post(documents)
        )
        self._removed = self._removed or [None] * len(self.postings)
        self._gone = [NO_MARKS if one is None else one.articles for one in self._removed]
        self.bases = np.cumsum([0, *(len(one.lengths) for one in self.postings)])
        self.doc_len = np.concatenate([NO_MARKS, *(one.lengths for one in self.postings)])
        self.corpus_size = len(self.doc_len) - sum(map(len, self._gone))
        words = int(self.doc_len.sum(dtype=np.int64))
        for one, gone in zip(self.postings, self._gone, strict=True):
            words -= int(one.lengths[gone].sum(dtype=np.int64))
        self.avgdl = words / self.corpus_size if self.corpus_size else 0.0
        self._lists = [_lists(one) for one in self.postings]
        self._norms = [norms(one, one.lengths, self.avgdl, self.k1, self.b) for one in self.postings]
        return {}

    def _calc_idf(self, nd: dict[str, int]) -> None:
        """Leave it to each question."""

    def _post(self, corpus: Iterator[Sequence[str]]) -> Iterator[Postings]:
        while documents := list(islice(corpus, DOCUMENTS)):
            keys = [
                self.vocabulary.setdefault(term, len(self.vocabulary))
                for words in documents
                for term in words
            ]
            lengths = np.array([len(words) for words in documents], dtype=np.uint32)
            of_keys = np.repeat(np.arange(len(lengths)), lengths)
            yield Postings.of(np.array(keys, dtype=np.int64), of_keys, lengths)

    def document_frequency(self, keys: Keys) -> Numbers:
        """Return in how many documents each key stands."""
        held = np.zeros(len(keys), dtype=np.int64)
        for postings, removal in zip(self.postings, self._removed, strict=True):
            held += postings.document_frequency(postings.find(keys))
            if removal:
                held -= removal.articles_with(keys)
        return held

    def worths(self, clauses: Clauses) -> Scores:
        """Return the most that each of *clauses* can give a document."""
        return clauses.worths(self.document_frequency(clauses.keys), self.corpus_size, self.k1)

    def top(self, parts: Sequence[Part], limit: int) -> tuple[Numbers, Scores]:
        """Return the *limit* best documents that hold any of *parts*, and their scores.

        Equal scores keep the order of the documents. Exact, but most postings are never looked at.
        """
        if limit <= 0:
            return np.zeros(0, dtype=np.int64), np.zeros(0)
        documents, scores = self._search(parts, np.zeros(min(limit, max(1, self.corpus_size))))
        order = np.lexsort((documents, -scores))[:limit]
        return documents[order], scores[order]

    def totals(self, parts: Sequence[Part]) -> tuple[Numbers, Scores]:
        """Return the documents, ascending, that hold any of *parts*, and the score of each."""
        documents, scores = self._search(parts, np.zeros(0))
        order = np.argsort(documents)
        return documents[order], scores[order]

    def gains(self, part: Part) -> tuple[Numbers, Scores]:
        """Return the documents, ascending, that hold *part*, and what each gains by it."""
        return self.totals([part])

    def _search(self, parts: Sequence[Part], best: Scores) -> tuple[Numbers, Scores]:
        clauses = Clauses.of(parts)
        found = list(self.bounded(clauses, self.worths(clauses), best))
        documents = [np.zeros(0, dtype=np.int64), *(base + numbers for base, numbers, _, _ in found)]
        return np.concatenate(documents), np.concatenate(
            [np.zeros(0), *(scores for _, _, scores, _ in found)]
        )

    def bounded(
        self,
        clauses: Clauses,
        worths: Scores,
        best: Scores,
        more: Sequence[Impact] = (),
        passed_over: Sequence[Marks] = (),
    ) -> Iterator[tuple[int, Numbers, Scores, Scores]]:
        """Yield, for each of the postings, its first number and which documents may be among the best.

        With these, in any order, come their scores by *worths*, and what they have at most with a second
        score of the same clauses, by *more*, one for each of the postings. *best* is a heap of the best
        scores so far, the least first: it starts as zeros, as many as documents are wanted (none: all), and
        is changed. *passed_over*, one for each of the postings, are the documents that are not looked for:
        those removed, at least.
        """
        nothing = np.zeros(len(worths))
        # One order: sums of the same numbers in another one may differ in their last bit.
        order = np.argsort(-worths, kind="stable")
        for place, (base, postings) in enumerate(zip(self.bases.tolist(), self.postings, strict=False)):
            documents, scores, most = search(
                self._lists[place],
                clauses.wanted(order, postings.find(clauses.keys)),
                Impact(worths, self._norms[place]),
                more[place] if more else Impact(nothing, self._norms[place]),
                passed_over[place] if passed_over else self._gone[place],
                best,
            )
            yield base, documents, scores, most

    def get_scores(self, query: Sequence[str]) -> Scores:
        """Return the score of every document; a term that is said twice counts twice."""
        scores = np.zeros(len(self.doc_len))
        documents, found = self.totals(self._parts(query))
        scores[documents] = found
        return scores

    def get_batch_scores(self, query: Sequence[str], doc_ids: Sequence[int]) -> list[float]:
        """Return the scores of the documents with these numbers, in their order."""
        batch: list[float] = self.get_scores(query)[np.asarray(doc_ids, dtype=np.int64)].tolist()
        return batch

    def get_top_n(self, query: Sequence[str], documents: Sequence[Document], n: int = 5) -> list[Document]:
        """Return at most *n* of *documents*, best first; none that shares no term with the query.

        Equal scores keep the corpus's order. Raises ``ValueError`` if *documents* is not the corpus's length.
        """
        if len(documents) != len(self.doc_len):
            raise ValueError(f"{len(documents)} documents for a corpus of {len(self.doc_len)}")
        return [documents[number] for number in self.top(self._parts(query), n)[0]]

    def _parts(self, query: Sequence[str]) -> list[Part]:
        keys = np.array([self.vocabulary.get(term, -1) for term in query], dtype=np.int64)
        return [Part(keys=keys[place : place + 1], weights=np.ones(1)) for place in range(len(keys))]


def idf(document_frequency: float | NDArray[np.int64] | Scores, corpus_size: int) -> Any:
    """Return Lucene's idf of a term, or an array of terms, that this many of *corpus_size* documents hold.

    Always > 0. An array gives an array.
    """
    return np.log1p((corpus_size - document_frequency + 0.5) / (document_frequency + 0.5))


def _lists(postings: Postings) -> Lists:
    counts = postings.frequencies
    return Lists(postings.offsets, postings.documents, counts.small, counts.places, counts.values)


def norms(postings: Postings, lengths: NDArray[np.uint32], average: float, k1: float, b: float) -> Norms:
    """Return how much length counts in each of the documents of *postings*, whose *lengths* are in words.

    *average* is that of all documents, ≥ 0.
    """
    is_there = np.bincount(lengths) > 0
    kinds = (np.cumsum(is_there) - 1)[lengths]
    norms = k1 * (1 - b + b * (np.flatnonzero(is_there) / average if average else np.zeros(is_there.sum())))
    tf = np.maximum(np.arange(SHARES), 1)  # no document holds a term 0 times
    long = np.flatnonzero(np.diff(postings.offsets) >= LONG)
    return Norms(
        kinds=kinds.astype(np.uint16),
        norms=norms,
        shares=(tf / (tf + norms[:, None])).ravel(),
        long=long,
        peaks=np.zeros(len(long)),
    )
