from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.shipped import shipped
from retrieval.query.lexicon import Lexicon
from retrieval.question.manners.manners import set_aside
from retrieval.question.operators import read
from retrieval.question.sources import Sources
from retrieval.restriction import EVERYTHING, Mistake, Restriction, Wrong
from retrieval.text.canonical import clean

SOURCES = Sources(["baobariavungtau.com.vn", "tuoitre.vn", "cuoituan.tuoitre.vn", "Văn hóa", "a.vn", "b.vn"])
TUOITRE = ("tuoitre.vn", "cuoituan.tuoitre.vn")


@pytest.mark.parametrize(
    ("question", "text", "restriction"),
    [
        ("cúp điện nguon:baobariavungtau", "cúp điện", Restriction(sources=("baobariavungtau.com.vn",))),
        ("NGUỒN:Tuổi Trẻ cúp điện", "cúp điện", Restriction(sources=TUOITRE)),
        ("cúp điện source:tuoitre.vn?", "cúp điện?", Restriction(sources=TUOITRE)),
        ("cúp điện nguồn: tuoitre,a.vn", "cúp điện", Restriction(sources=(*TUOITRE, "a.vn"))),
        ('lễ hội nguon:"Văn hóa"', "lễ hội", Restriction(sources=("Văn hóa",))),
        (
            "cúp điện tu:5/2016, đến:01/06/2017.",
            "cúp điện.",
            Restriction(since=date(2016, 5, 1), until=date(2017, 6, 1)),
        ),
        ("since: 2016-05 cúp điện", "cúp điện", Restriction(since=date(2016, 5, 1))),
        ("cúp điện until:2016", "cúp điện", Restriction(until=date(2016, 12, 31))),
        ("“cúp điện” phường", "“cúp điện” phường", Restriction(phrases=("cúp điện",))),
        ("«cúp điện» lịch", "«cúp điện» lịch", Restriction(phrases=("cúp điện",))),
        ('lịch cúp điện "cup dien"', "lịch cúp điện", Restriction(phrases=("cup dien",))),
        ('cúp điện -mưa -"xe máy"', "cúp điện", Restriction(without=("mưa", "xe máy"))),
    ],
)
def test_an_operator_is_read_out_of_a_question(question: str, text: str, restriction: Restriction) -> None:
    asked = read(question, SOURCES)
    assert (asked.text, asked.restriction, asked.wish, asked.mistake) == (text, restriction, EVERYTHING, None)


@pytest.mark.parametrize(
    ("question", "text", "without"),
    [
        ("thẻ khám -bảo hiểm y tế năm 2026", "thẻ khám năm 2026", "bảo hiểm y tế"),
        ("bảng giá -vắc xin, người lớn", "bảng giá, người lớn", "vắc xin"),
        ("-xe máy giá vé", "-xe máy giá vé", None),  # at the beginning of a line it is a list's
        ("lịch -mưa thu gom", "lịch thu gom", "mưa"),
    ],
)
def test_a_minus_takes_all_syllables_of_a_word(question: str, text: str, without: str | None) -> None:
    are_one = Lexicon.read(shipped("vietnamese")).neighbours.go_together
    asked = read(question, SOURCES, are_one)
    assert (asked.text, asked.restriction.without) == (text, (without,) if without else ())


@pytest.mark.parametrize(
    "question",
    [
        "Bà Rịa -Vũng Tàu có gì?",
        "Bà Rịa - Vũng Tàu",
        "nhiệt độ -5 độ",
        "năm 2015 -2016",
        "-rác ở đâu",
        "mua gì\n-rau\n-cá",
        'một dấu " thôi',
        'màn hình 6" và 7" giá bao nhiêu',
        "https://a.vn/tu:2016 nói gì",
        "Giờ mở cửa từ: 7:30 đến: 17:00",
        "tu:7:30",
        "Nguồn: báo nào",
        "từ: Hà Nội",
        '""',
        "",
    ],
)
def test_what_only_looks_like_an_operator_is_none(question: str) -> None:
    asked = read(question, SOURCES)
    assert (asked.text, asked.operators, asked.mistake) == (question, (), None)


@pytest.mark.parametrize(
    "question", ['"Thư viện mở cửa lúc mấy giờ?"', "Ai viết “Đất rừng phương Nam”?", '"lịch cúp điện".']
)
def test_marks_around_all_or_around_what_is_asked_of_are_only_a_wish(question: str) -> None:
    asked = read(question, SOURCES)
    assert asked.text == question
    assert asked.restriction == EVERYTHING
    assert len(asked.wish.phrases) == 1


@pytest.mark.parametrize(
    ("question", "mistake"),
    [
        ("rác nguon:abc,tuoitre", Mistake(wrong=Wrong.SOURCE, said="abc", known=SOURCES.names[:5])),
        ("rác tu:hè", Mistake(wrong=Wrong.DATE, said="hè")),
        ("rác den:31/02/2016", Mistake(wrong=Wrong.DATE, said="31/02/2016")),
        ("rác tu:1/5/16", Mistake(wrong=Wrong.DATE, said="1/5/16")),
        ("rác tu:2017 den:2016", Mistake(wrong=Wrong.ORDER)),
    ],
)
def test_what_is_wrong_with_an_operator_is_told(question: str, mistake: Mistake) -> None:
    assert read(question, SOURCES).mistake == mistake


def test_a_question_of_operators_alone_is_silent() -> None:
    assert read("nguon:tuoitre -mưa", SOURCES).is_silent
    assert not read('"cúp điện" tu:2016', SOURCES).is_silent
    assert not read("", SOURCES).is_silent


def test_operators_stay_as_written_in_what_was_understood() -> None:
    asked = read('nguon:a.vn lich "thu gom" rac', SOURCES)
    assert asked.understood(asked.text) == asked.question
    assert asked.understood('lịch "thú gom" rác') == 'lịch "thu gom" rác nguon:a.vn'


def test_a_period_and_a_source_take_the_place_of_earlier_ones() -> None:
    before = read("rác tu:2016 den:2017 nguon:a.vn -mưa", SOURCES)
    assert read("den:2018", SOURCES).following(before, "rác") == "rác nguon:a.vn -mưa den:2018"
    assert read("nguon:b.vn", SOURCES).following(before, "rác") == "rác tu:2016 den:2017 -mưa nguon:b.vn"


@given(st.text('từtu:nguon-"“” aA1/2016,.\n'))
def test_any_text_is_read_and_one_without_operators_stays_as_it_is(question: str) -> None:
    asked = read(question, SOURCES)
    assert asked.question == set_aside(clean(question)).text
    if not asked.operators:
        assert asked.text == asked.bare == asked.understood(asked.text) == asked.question
