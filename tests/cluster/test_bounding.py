"""The cluster's score of a document, by Lucene's formula, is never below ours."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from retrieval.article import Article
from retrieval.cluster import bounding
from retrieval.cluster.loading import Loading, article_id, spelled_key
from retrieval.cluster.statistics import OF_ARTICLES, OF_PASSAGES, Counting, Totals
from retrieval.index.index import ARTICLE_B, K1, B, Index
from retrieval.index.postings import Keys
from retrieval.index.scoring import AllOf, AnyOf, Clauses
from retrieval.indexing import writer
from retrieval.ranking.candidates import ARTICLE_WEIGHT, article_totals

SYLLABLES = ("chợ", "cho", "phường", "phuong", "đường", "trường", "mở", "cửa", "sông", "nước")
WORDS = st.sampled_from(SYLLABLES)
TEXTS = st.lists(WORDS, max_size=40).map(" ".join)
ARTICLES = st.lists(st.tuples(TEXTS, st.lists(TEXTS, min_size=1, max_size=4)), min_size=2, max_size=12)
FORMS = st.lists(st.tuples(st.lists(WORDS, min_size=1, max_size=3), st.floats(0.1, 1)), min_size=1)
CLAUSES = st.lists(st.tuples(FORMS, st.floats(0.1, 3)), min_size=1, max_size=4)
Text = tuple[str, list[str]]
Sought = tuple[list[tuple[list[str], float]], float]
AGAIN = st.integers(1, 60)  # times that a word is said one after the other


@dataclass(frozen=True)
class Lucene:
    """All documents of an index of the cluster, those that are gone included, each with its terms."""

    documents: Mapping[str, Sequence[str]]  # by id
    b: float

    def scores(self, should: Sequence[Mapping[str, Any]]) -> dict[str, float]:
        """Return the score of each document that a bool query finds."""
        lengths = [len(terms) for terms in self.documents.values()]
        average = sum(lengths) / len(lengths)
        held = Counter(term for terms in self.documents.values() for term in set(terms))
        found: dict[str, float] = {}
        for id_, terms in self.documents.items():
            counts = Counter(terms)
            norm = K1 * (1 - self.b + self.b * _kept(len(terms)) / average)
            for clause in should:
                term, boost, others = _asked(clause)
                times = counts[term]
                if times and all(counts[other] for other in others):
                    df, size = held[term], len(lengths)
                    idf = np.log(1 + (size - df + 0.5) / (df + 0.5))
                    given = np.float32(boost * idf * (K1 + 1) * times / (times + norm))
                    found[id_] = found.get(id_, 0.0) + float(given)
        return found


@given(texts=ARTICLES, again=st.lists(AGAIN, min_size=3, max_size=3), sought=CLAUSES, data=st.data())
def test_no_score_is_above_what_the_cluster_gives(
    texts: list[Text], again: list[int], sought: list[Sought], data: st.DataObject
) -> None:
    repeated = [" ".join([word] * times) for word, times in zip(SYLLABLES, again, strict=False)]
    written = [
        _article(number, *text) for number, text in enumerate([*texts, *((one, [one]) for one in repeated)])
    ]
    whole = writer.build(written, generation=1)
    gone = data.draw(
        st.lists(st.sampled_from([one.id for one in written]), unique=True, max_size=len(written) - 1)
    )
    clauses = Clauses.of([_any_of(whole, forms, boost) for forms, boost in sought])
    _assert_bounded(whole, gone, clauses)


def test_no_score_is_above_if_what_is_gone_and_lies_there_is_shorter() -> None:
    long = ["chợ " + "sông " * 60, *(["nước " * 60] * 29)]
    short = ["cửa"] * 300
    written = [_article(number, "x", [text]) for number, text in enumerate([*long, *short])]
    whole = writer.build(written, generation=1)
    gone = [article.id for article in written[len(long) :]]
    _assert_bounded(whole, gone, Clauses.of([_any_of(whole, [(["chợ"], 1.0)], 1.0)]))


def test_no_score_is_above_if_texts_are_longer_than_those_by_which_peaks_are_kept() -> None:
    said = "chợ " * 20
    written = [
        _article(number, "x", [word * 700])
        for number, word in enumerate((said + "sông ", "nước ", "sông ", "mở "))
    ]
    whole = writer.build(written, generation=1)
    assert whole.average_passage > 110
    _assert_bounded(whole, [], Clauses.of([_any_of(whole, [(["chợ"], 0.1)], 1.0)]))


def _assert_bounded(whole: Index, gone: Sequence[str], clauses: Clauses) -> None:
    """Assert that after some articles are gone, which lie there still, no score is above the cluster's."""
    left = writer.changed(whole, gone, [], generation=2)
    passages, kept = _lucene(whole)
    said = [spelled_key(key) for key in clauses.keys.tolist()]
    if not said:
        return
    lying = whole.passage_count - left.passage_count, whole.article_count - left.article_count
    of_articles, of_passages = article_totals(left, clauses)
    statistics = _statistics(whole, left)
    by_article, by_passage = (
        lucene.scores(bounding.should(clauses, said, statistics, lying[kind], kind, factor))
        for lucene, kind, factor in (
            (kept, OF_ARTICLES, ARTICLE_WEIGHT),
            (passages, OF_PASSAGES, 1.0),
        )
    )
    for number in left.articles.tolist():
        assert of_articles[number] <= by_article.get(article_id(number), 0.0)
        best = max(
            (score for id_, score in by_passage.items() if id_.startswith(article_id(number))), default=0.0
        )
        assert of_passages[number] <= best


def _article(number: int, title: str, texts: Sequence[str]) -> Article:
    body = "\n\n".join(f"{text}." for text in texts)
    return Article(id=f"{number:03}", title=title or "x", body=body, url=None, published=None, origin="test")


def _any_of(index: Index, forms: list[tuple[list[str], float]], boost: float) -> AnyOf:
    keys: list[int] = []
    weights: list[float] = []
    others: list[AllOf] = []
    for words, weight in forms:
        terms = index.keys_of(words)
        if len(words) == 1 or terms.min() < 0:
            keys.append(terms[0])
            weights.append(weight)
        else:
            others.append(AllOf(keys=index.pair(terms[:-1], terms[1:]), weight=weight))
    return AnyOf(keys=np.array(keys, dtype=np.int64), weights=np.array(weights), others=others, boost=boost)


def _lucene(index: Index) -> tuple[Lucene, Lucene]:
    """Return all passages, and all articles, as they are loaded."""
    lines: list[bytes] = []
    loading = Loading(lines.append, "test", generation=1, first=0)
    for segment in index.segments:
        loading.add(segment)
    loading.flush()
    rows = list(map(json.loads, b"".join(lines).splitlines()))
    found: dict[str, dict[str, list[str]]] = {"test-passages": {}, "test-articles": {}}
    for head, row in zip(rows[::2], rows[1::2], strict=True):
        found[head["index"]["_index"]][head["index"]["_id"]] = row["terms"].split()
    return Lucene(found["test-passages"], B), Lucene(found["test-articles"], ARTICLE_B)


def _statistics(whole: Index, left: Index) -> Counting:
    every = np.arange(len(whole.vocabulary), dtype=np.int64)
    counts, before = (
        np.stack([index.document_frequency(every), index.article_ranking.document_frequency(every)], axis=1)
        for index in (left, whole)
    )
    peaks = np.maximum.reduce([bounding.peaks(segment, len(every)) for segment in whole.segments])
    lengths = np.concatenate([np.maximum(one.articles.lengths, 60) for one in left.segments])
    totals = Totals(
        articles=left.article_count,
        article_words=int(lengths[left.articles].sum()),
        passages=left.passage_count,
        tokens=left.token_count,
    )

    def ask(keys: Sequence[int]) -> dict[int, tuple[int, int]]:
        pairs: Keys = np.array(keys, dtype=np.int64)
        found = left.document_frequency(pairs), left.article_ranking.document_frequency(pairs)
        return dict(zip(keys, zip(*(one.tolist() for one in found), strict=True), strict=True))

    return Counting(totals=totals, words=np.hstack([counts, before - counts, peaks]), ask=ask)


def _asked(clause: Mapping[str, Any]) -> tuple[str, float, list[str]]:
    """Return the term that is scored, its boost, and the terms that must stand beside it."""
    held = clause.get("bool", {"must": [clause], "filter": []})
    (must,) = held["must"]
    term = must["term"]["terms"]
    return term["value"], term["boost"], [other["term"]["terms"] for other in held["filter"]]


def _kept(length: int) -> int:
    """Return a length as Lucene keeps it in a byte (``SmallFloat.intToByte4``)."""
    free = 24
    shift = max(0, (length - free).bit_length() - 4)
    return length if length < free else free + ((length - free) >> shift << shift)
