import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.text.analyzer import term
from retrieval.text.keyboard import keys_decoded


@pytest.mark.parametrize(
    ("struck", "meant"),
    [
        ("thur", "thủ"),
        ("ddawng", "đăng"),
        ("tieesng", "tiếng"),
        ("tieengs", "tiếng"),
        ("tiengse", "tiếng"),
        ("dduwowcj", "được"),
        ("dduocwj", "được"),
        ("duocwdj", "được"),
        ("nguoiwf", "người"),
        ("hoaf", "hòa"),
        ("quys", "quý"),
        ("quowr", "quở"),
        ("thuowr", "thuở"),
        ("tw", "tư"),
        ("UYR", "ủy"),
    ],
)
def test_telex_keys_are_what_an_input_method_would_write(struck: str, meant: str) -> None:
    assert keys_decoded(struck) == meant


@pytest.mark.parametrize(
    ("struck", "meant"),
    [
        ("thu3", "thủ"),
        ("d9a8ng", "đăng"),
        ("tie6ng1", "tiếng"),
        ("tieng61", "tiếng"),
        ("d9u7o7c5", "được"),
        ("duoc795", "được"),
        ("Ky2", "kỳ"),
    ],
)
def test_vni_keys_are_what_an_input_method_would_write(struck: str, meant: str) -> None:
    assert keys_decoded(struck) == meant


@pytest.mark.parametrize(
    "word", ["", "phuong", "an", "tram", "G7", "u23", "2015", "5g", "phường", "b52", "中"]
)
def test_words_without_keys_mean_themselves(word: str) -> None:
    assert keys_decoded(word) is None


TELEX = {
    "\u0300": "f", "\u0301": "s", "\u0309": "r", "\u0303": "x", "\u0323": "j",
    "ă": "aw", "â": "aa", "ê": "ee", "ô": "oo", "ơ": "ow", "ư": "uw", "đ": "dd",
}  # fmt: skip
VNI = {
    "\u0300": "2", "\u0301": "1", "\u0309": "3", "\u0303": "4", "\u0323": "5",
    "ă": "a8", "â": "a6", "ê": "e6", "ô": "o6", "ơ": "o7", "ư": "u7", "đ": "d9",
}  # fmt: skip
SYLLABLES = st.builds(
    "{}{}{}".format,
    st.sampled_from(["", "b", "đ", "ngh", "qu", "th", "tr", "x"]),
    st.sampled_from(["á", "ằ", "ậ", "ẻ", "ễ", "ì", "ố", "ờ", "ụ", "ỹ", "ươi", "iế", "uyệ"]),
    st.sampled_from(["", "n", "ng", "t"]),
)


@given(SYLLABLES, st.sampled_from([TELEX, VNI]))
def test_the_keys_of_a_syllable_give_the_syllable_again(syllable: str, keys: dict[str, str]) -> None:
    struck, tone = "", ""
    for letter in syllable:
        parts = unicodedata.normalize("NFD", letter)
        tone += "".join(keys[part] for part in parts if part in keys and not part.isalpha())
        shape = unicodedata.normalize("NFC", "".join(p for p in parts if p.isalpha() or p not in keys))
        struck += keys.get(shape, shape)
    assert keys_decoded(struck + tone) == term(syllable)


@given(st.text(max_size=20))
def test_any_word_can_be_decoded(word: str) -> None:
    meant = keys_decoded(word)
    assert meant is None or meant == term(meant)
