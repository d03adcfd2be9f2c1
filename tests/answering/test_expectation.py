"""Which of several values is the one that is meant."""

from retrieval.answering.expectation import Expectation
from retrieval.answering.headings import announced
from retrieval.question.kind import Kind
from retrieval.text.analyzer import terms
from retrieval.text.sentence import sentences

PARKING = "Vé tháng xe máy: 120.000 đồng.\nXe máy: 5.000 đồng.\nXe đạp: 2.000 đồng."


CONTEST = (
    "Mỗi đội chèo có năm người.\nCác mốc thời gian\nTừ 3/4 đến 9/4: các đội ghi tên.\n"
    "Ngày 20/4: đua chèo trên sông.\nMùa giải\nGiải đua chèo có từ năm 1998."
)


def likeliest(question: str, body: str, kind: Kind, title: str = "", *, is_titled: bool = False) -> str:
    runs = list(sentences(body, 0, len(body)))
    asked = frozenset(terms(question))
    expectation = Expectation(kinds=[kind], question=question, asked=asked, title=title, is_titled=is_titled)
    likely = expectation.likely(
        body,
        runs,
        announced(body, runs),
        lambda run: len(asked.intersection(terms(body[slice(*run)]))),
        len(asked),
    )
    start = max(likely, key=lambda found: found[1])[0]
    return body[start:].partition(" ")[0]


def test_a_line_that_begins_with_what_is_asked_alone_gives_it() -> None:
    assert likeliest("gửi xe máy bao nhiêu tiền", PARKING, Kind.MONEY) == "5.000"
    assert likeliest("gửi xe máy một tháng bao nhiêu tiền", PARKING, Kind.MONEY) == "120.000"
    assert likeliest("vé tháng xe máy bao nhiêu tiền", PARKING, Kind.MONEY) == "120.000"
    assert likeliest("gửi xe đạp bao nhiêu tiền", PARKING, Kind.MONEY) == "2.000"


def test_what_stands_below_a_heading_of_its_kind_is_meant_rather() -> None:
    assert likeliest("khi nào đua chèo", CONTEST, Kind.DAY) == "Ngày"
    assert likeliest("giải đua chèo có từ năm nào", CONTEST, Kind.DAY) == "năm"


def test_if_the_title_says_all_that_is_asked_of_the_first_of_the_announced_is_meant() -> None:
    title = "Giải đua chèo năm 1998"
    assert likeliest("khi nào có giải đua chèo", CONTEST, Kind.DAY, title, is_titled=True) == "3/4"


def test_a_year_of_the_title_is_no_day() -> None:
    assert likeliest("khi nào đua chèo", CONTEST, Kind.DAY, "Giải đua chèo năm 1998") == "Ngày"


def test_how_many_there_are_is_said_before_their_name() -> None:
    body = "Hợp tác xã mua 2 xe điện và nâng số công nhân lên 24 người."
    assert likeliest("đội thu gom có bao nhiêu người", body, Kind.NUMBER) == "24"
    assert likeliest("đội thu gom có bao nhiêu xe", body, Kind.NUMBER) == "2"


def test_a_day_with_its_hour_is_no_less_meant_than_one_that_ends_something() -> None:
    body = "Xóm đua chèo lúc 8 giờ, 20/4, trên sông.\nĐội nghỉ đua báo lại trước ngày 4/4."
    assert likeliest("xóm đua chèo ngày mấy", body, Kind.DAY) == "20/4,"
