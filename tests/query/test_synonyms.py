"""The list of synonyms: what a line means, and what is said of one that means nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.errors import Reason
from retrieval.query.synonyms import BadLine, Synonyms, Wording, parse_glossary, parse_synonyms

UBND, UY_BAN = ("ubnd",), ("ủy", "ban", "nhân", "dân")


def meanings(text: str) -> dict[Wording, tuple[Wording, ...]]:
    synonyms = parse_synonyms(text)
    assert synonyms.mistakes == ()
    return dict(synonyms.meanings)


def mistakes(text: str) -> list[tuple[int, str]]:
    return [(mistake.line, str(mistake.reason)) for mistake in parse_synonyms(text).mistakes]


def test_wordings_between_commas_mean_each_other() -> None:
    assert meanings("UBND, Ủy ban nhân dân") == {UBND: (UBND, UY_BAN), UY_BAN: (UBND, UY_BAN)}


def test_an_arrow_leads_one_way_and_replaces_what_it_does_not_repeat() -> None:
    assert meanings("xã Cũ, Cũ => phường Mới") == {
        ("xã", "cũ"): (("phường", "mới"),),
        ("cũ",): (("phường", "mới"),),
    }
    assert meanings("Cũ => Cũ, Mới") == {("cũ",): (("cũ",), ("mới",))}


def test_lines_about_one_wording_add_up() -> None:
    assert meanings("a, b\na => c\nb, a")[("a",)] == (("a",), ("b",), ("c",))


def test_case_punctuation_and_old_tone_marks_do_not_matter() -> None:
    assert meanings("TP.HCM, Uỷ  ban\n") == meanings("tp - hcm,ủy ban")


def test_comments_and_blank_lines_say_nothing() -> None:
    assert parse_synonyms("\ufeff# a, b\n\n   \n  # c => \r\n") == Synonyms()


@pytest.mark.parametrize(
    ("line", "left"),
    [
        (r"giá 1\,5 triệu, g", ("giá", "1,5", "triệu")),
        (r"a \=> b, g", ("a", "b")),
        (r"a\\, g", ("a",)),
        ("a\\", None),
    ],
)
def test_a_backslash_makes_a_mark_part_of_the_wording(line: str, left: Wording | None) -> None:
    assert next(iter(parse_synonyms(line).meanings), None) == left


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("a => b => c", "more than one arrow =>"),
        ("=> b", "a wording is missing"),
        ("a =>", "a wording is missing"),
        ("a,, b", "a wording is missing"),
        ("a, b,", "a wording is missing"),
        ("a, …", "a wording is missing"),
        ("UBND Ủy ban nhân dân", "only one wording"),
    ],
)
def test_a_malformed_line_is_named_and_the_others_hold(line: str, reason: str) -> None:
    text = f"# x\nd, e\r\n{line}\rf, g"
    assert mistakes(text) == [(3, reason)]
    assert parse_synonyms(text).meanings == meanings("d, e\nf, g")


@given(st.text(alphabet="aâ1,=>\\# \n\r\u2028\x0b", max_size=60))
def test_any_text_can_be_parsed_and_every_line_counts_or_is_named(text: str) -> None:
    synonyms = parse_synonyms(text)
    assert all(wording for said in synonyms.meanings.values() for wording in said)
    assert all(synonyms.meanings.values())


def test_a_glossary_leads_both_ways_between_its_languages_only() -> None:
    said = parse_glossary("child, kid => trẻ em, con").meanings
    assert said["child",] == (("child",), ("trẻ", "em"), ("con",))
    assert said["con",] == (("con",), ("child",), ("childs",), ("kid",), ("kids",))


def test_an_english_wording_is_found_in_both_numbers() -> None:
    said = parse_glossary("birth certificate => giấy khai sinh\nbakery => lò bánh\nbus => xe buýt").meanings
    assert {("birth", "certificates"), ("bakeries",), ("buses",)} <= said.keys()


def test_a_line_of_a_glossary_without_an_arrow_is_a_mistake() -> None:
    assert parse_glossary("one, một").mistakes == (BadLine(line=1, reason=Reason("an arrow => is missing")),)
