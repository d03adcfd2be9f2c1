import pytest
from texts import index_of

from retrieval.answering.engine import Engine
from retrieval.index.index import Index
from retrieval.query.query import parse
from retrieval.query.synonyms import parse_synonyms
from retrieval.query.thesaurus import Thesaurus
from retrieval.query.weights import LONG_NUMBER

BODIES = {
    "a": "Đoàn đến Puerto Rico sáng nay.",
    "b": "Bão vào Puerto Rico.",
    "c": "Lễ hội đua ghe ở bến sông.",
    "d": "Bến sông đông người, lễ đến muộn, hội về trưa.",
    "e": "Quyết định 41 về chợ.",
}


@pytest.fixture(name="index", scope="module")
def _index() -> Index:
    return index_of(**BODIES)


def boosts(index: Index, question: str) -> dict[str, float]:
    return {word.term: word.boost for word in parse(index, question).words}


def test_a_word_that_stands_for_itself_counts_whole(index: Index) -> None:
    assert boosts(index, "ghe") == {"ghe": 1}


def test_words_that_always_go_together_count_as_one(index: Index) -> None:
    together = boosts(index, "puerto rico")
    assert together["puerto"] == together["rico"] == pytest.approx(0.5)


def test_words_that_also_stand_apart_share_less(index: Index) -> None:
    assert boosts(index, "lễ hội")["lễ"] > boosts(index, "puerto rico")["puerto"]


def test_a_telephone_number_is_all_that_is_asked_about() -> None:
    index = index_of(a="Trạm nước, gọi 0275 3777 140.", b="Ủy ban, gọi 0275 3777 100 là số của ủy ban.")
    engine = Engine(index)
    assert engine.ask("gọi 02753777140 là số của ai").hits[0].article.id == "a"
    [_, number, *_] = parse(index, "gọi 02753777140 là số").words
    assert number.boost == LONG_NUMBER


def test_words_that_were_never_seen_together_share_nothing(index: Index) -> None:
    assert boosts(index, "ghe rico") == {"ghe": 1, "rico": 1}


def test_nor_do_they_if_one_of_them_has_another_wording(index: Index) -> None:
    thesaurus = Thesaurus(index=index, synonyms=parse_synonyms("đò ngang, ghe"))
    words = parse(index, "rico đò ngang", thesaurus=thesaurus).words
    assert {word.term: word.boost for word in words}["rico"] == 1


@pytest.mark.parametrize(
    ("question", "asking"),
    [
        ("ai đua ghe", {"ai"}),
        ("chợ là gì", {"là", "gì"}),
        ("chợ họp khi nào", {"khi", "nào"}),
        ("what is puerto rico", {"what", "is"}),
        ("bến sông là chợ", set()),
        ("khi bão vào", set()),
    ],
)
def test_words_that_only_ask_count_little(index: Index, question: str, asking: set[str]) -> None:
    assert {term for term, boost in boosts(index, question).items() if boost < 0.2} == asking


def test_a_number_counts_more(index: Index) -> None:
    assert boosts(index, "ghe 41")["41"] == 1.5


def test_a_word_said_twice_counts_twice(index: Index) -> None:
    assert boosts(index, "ghe ghe") == {"ghe": 2}


def test_a_name_said_twice_still_counts() -> None:
    index = index_of(a="bến lụa bến lụa", b="chợ mới")
    assert min(boosts(index, "bến lụa bến lụa").values()) > 0
    assert 0 < Engine(index).ask("bến lụa bến lụa").confidence <= 1
