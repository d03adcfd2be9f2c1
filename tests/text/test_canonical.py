import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from retrieval.text.canonical import clean, closed_up

# The characters that clean() treats, beside some that they must not be confused with.
TRICKY = (
    "aâđÐð =ệ\u0300\u0301\u0323\u0338 \t\n\r\u0085\u00a0\u00ad\u0000\u180e\u200b\u200c\u200d\u200e\u2003"
    "\u2028\u202e\u2060\u3000\ufeff\ud800😀\ufe0f\u0627\u0653\u0915\u1100\u1161\u11a8\u212b"
)
texts = st.text(alphabet=TRICKY) | st.text()


@given(texts)
@example("a\u200b\u200cb")
@example("\u3000\u200da")
@example("a \u200d b")
@example("e\u0000\u0301")
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(texts)
def test_composed_and_decomposed_text_become_the_same(text: str) -> None:
    assert clean(unicodedata.normalize("NFD", text)) == clean(unicodedata.normalize("NFC", text))


@given(texts)
def test_clean_text_is_composed_and_has_single_spaces_and_line_ends(text: str) -> None:
    cleaned = clean(text)
    assert unicodedata.is_normalized("NFC", cleaned)
    assert cleaned == cleaned.strip()
    assert [pair for pair in ("  ", "\n\n", " \n", "\n ") if pair in cleaned] == []


@given(texts)
def test_clean_text_can_be_stored_as_utf_8(text: str) -> None:
    assert clean(text).encode().decode() == clean(text)


def test_every_character_is_treated_alike_beside_one_that_goes() -> None:
    """A text without anything odd takes a shorter way; a soft hyphen makes it take the long one."""
    for character in map(chr, range(0x20000)):
        text = f"a{character}b {character}"
        assert clean(text) == clean(f"{text}\u00ad")


@pytest.mark.parametrize(
    ("given_text", "cleaned"),
    [
        ("Tie\u0302\u0301ng Vie\u0323\u0302t", "Tiếng Việt"),
        ("một\u00a0hai\u200b\u3000ba", "một hai ba"),
        ("co\u00adng\u200bty\ufeff", "congty"),
        ("Ðường đi", "Đường đi"),
        ("đoạn một\r\n \u00a0\r\nđoạn hai\u2028đoạn ba\n", "đoạn một\nđoạn hai\nđoạn ba"),
        ("NUL\0 và chuông\a", "NUL và chuông"),
        ("viết\u200cliền", "viếtliền"),
    ],
)
def test_what_nobody_sees_goes_and_what_is_spelled_stays(given_text: str, cleaned: str) -> None:
    assert clean(given_text) == cleaned


def test_a_joiner_stays_where_it_means_something() -> None:
    family, persian = "👨\u200d👩\u200d👧", "می\u200cخواهم"
    assert clean(family) == family
    assert clean(persian) == persian


@pytest.mark.parametrize(
    ("cut", "expected"),
    [
        ("cúp điện  ?", "cúp điện?"),
        ("rác , .", "rác."),
        (", cúp điện", "cúp điện"),
        ("giá 1.5 , .5 ?", "giá 1.5, .5?"),
        ("", ""),
    ],
)
def test_no_mark_stands_by_itself_where_something_was_cut_out(cut: str, expected: str) -> None:
    assert closed_up(cut) == expected
