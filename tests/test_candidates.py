from hypothesis import given
from hypothesis import strategies as st
from texts import article, index_of, sample_index

from retrieval.candidates import ARTICLES, PASSAGES_EACH, find
from retrieval.index import Index
from retrieval.query import parse


def test_a_passage_without_a_query_term_is_never_a_candidate() -> None:
    index = sample_index()
    assert find(index, parse(index, "xe rác")).passages.tolist() == [2]
    assert find(index, parse(index, "kilimanjaro")).passages.tolist() == []


def test_an_article_is_found_by_its_title_alone() -> None:
    index = Index.build([article("a", "Lễ hội", "Sáng nay."), article("b", "", "Chiều.")], generation=1)
    assert find(index, parse(index, "lễ hội")).passages.tolist() == [0]


def test_an_article_is_found_by_its_section() -> None:
    index = Index.build([article("a", body="Sáng nay.", section="Thể thao"), article("b")], generation=1)
    assert find(index, parse(index, "thể thao")).passages.tolist() == [0]


def test_equal_passages_keep_the_order_of_the_index() -> None:
    index = index_of(b="chợ mới", a="chợ mới", c="chợ mới")
    assert find(index, parse(index, "chợ")).passages.tolist() == [0, 1, 2]


def test_the_passage_of_the_article_that_says_more_about_it_comes_first() -> None:
    far = "Chuyện khác hẳn không liên quan. " * 30
    index = index_of(once=f"Có chợ ở đây. {far}", often=f"Có chợ ở đây. {far} Chợ cũ. {far} Chợ mới.")
    candidates = find(index, parse(index, "chợ"))
    assert index.article(int(index.articles_of(candidates.passages)[0])).id == "often"


def test_there_are_at_most_so_many_candidates() -> None:
    index = index_of(**{f"a{number}": "chợ" for number in range(ARTICLES + 5)})
    assert find(index, parse(index, "chợ")).passages.tolist() == list(range(ARTICLES))


def test_a_long_article_leaves_room_for_the_others() -> None:
    index = index_of(long="Lịch tiêm chủng cho trẻ em ở phường. " * 3000, short="Lịch tiêm chủng cho trẻ em.")
    passages = find(index, parse(index, "lịch tiêm chủng trẻ em")).passages
    assert index.articles_of(passages).tolist().count(0) == PASSAGES_EACH
    assert 1 in index.articles_of(passages)


@given(st.lists(st.lists(st.sampled_from(["chợ", "rác", "x", "y"]), min_size=1, max_size=8), max_size=20))
def test_candidates_are_the_first_of_all_passages_by_score(texts: list[list[str]]) -> None:
    """Where there are few, nothing is lost, and they come best first."""
    index = index_of(**{f"a{number}": " ".join(words) for number, words in enumerate(texts)})
    candidates = find(index, parse(index, "chợ rác"))
    assert sorted(candidates.passages.tolist()) == [n for n, t in enumerate(texts) if {"chợ", "rác"} & {*t}]
    assert candidates.scores.tolist() == sorted(candidates.scores, reverse=True)


def test_an_empty_index_has_no_candidates() -> None:
    index = index_of()
    assert find(index, parse(index, "chợ")).passages.tolist() == []
