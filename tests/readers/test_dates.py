from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading import HANOI

from retrieval.readers.fields.dates import parse, take

FIRST_OF_MAY = datetime(2016, 5, 1, tzinfo=HANOI)
AT_06_21 = datetime(2016, 5, 1, 6, 21, tzinfo=HANOI)
IN_THE_AFTERNOON = datetime(2016, 5, 1, 15, 15, tzinfo=HANOI)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2016-05-01", FIRST_OF_MAY),
        ("2016-05-01T06:21", AT_06_21),
        ("2016-05-01 06:21:00 +07:00", AT_06_21),
        ("2016-05-01T06:21:00+0700", AT_06_21),
        ("2016-04-30T23:21:00.000Z", AT_06_21),
        ("2016-05-01T06:21:00+07", AT_06_21),
        ("2016-04-30T23:21:00.1234567Z", AT_06_21.replace(microsecond=123456)),
        ("2016-05-01T6:21:00+07:00", AT_06_21),
        ("06:21 | 2016-05-01", AT_06_21),
        ("2016-5-1", FIRST_OF_MAY),
        ("2016/05/01 06:21", AT_06_21),
        ("20160501", FIRST_OF_MAY),
        ("01/05/2016", FIRST_OF_MAY),
        ("1-5-2016", FIRST_OF_MAY),
        ("1.5.2016", FIRST_OF_MAY),
        ("01/05/2016 06:21", AT_06_21),
        ("06:21 | 01/05/2016", AT_06_21),
        ("Chủ nhật, 01/05/2016, 06:21 (GMT+7)", AT_06_21),
        ("01/05/2016 8:21 GMT+09:00", AT_06_21),
        ("ngày 1 tháng 5 năm 2016", FIRST_OF_MAY),
        ("ngày 1/5/2016", FIRST_OF_MAY),
        ("1 tháng 5, 2016", FIRST_OF_MAY),
        ("6 giờ 21 phút, ngày 1 tháng 5 năm 2016", AT_06_21),
        ("6 giờ 21 ngày 01/05/2016", AT_06_21),
        ("6h21 1/5/2016", AT_06_21),
        ("CN, 01/05/2016 06:21", AT_06_21),
        ("May 1, 2016", FIRST_OF_MAY),
        ("1 May 2016", FIRST_OF_MAY),
        ("Sunday, 1 May 2016 06:21", AT_06_21),
        ("1/5/2016 3:15 CH", IN_THE_AFTERNOON),
        ("1/5/2016 3:15PM", IN_THE_AFTERNOON),
        ("1/5/2016 15:15 PM", IN_THE_AFTERNOON),
        ("1/5/2016 12:00 SA", FIRST_OF_MAY),
        ("Sun, 01 May 2016 06:21:00 +0700", AT_06_21),
    ],
)
def test_a_date_is_understood_however_it_is_written(text: str, moment: datetime) -> None:
    assert parse(text, HANOI) == moment


def test_a_date_without_a_zone_is_in_the_given_one() -> None:
    moment = parse("01/05/2016", HANOI)
    assert moment is not None
    assert moment.tzinfo is HANOI


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "hôm qua",
        "2016",
        "31/02/2016",
        "05/25/2016",
        "2016-13-01",
        "01/05/2016 25:61",
        "01/05/2016 GMT+99",
        "0001-01-01",
        "9999-12-31T23:59:59-05:00",
        "từ 01/05/2016",
        "1/5/16",
        "20163105",
        "09160501",
        "1 Mayor 2016",
        "tháng 5, 2016",
    ],
)
def test_what_is_no_day_is_no_date(text: str | None) -> None:
    assert parse(text, HANOI) is None


def test_the_date_is_taken_out_of_its_line_and_the_rest_is_left() -> None:
    assert take("Ngày đăng: 01/05/2016 - 06:21", HANOI) == (AT_06_21, "Ngày đăng:   -  ")
    assert take("Không có ngày", HANOI) == (None, "Không có ngày")


@given(st.datetimes(min_value=datetime(1900, 1, 1), timezones=st.just(UTC)))
def test_every_moment_is_read_back_from_its_iso_form(moment: datetime) -> None:
    assert parse(moment.isoformat(), HANOI) == (moment if moment.year < 9999 else None)


@given(st.text() | st.from_regex(r"\d{1,4}[/.-]\d{1,4}[/.-]\d{1,4} \d\d:\d\d GMT[+-]\d{1,4}"))
def test_any_text_gives_an_aware_moment_or_none(text: str) -> None:
    moment = parse(text, HANOI)
    assert moment is None or moment.astimezone(UTC).tzinfo is UTC
