import pytest
from hypothesis import given
from hypothesis import strategies as st
from texts import index_of, sample_index

from retrieval.query.query import PAIR_WEIGHT, parse
from retrieval.text.canonical import without_accents

INDEX = sample_index()
WORDS = [INDEX.vocabulary[number] for number in range(len(INDEX.vocabulary))]


@pytest.mark.parametrize(
    ("question", "understood_as"),
    [
        ("thu vien mo cua den may gio", "thư viện mở cửa đến may gio"),
        ("Thu Vien PHUONG?", "Thư Viện PHƯỜNG?"),
        ("thư viện mở cửa", "thư viện mở cửa"),
        ("đường Hòa Bình", "đường Hòa Bình"),
    ],
)
def test_accents_that_were_left_out_are_restored(question: str, understood_as: str) -> None:
    assert parse(INDEX, question).understood_as == understood_as


def test_a_word_typed_with_accents_means_that_form_only() -> None:
    index = index_of(a="mà má mã", b="ma")
    [word] = parse(index, "má").words
    assert [index.vocabulary[key] for key in word.keys] == ["má"]


def test_a_word_without_accents_reaches_every_form_the_likeliest_first() -> None:
    index = index_of(a="mã số", b="mã hàng", c="má con")
    [word, _] = parse(index, "ma so").words
    assert word.term == "mã"
    assert {index.vocabulary[key] for key in word.keys} == {"mã", "má"}
    assert word.weights.max() == word.weights[[index.vocabulary[k] for k in word.keys].index("mã")] == 1


def test_a_word_with_accents_the_index_does_not_know_reaches_its_other_forms() -> None:
    index = index_of(a="thủ tục")
    assert [index.vocabulary[key] for key in parse(index, "thù túc").words[0].keys] == ["thủ"]


def test_a_reading_is_certain_as_typed_or_where_a_neighbour_was_seen_too() -> None:
    query = parse(INDEX, "thu vien xe may")
    assert [(word.term, word.is_certain) for word in query.words] == [
        ("thư", True),
        ("viện", True),
        ("xe", True),
        ("may", True),
    ]
    assert [word.is_certain for word in parse(INDEX, "rac gio").words] == [False, False]


def test_a_word_that_is_all_the_question_is_certain_however_often_it_is_said() -> None:
    for question in ("rac", "rac rac"):
        assert [word.is_certain for word in parse(INDEX, question).words] == [True]


def test_old_and_new_tone_marks_are_one_word() -> None:
    assert parse(INDEX, "hòa").words[0].keys.tolist() == parse(INDEX, "hoà").words[0].keys.tolist()


def test_adjacent_words_make_pairs_that_count_less() -> None:
    query = parse(INDEX, "thư viện phường")
    assert [pair.term for pair in query.pairs] == ["thư viện", "viện phường"]
    assert {pair.boost for pair in query.pairs} == {PAIR_WEIGHT}


def test_a_word_said_twice_counts_twice() -> None:
    query = parse(INDEX, "rác rác rác")
    assert [(word.term, word.boost) for word in query.words] == [("rác", 3)]
    assert [pair.term for pair in query.pairs] == ["rác rác"]


@pytest.mark.parametrize("question", ["", " ", "?!", "\u200b", "😀😀", "\x00"])
def test_a_question_without_a_word_asks_for_nothing(question: str) -> None:
    assert parse(INDEX, question).clauses == ()


@given(st.text(max_size=60))
def test_any_question_can_be_parsed_over_any_index(question: str) -> None:
    for index in (INDEX, index_of()):
        query = parse(index, question)
        assert all(len(clause.keys) == len(clause.weights) for clause in query.clauses)


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join))
def test_the_understanding_differs_by_accents_only(question: str) -> None:
    typed = without_accents(question)
    assert without_accents(parse(INDEX, typed).understood_as) == typed
