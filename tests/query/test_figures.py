"""Dates, times and numbers: each way to write one finds the others, and nothing else is taken for one."""

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from texts import article, index_of

from retrieval.answer import Answer
from retrieval.answering.engine import Engine
from retrieval.indexing import writer
from retrieval.query.figures import figures
from retrieval.query.lexicon import NO_WORDS
from retrieval.query.query import parse
from retrieval.query.spelling import Spelling
from retrieval.query.synonyms import parse_synonyms as synonyms
from retrieval.text.analyzer import terms, tokens
from retrieval.text.canonical import clean, without_accents

FILLER = {
    "hop": "Ngày 2 tháng 5 năm 2016, tổ dân phố họp bàn việc lát lại vỉa hè ở hẻm 15/3.",
    "hoi": "Sáng 01/06/2016, nhà văn hóa mở hội trăng rằm sớm cho thiếu nhi lúc 7 giờ.",
    "cau": "Cầu tàu mới dài 120 m, khánh thành ngày 1 tháng 5 năm 2015, phí gửi xe 3.000 đồng.",
    "cho": "Chợ có 16 quầy cá; mỗi quầy trả 7 nghìn đồng tiền điện, thu lúc 9 giờ 30.",
    "san": "Đội phường thắng 2-1 và đứng thứ 5; 1/2 số vé đã bán hết trong tháng 4.",
}


def dates(question: str) -> list[str]:
    """What of *question* is taken for a date, as its terms."""
    question = clean(question)
    typed = Spelling(index_of(), NO_WORDS, list(tokens(question))).words()
    return [
        " ".join(word.typed for word in typed[figure.begin : figure.end])
        for figure in figures(question, typed)
        if {"tháng", "năm"} & {term for wording in figure.wordings for term in wording}
    ]


@cache
def over(body: str, **others: str) -> Engine:
    return Engine(index_of(x=body, **others, **FILLER))


def ask(question: str, body: str, **others: str) -> Answer:
    return over(body, **others).ask(question)


def assert_meet(typed: str, written: str) -> None:
    """Who asks for *typed* finds what says *written* first, at nearly the score of what says it as typed."""
    question, body = f"bến thuyền {typed} ra sao", "Phường xây bến thuyền, {} có hát bội."
    for asked in (question, without_accents(question)):
        answer, as_typed = (ask(asked, body.format(said)) for said in (written, typed))
        assert answer.hits[0].article.id == "x", (asked, written)
        assert answer.hits[0].score == pytest.approx(as_typed.hits[0].score, rel=0.25), (asked, written)


DATES = [
    "01/05/2016",
    "1-5-2016",
    "1.5.2016",
    "01.05.2016",
    "ngày 1 tháng 5 năm 2016",
    "ngày 01/5/2016",
    "1 tháng 5, 2016",
    "ngày 1/5 năm 2016",
    "2016-05-01",
    "May 1, 2016",
    "1 May 2016",
]


@pytest.mark.parametrize("written", DATES)
@pytest.mark.parametrize("typed", DATES)
def test_all_ways_to_write_a_date_find_each_other(typed: str, written: str) -> None:
    assert_meet(typed, written)


@pytest.mark.parametrize(
    "written", ["ngày 30 tháng 4", "30/4", "30-4", "sáng 30.4", "30/04/2020", "30 April"]
)
@pytest.mark.parametrize("typed", ["30/4", "ngày 30-4", "ngày 30.4", "ngày 30 tháng 4", "ngay 30 thang 4"])
def test_a_day_without_a_year_is_found_with_and_without_one(typed: str, written: str) -> None:
    assert ask(f"{typed} nghỉ học", f"Trường nghỉ học vào {written}.").hits[0].article.id == "x"


@pytest.mark.parametrize(
    "written", ["tháng 5 năm 2016", "5/2016", "ngày 9/05/2016", "May 2016", "9 tháng 05 năm 2016"]
)
@pytest.mark.parametrize(
    "typed", ["tháng 5/2016", "05/2016", "tháng 05 năm 2016", "thang 5 nam 2016", "May 2016"]
)
def test_a_month_of_a_year_is_found_with_and_without_a_day(typed: str, written: str) -> None:
    assert ask(f"lát gạch {typed}", f"Lát gạch xong vào {written}.").hits[0].article.id == "x"


@pytest.mark.parametrize("typed", ["ngày 1/5/2016", "1.5.2016", "ngay 1 thang 5 nam 2016"])
def test_another_day_or_year_comes_behind(typed: str) -> None:
    others = {
        "day": "Ngày 3 tháng 5 năm 2016 khánh thành bến.",
        "month": "Ngày 1 tháng 7 năm 2016 khánh thành bến.",
        "year": "Ngày 1 tháng 5 năm 2014 khánh thành bến.",
    }
    for written in ("01/05/2016", "1 tháng 5 năm 2016"):
        answer = ask(f"{typed} khánh thành gì", f"Ngày {written} khánh thành bến.", **others)
        assert answer.hits[0].article.id == "x"


@pytest.mark.parametrize(
    "question",
    [
        "1/2 dân số phường",
        "uống 1/4 viên",
        "thắng 2-1",
        "tỷ số 3-2",
        "tỷ lệ 3/1",
        "trẻ 3-5 tuổi",
        "trực 24/7",
        "số 12/5 đường Lò Gạch",
        "hẻm 15/3",
        "lớp 9/2",
        "chỉ thị 03-CT/TW",
        "nghị định 15/2021/NĐ-CP",
        "nghị định 05/2021/NĐ-CP",
        "thông tư 05/2021",
        "quyết định 41/QĐ-UBND",
        "gọi 0254.385.123",
        "gọi 028-3-5-2016",
        "phiên bản 1.5",
        "ngày 32/5 hay 1/13",
        "may 10",
        "năm 2016",
        "giai đoạn 2016-2020",
    ],
)
def test_what_is_no_date_is_not_taken_for_one(question: str) -> None:
    assert dates(question) == []


@pytest.mark.parametrize(
    ("question", "date"),
    [
        ("1/5?", "1 5"),
        ("mùng 1/5", "mùng 1 5"),
        ("lễ 2/9", "2 9"),
        ("2/9 nghỉ mấy ngày", "2 9"),
        ("cấm đường từ 1/5", "1 5"),
        ("thứ bảy, 1-5", "1 5"),
        ("01/05 có gì", "01 05"),
        ("kế hoạch 30/4", "30 4"),
    ],
)
def test_a_short_date_is_known_by_the_words_around_it(question: str, date: str) -> None:
    assert dates(question) == [date]


TIMES = ["8h30", "8 giờ 30", "08:30", "8g30", "8h 30", "08 giờ 30 phút"]
HOURS = ["8h", "8 giờ", "08 giờ", "8:00", "8h00", "8g"]


@pytest.mark.parametrize("ways", [TIMES, HOURS])
def test_all_ways_to_write_a_time_find_each_other(ways: list[str]) -> None:
    for typed in ways:
        for written in ways:
            assert_meet(typed, written)


@pytest.mark.parametrize(
    "ways",
    [
        ["8.000 đồng", "8000 đồng", "8,000 đồng", "8 nghìn đồng", "8 ngàn đồng", "8k", "8.000đ"],
        ["1.500.000 đồng", "1500000 đồng", "1,5 triệu đồng", "1.500.000đ"],
        ["1.000.000", "1000000", "1,000,000", "1 triệu"],
        ["2 tỷ", "2 tỉ", "2.000.000.000"],
    ],
)
def test_all_ways_to_write_an_amount_find_each_other(ways: list[str]) -> None:
    for typed in ways:
        for written in ways:
            assert_meet(typed, written)


def test_a_year_is_no_amount() -> None:
    assert ask("lễ hội năm 2016", "Lễ hội năm 2016.", y="Lễ hội có 2.016 người.").hits[0].article.id == "x"
    assert [clause.others for clause in parse(index_of(y="2.016 người"), "năm 2016").words] == [(), ()]


@pytest.mark.parametrize(
    "question", ["3 ngân hàng", "3 ngan hang", "thắng 5 trận", "mạng 5G", "2 đông", "8 gió"]
)
def test_words_that_are_alike_without_accents_say_no_figure(question: str) -> None:
    typed = Spelling(index_of(), NO_WORDS, list(tokens(question))).words()
    found = figures(question, typed)
    assert [len(wording) for figure in found for wording in figure.wordings if len(wording) > 1] == []


@pytest.mark.parametrize(
    "typed", ["03-CT/TW", "03 CT TW", "03-CT-TW", "số 03-CT/TW", "chỉ thị 03", "chi thi 3"]
)
def test_a_document_is_found_by_its_number(typed: str) -> None:
    listed = synonyms("CT => CT, chỉ thị\nTW, Trung ương")
    bodies = {
        "other": "Chỉ thị số 05-CT/TW về học tập, ba điều 3, 4 và 5 của chỉ thị là chính.",
        "day": "Ngày 03/7, Trung ương gửi chỉ thị mới về chợ.",
        "x": "Phường triển khai Chỉ thị số 03-CT/TW về giữ sạch bến chợ.",
    }
    answer = Engine(index_of(**bodies, **FILLER), synonyms=listed).ask(f"{typed} nói gì")
    assert answer.hits[0].article.id == "x"


@pytest.mark.parametrize(
    "typed", ["nghị định 15/2021/NĐ-CP", "nghị định 15", "15 2021 nđ cp", "nghi dinh 15/2021"]
)
def test_a_decree_is_found_by_its_number(typed: str) -> None:
    bodies = {"other": "Nghị định 51/2021/NĐ-CP về chợ.", "x": "Nghị định số 15/2021/NĐ-CP về nhà ở."}
    assert Engine(index_of(**bodies, **FILLER)).ask(typed).hits[0].article.id == "x"


def test_a_number_of_one_digit_is_found_with_a_zero_before_it() -> None:
    assert ask("nộp 3 bộ hồ sơ ở phòng 2", "Nộp 03 bộ hồ sơ ở phòng 02.").hits[0].article.id == "x"


def test_a_date_in_a_title_finds_its_article() -> None:
    index = writer.build(
        [
            article("x", title="Lịch cúp điện 04-09-2026", body="Từ sáng đến chiều."),
            article("y", body="Chợ mới."),
        ],
        generation=1,
    )
    assert Engine(index).ask("cúp điện ngày 4 tháng 9 năm 2026").hits[0].article.id == "x"


def test_a_date_that_is_written_otherwise_is_highlighted() -> None:
    body = "Phường khánh thành bến thuyền vào 01/05/2016."
    shown = ask("khánh thành ngày 1 tháng 5 năm 2016", body).hits[0].excerpt
    assert [body[start:end] for start, end in shown.highlights][-1] == "01/05/2016"


def test_another_year_replaces_that_of_a_date_written_with_marks() -> None:
    engine = Engine(
        index_of(
            old="Ngày 1 tháng 5 năm 2015 phường khánh thành cầu tàu.",
            new="Ngày 1 tháng 5 năm 2016 phường khánh thành bến thuyền.",
        )
    )
    before = engine.ask("01/05/2016 khánh thành gì")
    assert before.hits[0].article.id == "new"
    answer = engine.ask("còn năm 2015?", after=before.understood_as)
    assert (answer.hits[0].article.id, answer.understood_as) == ("old", "01/05/2015 khánh thành gì?")


PIECES = [
    "ngày",
    "tháng",
    "năm",
    "giờ",
    "h",
    "1",
    "01",
    "5",
    "31",
    "2016",
    "8h30",
    "1.5",
    "1.5.2016",
    "1.000",
]
PIECES += ["đồng", "k", "triệu", "may", "/", "-", ".", ":", ",", "số", "chỉ thị", "ct", "0", "٣", "😀"]


@given(st.lists(st.sampled_from(PIECES), max_size=10), st.sampled_from(["", " "]))
def test_any_question_can_be_asked_and_a_figure_is_words_of_it(pieces: list[str], between: str) -> None:
    question = clean(between.join(pieces))
    index = index_of(**FILLER)
    typed = Spelling(index, NO_WORDS, list(tokens(question))).words()
    for figure in figures(question, typed):
        assert 0 <= figure.begin < figure.end <= len(typed)
        assert all(wording == tuple(terms(" ".join(wording))) for wording in figure.wordings)
    assert 0 <= Engine(index).ask(question).confidence <= 1


PHONES = [
    "0278 3555 166",
    "0278.3555.166",
    "02783555166",
    "0278-355-5166",
    "+84 278 3555 166",
    "842783555166",
]


@pytest.mark.parametrize("written", PHONES)
@pytest.mark.parametrize("typed", PHONES)
def test_a_telephone_number_is_found_in_any_grouping(typed: str, written: str) -> None:
    assert ask(f"số {typed} là của ai", f"Cần chở đồ cồng kềnh thì gọi {written}.").hits[0].article.id == "x"


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("10km", "10 km"),
        ("10 cây số", "10km"),
        ("400m", "400 mét"),
        ("2tr950", "2.950.000 đồng"),
        ("11tr8", "11,8 triệu đồng"),
        ("18t", "18 tuổi"),
        ("thứ 7", "thứ Bảy"),
        ("72c12345", "72C-123.45"),
        ("72c123456", "72C1 234.56"),
    ],
)
def test_units_amounts_and_plates_are_found_in_one_piece_or_two(typed: str, written: str) -> None:
    assert (
        ask(f"quy định {typed}", f"Có quy định riêng: {written} thì được ưu tiên.").hits[0].article.id == "x"
    )
    assert words_of(typed, written)


def words_of(typed: str, written: str) -> bool:
    """Tell whether *written* is one of the wordings of what is *typed*."""
    found = figures(typed, Spelling(index_of(), NO_WORDS, list(tokens(typed))).words())
    as_terms = " ".join(terms(clean(written)))
    return any(as_terms.startswith(" ".join(wording)) for figure in found for wording in figure.wordings)
