"""The list of those who may ask: what it says of whom."""

import re

import pytest

from bot.allowed import ALLOWED_FORM, Admitted, Place


def test_a_list_names_people_groups_topics_and_the_members_of_groups() -> None:
    assert Admitted.parse("7, -100500 -100500/12,members:-100700") == Admitted(
        people=frozenset({7}),
        groups=frozenset({-100500}),
        topics=frozenset({Place(chat=-100500, topic=12)}),
        members_of=frozenset({-100700}),
    )


def test_an_empty_list_is_everybody() -> None:
    assert Admitted.parse("").is_everybody
    assert Admitted.parse("").admits_all_of(Place(chat=8))


@pytest.mark.parametrize("text", ["An", "7/12", "-1/x", "members:7", "members:", "7;8", "@an", "--7", "7-8"])
def test_a_list_of_another_form_is_refused(text: str) -> None:
    assert re.match(ALLOWED_FORM, text) is None


@pytest.mark.parametrize("text", ["", "7", "7,", " 7 , -8 ", "-8/1", "members:-8\n7", ","])
def test_commas_and_spaces_may_stand_anywhere_between(text: str) -> None:
    assert re.match(ALLOWED_FORM, text)


@pytest.mark.parametrize(
    ("text", "place", "is_admitted"),
    [
        ("7", Place(chat=7), True),
        ("7", Place(chat=8), False),
        ("-5", Place(chat=-5, topic=12), True),
        ("-5/12", Place(chat=-5, topic=12), True),
        ("-5/12", Place(chat=-5), False),
        ("-5/1", Place(chat=-5), True),
        ("members:-5", Place(chat=-5), True),
        ("members:-5", Place(chat=-6), False),
    ],
)
def test_a_place_is_open_to_all_in_it_if_the_list_names_it(
    text: str, place: Place, is_admitted: bool
) -> None:
    assert Admitted.parse(text).admits_all_of(place) == is_admitted
