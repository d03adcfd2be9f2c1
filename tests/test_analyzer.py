import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.analyzer import fold, term, terms, tokens
from retrieval.text import clean


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("hoà", "hòa"),
        ("thuỷ", "thủy"),
        ("khoẻ", "khỏe"),
        ("quý", "quý"),
        ("qúy", "quý"),
        ("hòan", "hoàn"),
        ("gìau", "giàu"),
        ("gì", "gì"),
        ("giữ", "giữ"),
        ("ngoài", "ngoài"),
        ("khuỷu", "khuỷu"),
        ("nước", "nước"),
        ("HOÀ", "hòa"),
        ("café", "café"),
        ("naïve", "naïve"),
    ],
)
def test_tone_marks_move_to_where_school_spelling_has_them(written: str, canonical: str) -> None:
    assert term(written) == canonical


def test_words_keep_inner_points_of_numbers_and_break_at_other_marks() -> None:
    assert terms("Chỉ thị 03-CT/TW: 1.000.000 đồng, ngày 01/05/2016.") == [
        *("chỉ", "thị", "03", "ct", "tw", "1.000.000", "đồng", "ngày", "01", "05", "2016")
    ]


def test_scripts_without_spaces_give_one_term_a_character() -> None:
    assert terms("Xin 你好 chào") == ["xin", "你", "好", "chào"]
    assert terms("ที่นี่") == ["ที่", "นี่"]


def test_words_of_scripts_with_vowel_signs_stay_whole() -> None:
    assert terms("हिन्दी भाषा") == ["हिन्दी", "भाषा"]


@pytest.mark.parametrize(
    ("accented", "folded"),
    [("phường", "phuong"), ("đội", "doi"), ("ủy", "uy"), ("हिन्दी", "हिन्दी"), ("abc", "abc")],
)
def test_folding_takes_the_marks_off_latin_letters_only(accented: str, folded: str) -> None:
    assert fold(accented) == folded


@given(st.text())
def test_every_token_is_cut_out_by_its_offsets(text: str) -> None:
    text = clean(text)
    found = list(tokens(text))
    assert [term(text[token.start : token.end]) for token in found] == [token.term for token in found]
    assert [token.term for token in found] == terms(text)
    assert all(left.end <= right.start for left, right in pairwise(found))


@given(st.text(alphabet="aàảãáạăằâấbcdđeèêếghiìklmnoòôốơớpqrstuùưứvxyỳ ĐÀỜ,.-\n0123456789", max_size=80))
def test_composed_and_decomposed_text_analyse_alike(text: str) -> None:
    composed = terms(clean(unicodedata.normalize("NFC", text)))
    assert terms(clean(unicodedata.normalize("NFD", text))) == composed


@given(st.text(max_size=20))
def test_a_term_is_its_own_term(text: str) -> None:
    for found in terms(clean(text)):
        assert term(found) == found
