import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from texts import article, index_of, sample_index

from retrieval.index.index import Index
from retrieval.index.numbered import Allowed
from retrieval.indexing import writer
from retrieval.query.query import Query, parse
from retrieval.ranking.candidates import ARTICLE_WEIGHT, ARTICLES, PASSAGES_EACH, find, passage_gains


def test_a_passage_without_a_query_term_is_never_a_candidate() -> None:
    index = sample_index()
    assert find(index, parse(index, "xe rác")).passages.tolist() == [2]
    assert find(index, parse(index, "kilimanjaro")).passages.tolist() == []


def test_an_article_is_found_by_its_title_alone() -> None:
    index = writer.build([article("a", "Lễ hội", "Sáng nay."), article("b", "", "Chiều.")], generation=1)
    assert find(index, parse(index, "lễ hội")).passages.tolist() == [0]


def test_an_article_is_found_by_its_section() -> None:
    index = writer.build([article("a", body="Sáng nay.", section="Thể thao"), article("b")], generation=1)
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


@pytest.fixture(scope="module")
def news() -> Index:
    """Articles of several passages, with words of all frequencies; a third of them removed again."""
    random = np.random.default_rng(7)
    words = [f"t{number}" for number in range(200)]
    articles = []
    for number in range(300):
        said = np.minimum(random.zipf(1.3, random.integers(3, 500)) - 1, len(words) - 1)
        sentences = [
            " ".join(words[place] for place in part) for part in np.array_split(said, 8) if len(part)
        ]
        articles.append(article(f"a{number}", words[random.integers(200)], ". ".join(sentences)))
    index = writer.build(articles[:200], generation=1)
    return writer.changed(index, [f"a{number}" for number in range(0, 200, 2)], articles[200:], generation=2)


def by_definition(index: Index, query: Query, allowed: Allowed) -> list[tuple[float, int]]:
    """The definition, word for word: every allowed article is looked at, every passage scored."""
    numbers, of_articles = index.article_ranking.totals(query.clauses)
    all_passages = [passage for number in numbers.tolist() for passage in index.passages_of(number).tolist()]
    all_gains = sum(
        (np.array(passage_gains(index, clause, all_passages)) for clause in query.clauses),
        start=np.zeros(len(all_passages)),
    )
    gain_of = dict(zip(all_passages, all_gains.tolist(), strict=True))
    expected: list[tuple[float, list[tuple[float, int]]]] = []
    for number, of_article in zip(numbers.tolist(), of_articles.tolist(), strict=True):
        if not allowed[number]:
            continue
        passages = index.passages_of(number).tolist()
        ranked = sorted((-gain_of[passage], passage) for passage in passages)[:PASSAGES_EACH]
        held = [one for one in ranked if one[0] < 0] or ranked[:1]
        its = [(ARTICLE_WEIGHT * of_article - gain, passage) for gain, passage in held]
        expected.append((its[0][0], its))
    expected.sort(key=lambda one: (-one[0], one[1][0][1]))
    return sorted((one for _, its in expected[:ARTICLES] for one in its), key=lambda one: (-one[0], one[1]))


@given(st.lists(st.integers(0, 220), min_size=1, max_size=6))
def test_no_article_is_missed_for_being_left_unread(news: Index, asked: list[int]) -> None:
    query = parse(news, " ".join(f"t{number}" for number in asked))
    best = by_definition(news, query, np.ones(news.article_bases[-1], dtype=bool))
    found = find(news, query)
    np.testing.assert_allclose(found.scores, [score for score, _ in best], rtol=1e-9)
    assert set(found.passages.tolist()) == {passage for _, passage in best}


@given(st.lists(st.integers(0, 220), min_size=1, max_size=6), st.sets(st.integers(0, 299)))
def test_a_search_among_some_articles_is_one_of_all_without_the_others(
    news: Index, asked: list[int], some: set[int]
) -> None:
    query = parse(news, " ".join(f"t{number}" for number in asked))
    allowed = np.isin(np.arange(news.article_bases[-1]), list(some))
    best = by_definition(news, query, allowed)
    found = find(news, query, allowed)
    np.testing.assert_allclose(found.scores, [score for score, _ in best], rtol=1e-9)
    assert set(found.passages.tolist()) == {passage for _, passage in best}


def test_where_no_article_is_allowed_there_is_no_candidate() -> None:
    index = sample_index()
    assert find(index, parse(index, "thư viện"), np.zeros(3, dtype=bool)).passages.tolist() == []
