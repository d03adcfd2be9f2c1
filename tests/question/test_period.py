from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.question.times.period import Period, period_of, said_period

TODAY = date(2026, 11, 28)  # a Saturday


def days(since: str, until: str) -> Period:
    return Period(since=date.fromisoformat(since), until=date.fromisoformat(until))


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("2016", "2016-01-01", "2016-12-31"),
        ("5/2016", "2016-05-01", "2016-05-31"),
        ("02/2024", "2024-02-01", "2024-02-29"),
        ("2016-05", "2016-05-01", "2016-05-31"),
        ("01/05/2016", "2016-05-01", "2016-05-01"),
        ("1-5-2016", "2016-05-01", "2016-05-01"),
        ("2016-05-01", "2016-05-01", "2016-05-01"),
    ],
)
def test_a_date_is_a_year_a_month_or_a_day(text: str, since: str, until: str) -> None:
    assert period_of(text) == days(since, until)


@pytest.mark.parametrize(
    "text", ["", "16", "5/16", "1/5/16", "1/5", "31/02/2016", "2016-13", "hè", "99/2016"]
)
def test_what_no_calendar_has_is_no_date(text: str) -> None:
    assert period_of(text) is None


@pytest.mark.parametrize(
    ("text", "said", "since", "until"),
    [
        ("lịch gom rác hôm nay", "hôm nay", "2026-11-28", "2026-11-28"),
        ("Hom qua co gi moi?", "Hom qua", "2026-11-27", "2026-11-27"),
        ("tuần này cúp điện ở đâu", "tuần này", "2026-11-23", "2026-11-29"),
        ("cháy ở chợ trong tuần trước", "trong tuần trước", "2026-11-16", "2026-11-22"),
        ("tháng này", "tháng này", "2026-11-01", "2026-11-30"),
        ("cup dien thang truoc", "thang truoc", "2026-10-01", "2026-10-31"),
        ("năm ngoái ai được khen", "năm ngoái", "2025-01-01", "2025-12-31"),
        ("ba ngày thì 3 ngày qua", "3 ngày qua", "2026-11-25", "2026-11-28"),
        ("tin 2 tháng gần đây", "2 tháng gần đây", "2026-09-28", "2026-11-28"),
        ("cháy rừng trong năm 2016", "trong năm 2016", "2016-01-01", "2016-12-31"),
        ("trong tháng 5/2016 có gì", "trong tháng 5/2016", "2016-05-01", "2016-05-31"),
        ("trong tháng 5 năm 2016", "trong tháng 5 năm 2016", "2016-05-01", "2016-05-31"),
        (
            "từ tháng 3 đến tháng 5 năm 2016 ai thắng",
            "từ tháng 3 đến tháng 5 năm 2016",
            "2016-03-01",
            "2016-05-31",
        ),
        ("tu 2015 den nay", "tu 2015 den nay", "2015-01-01", "2026-11-28"),
        ("từ 1/3 đến 5/4/2016", "từ 1/3 đến 5/4/2016", "2016-03-01", "2016-04-05"),
        ("who won last month?", "last month", "2026-10-01", "2026-10-31"),
        ("fires in May 2016", "in May 2016", "2016-05-01", "2016-05-31"),
        ("what happened yesterday?", "yesterday", "2026-11-27", "2026-11-27"),
    ],
)
def test_a_period_is_read_out_of_a_question(text: str, said: str, since: str, until: str) -> None:
    found = said_period(text, TODAY)
    assert found is not None
    assert (text[found.start : found.end], found.period) == (said, days(since, until))


@pytest.mark.parametrize(
    "text",
    [
        "Lễ hội năm 2016 ở đâu?",  # what the event is called
        "đội nào thắng trước",
        "2 tháng trước",
        "các năm trước thế nào",
        "505 triệu năm trước",
        "tồn tại đến hôm nay",
        "trong năm 1876-1988",
        "tháng trước khi sinh",
        "tháng này hay tháng trước",
        "trong năm ngày",
        "mẹ con năm nay 62 tuổi khám ở đâu",
        "bé năm nay được 6 tuổi học lớp mấy",
        "trong 30/02/2016",
        "từ 2017 đến 2015",
        "",
    ],
)
def test_no_period_is_read_out_of_anything_else(text: str) -> None:
    assert said_period(text, TODAY) is None


def test_a_month_that_is_shorter_ends_with_its_last_day() -> None:
    found = said_period("3 tháng qua", date(2026, 5, 31))
    assert found is not None
    assert found.period == days("2026-02-28", "2026-05-31")


@given(st.text("trong nămtuầnqúi0123456789/-. 28"), st.dates(date(1900, 1, 1)))
def test_whatever_is_read_begins_before_it_ends(text: str, today: date) -> None:
    said = said_period(text, today)
    for period in (said.period if said else None, period_of(text)):
        assert period is None or period.since <= period.until
