"""BM25 against rank-bm25 itself."""

from collections import Counter
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from rank_bm25 import BM25Okapi
from texts import index_of

from retrieval.index.bm25 import BM25
from retrieval.index.index import K1, SHORT_ARTICLE, B
from retrieval.index.postings import DOCUMENTS, Keys, Postings
from retrieval.index.removal import Removal
from retrieval.index.scoring import AllOf, AnyOf
from retrieval.query.clause import Clause
from retrieval.ranking.candidates import passage_gains

TERMS = ["phường", "xã", "chợ", "thư", "viện", "rác", "giờ", "mở", "cửa"]
WORDS = st.sampled_from(TERMS)
TEXTS = st.lists(WORDS, min_size=1, max_size=12)
CORPORA = st.lists(TEXTS, min_size=1, max_size=12)


class Reference(BM25Okapi):  # type: ignore[misc]  # rank-bm25 ships no types
    """rank-bm25 with Lucene's idf and nothing else changed."""

    def _calc_idf(self, nd: dict[str, int]) -> None:
        for word, df in nd.items():
            self.idf[word] = float(np.log(1 + (self.corpus_size - df + 0.5) / (df + 0.5)))


@given(CORPORA, TEXTS, st.floats(0.1, 3), st.floats(0, 1))
def test_scores_are_those_of_rank_bm25_with_lucenes_idf(
    corpus: list[list[str]], query: list[str], k1: float, b: float
) -> None:
    expected = Reference(corpus, k1=k1, b=b)
    actual = BM25(corpus, k1=k1, b=b)
    np.testing.assert_allclose(actual.get_scores(query), expected.get_scores(query), rtol=1e-12)
    numbers = list(range(len(corpus)))[::-1]
    np.testing.assert_allclose(
        actual.get_batch_scores(query, numbers), expected.get_batch_scores(query, numbers), rtol=1e-12
    )


def test_it_is_a_bm25okapi_with_its_defaults() -> None:
    assert isinstance(BM25([["a"]]), BM25Okapi)
    assert (BM25([["a"]]).k1, BM25([["a"]]).b) == (1.5, 0.75)


def test_ranking_is_rank_bm25s_own_where_its_idf_is_positive() -> None:
    corpus = [f"từ{number} chung{number % 5} chung{number % 7}".split() for number in range(40)]
    query = ["chung3", "từ8", "chung1"]
    documents = [" ".join(words) for words in corpus]
    assert BM25(corpus).get_top_n(query, documents, 1) == BM25Okapi(corpus).get_top_n(query, documents, 1)


@given(CORPORA, TEXTS, st.integers(1, 12))
def test_a_document_without_a_query_term_is_never_returned(
    corpus: list[list[str]], query: list[str], limit: int
) -> None:
    found = BM25(corpus).get_top_n(query, corpus, limit)
    sharing = [words for words in corpus if set(words) & set(query)]
    assert len(found) == min(limit, len(sharing))
    assert all(words in sharing for words in found)


def test_equal_scores_keep_the_order_of_the_corpus() -> None:
    corpus = [["chợ"], ["chợ"], ["rác"], ["chợ"]]
    assert BM25(corpus).get_top_n(["chợ"], [0, 1, 2, 3], 3) == [0, 1, 3]


def test_one_document_is_found_by_its_words_and_scores_above_zero() -> None:
    ranking = BM25([["phường", "chợ"]])
    assert ranking.get_scores(["chợ"])[0] > 0
    assert ranking.get_top_n(["chợ"], ["bài"]) == ["bài"]


def test_an_empty_corpus_scores_nothing() -> None:
    ranking = BM25([])
    assert ranking.get_scores(["chợ"]).tolist() == []
    assert ranking.get_top_n(["chợ"], []) == []


def test_empty_documents_and_an_empty_query_score_zero() -> None:
    assert BM25([[], []]).get_scores(["chợ"]).tolist() == [0, 0]
    assert BM25([["chợ"]]).get_scores([]).tolist() == [0]


@given(CORPORA, TEXTS)
def test_the_ranking_of_an_index_is_asked_like_any_other(corpus: list[list[str]], query: list[str]) -> None:
    texts = [" ".join(words) for words in corpus]
    ranking = index_of(**{f"a{number}": text for number, text in enumerate(texts)}).article_ranking
    expected = Reference(corpus, k1=ranking.k1, b=ranking.b)
    expected.doc_len = [SHORT_ARTICLE] * len(corpus)
    expected.avgdl = SHORT_ARTICLE
    np.testing.assert_allclose(ranking.get_scores(query), expected.get_scores(query), rtol=1e-12)
    assert set(ranking.get_top_n(query, texts)) <= {text for text in texts if {*text.split()} & {*query}}


@given(CORPORA, TEXTS)
def test_passages_score_as_in_rank_bm25(corpus: list[list[str]], query: list[str]) -> None:
    index = index_of(**{f"a{number}": " ".join(words) for number, words in enumerate(corpus)})
    expected = Reference(corpus, k1=K1, b=B)
    actual = np.zeros(len(corpus))
    for word in query:
        clause = Clause(term=word, keys=index.keys_of([word]), weights=np.ones(1), boost=1.0)
        actual += passage_gains(index, clause, range(len(corpus)))
    np.testing.assert_allclose(actual, expected.get_scores(query), rtol=1e-12)


def test_documents_of_another_corpus_are_refused() -> None:
    with pytest.raises(ValueError, match="2 documents for a corpus of 1"):
        BM25([["a"]]).get_top_n(["a"], ["x", "y"])


@given(CORPORA, WORDS, WORDS)
def test_two_terms_of_full_weight_that_count_as_one_score_as_one_term_would(
    corpus: list[list[str]], one: str, other: str
) -> None:
    ranking = BM25(corpus)
    merged = BM25([["=" if word in (one, other) else word for word in words] for words in corpus])
    keys = [ranking.vocabulary.get(word, -1) for word in dict.fromkeys((one, other))]
    documents, gains = ranking.gains(AnyOf(keys=np.array(keys), weights=np.ones(len(keys))))
    expected = merged.get_scores(["="])
    assert documents.tolist() == np.flatnonzero(expected).tolist()
    # Documents that hold both are counted once in the merged df, twice (at most all) in ours.
    assert np.all(gains <= expected[documents] + 1e-12)


@given(CORPORA, WORDS, st.lists(WORDS, min_size=1, max_size=3, unique=True), st.sampled_from([0.5, 1.0]))
def test_terms_that_must_stand_together_are_one_more_form(
    corpus: list[list[str]], one: str, others: list[str], weight: float
) -> None:
    """As often as the rarest of them occurs."""
    assume(one not in others)
    ranking = BM25(corpus)
    key = np.array([ranking.vocabulary.get(one, -1)])
    together = np.array([ranking.vocabulary.get(word, -1) for word in others])
    documents, gains = ranking.gains(
        AnyOf(keys=key, weights=np.ones(1), others=[AllOf(keys=together, weight=weight)])
    )
    frequencies = np.array(
        [words.count(one) + weight * min(map(words.count, others)) for words in corpus], dtype=float
    )
    assert documents.tolist() == np.flatnonzero(frequencies).tolist()
    lengths = np.array([len(words) for words in corpus])[documents] / max(ranking.avgdl, 1e-9)
    tf = frequencies[documents]
    shape = tf * (ranking.k1 + 1) / (tf + ranking.k1 * (1 - ranking.b + ranking.b * lengths))
    np.testing.assert_allclose(gains / shape, (gains / shape)[:1].repeat(len(gains)), rtol=1e-9)


@dataclass(frozen=True)
class Corpus:
    """Documents in postings of a few each, some of them removed."""

    segments: list[list[list[str]]]
    removed: set[int]  # numbers over all segments
    ranking: BM25

    @property
    def documents(self) -> list[list[str]]:
        return [words for segment in self.segments for words in segment]


def keys_of(words: list[str]) -> Keys:
    return np.array([TERMS.index(word) for word in words], dtype=np.int64)


@st.composite
def corpora(draw: st.DrawFn) -> Corpus:
    segments = draw(st.lists(st.lists(st.lists(WORDS, max_size=12), max_size=6), max_size=4))
    number, removed, removals = 0, set(), []
    for segment in segments:
        gone = draw(st.sets(st.integers(0, 5)).map(sorted))
        gone = [one for one in gone if one < len(segment)]
        removals.append(removal_of([segment[one] for one in gone], gone) if gone else None)
        removed |= {number + one for one in gone}
        number += len(segment)
    vocabulary = {term: number for number, term in enumerate(TERMS)}
    postings = [postings_of(segment) for segment in segments]
    ranking = BM25(postings, vocabulary=vocabulary, removed=removals)
    return Corpus(segments, removed, ranking)


def postings_of(documents: list[list[str]]) -> Postings:
    lengths = np.array([len(words) for words in documents], dtype=np.int64)
    keys = keys_of([word for words in documents for word in words])
    return Postings.of(keys, np.repeat(np.arange(len(documents)), lengths), lengths)


def removal_of(documents: list[list[str]], numbers: list[int]) -> Removal:
    counts = Counter(TERMS.index(word) for words in documents for word in set(words))
    keys = sorted(counts)
    held = np.array([counts[key] for key in keys], dtype=np.uint32)
    return Removal(
        articles=np.array(numbers, dtype=np.uint16),
        keys=np.array(keys, dtype=np.int64),
        in_articles=held,
        in_passages=held,
    )


WEIGHTS = st.sampled_from([0.1, 0.5, 1.0])
PARTS = st.lists(
    st.builds(
        lambda words, weights, together, boost: AnyOf(
            keys=keys_of(words),
            weights=np.array(weights[: len(words)]),
            others=[AllOf(keys=keys_of(its), weight=weight) for its, weight in together],
            boost=boost,
        ),
        st.lists(WORDS, max_size=3, unique=True),
        st.lists(WEIGHTS, min_size=3, max_size=3),
        st.lists(st.tuples(st.lists(WORDS, max_size=3, unique=True), WEIGHTS), max_size=2),
        st.sampled_from([0.4, 1.0, 2.5]),
    ),
    max_size=5,
)


def naive(corpus: Corpus, parts: list[AnyOf]) -> dict[int, float]:
    """The formula, word for word: the scores of the documents that hold any of *parts*."""
    documents = corpus.documents
    left = [number for number in range(len(documents)) if number not in corpus.removed]
    average = sum(len(documents[number]) for number in left) / max(1, len(left))
    scores: dict[int, float] = {}

    def often(number: int, keys: Keys) -> int:
        return min((documents[number].count(TERMS[key]) for key in keys.tolist()), default=0)

    for part in parts:
        forms = [(part.keys[at : at + 1], weight) for at, weight in enumerate(part.weights.tolist())]
        forms += [(other.keys, other.weight) for other in part.others]
        df = 0.0
        for keys, weight in forms:
            held = [sum(often(number, keys[at : at + 1]) > 0 for number in left) for at in range(len(keys))]
            df += weight * min(held, default=0)
        df = min(df, len(left))
        for number in left:
            tf = sum(weight * often(number, keys) for keys, weight in forms)
            if tf:
                norm = 1.5 * (0.25 + 0.75 * len(documents[number]) / average)
                gain = part.boost * np.log1p((len(left) - df + 0.5) / (df + 0.5)) * 2.5 * tf / (tf + norm)
                scores[number] = scores.get(number, 0.0) + gain
    return scores


@given(corpora(), PARTS)
def test_scores_are_the_formulas_over_all_segments_without_what_is_removed(
    corpus: Corpus, parts: list[AnyOf]
) -> None:
    documents, scores = corpus.ranking.totals(parts)
    expected = naive(corpus, parts)
    assert documents.tolist() == sorted(expected)
    np.testing.assert_allclose(scores, [expected[number] for number in sorted(expected)], rtol=1e-12)


@given(corpora(), PARTS, st.integers(0, 30))
def test_the_best_are_the_first_of_all_to_the_last_bit(
    corpus: Corpus, parts: list[AnyOf], limit: int
) -> None:
    every, scores = corpus.ranking.totals(parts)
    order = np.lexsort((every, -scores))[:limit]
    documents, its = corpus.ranking.top(parts, limit)
    assert (documents.tolist(), its.tolist()) == (every[order].tolist(), scores[order].tolist())


def assert_first_of_all(ranking: BM25, query: list[str], limit: int) -> None:
    every = ranking.get_scores(query)
    documents, its = ranking.best(query, limit)
    expected = np.flatnonzero(every)
    expected = expected[np.argsort(-every[expected], kind="stable")][:limit]
    assert (documents.tolist(), its.tolist()) == (expected.tolist(), every[expected].tolist())


@given(corpora(), st.lists(WORDS, max_size=12), st.integers(0, 30))
def test_the_best_for_words_are_the_first_of_all_to_the_last_bit(
    corpus: Corpus, query: list[str], limit: int
) -> None:
    assert_first_of_all(corpus.ranking, query, limit)


LARGE = 20_000  # documents: several windows, lists long enough to be looked up instead of read


@pytest.fixture(scope="module")
def large() -> BM25:
    """Words of all frequencies, in segments of which one is far larger than a window, some removed."""
    random = np.random.default_rng(4)
    segments = []
    removals: list[Removal | None] = []
    for size in (LARGE, 3, 5_000):
        lengths = random.integers(0, 40, size)
        keys = np.minimum(random.zipf(1.3, lengths.sum()) - 1, 500).astype(np.int64)
        keys[:300] = 3  # one document in which a word stands many times
        segments.append(Postings.of(keys, np.repeat(np.arange(size), lengths), lengths))
        gone = np.unique(random.integers(0, size, 200)).astype(np.uint16)
        none = np.zeros(0, dtype=np.uint32)
        removals.append(
            Removal(articles=gone, keys=none.astype(np.int64), in_articles=none, in_passages=none)
            if size == LARGE
            else None
        )
    return BM25(segments, vocabulary={str(key): key for key in range(500)}, removed=removals)


@given(
    st.lists(st.lists(st.integers(0, 600), min_size=1, max_size=3, unique=True), min_size=1, max_size=8),
    st.sampled_from([1, 10, 100, 30_000]),
    st.booleans(),
)
def test_postings_that_are_never_read_change_nothing(
    large: BM25, forms: list[list[int]], limit: int, is_together: bool
) -> None:
    parts = [
        AnyOf(
            keys=np.array(keys[:1] if is_together else keys, dtype=np.int64),
            weights=np.array([1.0, 0.6, 0.1])[: 1 if is_together else len(keys)],
            others=[AllOf(keys=np.array(keys), weight=0.9)] if is_together else [],
        )
        for keys in forms
    ]
    every, scores = large.totals(parts)
    order = np.lexsort((every, -scores))[:limit]
    documents, its = large.top(parts, limit)
    assert (documents.tolist(), its.tolist()) == (every[order].tolist(), scores[order].tolist())


@given(st.lists(st.integers(0, 500).map(str), max_size=20), st.sampled_from([1, 10, 100, 101, 30_000]))
def test_grades_that_are_rounded_change_nothing(large: BM25, query: list[str], limit: int) -> None:
    assert_first_of_all(large, query, limit)


def test_a_corpus_may_be_larger_than_one_set_of_postings_can_be() -> None:
    ranking = BM25([["chợ"]] * DOCUMENTS + [["rác"], ["chợ", "rác"]])
    assert ranking.top([AnyOf(keys=np.array([1]), weights=np.ones(1))], 5)[0].tolist() == [
        DOCUMENTS,
        DOCUMENTS + 1,
    ]
    assert ranking.best(["rác"], 5)[0].tolist() == [DOCUMENTS, DOCUMENTS + 1]
    assert ranking.best(["chợ", "chợ"], 3)[0].tolist() == [0, 1, 2]
