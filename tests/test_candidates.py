from texts import article, index_of, sample_index

from retrieval.candidates import CANDIDATES, find
from retrieval.index import Index
from retrieval.query import parse


def test_a_passage_without_a_query_term_is_never_a_candidate() -> None:
    index = sample_index()
    assert find(index, parse(index, "xe rác")).passages.tolist() == [2]
    assert find(index, parse(index, "kilimanjaro")).passages.tolist() == []


def test_an_article_is_found_by_its_title_alone() -> None:
    index = Index.build([article("a", "Lễ hội", "Sáng nay."), article("b", "", "Chiều.")], generation=1)
    assert find(index, parse(index, "lễ hội")).passages.tolist() == [0]


def test_equal_passages_keep_the_order_of_the_index() -> None:
    index = index_of(b="chợ mới", a="chợ mới", c="chợ mới")
    assert find(index, parse(index, "chợ")).passages.tolist() == [0, 1, 2]


def test_the_passage_of_the_article_that_says_more_about_it_comes_first() -> None:
    far = "Chuyện khác hẳn không liên quan. " * 30
    index = index_of(once=f"Có chợ ở đây. {far}", often=f"Có chợ ở đây. {far} Chợ cũ. {far} Chợ mới.")
    candidates = find(index, parse(index, "chợ"))
    assert index.archive[int(index.spans.articles[candidates.passages[0]])].id == "often"


def test_there_are_at_most_so_many_candidates() -> None:
    index = index_of(**{f"a{number}": "chợ" for number in range(CANDIDATES + 5)})
    assert len(find(index, parse(index, "chợ")).passages) == CANDIDATES


def test_an_empty_index_has_no_candidates() -> None:
    index = index_of()
    assert find(index, parse(index, "chợ")).passages.tolist() == []
