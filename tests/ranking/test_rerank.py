import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from texts import index_of

from retrieval.query.query import parse
from retrieval.ranking.candidates import find
from retrieval.ranking.rerank import rerank
from retrieval.ranking.slots import coverage, slots


def test_words_close_together_beat_words_far_apart() -> None:
    far = "thêm vài chữ khác nữa " * 10
    index = index_of(apart=f"lệ phí {far} hộ tịch", close=f"lệ phí hộ tịch {far}", other="không có gì")
    query = parse(index, "lệ phí hộ tịch")
    wanted = slots(index, query)
    ranked = rerank(index, wanted, find(index, query))
    assert index.article(int(ranked.articles[0])).id == "close"
    assert ranked.coverage[0] == 1
    assert ranked.coverage[1] < 1


def test_an_article_that_begins_with_it_beats_one_that_mentions_it() -> None:
    far = "Chuyện khác không liên quan gì tới việc ấy. " * 60
    index = index_of(mentions=f"{far}Lệ phí hộ tịch. {far}", begins=f"Lệ phí hộ tịch. {far}{far}", x="khác")
    query = parse(index, "lệ phí hộ tịch")
    ranked = rerank(index, slots(index, query), find(index, query))
    assert index.article(int(ranked.articles[0])).id == "begins"


@given(st.permutations(["thu", "gom", "rác", "thải", "nhựa", "giấy", "vụn"]))
def test_the_same_words_in_any_order_cover_the_same_and_all_of_them_all(words: list[str]) -> None:
    index = index_of(a=" ".join(words), b="rác thải", c="giấy")
    wanted = slots(index, parse(index, "thu gom rác thải nhựa giấy vụn"))
    assert coverage(index, wanted, np.array([0]), 40).tolist() == [1]


def test_an_unknown_word_counts_as_not_covered() -> None:
    index = index_of(a="chợ mới")
    query = parse(index, "chợ kilimanjaro")
    ranked = rerank(index, slots(index, query), find(index, query))
    assert 0 < ranked.coverage[0] < 0.5
