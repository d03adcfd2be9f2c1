"""Where a text holds a thing of a kind."""

import pytest

from retrieval.answering.values import fitness, places_of
from retrieval.question.kind import Kind


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("Thẻ có giá ba mươi nghìn đồng một năm.", ["ba mươi nghìn đồng"]),
        (
            "Mỗi hộ góp hai triệu rưỡi đồng, hội hỗ trợ năm trăm đồng.",
            ["hai triệu rưỡi đồng", "năm trăm đồng"],
        ),
        ("Người xem không phải mua vé; trốn vé phạt mười lần giá vé.", ["không phải mua", "mười lần giá"]),
        ("A locker costs 20,000 dong.", ["20,000 dong"]),
        ("Hai đồng chí ký ba hợp đồng.", []),
        ("Có nghìn người đến hội đồng.", []),
    ],
)
def test_amounts_of_money_may_be_spelled_out(text: str, amounts: list[str]) -> None:
    assert [text[slice(*place)] for place in places_of(Kind.MONEY, text, 0, len(text))] == amounts


@pytest.mark.parametrize(
    ("kind", "text", "things"),
    [
        (Kind.PLACE, "Hội sách diễn ra tại sân vận động huyện.", ["tại sân v"]),
        (Kind.PLACE, "Lớp học ở nhà sinh hoạt thôn.", ["ở nhà s"]),
        (Kind.PLACE, "Hai bên ở thế giằng co.", []),
        (Kind.PERIOD, "The permit takes five working days.", ["five working days"]),
    ],
)
def test_places_need_no_name_and_periods_may_be_spelled_out(kind: Kind, text: str, things: list[str]) -> None:
    assert [text[slice(*place)] for place in places_of(kind, text, 0, len(text))] == things


@pytest.mark.parametrize(
    ("row", "amounts"),
    [
        ("Nội soi dạ dày – 1.450.000", ["1.450.000"]),
        ("Phòng nằm 2 giường – 600.000 – 580.000\nThuốc riêng", ["600.000", "580.000"]),
        ("Vé tháng – 90,000", ["90,000"]),
        ("Năm thành lập – 1.987", []),
        ("Đường số – 200.000 lượt người", []),
    ],
)
def test_an_amount_in_a_row_of_a_table_needs_no_unit(row: str, amounts: list[str]) -> None:
    assert [row[slice(*place)] for place in places_of(Kind.MONEY, row, 0, len(row))] == amounts


@pytest.mark.parametrize("number", ["1900 6868", "19006868", "1800 599 920", "0277 3888 222"])
def test_a_number_to_call_may_be_a_short_one(number: str) -> None:
    said = f"Đặt hẹn qua tổng đài {number}."
    assert [said[slice(*place)] for place in places_of(Kind.PHONE, said, 0, len(said))] == [number]


def test_a_last_day_is_given_by_a_sentence_that_says_so() -> None:
    def fits(sentence: str) -> float:
        return fitness(Kind.DAY, "8/12", "", sentence, "hạn nộp hồ sơ ngày nào")

    assert fits("Nộp hồ sơ chậm nhất ngày 8/12.") > fits("Lễ hội vào ngày 8/12.")
