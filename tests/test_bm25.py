"""BM25 against rank-bm25 itself."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from rank_bm25 import BM25Okapi
from texts import index_of

from retrieval.bm25 import BM25, Part
from retrieval.candidates import passage_gains
from retrieval.clause import Clause
from retrieval.index import K1, SHORT_ARTICLE, B
from retrieval.postings import Postings

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


def split(corpus: list[list[str]], size: int) -> tuple[list[Postings], dict[str, int]]:
    """Return the postings of *corpus*, *size* documents each."""
    numbers = {
        word: number for number, word in enumerate(dict.fromkeys(w for words in corpus for w in words))
    }
    parts = [corpus[first : first + size] for first in range(0, len(corpus), size)]
    return [
        Postings.of(
            np.array([numbers[word] for words in part for word in words], dtype=np.int64),
            np.repeat(np.arange(len(part)), [len(words) for words in part]),
            np.array([len(words) for words in part]),
        )
        for part in parts
    ], numbers


@given(
    st.lists(TEXTS, min_size=1, max_size=60),
    st.integers(1, 20),
    st.lists(st.tuples(st.lists(WORDS, min_size=1, max_size=3), st.sampled_from([0.4, 1, 2.5])), max_size=5),
    st.integers(1, 20),
)
def test_the_best_are_the_same_however_the_corpus_is_split_and_pruned(
    corpus: list[list[str]], size: int, asked: list[tuple[list[str], float]], limit: int
) -> None:
    postings, numbers = split(corpus, size)
    whole, _ = split(corpus, len(corpus))
    parts = [
        Part(
            keys=np.array([numbers.get(words[0], -1)]),
            weights=np.ones(1),
            together=[(np.array([numbers.get(word, -1) for word in words[1:]], dtype=np.int64), 0.9)],
            boost=boost,
        )
        for words, boost in asked
    ]
    every, scores = BM25(whole).top(parts, len(corpus))
    found, best_scores = BM25(postings).top(parts, limit)
    assert found.tolist() == every[:limit].tolist()
    assert best_scores.tolist() == scores[:limit].tolist()


def test_long_lists_are_pruned_to_the_same_result() -> None:
    """Enough documents for several windows, and for lists whose most is known."""
    chance = np.random.default_rng(1)
    words = [f"w{number}" for number in range(40)]
    shares = 1 / np.arange(1, 41)
    corpus = [
        list(chance.choice(words, size=chance.integers(3, 30), p=shares / shares.sum())) for _ in range(9000)
    ]
    ranking = BM25(corpus)
    for query in (["w0", "w1", "w39"], ["w3", "w30", "w2", "w0", "w1"], ["w0"], ["w38", "w39", "w0"]):
        expected = Reference(corpus).get_scores(query)
        order = np.lexsort((np.arange(len(corpus)), -expected.round(9)))[:10]
        parts = [Part(keys=np.array([ranking.vocabulary[word]]), weights=np.ones(1)) for word in query]
        found, scores = ranking.top(parts, 10)
        np.testing.assert_allclose(scores, expected[order], rtol=1e-9)
        every, all_scores = ranking.top(parts, len(corpus))
        assert found.tolist() == every[:10].tolist()
        assert scores.tolist() == all_scores[:10].tolist()
