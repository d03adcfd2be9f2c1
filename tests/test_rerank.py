import pytest
from hypothesis import given
from hypothesis import strategies as st
from texts import index_of

from retrieval.candidates import find
from retrieval.query import parse
from retrieval.rerank import WINDOW, Slots, best_window, rerank, slots


def naive(wanted: Slots, terms: list[int]) -> float:
    """The definition, word for word."""
    best = 0.0
    for begin in range(len(terms)):
        filled: dict[int, float] = {}
        for term in terms[begin : begin + WINDOW]:
            for slot, weight in wanted.forms.get(term, ()):
                filled[slot] = max(filled.get(slot, 0.0), weight)
        best = max(best, sum(wanted.importance[slot] * weight for slot, weight in filled.items()))
    return best / wanted.total if best else 0.0


WANTED = Slots(importance=(1.0, 2.0, 4.0), forms={1: [(0, 1.0)], 2: [(1, 1.0), (0, 0.5)], 3: [(2, 1.0)]})


@given(st.lists(st.sampled_from([0] * 20 + [1, 2, 3]), max_size=3 * WINDOW))
def test_the_best_window_is_the_best_of_all_windows(terms: list[int]) -> None:
    assert best_window(WANTED, terms) == pytest.approx(naive(WANTED, terms))


@given(st.permutations(["thu", "gom", "rác", "thải", "nhựa", "giấy", "vụn"]))
def test_the_same_words_in_any_order_cover_the_same_and_all_of_them_all(words: list[str]) -> None:
    index = index_of(a=" ".join(words), b="rác thải", c="giấy")
    query = parse(index, "thu gom rác thải nhựa giấy vụn")
    assert best_window(slots(index, query), index.terms_of(0)) == 1


def test_words_close_together_beat_words_far_apart() -> None:
    far = "thêm vài chữ khác nữa " * 10
    index = index_of(apart=f"lệ phí {far} hộ tịch", close=f"lệ phí hộ tịch {far}", other="không có gì")
    query = parse(index, "lệ phí hộ tịch")
    wanted = slots(index, query)
    ranked = rerank(index, wanted, find(index, query))
    assert index.archive[int(index.spans.articles[ranked.passages[0]])].id == "close"
    assert ranked.coverage[0] == 1
    assert ranked.coverage[1] < 1


def test_an_unknown_word_counts_as_not_covered() -> None:
    index = index_of(a="chợ mới")
    query = parse(index, "chợ kilimanjaro")
    ranked = rerank(index, slots(index, query), find(index, query))
    assert 0 < ranked.coverage[0] < 0.5
