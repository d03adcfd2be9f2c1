"""What the words of a question do."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.question.roles import Kind, parts
from retrieval.text.canonical import clean


def kinds(question: str) -> list[tuple[str, Kind]]:
    return [(question[part.start : part.end], part.kind) for part in parts(question)]


def test_each_word_has_one_kind_and_the_longest_phrase_wins() -> None:
    assert kinds("Thế còn phí thuê xe đạp là bao nhiêu?") == [
        ("Thế còn", Kind.OPENS),
        ("phí", Kind.ASPECT),
        ("thuê", Kind.SUBJECT),
        ("xe", Kind.SUBJECT),
        ("đạp", Kind.SUBJECT),
        ("là bao nhiêu", Kind.ASKS),
    ]


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("năm 2015", Kind.YEAR),
        ("2015", Kind.YEAR),
        ("nam 2015", Kind.YEAR),
        ("năm ngoái", Kind.YEAR),
        ("tháng 5", Kind.MONTH),
        ("ngày 7", Kind.DATE),
        ("thứ 7", Kind.WEEKDAY),
        ("thu bay", Kind.WEEKDAY),
        ("Saturday", Kind.WEEKDAY),
        ("buổi tối", Kind.DAYTIME),
        ("nữ", Kind.SEX),
        ("10", Kind.NUMBER),
    ],
)
def test_what_a_question_holds_one_of_is_known(question: str, kind: Kind) -> None:
    assert kinds(question) == [(question, kind)]


def test_a_word_that_opens_a_message_does_so_at_its_beginning_only() -> None:
    assert kinds("còn chỗ không") == [
        ("còn", Kind.OPENS),
        ("chỗ", Kind.SUBJECT),
        ("không", Kind.CONFIRMS),
    ]
    assert ("còn", Kind.FILLS) in kinds("vườn còn chỗ")


def test_not_asks_at_the_end_and_tells_within() -> None:
    assert ("không", Kind.CONFIRMS) in kinds("xe đạp có được vào không ạ?")
    assert ("không", Kind.FILLS) in kinds("xe không phanh có được vào vườn")


def test_how_many_takes_the_one_word_that_it_counts() -> None:
    assert kinds("mượn mấy quyển") == [("mượn", Kind.SUBJECT), ("mấy quyển", Kind.ASKS)]
    assert ("bao nhiêu", Kind.ASKS) in kinds("bao nhiêu đội thuyền")


def test_a_person_without_a_name_points_back() -> None:
    assert kinds("Bà bao nhiêu tuổi?")[0] == ("Bà", Kind.POINTS)
    assert kinds("Bà Lan bao nhiêu tuổi?")[0] == ("Bà", Kind.SUBJECT)
    assert kinds("con gai ba may tuoi")[0] == ("con gai", Kind.SUBJECT)


def test_without_accents_a_phrase_is_known_and_spelled() -> None:
    assert [(part.terms, part.kind) for part in parts("o dau vay")] == [
        (("ở", "đâu"), Kind.ASKS),
        (("vậy",), Kind.FILLS),
    ]


def test_without_accents_a_word_that_may_be_another_tells_nothing() -> None:
    assert kinds("ho ngheo")[0] == ("ho", Kind.SUBJECT)
    assert kinds("the muon sach")[0] == ("the", Kind.FILLS)


def test_english_is_read_as_english() -> None:
    assert kinds("What about the old pier?") == [
        ("What about", Kind.OPENS),
        ("the", Kind.FILLS),
        ("old", Kind.SUBJECT),
        ("pier", Kind.SUBJECT),
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
