import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from texts import article, index_of

from retrieval.index.filter import holding
from retrieval.index.index import Index
from retrieval.indexing import writer
from retrieval.text.analyzer import fold, terms

WORDS = ["chợ", "chó", "cho", "mới", "mọi", "Rác"]


def held(index: Index, phrase: str) -> list[str]:
    return [index.article(number).id for number in np.flatnonzero(holding(index, phrase)).tolist()]


def test_a_phrase_with_accents_is_meant_as_it_is_and_one_without_any_in_all_ways() -> None:
    index = index_of(a="Lịch thu gom rác.", b="Lịch thụ gom.", c="Lịch gom thu.")
    assert held(index, "lịch thu gom") == ["a"]
    assert held(index, "LICH thu gom") == ["a", "b"]
    assert held(index, "lịch") == ["a", "b", "c"]
    assert held(index, "lịch bay") == held(index, "bay") == held(index, "lịch lịch") == []


def test_a_phrase_stands_in_the_title_or_in_the_text_not_in_both() -> None:
    index = writer.build([article("a", "Thu gom", "rác ở chợ mới. Xe đến."), article("b")], generation=1)
    assert held(index, "thu gom") == held(index, "rác ở chợ mới") == held(index, "chợ mới xe đến") == ["a"]
    assert held(index, "thu gom rác") == []


def test_a_phrase_of_three_words_is_not_its_two_pairs_apart() -> None:
    index = index_of(a="Chợ mới xa. Mọi chợ mới mở. Mới mở cửa.", b="Mới mở. Mở cửa.")
    assert held(index, "mới mở cửa") == ["a"]


@given(
    st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=12), min_size=1, max_size=6),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=4),
)
def test_articles_that_hold_a_phrase_are_those_whose_words_do(
    texts: list[list[str]], said: list[str]
) -> None:
    first = {f"a{number}": " ".join(words) for number, words in enumerate(texts)}
    index = writer.changed(index_of(**first), [], [article("z", body="chợ mới")], generation=2)
    phrase = " ".join(said)
    is_bare = {*map(fold, terms(phrase))} == {*terms(phrase)}

    def read(text: str) -> str:
        return f" {' '.join(map(fold, terms(text)) if is_bare else terms(text))} "

    expected = [name for name, text in (first | {"z": "chợ mới"}).items() if read(phrase) in read(text)]
    assert held(index, phrase) == expected
