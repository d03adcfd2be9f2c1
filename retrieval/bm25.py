"""BM25 over postings, as a ``rank_bm25.BM25Okapi``.

score(q, d) = Σ over t in q of idf(t) · tf · (k1 + 1) / (tf + k1 · (1 - b + b · |d| / avgdl))
idf(t) = ln(1 + (N - df + 0.5) / (df + 0.5))

The formula is rank-bm25's own (Robertson & Zaragoza 2009, eq. 3.15) but for the idf, which is Lucene's:
positive for every term from a corpus of one document upwards, where rank-bm25's falls to zero and below.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray
from rank_bm25 import BM25Okapi

from retrieval.kernels.ranking import search
from retrieval.postings import DOCUMENTS, Keys, Postings
from retrieval.removal import Removal

Scores = NDArray[np.float64]
Numbers = NDArray[np.int64]  # of documents
Document = TypeVar("Document")

_NOTHING = np.zeros(0, dtype=np.uint16)
_NOTHING.setflags(write=False)


class Vocabulary(Protocol):
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
    boost: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Clauses:
    """Parts as the compiled loops take them: a clause has forms, a form one key or several."""

    clause_forms: Numbers  # clauses + 1: where the forms of each begin
    form_keys: Numbers  # forms + 1: where the keys of each begin
    keys: Keys
    weights: Scores  # 0..1, one a form
    boosts: Scores  # one a clause

    @classmethod
    def of(cls, parts: Iterable[Part]) -> "Clauses":
        """Return *parts* without the forms that nothing holds (a key below 0), and without empty ones."""
        clause_forms, form_keys = [0], [0]
        keys: list[int] = []
        weights: list[float] = []
        boosts: list[float] = []
        for part in parts:
            forms = [
                ([key], weight) for key, weight in zip(part.keys.tolist(), part.weights.tolist(), strict=True)
            ]
            forms += [(terms.tolist(), weight) for terms, weight in part.together]
            for its, weight in forms:
                if its and min(its) >= 0:
                    keys += its
                    form_keys.append(len(keys))
                    weights.append(weight)
            if len(weights) > clause_forms[-1]:
                clause_forms.append(len(weights))
                boosts.append(part.boost)
        return cls(
            clause_forms=np.array(clause_forms, dtype=np.int64),
            form_keys=np.array(form_keys, dtype=np.int64),
            keys=np.array(keys, dtype=np.int64),
            weights=np.array(weights, dtype=np.float64),
            boosts=np.array(boosts, dtype=np.float64),
        )

    def __len__(self) -> int:
        return len(self.boosts)

    def taken(self, order: Numbers) -> "Clauses":
        """Return the clauses in another *order*."""
        forms = _ranges(self.clause_forms, order)
        keys = _ranges(self.form_keys, forms)
        return Clauses(
            clause_forms=np.append(0, np.cumsum(np.diff(self.clause_forms)[order])),
            form_keys=np.append(0, np.cumsum(np.diff(self.form_keys)[forms])),
            keys=self.keys[keys],
            weights=self.weights[forms],
            boosts=self.boosts[order],
        )

    def worths(self, held: Numbers, size: int, k1: float) -> Scores:
        """Return the most that each clause can give, where *held* of *size* documents hold each key.

        Keys together are held by as many as the rarest of them at the most.
        """
        if not len(self):
            return np.zeros(0)
        of_forms = np.minimum.reduceat(held, self.form_keys[:-1]) * self.weights
        of_clauses = np.add.reduceat(of_forms, self.clause_forms[:-1])
        worths: Scores = self.boosts * idf(np.minimum(of_clauses, size), size) * (k1 + 1)
        return worths

    def loops(self, places: Numbers) -> tuple[Numbers, Numbers, Numbers, Scores]:
        """Return what the compiled loops take, with what stands for each key."""
        return self.clause_forms, self.form_keys, places, self.weights


class BM25(BM25Okapi):  # type: ignore[misc]  # rank-bm25 ships no types
    """Rank documents by BM25. Build it from tokenised documents, or from postings that exist already.

    Documents are numbered over all postings. ``doc_freqs`` and ``idf`` stay empty, since the postings hold
    the frequencies. There is no ``epsilon``: Lucene's idf needs no floor. An empty corpus is allowed and
    scores nothing.
    """

    def __init__(
        self,
        corpus: Sequence[Postings] | Iterable[Sequence[str]],
        tokenizer: Callable[[str], list[str]] | None = None,
        k1: float = 1.5,
        b: float = 0.75,
        *,
        vocabulary: Vocabulary | None = None,
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
        given: list[Any] = [*corpus]
        is_posted = bool(given) and isinstance(given[0], Postings)
        self.postings: list[Postings] = given if is_posted else list(self._post(given))
        self._removed = self._removed or [None] * len(self.postings)
        self.bases = np.cumsum([0, *(len(one.lengths) for one in self.postings)])
        gone = [_NOTHING if one is None else one.articles for one in self._removed]
        words = [
            int(one.lengths.sum(dtype=np.int64) - one.lengths[its].sum(dtype=np.int64))
            for one, its in zip(self.postings, gone, strict=True)
        ]
        self.corpus_size = int(self.bases[-1]) - sum(map(len, gone))
        self.avgdl = sum(words) / self.corpus_size if self.corpus_size else 0.0
        self.doc_len = np.concatenate([_NOTHING.astype(np.uint32), *(one.lengths for one in self.postings)])
        self._norms = [self._norm(one.lengths) for one in self.postings]
        # What a long list gives at most, found when it is first asked for.
        self._peaks = [np.zeros((2, len(one.seconds)), dtype=np.float32) for one in self.postings]
        self._gone = gone
        return {}

    def _norm(self, lengths: NDArray[np.uint32]) -> Scores:
        relative = lengths / self.avgdl if self.avgdl else np.zeros(len(lengths))
        norm: Scores = self.k1 * (1 - self.b + self.b * relative)
        return norm

    def _calc_idf(self, nd: dict[str, int]) -> None:
        """Leave it to each question."""

    def _post(self, corpus: list[Sequence[str]]) -> Iterator[Postings]:
        for first in range(0, len(corpus), DOCUMENTS):
            documents = corpus[first : first + DOCUMENTS]
            keys = [
                self.vocabulary.setdefault(term, len(self.vocabulary))
                for words in documents
                for term in words
            ]
            lengths = np.array([len(words) for words in documents], dtype=np.uint32)
            yield Postings.of(
                np.array(keys, dtype=np.int64), np.repeat(np.arange(len(lengths)), lengths), lengths
            )

    def document_frequency(self, keys: Keys) -> Numbers:
        """Return in how many documents each key stands."""
        held = np.zeros(len(keys), dtype=np.int64)
        for postings, removal in zip(self.postings, self._removed, strict=True):
            held += postings.document_frequency(postings.find(keys))
            if removal:
                held -= removal.articles_with(keys)
        return held

    def ordered(self, parts: Sequence[Part]) -> tuple[Clauses, Scores]:
        """Return *parts* in the order in which they are scored, and the most that each can give.

        The order is fixed: sums of the same numbers in another order may differ in their last bit.
        """
        clauses = Clauses.of(parts)
        worths = clauses.worths(self.document_frequency(clauses.keys), self.corpus_size, self.k1)
        order = np.argsort(-worths, kind="stable")
        return clauses.taken(order), worths[order]

    def top(self, parts: Sequence[Part], limit: int) -> tuple[Numbers, Scores]:
        """Return the *limit* best documents that hold any of *parts*, and their scores.

        Equal scores keep the order of the documents. Exact, but most postings are never looked at.
        """
        clauses, worths = self.ordered(parts)
        floor = np.full(max(1, limit), -np.inf)
        found = [
            (base + documents, scores) for base, documents, scores, _ in self.bounded(clauses, worths, floor)
        ]
        documents = np.concatenate([np.zeros(0, dtype=np.int64), *(numbers for numbers, _ in found)])
        scores = np.concatenate([np.zeros(0), *(scores for _, scores in found)])
        order = np.lexsort((documents, -scores))[:limit]
        return documents[order], scores[order]

    def bounded(
        self,
        clauses: Clauses,
        worths: Scores,
        floor: Scores,
        more_worths: Scores | None = None,
        more_norms: Sequence[Scores] | None = None,
    ) -> Iterator[tuple[int, Numbers, Scores, Scores]]:
        """Yield, for each of the postings, its first number and which documents may be among the best.

        With them come their scores, and these plus what a second, like score may add at most, which has
        *more_worths* and *more_norms*. *floor* is a heap of the best scores so far, the least first: its size
        is how many are wanted, and it is changed.
        """
        second = np.zeros(len(worths)) if more_worths is None else more_worths
        for place, (postings, base) in enumerate(zip(self.postings, self.bases.tolist(), strict=False)):
            norms = self._norms[place]
            frequencies = postings.frequencies
            documents, scores, most = search(
                (
                    postings.offsets,
                    postings.documents,
                    frequencies.small,
                    frequencies.places,
                    frequencies.values,
                ),
                clauses.loops(postings.find(clauses.keys)),
                worths,
                norms,
                second,
                norms if more_norms is None else more_norms[place],
                self._peaks[place],
                self._gone[place],
                floor,
            )
            yield base, documents, scores, most

    def gains(self, part: Part) -> tuple[Numbers, Scores]:
        """Return the documents, ascending, that hold *part*, and what each gains by it."""
        documents, scores = self.top([part], int(self.bases[-1]))
        order = np.argsort(documents)
        return documents[order], scores[order]

    def get_scores(self, query: Sequence[str]) -> Scores:
        """Return the score of every document; a term that is said twice counts twice."""
        scores = np.zeros(self.bases[-1])
        documents, found = self.top(self._parts(query), len(scores))
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
        if len(documents) != self.bases[-1]:
            raise ValueError(f"{len(documents)} documents for a corpus of {self.bases[-1]}")
        return [documents[number] for number in self.top(self._parts(query), n)[0]]

    def _parts(self, query: Sequence[str]) -> list[Part]:
        keys = np.array([self.vocabulary.get(term, -1) for term in query], dtype=np.int64)
        return [Part(keys=keys[place : place + 1], weights=np.ones(1)) for place in range(len(keys))]


def _ranges(bounds: Numbers, numbers: Numbers) -> Numbers:
    """Return the places in ``bounds[n]..bounds[n + 1]`` of each of *numbers*, one range after the other."""
    return np.concatenate(
        [np.zeros(0, dtype=np.int64), *(np.arange(bounds[n], bounds[n + 1]) for n in numbers.tolist())]
    )


def idf(document_frequency: float | NDArray[np.int64] | Scores, corpus_size: int) -> Any:
    """Return Lucene's idf of a term, or an array of terms, that this many of *corpus_size* documents hold.

    Always > 0. An array gives an array.
    """
    return np.log1p((corpus_size - document_frequency + 0.5) / (document_frequency + 0.5))
