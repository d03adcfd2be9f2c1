import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.text import analyzer
from retrieval.text.analyzer import analyse, fold, term, terms, tokens
from retrieval.text.canonical import clean


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


def test_chinese_and_japanese_give_one_term_a_character() -> None:
    assert terms("Xin 你好 chào") == ["xin", "你", "好", "chào"]
    assert terms("コーヒー") == ["コ", "ー", "ヒ", "ー"]
    assert terms("于2015年有1,000人") == ["于", "2015", "年", "有", "1,000", "人"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("น้ำ", ["น้ำ"]),
        ("ที่นี่", ["ที่นี่"]),
        ("เปิดที่นี่ ทุกวัน", ["เปิด", "ดที่", "ที่นี่", "ทุก", "กวั", "วัน"]),
        ("ปี ๒๕๖๘", ["ปี", "2568"]),
        ("ไทยABC", ["ไทย", "abc"]),
        ("ຂ້າພະເຈົ້າ", ["ຂ້າພະ", "ພະເຈົ້າ"]),
        ("ភាសាខ្មែរ", ["ភាសា", "សាខ្មែ", "ខ្មែរ"]),
        ("မြန်မာဘာသာ", ["မြန်", "န်မာ", "မာဘာ", "ဘာသာ"]),
    ],
)
def test_scripts_of_clusters_give_one_term_for_two_neighbouring_clusters(
    text: str, expected: list[str]
) -> None:
    assert terms(text) == expected


def test_full_width_letters_and_other_digits_are_those_of_ascii() -> None:
    assert terms("ＡＢＣ ２０１５ ٢٠١٥ २०१५") == ["abc", "2015", "2015", "2015"]


def test_where_texts_are_measured_a_word_without_spaces_counts_a_third() -> None:
    counted = analyse("Hai từ 一二三四五六七 và một").word_starts
    assert len(counted) == 4 + 3
    assert counted[0] == 0


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
    assert all(left.start < right.start and left.end <= right.end for left, right in pairwise(found))


def assert_analysed_alike_beside_another_script(text: str) -> None:
    """A text of Latin letters alone takes a shorter way; a character of Han makes it take the long one."""
    short, long = analyse(text), analyse(f"{text}\na 漢")
    behind = len(text) + 1
    assert [*short.terms, "a", "漢"] == long.terms
    assert [*short.starts, behind, behind + 2] == long.starts
    assert [*short.ends, behind + 1, behind + 3] == long.ends
    assert [*short.word_starts, behind, behind + 2] == long.word_starts


@given(st.text(alphabet="aẠđB019²½ªµ.,.,- \n…“→×😀\u0301\u200dж", max_size=80) | st.text())
def test_a_text_is_analysed_alike_beside_another_script(text: str) -> None:
    assert_analysed_alike_beside_another_script(text)


def test_every_character_is_analysed_alike_beside_another_script() -> None:
    for block in range(0, 0x20000, 0x40):
        characters = (chr(code) for code in range(block, block + 0x40) if not 0xD800 <= code < 0xE000)
        # Apart: a text takes the way of all its characters.
        groups: dict[bool, list[str]] = {True: [], False: []}
        for character in clean("\n".join(characters)).split("\n"):
            line = f"a{character}b 1.{character}2 {character} .{character}"
            groups[analyzer._NOT_PLAIN.search(line) is None].append(line)
        for lines in groups.values():
            assert_analysed_alike_beside_another_script("\n".join(lines))


@given(st.text(alphabet="aàảãáạăằâấbcdđeèêếghiìklmnoòôốơớpqrstuùưứvxyỳ ĐÀỜ,.-\n0123456789", max_size=80))
def test_composed_and_decomposed_text_analyse_alike(text: str) -> None:
    composed = terms(clean(unicodedata.normalize("NFC", text)))
    assert terms(clean(unicodedata.normalize("NFD", text))) == composed


@given(st.text(max_size=20))
def test_a_term_is_its_own_term(text: str) -> None:
    for found in terms(clean(text)):
        assert term(found) == found
