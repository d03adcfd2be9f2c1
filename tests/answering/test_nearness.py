from datetime import UTC, datetime

import pytest
from texts import article

from retrieval.answering.engine import Engine
from retrieval.answering.nearest import nearest
from retrieval.answering.nearness import Nearness
from retrieval.article import Article
from retrieval.indexing import writer
from retrieval.query.neighbours import NO_NEIGHBOURS
from retrieval.query.query import parse
from retrieval.ranking.candidates import find
from retrieval.ranking.foremost import Foremost
from retrieval.ranking.rerank import rerank
from retrieval.ranking.slots import slots

OTHERS = [article(f"o{number}", body=f"Sạp cá số {number} bán tới trưa.") for number in range(20)]


def first(question: str, one: str, other: str) -> str:
    articles = [article("one", body=one), article("other", body=other), *OTHERS]
    return Engine(writer.build(articles, generation=0)).ask(question).hits[0].article.id


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [
        (
            "đơn vị đột quỵ ai phụ trách",
            "Đơn vị đột quỵ ai phụ trách cũng phải trực. Bà Lê Thị Na trao quà.",
            "Bác sĩ Tô Hữu Nghĩa là trưởng đơn vị đột quỵ, ai phụ trách nữa chưa rõ.",
        ),
        (
            "căn tin mở cửa mấy giờ",
            "Căn tin mở cửa mấy giờ cũng đông. Phòng khám nhận bệnh từ 17 giờ.",
            "Hỏi căn tin mở cửa mấy giờ thì nghe nói từ 6 giờ, có cháo.",
        ),
    ],
)
def test_of_about_equals_the_one_that_says_near_it_what_is_asked_for_comes_first(
    question: str, one: str, other: str
) -> None:
    assert first(question, one, other) == "other"


def test_what_says_less_of_the_question_does_not_come_first_for_a_value() -> None:
    one = "Căn tin bệnh viện Gò Me mở cửa lại sau khi sửa."
    assert first("căn tin bệnh viện Gò Me mở cửa mấy giờ", one, "Căn tin chợ đóng lúc 6 giờ.") == "one"


def test_where_neither_says_it_the_better_one_stays_first() -> None:
    assert first("căn tin mở cửa mấy giờ", "Căn tin mở cửa lại.", "Căn tin cũ mở cửa.") == "one"


def test_a_schedule_that_is_over_gives_way_to_the_one_to_come() -> None:
    def schedule(day: int) -> Article:
        return article(
            f"d{day}",
            title=f"Lịch cúp điện từ ngày {day}/11 đến {day + 6}/11",
            body=f"Ngày {day + 2}/11: ấp Rạch Gốc. " + "Nhà máy, trường học và chợ cũng vậy. " * (day - 16),
            published=datetime(2026, 11, day - 2, tzinfo=UTC),
        )

    index = writer.build([schedule(16), schedule(23), *OTHERS], generation=0)

    def shown(day: int) -> str:
        engine = Engine(index, clock=lambda: datetime(2026, 11, day, 9, tzinfo=UTC))
        return engine.ask("khi nào cúp điện ấp Rạch Gốc").hits[0].article.id

    assert {day: shown(day) for day in (16, 24, 30)} == {16: "d16", 24: "d23", 30: "d16"}


def doubts(question: str, body: str, title: str = "") -> Nearness:
    index = writer.build([article("a", title=title, body=body), *OTHERS], generation=0)
    query = parse(index, question)
    wanted = slots(index, query)
    best = Foremost(index, query, wanted, rerank(index, wanted, find(index, query)))
    return nearest(best, NO_NEIGHBOURS)


SCHOOLS = (
    "Phường có hai trường, trong đó trường Sao Biển nhận 120 trẻ.\n"
    "Hồ sơ nộp trực tuyến.\nTrường Ghe Bầu nhận 90 trẻ, điện thoại 0278 3555 123."
)


def test_a_name_that_stands_only_elsewhere_is_estranged() -> None:
    assert doubts("số điện thoại trường Sao Biển", SCHOOLS).estranged > 0
    assert doubts("số điện thoại trường Ghe Bầu", SCHOOLS).estranged == 0


def test_a_name_in_the_sentence_before_or_in_the_title_is_near() -> None:
    before = "Phường có trường Sao Biển. Cần hỏi thêm xin gọi 0278 3555 123."
    assert doubts("số điện thoại trường Sao Biển", before).estranged == 0
    assert doubts("số điện thoại trường Sao Biển", SCHOOLS, "Tuyển sinh trường Sao Biển").estranged == 0


def test_who_holds_another_office_is_of_another() -> None:
    body = "Bí thư Đảng ủy phường là bà Cù Thị Ngọc Sương. Ông Lê Văn Tám, Chủ tịch phường, chủ trì."
    assert doubts("phó bí thư phường là ai", body).is_of_another
    assert doubts("bí thư đoàn phường là ai", body).is_of_another
    assert not doubts("bí thư Đảng ủy phường là ai", body).is_of_another
    assert not doubts("chủ tịch phường là ai", body).is_of_another
    assert not doubts("chủ tịch phường mở cửa mấy giờ", body).is_of_another


def test_a_prize_is_no_fee() -> None:
    body = "Giải nhất chạy bộ được 3 triệu đồng."
    assert doubts("lệ phí chạy bộ bao nhiêu tiền", body).away == 1
    assert doubts("giải nhất chạy bộ được bao nhiêu tiền", body).away < 1


PRICES = (
    "Siêu âm bụng: 62.000 đồng.\nĐiện tim: 40.000 đồng.\n"
    "Khám lái xe máy: 320.000 đồng.\nLái ô tô: 380.000 đồng."
)


@pytest.mark.parametrize(
    ("question", "is_otherwise"),
    [
        ("giá siêu âm tim", True),
        ("giá siêu âm bụng", False),
        ("khám lái xe ô tô giá bao nhiêu", False),
        ("giá điện tim", False),
    ],
)
def test_a_list_of_others_of_the_kind_says_nothing_of_it(question: str, is_otherwise: bool) -> None:
    assert doubts(question, PRICES).is_listed_otherwise is is_otherwise


@pytest.mark.parametrize(
    ("question", "is_otherwise"), [("giá siêu âm tim", True), ("giá siêu âm thai", False)]
)
def test_so_does_a_table_of_others_of_the_kind(question: str, is_otherwise: bool) -> None:
    table = "Dịch vụ – Giá (đồng)\nSiêu âm bụng – 180.000\nSiêu âm thai – 350.000\nĐiện tim – 40.000"
    assert doubts(question, table).is_listed_otherwise is is_otherwise


def test_an_aspect_of_which_nothing_is_written_is_not_said() -> None:
    assert doubts("diện tích phường Bến Lụa", "Phường Bến Lụa có 12 khu phố.").lacks
    assert not doubts("diện tích phường Bến Lụa", "Phường Bến Lụa rộng 9,4 km².").lacks
    assert doubts("bà Tuyền quê ở đâu", "Bà Tuyền làm giám đốc từ ngày 15/7.").lacks
    assert not doubts("bà Tuyền bao nhiêu tuổi", "Bà Tuyền, 47 tuổi, làm giám đốc.").lacks


@pytest.mark.parametrize(
    ("question", "is_otherwise"),
    [
        ("hồ bơi tháp B mở mấy giờ", True),
        ("hồ bơi tháp A mở mấy giờ", False),
        ("phòng tập tháp B mở mấy giờ", False),  # of which a sentence does not say the tower
    ],
)
def test_what_is_said_of_another_tower_only_is_said_of_another(question: str, is_otherwise: bool) -> None:
    body = "Hồ bơi tháp A mở lúc 6 giờ. Tháp B không có hồ."
    gym = " Phòng tập mở lúc 5 giờ." if "tập" in question else ""
    assert doubts(question, body + gym).is_numbered_otherwise is is_otherwise


def test_an_article_without_any_wage_says_nothing_of_one() -> None:
    guide = "Hướng dẫn viên đi cùng đoàn, 100.000 đồng một đoàn."
    assert doubts("lương hướng dẫn viên bao nhiêu", guide).lacks
    assert not doubts("lương hướng dẫn viên bao nhiêu", f"{guide} Thù lao trả theo đoàn.").lacks


def test_what_is_not_to_be_paid_for_another_thing_is_no_price() -> None:
    assert doubts("học phí bao nhiêu tiền", "Nhà trường không thu tiền giữ chỗ, lớp có 30 em.").away == 1
    assert doubts("gửi xe bao nhiêu tiền", "Bệnh viện không thu tiền gửi xe của học sinh.").away < 1
    assert doubts("gửi xe bao nhiêu tiền", "Gửi xe ở đây không mất tiền.").away < 1


def test_the_head_of_another_department_is_of_another() -> None:
    body = "Bác sĩ chuyên khoa II Tô Hữu Nghĩa, Trưởng đơn vị, nói vậy. Xe vào cổng cấp cứu."
    assert doubts("trưởng khoa cấp cứu là ai", body, "Đơn vị Đột quỵ").is_of_another
    assert not doubts("trưởng khoa cấp cứu là ai", body, "Khoa Cấp cứu").is_of_another


def test_an_office_of_another_ward_is_of_another() -> None:
    body = "Ông Bảo được bầu giữ chức Chủ tịch UBND phường nhiệm kỳ mới. Ông quê ở Hải Lam."
    assert doubts("chủ tịch phường Hải Lam là ai", body, "Chủ tịch phường Gành Sao").is_of_another
    assert not doubts("chủ tịch phường Gành Sao là ai", body, "Chủ tịch phường Gành Sao").is_of_another


def test_a_paper_that_is_wanted_for_something_else_is_not_told_of() -> None:
    body = "Hồ sơ dự tuyển gồm bản sao giấy khai sinh và học bạ.\nNộp ở văn phòng."
    assert doubts("làm giấy khai sinh cần giấy tờ gì", body, "Tuyển sinh lớp 1").says_another >= 1
    assert doubts("hồ sơ dự tuyển gồm giấy tờ gì", body, "Tuyển sinh lớp 1").says_another == 0
    own = "Làm giấy khai sinh thì mang giấy chứng sinh và căn cước."
    assert doubts("làm giấy khai sinh cần giấy tờ gì", own).says_another == 0


def test_a_procedure_is_not_told_of_by_an_article_that_only_wants_its_paper() -> None:
    body = "Giấy tờ cần mang\nTờ khai theo mẫu.\nGiấy chứng nhận kết hôn, nếu cha mẹ đã đăng ký kết hôn."
    assert doubts("đăng ký kết hôn cần gì", body, "Đăng ký khai sinh").wants_it_itself
    assert not doubts("đăng ký kết hôn cần gì", body, "Đăng ký kết hôn").wants_it_itself
    assert not doubts("đăng ký khai sinh cần gì", body, "Đăng ký khai sinh").wants_it_itself


def test_the_head_of_another_body_in_the_same_ward_is_of_another() -> None:
    title = "Hội Khuyến học tỉnh tặng sách"
    body = "Chủ tịch Hội Khuyến học tỉnh, ông Lâm Tấn Phát, tặng sách cho thiếu nhi phường Cồn Én."
    assert doubts("chủ tịch phường Cồn Én là ai", body, title).is_of_another
    assert not doubts("chủ tịch hội khuyến học là ai", body, title).is_of_another


def test_an_aspect_of_another_ward_is_not_said() -> None:
    body = "Phường mới rộng 9,4 km².\nCó 27 khu phố.\nTrụ sở đặt ở phường Xóm Lưới cũ."
    assert doubts("diện tích phường Xóm Lưới cũ", body).estranged > 0
    assert doubts("diện tích phường mới", body).estranged == 0


def test_an_article_on_another_thing_gives_way_to_one_whose_title_says_what_is_asked_for() -> None:
    fair = article(
        "fair", title="Hội chợ đặc sản", body="Hội chợ xóm biển mở cửa, đóng cửa lúc 22 giờ, giờ đóng cửa."
    )
    market = article("market", title="Chợ xóm Lưới tăng giá", body="Chợ đóng cửa lúc 19 giờ. Xóm Lưới có cá.")
    engine = Engine(writer.build([fair, market, *OTHERS], generation=0))
    assert engine.ask("chợ xóm Lưới mấy giờ đóng cửa").hits[0].article.id == "market"
