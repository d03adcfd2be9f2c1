"""News by the calendar: words of time mean days, never words of an article."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from texts import article

from retrieval.answer import Answer
from retrieval.answering.engine import Engine
from retrieval.indexing import writer
from retrieval.question.times.calendar import days_counted, without_now
from retrieval.question.times.news import news
from retrieval.question.times.period import days_in
from retrieval.text.canonical import without_accents

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
TODAY = date(2026, 11, 25)  # a Wednesday


def days(text: str) -> tuple[str, str] | None:
    wanted = news(text, TODAY)
    assert wanted is not None, text
    period = wanted.period
    return (period.since.isoformat(), period.until.isoformat()) if period else None


@pytest.mark.parametrize(
    "text",
    [
        "có gì mới không",
        "tin mới nhất",
        "xã mình dạo này có tin gì không ta",
        "cho xem mấy bài mới đăng đi",
        "trường có thông báo gì mới không ạ",
        "tin tức",
        "latest news please",
        "What’s new?",
        "any updates?",
        "show me the latest articles",
    ],
)
def test_who_only_asks_for_news_names_no_subject(text: str) -> None:
    for typed in (text, without_accents(text)):
        wanted = news(typed, TODAY)
        assert wanted is not None, typed
        assert (wanted.subject, wanted.period) == ("", None)


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("bữa nay có gì", "2026-11-25", "2026-11-25"),
        ("bựa ni có chi mới", "2026-11-25", "2026-11-25"),
        ("tin hnay", "2026-11-25", "2026-11-25"),
        ("hôm qua đăng bài gì vậy", "2026-11-24", "2026-11-24"),
        ("tuần này có gì", "2026-11-23", "2026-11-29"),
        ("tuần rồi phường thông báo gì", "2026-11-16", "2026-11-22"),
        ("3 ngày qua có tin gì", "2026-11-22", "2026-11-25"),
        ("tháng trước có những bài nào", "2026-10-01", "2026-10-31"),
        ("tháng 8 có gì", "2026-08-01", "2026-08-31"),
        ("tháng 8 năm ngoái có gì", "2025-08-01", "2025-08-31"),
        ("hồi tháng 2/2025 đăng mấy bài gì", "2025-02-01", "2025-02-28"),
        ("ngày 12/10 có tin gì", "2026-10-12", "2026-10-12"),
        ("năm 2024 có tin gì", "2024-01-01", "2024-12-31"),
        ("news from last month", "2026-10-01", "2026-10-31"),
        ("ngày mai có gì", "2026-11-26", "2026-11-26"),
        ("cuối tuần này có gì", "2026-11-27", "2026-11-29"),
        ("tháng 12 có gì", "2026-12-01", "2026-12-31"),
        ("đầu tháng 11 có tin gì", "2026-11-01", "2026-11-10"),
        ("giữa tháng 9/2026 đăng bài gì", "2026-09-11", "2026-09-20"),
        ("cuối tháng trước có gì", "2026-10-21", "2026-10-31"),
        ("đầu năm 2025 có tin gì", "2025-01-01", "2025-05-01"),
        ("từ 1/10 đến 15/10 có tin gì", "2026-10-01", "2026-10-15"),
        ("từ ngày 20/12 tới 5/1 đăng những gì", "2025-12-20", "2026-01-05"),
    ],
)
def test_words_of_time_mean_days(text: str, since: str, until: str) -> None:
    assert days(text) == days(without_accents(text)) == (since, until)


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("tin mới nhất về chợ Xóm Lưới", "chợ Xóm Lưới"),
        ("bão tới đâu rồi, có tin gì mới về bão không", "bão"),
        ("tình hình bão", "bão"),
        ("bang gia vac xin moi nhat", "bang gia vac xin"),
        ("tuần này có tin gì về cúp điện không", "cúp điện"),
        ("latest on the night market", "night market"),
    ],
)
def test_news_about_something_keeps_what_it_is_about(text: str, subject: str) -> None:
    wanted = news(text, TODAY)
    assert wanted is not None
    assert wanted.subject == subject


@pytest.mark.parametrize(
    "text",
    [
        "hôm nay mấy giờ đóng cửa",
        "hôm nay thứ mấy",
        "giá vàng mới nhất bao nhiêu",
        "trạm y tế gần nhất ở đâu",
        "thẻ mới làm mất bao lâu",
        "tháng 8 tiêm chủng ngày nào",
        "làm khai sinh cần giấy gì",
        "có gì trong gói sinh",
        "hôm nay có cúp điện không",
        "Giờ thăm bệnh mới từ ngày 1/5/2026",
        "thông báo tuyển sinh",
        "cần mang gì",
        "",
    ],
)
def test_a_question_of_its_own_is_no_call_for_news(text: str) -> None:
    for typed in (text, without_accents(text)):
        assert news(typed, TODAY) is None, typed


def test_a_day_without_its_year_is_none_long_past() -> None:
    told = days_in("Dời từ 27/11 sang ngày 4/1, xem thông báo 12/5/2024", date(2026, 11, 24))
    assert [period.since for period in told] == [date(2026, 11, 27), date(2027, 1, 4), date(2024, 5, 12)]


def engine() -> Engine:
    bodies = [
        ("bao", "Bão số 14", "2026-11-23", "Cấm biển từ trưa mai. Học sinh nghỉ học."),
        ("cho", "Chợ hoa", "2026-11-24", "Chợ hoa mở ngày 4/12/2026 ở quảng trường."),
        ("dien", "Cúp điện", "2026-08-10", "Cúp điện ở chợ trong hai giờ."),
        ("cho-cu", "Chợ dời chỗ", "2025-05-01", "Chợ dời ra bờ sông. Chợ họp buổi sáng."),
    ]
    articles = [
        article(key, title, body, published=datetime.fromisoformat(f"{day}T08:00:00+07:00"))
        for key, title, day, body in bodies
    ]
    now = datetime(2026, 11, 25, 9, tzinfo=ZONE)
    return Engine(writer.build(articles, generation=1), clock=lambda: now)


def shown(answer: Answer) -> Sequence[str]:
    assert answer.answered
    return [hit.article.id for hit in answer.hits]


def test_news_come_by_their_day_with_their_lead() -> None:
    answer = engine().ask("có gì mới hông ta", limit=2)
    assert shown(answer) == ["cho", "bao"]
    assert answer.hits[1].quote == "Cấm biển từ trưa mai. Học sinh nghỉ học."
    assert answer.missed is None


def test_a_month_has_its_own_articles() -> None:
    assert shown(engine().ask("tháng 8 có gì")) == ["dien"]


def test_if_a_day_has_none_the_newest_is_given_and_the_day_named() -> None:
    answer = engine().ask("hôm nay có gì mới không")
    assert shown(answer)[0] == "cho"
    assert answer.missed is not None
    assert answer.missed.since == TODAY
    assert answer.restriction is None


def test_what_is_to_come_is_told_by_articles_that_name_its_days() -> None:
    assert shown(engine().ask("sắp tới có gì")) == ["cho"]


def test_a_week_without_any_of_its_own_has_those_that_name_its_days() -> None:
    bodies = {"nuoc": "Ngưng nước từ 22 giờ ngày 28/11.", "gia": "Bảng giá dùng từ ngày 1/9/2026."}
    of = datetime(2026, 11, 20, 9, tzinfo=ZONE)
    index = writer.build(
        [article(key, body=body, published=of) for key, body in bodies.items()], generation=1
    )
    answer = Engine(index, clock=lambda: datetime(2026, 11, 25, 9, tzinfo=ZONE)).ask(
        "tuần này có gì không ad"
    )
    assert (shown(answer), answer.missed, answer.restriction) == (["nuoc"], None, None)


def test_the_newest_about_something_is_by_day_among_the_relevant() -> None:
    assert shown(engine().ask("tin mới nhất về chợ"))[0] == "cho"


@pytest.mark.parametrize(
    ("text", "since", "until", "rest"),
    [
        ("mai có cúp điện không", "2026-11-26", "2026-11-26", "có cúp điện không"),
        ("tuần này cúp điện ở đâu", "2026-11-23", "2026-11-29", "cúp điện ở đâu"),
        ("thứ sáu này khám mắt ở đâu", "2026-11-27", "2026-11-27", "khám mắt ở đâu"),
        ("tối thứ hai tới chợ mở mấy giờ", "2026-11-30", "2026-11-30", "chợ mở mấy giờ"),
        ("thu tu tuan sau hop o dau", "2026-12-02", "2026-12-02", "hop o dau"),
        ("is the market open next Monday", "2026-11-30", "2026-11-30", "is the market open"),
    ],
)
def test_a_day_counted_from_today_is_no_word_to_look_for(
    text: str, since: str, until: str, rest: str
) -> None:
    counted = days_counted(text, TODAY)
    assert counted is not None
    assert (str(counted[0].since), str(counted[0].until), counted[1]) == (since, until, rest)


@pytest.mark.parametrize("text", ["bà Mai là ai", "lịch khám thứ tư", "năm nay học phí bao nhiêu", "hoa mai"])
def test_what_may_be_no_time_counts_no_days(text: str) -> None:
    assert days_counted(text, TODAY) is None


def schedules() -> Engine:
    bodies = [
        ("cu", "Lịch cúp điện", "2026-11-13", "Cúp điện: thứ Tư 18/11 ở xã An, thứ Sáu 20/11 ở xã Bình."),
        ("moi", "Lịch cúp điện", "2026-11-20", "Cúp điện: thứ Năm 26/11 ở chợ, thứ Bảy 28/11 ở bến phà."),
        ("cho", "Chợ hoa", "2026-11-24", "Chợ hoa mở ngày 4/12/2026 ở quảng trường."),
    ]
    articles = [
        article(key, title, body, published=datetime.fromisoformat(f"{day}T08:00:00+07:00"))
        for key, title, day, body in bodies
    ]
    now = datetime(2026, 11, 25, 9, tzinfo=ZONE)
    return Engine(writer.build(articles, generation=1), clock=lambda: now)


@pytest.mark.parametrize(
    "text", ["mai cúp điện ở đâu", "tuần này cúp điện ở đâu", "thứ bảy này cúp điện đâu"]
)
def test_of_a_day_that_is_asked_the_article_answers_that_names_it(text: str) -> None:
    answer = schedules().ask(text)
    assert shown(answer)[0] == "moi"
    assert answer.missed is None


def test_if_no_article_names_the_day_the_answer_says_so() -> None:
    answer = schedules().ask("tuần sau cúp điện ở đâu")
    assert {*shown(answer)[:2]} == {"cu", "moi"}
    assert answer.missed is not None
    assert str(answer.missed.since) == "2026-11-30"


def test_a_time_alone_goes_on_with_the_question_before() -> None:
    answer = engine().ask("tháng 8", after="chợ họp buổi nào")
    assert answer.hits[0].article.id != "bao"


def test_an_old_article_shows_its_age_if_today_is_asked() -> None:
    assert engine().ask("hiện nay chợ họp buổi nào").is_old
    assert not engine().ask("chợ họp buổi nào").is_old


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("chừ đi phà hết mấy đồng", "đi phà hết mấy đồng"),
        ("bây chừ giá bao nhiêu", "giá bao nhiêu"),
        ("hội sách đợt này mở mấy giờ", "hội sách mở mấy giờ"),
        ("bay chu gia bao nhieu", "gia bao nhieu"),
        ("ai la chu tich phuong", "ai la chu tich phuong"),
    ],
)
def test_now_is_told_from_a_chairman_that_is_typed_without_accents(text: str, left: str) -> None:
    assert without_now(text) == left
