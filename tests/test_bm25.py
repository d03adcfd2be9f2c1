"""BM25 against rank-bm25 itself."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from rank_bm25 import BM25Okapi
from texts import index_of

from retrieval.bm25 import BM25, Part, best

WORDS = st.sampled_from(["phường", "xã", "chợ", "thư", "viện", "rác", "giờ", "mở", "cửa"])
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
def test_the_rankings_of_an_index_are_asked_like_any_other(corpus: list[list[str]], query: list[str]) -> None:
    texts = [" ".join(words) for words in corpus]
    index = index_of(**{f"a{number}": text for number, text in enumerate(texts)})
    ranking = index.passage_ranking
    expected = Reference(corpus, k1=ranking.k1, b=ranking.b)
    np.testing.assert_allclose(ranking.get_scores(query), expected.get_scores(query), rtol=1e-12)
    assert ranking.get_top_n(query, texts, 3) == BM25(corpus, k1=ranking.k1, b=ranking.b).get_top_n(
        query, texts, 3
    )


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
    documents, gains = ranking.gains(Part(keys=np.array(keys), weights=np.ones(len(keys))))
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
    documents, gains = ranking.gains(Part(keys=key, weights=np.ones(1), together=[(together, weight)]))
    frequencies = np.array(
        [words.count(one) + weight * min(map(words.count, others)) for words in corpus], dtype=float
    )
    assert documents.tolist() == np.flatnonzero(frequencies).tolist()
    lengths = np.array([len(words) for words in corpus])[documents] / max(ranking.avgdl, 1e-9)
    tf = frequencies[documents]
    shape = tf * (ranking.k1 + 1) / (tf + ranking.k1 * (1 - ranking.b + ranking.b * lengths))
    np.testing.assert_allclose(gains / shape, (gains / shape)[:1].repeat(len(gains)), rtol=1e-9)


@given(st.lists(st.sampled_from([0.5, 1.0, 1.5, 2.0]), max_size=30), st.integers(0, 10))
def test_best_is_a_stable_sort_cut_off(scores: list[float], limit: int) -> None:
    expected = sorted(range(len(scores)), key=lambda number: -scores[number])[:limit]
    assert best(np.arange(len(scores)), np.array(scores), limit).tolist() == expected
