"""Why a hit stands where it stands: the parts add up to what was ranked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from texts import article, index_of, sample_index

from retrieval.answer import Answer
from retrieval.answering.engine import Engine
from retrieval.answering.explanation import Explanation, Gain, Sought
from retrieval.indexing import writer
from retrieval.query.synonyms import parse_synonyms

ENGINE = Engine(sample_index())
QUESTIONS = (
    "Ai phụ trách thư viện phường?",
    "dang ky khai sinh qua han nop bao nhieu tien",
    "xe rác đi qua đường Hòa Bình thứ mấy? Xe rác",
    "8.000 đồng",
    "where is the thu vien",
    "lịch kilimanjaro",
    "rác " * 30,
)
WORDS = st.sampled_from(["chợ", "cho", "rác", "thu", "gom", "2024", "ai", "ubnd", "ủy", "ban"])


def sought(explanation: Explanation) -> dict[str, Sought]:
    return {one.term: one for one in explanation.sought}


def assert_adds_up(explanation: Explanation, answer: Answer) -> None:
    """The explanation is of *answer*, and all of it adds up to its numbers."""
    assert tuple(one.hit for one in explanation.hits) == answer.hits
    for one in explanation.hits:
        assert sum(gain.total for gain in one.gains) == pytest.approx(one.first, abs=1e-9)
        points = one.first + one.by_closeness + one.by_opening + one.by_subject
        assert points == pytest.approx(one.hit.score, abs=1e-9)
        assert {gain.term for gain in one.gains} == sought(explanation).keys()
        assert all((gain.total > 0) == (len(gain.found) > 0) for gain in one.gains)
    confidence = explanation.odds.confidence if explanation.odds else 0
    assert confidence == answer.confidence


@pytest.mark.parametrize("question", QUESTIONS)
def test_parts_add_up_on_the_sample_texts(question: str) -> None:
    assert_adds_up(ENGINE.why(question), ENGINE.ask(question))


@given(st.lists(st.lists(WORDS, min_size=1, max_size=12), max_size=8), st.lists(WORDS, max_size=8))
def test_parts_add_up_on_any_small_index(texts: list[list[str]], question: list[str]) -> None:
    articles = [
        article(f"a{number}", title=" ".join(words[:2]), body=" ".join(words))
        for number, words in enumerate(texts)
    ]
    synonyms = parse_synonyms("ubnd, ủy ban\nrác => gom, thu gom")
    engine = Engine(writer.build(articles, generation=1), synonyms=synonyms)
    asked = " ".join(question)
    assert_adds_up(engine.why(asked), engine.ask(asked))


@pytest.mark.parametrize("question", ["", "😀", "kilimanjaro"])
def test_nothing_found_has_no_odds_and_no_hits(question: str) -> None:
    explanation = ENGINE.why(question)
    assert (explanation.hits, explanation.odds) == ((), None)


def test_words_too_common_to_answer_are_lifted_where_they_all_stand_in_one_breath() -> None:
    bodies = {f"a{number}": f"Chợ nổi bán cá, sạp {number}." for number in range(9)}
    odds = Engine(index_of(**bodies)).why("chợ nổi bán cá").odds
    assert odds is not None
    assert odds.whole > 0
    assert (odds.total, odds.confidence) == (0, 0.5)


def test_a_follow_up_is_explained_together_with_the_question_before() -> None:
    before = "Xe thu gom rác đi qua đường Hoà Bình ngày nào?"
    explanation = ENGINE.why("mấy giờ?", after=before)
    assert explanation.answer.understood_as == ENGINE.ask("mấy giờ?", after=before).understood_as
    assert_adds_up(explanation, ENGINE.ask(explanation.searched))


def test_what_is_told_beside_the_question_is_explained_with_it() -> None:
    question = "Nhà con ở gần chợ có người lạ quậy phá. Cho con xin số của công an phường"
    index = index_of(a="Công an phường: 0278 3555 113.", b="Người lạ ở chợ.", c="Phường mở chợ.")
    explanation = Engine(index).why(question)
    assert_adds_up(explanation, Engine(index).ask(question))
    assert sought(explanation)["quậy"].share == 0


def gained(explanation: Explanation) -> dict[str, Gain]:
    return {gain.term: gain for gain in explanation.hits[0].gains}


def test_it_tells_what_each_word_of_the_question_counts_and_why() -> None:
    words = sought(ENGINE.why("thu gom rác năm 2024 ở đâu"))
    assert words["đâu"].asks
    assert words["2024"].is_number
    assert words["đâu"].counts < 0.2 < 1 < words["2024"].counts
    assert words["gom"].shared > 0
    assert words["thu gom"].is_pair
    assert sum(word.share for word in words.values()) == pytest.approx(1)


def test_it_tells_what_an_unaccented_word_is_read_as() -> None:
    engine = Engine(index_of(a="Chợ Bến Lụa mở cửa. Cho thuê sạp.", b="Chợ Bến Lụa đóng cửa."))
    chợ, *_ = engine.why("cho ben lua").sought
    assert chợ.term == "chợ"
    assert [form.text for form in chợ.forms] == ["chợ", "cho"]
    assert chợ.forms[0].weight == 1 > chợ.forms[1].weight


def test_it_tells_which_wording_stands_in_the_article() -> None:
    synonyms = parse_synonyms("ubnd, ủy ban nhân dân")
    index = index_of(a="Ủy ban nhân dân phường trực tết.", b="Trạm xe trực tết.")
    explanation = Engine(index, synonyms=synonyms).why("ubnd phường trực")
    [other] = sought(explanation)["ubnd"].forms
    assert (other.text, other.is_synonym) == ("ủy ban nhân dân", True)
    assert gained(explanation)["ubnd"].found == ("ủy ban nhân dân",)


def test_a_word_of_the_title_alone_gives_in_the_article_only() -> None:
    index = writer.build([article("a", "Lễ hội", "Sáng nay vui."), article("b", "", "Chiều.")], generation=1)
    gains = gained(Engine(index).why("lễ hội sáng"))
    assert gains["lễ"].in_passage == 0 < gains["lễ"].in_article
    assert gains["sáng"].in_passage > 0


def test_the_largest_gain_comes_first_and_what_is_not_found_last() -> None:
    [one] = Engine(index_of(a="Chợ cá họp sớm.", b="Chợ rau.")).why("chợ cá kilimanjaro", limit=1).hits
    totals = [gain.total for gain in one.gains]
    assert totals == sorted(totals, reverse=True)
    assert one.gains[-1].total == 0


def test_a_listing_by_date_has_no_parts() -> None:
    explanation = ENGINE.why("có gì mới không")
    assert explanation.answer.hits == ENGINE.ask("có gì mới không").hits
    assert (explanation.sought, explanation.hits, explanation.odds) == ((), (), None)


def test_of_two_questions_each_is_explained() -> None:
    engine = Engine(index_of(a="Chợ cá họp lúc 5 giờ sáng ở bến.", b="Thư viện phường ở số 4 đường Hoa Ban."))
    question = "Chợ cá họp lúc mấy giờ? Thư viện phường ở đâu?"
    answer, explanation = engine.ask(question), engine.why(question)
    assert answer.also is not None
    assert explanation.second is not None
    assert explanation.second.hits[0].hit.article == answer.also.article
