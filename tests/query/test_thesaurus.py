"""Other wordings of a question: what says it in another wording is found like what says it as asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from texts import article, index_of

from retrieval.answer import Answer
from retrieval.answering.engine import Engine
from retrieval.indexing import writer
from retrieval.query.query import parse as parse_question
from retrieval.query.synonyms import parse_synonyms
from retrieval.query.thesaurus import Thesaurus
from retrieval.text.canonical import without_accents

SYNONYMS = parse_synonyms(
    """
    UBND, Ủy ban nhân dân
    BHYT, bảo hiểm y tế
    TPHCM, TP.HCM, TP. Hồ Chí Minh, thành phố Hồ Chí Minh
    xã Bến Đò => xã Bến Đò, phường Bến Lụa
    Thắng Tam => Thắng Tam, phường Vũng Tàu
    phường Thắng Tam => phường Thắng Tam, phường Vũng Tàu
    xe đò => xe khách
    """
)
FILLER = {
    "cho": "Chợ phường mở cửa từ sáng sớm, bà con mua bán đông vui.",
    "sach": "Nhân viên thư viện xếp lại kho sách cho bạn đọc trong tháng tám.",
    "duong": "Con đường ven sông vừa được trải nhựa, xe chạy êm hơn trước.",
}
FULL = "Ủy ban nhân dân phường Bến Lụa tiếp công dân vào sáng thứ năm hằng tuần."
SHORT = "UBND phường Bến Lụa tiếp công dân vào sáng thứ năm hằng tuần."


def ask(question: str, **bodies: str) -> Answer:
    return Engine(index_of(**bodies, **FILLER), synonyms=SYNONYMS).ask(question)


def first(question: str, **bodies: str) -> str:
    answer = ask(question, **bodies)
    assert answer.answered, question
    return answer.hits[0].article.id


QUESTIONS = ["UBND phường tiếp công dân khi nào", "Ủy ban nhân dân phường tiếp công dân khi nào"]


@pytest.mark.parametrize("body", [FULL, SHORT])
@pytest.mark.parametrize("question", [*QUESTIONS, *map(without_accents, QUESTIONS)])
def test_either_wording_finds_the_other_with_or_without_accents(question: str, body: str) -> None:
    assert first(question, uy_ban=body) == "uy_ban"


@pytest.mark.parametrize("question", QUESTIONS)
def test_either_wording_is_found_at_nearly_the_same_score(question: str) -> None:
    full, short = (ask(question, a=body) for body in (FULL, SHORT))
    assert full.hits[0].score == pytest.approx(short.hits[0].score, rel=0.1)
    assert full.confidence == pytest.approx(short.confidence, abs=0.05)


SPELLINGS = ["TPHCM", "TP.HCM", "TP. Hồ Chí Minh", "thành phố Hồ Chí Minh"]


@pytest.mark.parametrize("said", SPELLINGS)
@pytest.mark.parametrize("typed", [*SPELLINGS, "tphcm"])
def test_all_spellings_of_a_name_find_each_other(typed: str, said: str) -> None:
    body = f"Đoàn của {said} thăm bà con làng chài."
    for question in (f"đoàn {typed} thăm ai", without_accents(f"đoàn {typed} thăm ai")):
        assert ask(question, a=body).hits[0].article.id == "a"


@pytest.mark.parametrize("said", ["TPHCM", "TP.HCM", "TP. Hồ Chí Minh"])
def test_another_spelling_is_highlighted_whole(said: str) -> None:
    body = f"Đoàn của {said} thăm bà con làng chài."
    shown = ask("bà con thành phố Hồ Chí Minh", a=body).hits[0].excerpt
    assert said in [body[start:end] for start, end in shown.highlights]


def test_a_wording_of_several_words_is_a_phrase() -> None:
    """Its words scattered over a passage are not it, and no part of it is."""
    scattered = "Ban quản lý chợ họp với nhân viên. Ủy thác cho dân phòng giữ xe trước phường."
    assert ask("UBND", a=scattered).hits == ()
    assert first("UBND phường", a=scattered, b=FULL) == "b"


def test_a_wording_whose_pairs_only_stand_there_does_not_cover_the_question() -> None:
    pairs = "Ban nhân sự gặp ủy ban kiểm tra; nhân dân vui."
    answer = ask("UBND", a=f"{pairs} Người của ban nhân đó đến.")
    assert not answer.answered


def test_an_arrow_leads_one_way() -> None:
    new = "Phường Bến Lụa mở lớp bơi cho trẻ em."
    old = "Xã Bến Đò mở lớp bơi cho trẻ em."
    assert first("lớp bơi ở xã Bến Đò", a=new) == "a"
    assert first("lop boi o xa ben do", a=new) == "a"
    from_new = ask("phường Bến Lụa", a=old, b=new)
    assert [hit.article.id for hit in from_new.hits] == ["b"]


def test_what_an_arrow_does_not_repeat_is_not_searched() -> None:
    assert [hit.article.id for hit in ask("xe đò", a="Xe đò cũ bỏ bến.", b="Xe khách rời bến.").hits] == ["b"]


def test_a_name_that_no_article_holds_is_read_from_the_list() -> None:
    assert first("phuong thang tam o dau", a="Phường Vũng Tàu ở ven biển.") == "a"


def test_a_wording_typed_without_accents_is_understood_as_the_list_spells_it() -> None:
    question = "Uy ban nhan dan tiep cong dan"
    assert ask(question, a=SHORT).understood_as == "Ủy ban nhân dân tiếp công dân"
    assert ask(question, a=FULL).understood_as == "Ủy ban nhân dân tiếp công dân"


def test_what_the_articles_say_goes_before_a_name_typed_without_accents() -> None:
    """ "thang tam" is August where the articles speak of it."""
    answer = ask("kho sach thang tam", a="Phường Vũng Tàu ở ven biển.")
    assert [hit.article.id for hit in answer.hits] == ["sach"]


def test_a_short_wording_that_is_a_word_without_accents_is_left_to_the_articles() -> None:
    synonyms = parse_synonyms("VAT, giá trị gia tăng")
    engine = Engine(
        index_of(tax="Thuế giá trị gia tăng là mười phần trăm.", zoo="Con vật nuôi.", **FILLER),
        synonyms=synonyms,
    )
    for question in ("thuế VAT", "thuế vat"):
        assert engine.ask(question).hits[0].article.id == "tax"
    assert [hit.article.id for hit in engine.ask("con vat").hits] == ["zoo"]


def test_a_synonym_in_the_title_finds_its_article() -> None:
    index = writer.build(
        [article("a", title="Thẻ BHYT", body="Mang theo giấy tờ tùy thân."), article("b", body="Chợ mới.")],
        generation=1,
    )
    hit = Engine(index, synonyms=SYNONYMS).ask("bảo hiểm y tế").hits[0]
    assert (hit.article.id, hit.matched) == ("a", ("bảo", "hiểm", "y", "tế"))


def test_what_matched_names_the_questions_words_and_is_highlighted_whole() -> None:
    hit = ask(QUESTIONS[0], a=FULL).hits[0]
    assert hit.matched[:2] == ("ubnd", "phường")
    start, end = hit.excerpt.highlights[0]
    assert FULL[start:end] == "Ủy ban nhân dân phường"
    hit = ask(QUESTIONS[1], a=SHORT).hits[0]
    assert hit.matched[:5] == ("ủy", "ban", "nhân", "dân", "phường")
    start, end = hit.excerpt.highlights[0]
    assert SHORT[start:end] == "UBND phường"


def test_the_wording_that_was_asked_comes_first_between_equals() -> None:
    new, old = "Phường Bến Lụa mở lớp bơi.", "Xã Bến Đò mở lớp bơi."
    for bodies in ({"new": new, "old": old}, {"old": old, "new": new}):
        answer = ask("lớp bơi ở xã Bến Đò", **bodies)
        assert [hit.article.id for hit in answer.hits] == ["old", "new"]


def test_a_question_without_synonyms_is_parsed_as_without_a_list() -> None:
    index = index_of(a=FULL, **FILLER)
    thesaurus = Thesaurus(index=index, synonyms=SYNONYMS)
    with_list, without = (
        parse_question(index, "kho sách", thesaurus=thesaurus),
        parse_question(index, "kho sách"),
    )
    assert [clause.term for clause in with_list.clauses] == [clause.term for clause in without.clauses]
    assert not any(clause.others for clause in with_list.clauses)


WORDS = "ubnd ủy uy ban nhân nhan dân tp hcm hồ chí minh xe đò thắng tam 😀"


@given(st.lists(st.sampled_from(WORDS.split()), max_size=12))
def test_any_question_can_be_asked_over_any_index(words: list[str]) -> None:
    for index in (index_of(), index_of(a=FULL, b="TP.HCM có xe khách", **FILLER)):
        answer = Engine(index, synonyms=SYNONYMS).ask(" ".join(words))
        assert 0 <= answer.confidence <= 1
        for hit in answer.hits:
            edges = [edge for pair in hit.excerpt.highlights for edge in pair]
            assert edges == sorted(set(edges))
