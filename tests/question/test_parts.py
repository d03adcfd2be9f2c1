"""What the words of a question do."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.question.parts import parts
from retrieval.question.roles import Role
from retrieval.text.canonical import clean


def kinds(question: str) -> list[tuple[str, Role]]:
    return [(question[part.start : part.end], part.kind) for part in parts(question)]


def test_each_word_has_one_kind_and_the_longest_phrase_wins() -> None:
    assert kinds("Thế còn phí thuê xe đạp là bao nhiêu?") == [
        ("Thế còn", Role.OPENS),
        ("phí", Role.ASPECT),
        ("thuê", Role.SUBJECT),
        ("xe", Role.SUBJECT),
        ("đạp", Role.SUBJECT),
        ("là bao nhiêu", Role.ASKS),
    ]


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("năm 2015", Role.YEAR),
        ("2015", Role.YEAR),
        ("nam 2015", Role.YEAR),
        ("năm ngoái", Role.YEAR),
        ("tháng 5", Role.MONTH),
        ("ngày 7", Role.DATE),
        ("thứ 7", Role.WEEKDAY),
        ("thu bay", Role.WEEKDAY),
        ("Saturday", Role.WEEKDAY),
        ("buổi tối", Role.DAYTIME),
        ("nữ", Role.SEX),
        ("10", Role.NUMBER),
    ],
)
def test_what_a_question_holds_one_of_is_known(question: str, kind: Role) -> None:
    assert kinds(question) == [(question, kind)]


def test_a_word_that_opens_a_message_does_so_at_its_beginning_only() -> None:
    assert kinds("còn chỗ không") == [
        ("còn", Role.OPENS),
        ("chỗ", Role.SUBJECT),
        ("không", Role.CONFIRMS),
    ]
    assert ("còn", Role.FILLS) in kinds("vườn còn chỗ")


def test_not_asks_at_the_end_and_tells_within() -> None:
    assert ("không", Role.CONFIRMS) in kinds("xe đạp có được vào không ạ?")
    assert ("không", Role.FILLS) in kinds("xe không phanh có được vào vườn")


def test_how_many_takes_the_one_word_that_it_counts() -> None:
    assert kinds("mượn mấy quyển") == [("mượn", Role.SUBJECT), ("mấy quyển", Role.ASKS)]
    assert ("bao nhiêu", Role.ASKS) in kinds("bao nhiêu đội thuyền")


def test_a_person_without_a_name_points_back() -> None:
    assert kinds("Bà bao nhiêu tuổi?")[0] == ("Bà", Role.POINTS)
    assert kinds("Bà Lan bao nhiêu tuổi?")[0] == ("Bà", Role.SUBJECT)
    assert kinds("con gai ba may tuoi")[0] == ("con gai", Role.SUBJECT)


def test_without_accents_a_phrase_is_known_and_spelled() -> None:
    assert [(part.terms, part.kind) for part in parts("o dau vay")] == [
        (("ở", "đâu"), Role.ASKS),
        (("vậy",), Role.FILLS),
    ]


def test_without_accents_a_word_that_may_be_another_tells_nothing() -> None:
    assert kinds("ho ngheo")[0] == ("ho", Role.SUBJECT)
    assert kinds("the muon sach")[0] == ("the", Role.FILLS)


def test_english_is_read_as_english() -> None:
    assert kinds("What about the old pier?") == [
        ("What about", Role.OPENS),
        ("the", Role.FILLS),
        ("old", Role.SUBJECT),
        ("pier", Role.SUBJECT),
    ]


@given(st.text(max_size=40))
def test_parts_stand_in_order_and_cover_every_word(text: str) -> None:
    question = clean(text)
    found = parts(question)
    assert all(left.end <= right.start for left, right in pairwise(found))
    assert all(part.start < part.end for part in found)


def test_a_word_that_would_go_on_is_within_a_message_what_was_typed() -> None:
    assert parts("con may gio")[0].terms == ("còn",)
    assert parts("nha ay may con")[-1].terms == ("con",)


def test_what_is_left_open_asks_nothing() -> None:
    assert Role.ASKS not in {part.kind for part in parts("phường có nghị quyết gì đó")}
    assert Role.ASKS in {part.kind for part in parts("phường có nghị quyết gì")}


def test_hours_are_asked_without_accents_too() -> None:
    assert kinds("tu may gio toi may gio") == [("tu may gio", Role.ASKS), ("toi may gio", Role.ASKS)]


def test_a_syllable_of_a_noun_of_two_does_nothing_else() -> None:
    assert kinds("thẻ trẻ em") == [("thẻ", Role.SUBJECT), ("trẻ em", Role.SUBJECT)]
    assert Role.POINTS not in {part.kind for part in parts("họ hàng ở đâu")}


def test_a_number_or_papers_are_asked_of_anything() -> None:
    assert kinds("cho xin số") == [("cho xin số", Role.ASKS)]
    assert kinds("what documents?") == [("what", Role.ASKS), ("documents", Role.ASPECT)]


def test_in_the_world_names_nothing() -> None:
    assert Role.SUBJECT not in {part.kind for part in parts("nào trên thế giới")}
    assert Role.SUBJECT in {part.kind for part in parts("thế giới là gì")}
