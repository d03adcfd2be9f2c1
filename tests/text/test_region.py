"""Syllables that some regions say alike."""

import pytest

from retrieval.text.region import spoken_alike


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("bải", "bãi"),
        ("nưới", "lưới"),
        ("sóm", "xóm"),
        ("chẻ", "trẻ"),
        ("dờ", "giờ"),
        ("rì", "gì"),
        ("lầng", "lần"),
        ("mựt", "mực"),
        ("ngừi", "người"),
        ("giử", "giữ"),
        ("kíu", "cứu"),
        ("riệu", "rượu"),
        ("chử", "trữ"),  # two at once
    ],
)
def test_what_sounds_alike_somewhere_is_another_spelling_of_either(typed: str, meant: str) -> None:
    assert meant in spoken_alike(typed)
    assert typed in spoken_alike(meant)


def test_what_differs_least_comes_first() -> None:
    assert spoken_alike("chẻ")[:2] == ("chẽ", "trẻ")


@pytest.mark.parametrize("word", ["", "ubnd", "2026", "school", "ạ"])
def test_what_has_no_letter_to_confuse_sounds_like_nothing_else(word: str) -> None:
    assert spoken_alike(word) == ()
