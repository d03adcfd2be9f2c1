"""BM25 over postings, as a ``rank_bm25.BM25Okapi``; ``index.scoring`` has the formula."""

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain, count, islice
from typing import Any, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray
from rank_bm25 import BM25Okapi

from retrieval.index.postings import DOCUMENTS, Keys, Numbers, Postings
from retrieval.index.removal import NO_MARKS, Marks, Removal
from retrieval.index.scoring import AnyOf, Clauses, Scores, norms
from retrieval.kernels.grades import best_by_grades, grades_of
from retrieval.kernels.lists import Lists
from retrieval.kernels.maxscore import search
from retrieval.kernels.wanted import Impact

Document = TypeVar("Document")

_FEW = 100  # documents: where more are wanted, too many are scored twice


class TermKeys(Protocol):
    """Gives the key of a term."""

    def get(self, term: str, default: int, /) -> int:
        """Return the key of *term*; *default* if there is none."""


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
        self._gone = [NO_MARKS if removal is None else removal.articles for removal in self._removed]
        self.bases = np.cumsum([0, *(len(part.lengths) for part in self.postings)])
        self.doc_len = np.concatenate([NO_MARKS, *(part.lengths for part in self.postings)])
        self.corpus_size = len(self.doc_len) - sum(map(len, self._gone))
        words = int(self.doc_len.sum(dtype=np.int64))
        for part, gone in zip(self.postings, self._gone, strict=True):
            words -= int(part.lengths[gone].sum(dtype=np.int64))
        self.avgdl = words / self.corpus_size if self.corpus_size else 0.0
        self._lists = [_lists(part) for part in self.postings]
        self._norms = [norms(part, part.lengths, self.avgdl, self.k1, self.b) for part in self.postings]
        return {}

    def _calc_idf(self, nd: dict[str, int]) -> None:
        """Leave it to each question."""

    def _post(self, corpus: Iterator[Sequence[str]]) -> Iterator[Postings]:
        numbers = defaultdict[str, int](count().__next__)
        while True:
            keys, lengths = array("q"), array("q")
            for words in islice(corpus, DOCUMENTS):  # kept as numbers: their words would take all memory
                keys.extend(map(numbers.__getitem__, words))
                lengths.append(len(words))
            if not lengths:
                break
            of_keys = np.repeat(np.arange(len(lengths)), lengths)
            yield Postings.of(np.array(keys), of_keys, np.array(lengths))
        self.vocabulary = dict(numbers)

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

    def top(self, sought: Sequence[AnyOf], limit: int) -> tuple[Numbers, Scores]:
        """Return the *limit* best documents that hold any of *sought*, and their scores.

        Equal scores keep the order of the documents. Exact, but most postings are never looked at.
        """
        return self._best(Clauses.of(sought), limit)

    def best(self, query: Sequence[str], limit: int) -> tuple[Numbers, Scores]:
        """Return the *limit* best documents that hold any word of *query*, and their scores, as ``top`` does.

        A word that is said twice counts twice.
        """
        keys = self._keys(query)
        if 0 < limit <= _FEW and len(keys):
            return self._best_by_grades(keys, limit)
        return self._best(Clauses.of_words(keys), limit)

    def totals(self, sought: Sequence[AnyOf]) -> tuple[Numbers, Scores]:
        """Return the documents, ascending, that hold any of *sought*, and the score of each."""
        return self._totals(Clauses.of(sought))

    def gains(self, terms: AnyOf) -> tuple[Numbers, Scores]:
        """Return the documents, ascending, that hold any of *terms*, and what each gains by them."""
        return self.totals([terms])

    def _best(self, clauses: Clauses, limit: int) -> tuple[Numbers, Scores]:
        if limit <= 0:
            return np.zeros(0, dtype=np.int64), np.zeros(0)
        found = self._search(clauses, np.zeros(min(limit, max(1, self.corpus_size))))
        return _first(*found, limit)

    def _best_by_grades(self, keys: Keys, limit: int) -> tuple[Numbers, Scores]:
        """Return what ``_best`` does of a clause for each of *keys*: faster, and with more memory."""
        worths = self._word_worths[keys]
        best = np.zeros(limit, dtype=np.int64)
        found = []
        for at, arrays in enumerate(self._graded):
            documents, scores = best_by_grades(keys, worths, self._gone[at], best, *arrays)
            found.append((self.bases[at] + documents, scores))
        return _first(*_joined(found), limit)

    @cached_property
    def _word_worths(self) -> Scores:
        """What ``worths`` says of a clause for each term of the postings, by its number."""
        terms = max((int(part.terms[-1]) + 1 for part in self.postings if len(part.singles)), default=0)
        return self.worths(Clauses.of_words(np.arange(terms)))

    @cached_property
    def _graded(self) -> list[tuple[NDArray[Any], ...]]:
        """What ``best_by_grades`` adds up: some 1.4 bytes a posting, made when it is first asked."""
        every = zip(self._lists, self._norms, self.postings, strict=True)
        return [
            (*lists, *norms, *grades_of(lists, norms), part.heads, part.head_offsets, part.seconds)
            for lists, norms, part in every
        ]

    def _totals(self, clauses: Clauses) -> tuple[Numbers, Scores]:
        documents, scores = self._search(clauses, np.zeros(0))
        order = np.argsort(documents)
        return documents[order], scores[order]

    def _search(self, clauses: Clauses, best: Scores) -> tuple[Numbers, Scores]:
        every = self.bounded(clauses, self.worths(clauses), best)
        return _joined([(base + numbers, scores) for base, numbers, scores, _ in every])

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
        for at, (base, postings) in enumerate(zip(self.bases.tolist(), self.postings, strict=False)):
            documents, scores, most = search(
                self._lists[at],
                clauses.wanted(order, postings.find(clauses.keys)),
                Impact(worths, self._norms[at]),
                more[at] if more else Impact(nothing, self._norms[at]),
                passed_over[at] if passed_over else self._gone[at],
                best,
            )
            yield base, documents, scores, most

    def get_scores(self, query: Sequence[str]) -> Scores:
        """Return the score of every document; a term that is said twice counts twice."""
        scores = np.zeros(len(self.doc_len))
        documents, found = self._totals(self._sought(query))
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
        return [documents[number] for number in self.best(query, n)[0]]

    def _sought(self, query: Sequence[str]) -> Clauses:
        return Clauses.of_words(self._keys(query))

    def _keys(self, query: Sequence[str]) -> Keys:
        number = self.vocabulary.get
        known = len(self._word_worths)
        return np.array([key for term in query if 0 <= (key := number(term, -1)) < known], dtype=np.int64)


def _lists(postings: Postings) -> Lists:
    counts = postings.frequencies
    return Lists(postings.offsets, postings.documents, counts.small, counts.places, counts.values)


def _joined(found: Sequence[tuple[Numbers, Scores]]) -> tuple[Numbers, Scores]:
    """Return as one what was *found* in each of the postings."""
    if len(found) == 1:
        return found[0]
    documents, scores = zip(*found, strict=True) if found else ((), ())
    return np.concatenate([NO_MARKS.astype(np.int64), *documents]), np.concatenate([np.zeros(0), *scores])


def _first(documents: Numbers, scores: Scores, limit: int) -> tuple[Numbers, Scores]:
    """Return the *limit* best *documents*, best first, those of equal *scores* in their order."""
    order = np.lexsort((documents, -scores))[:limit]
    return documents[order], scores[order]
