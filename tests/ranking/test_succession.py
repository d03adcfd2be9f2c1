"""An article that a newer one replaces comes second, unless its own time is asked for."""

from datetime import datetime
from zoneinfo import ZoneInfo

from texts import article

from retrieval.answering.engine import Engine
from retrieval.indexing import writer

OLD = (
    "Lịch thu gom rác năm 2024",
    "Xe thu gom rác đi qua khu phố 3 vào thứ ba. Phí thu gom rác mỗi hộ gia đình 30.000 đồng một tháng. "
    "Hộ nghèo được miễn phí thu gom rác. Nệm cũ, tủ hư không để chung với rác hằng ngày.",
)
NEW = (
    "Lịch thu gom rác mới",
    "Từ tháng này xe thu gom rác đi qua khu phố 3 vào thứ sáu. Mỗi hộ gia đình nộp 40.000 đồng một tháng. "
    "Hộ nghèo được miễn. Nệm cũ, tủ hư không để chung với rác hằng ngày, phải gọi trước.",
)
OTHERS = (
    ("Chợ đêm", "Chợ đêm họp ba tối cuối tuần. Phí gửi xe 5.000 đồng."),
    ("Thư viện", "Thư viện mở cửa đến 20 giờ. Phí làm thẻ 20.000 đồng một năm."),
    ("Lớp bơi", "Lớp bơi cho trẻ em mở ở bãi biển, miễn phí."),
)


NOW = datetime(2026, 11, 25, 9, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
LONG_AGO, LATELY = (datetime.fromisoformat(f"{day}T08:00:00+07:00") for day in ("2024-03-11", "2026-01-05"))


def engine(new_day: str) -> Engine:
    dated = [(*OLD, "2024-03-11"), (*NEW, new_day), *((*other, "2025-01-05") for other in OTHERS)]
    articles = [
        article(f"{number}", title, body, published=datetime.fromisoformat(f"{day}T08:00:00+07:00"))
        for number, (title, body, day) in enumerate(dated)
    ]
    return Engine(writer.build(articles, generation=1), clock=lambda: NOW)


QUESTION = "phí thu gom rác mỗi hộ gia đình bao nhiêu"


def first(engine: Engine, question: str) -> str:
    return engine.ask(question).hits[0].article.id


def test_what_replaces_an_article_comes_before_it() -> None:
    assert first(engine("2026-01-05"), QUESTION) == "1"


def test_a_report_of_the_same_days_replaces_nothing() -> None:
    assert first(engine("2024-03-20"), QUESTION) == "0"


def test_who_names_the_old_time_gets_the_old_article() -> None:
    for question in (f"năm 2024 {QUESTION}", f"hồi năm 2024 {QUESTION}"):
        assert first(engine("2026-01-05"), question) == "0"


def test_a_pasted_title_is_no_question_for_what_holds() -> None:
    assert first(engine("2026-01-05"), "Lịch thu gom rác năm 2024") == "0"


def test_a_few_words_ask_for_what_holds_as_a_question_does() -> None:
    titled = engine("2026-01-05")
    for words in ("thu gom rác khu phố 3", "lịch thu gom rác", "rac ho gia dinh"):
        assert first(titled, words) == "1"


def test_a_whole_title_or_a_name_in_it_means_its_own_article() -> None:
    articles = [
        article(
            "old",
            "Ông Trần Văn Bảy làm giám đốc",
            f"{OLD[1]} Ông Trần Văn Bảy ký quyết định.",
            published=LONG_AGO,
        ),
        article(
            "new", "Bà Lê Thị Hoa làm giám đốc", f"{NEW[1]} Bà Hoa thay ông Trần Văn Bảy.", published=LATELY
        ),
        *(article(title, title, body, published=LONG_AGO) for title, body in OTHERS),
    ]
    asked = Engine(writer.build(articles, generation=1), clock=lambda: NOW)
    for words in ("Trần Văn Bảy", "trần văn bảy", "Ông Trần Văn Bảy làm giám đốc"):
        assert first(asked, words) == "old"
    assert first(asked, "thu gom rác khu phố 3") == "new"
