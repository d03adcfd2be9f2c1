from texts import index_of

from retrieval.query.query import parse
from retrieval.ranking.candidates import find
from retrieval.ranking.compounds import torn
from retrieval.ranking.foremost import Foremost
from retrieval.ranking.rerank import rerank
from retrieval.ranking.slots import slots

WORDS = {
    ("khai", "sinh"),
    ("khai", "tử"),
    ("bóng", "đá"),
    ("bóng", "chuyền"),
    ("mật", "khẩu"),
    ("học", "sinh"),
}
OTHERS = {f"o{number}": f"Sạp cá số {number} bán tới trưa." for number in range(20)}


def are_one(first: str, second: str) -> bool:
    return (first, second) in WORDS


def share(question: str, body: str, others: dict[str, str] = OTHERS) -> float:
    index = index_of(a=body, **others)
    query = parse(index, question)
    wanted = slots(index, query)
    return torn(Foremost(index, query, wanted, rerank(index, wanted, find(index, query))), are_one)


def test_half_of_a_word_says_another_word() -> None:
    assert share("lệ phí khai tử", "Lệ phí khai sinh là 8.000 đồng.") > 0
    assert share("giải bóng đá", "Giải bóng chuyền có tám đội.") > 0


def test_nothing_of_a_word_speaks_against_an_article_as_well() -> None:
    assert share("mật khẩu wifi", "Nhà văn hóa có wifi và nước uống.") > 0


def test_a_word_that_is_said_is_whole_wherever_its_syllables_stand() -> None:
    assert share("lệ phí khai sinh", "Lệ phí khai sinh là 8.000 đồng.") == 0
    assert share("học sinh", "Trường học nhận em sinh năm 2020.") == 0


def test_two_syllables_that_are_no_word_may_be_said_apart_or_not_at_all() -> None:
    assert share("giải cá tươi", "Giải bán hàng có cá.") == 0


def test_a_word_that_most_articles_say_tells_nothing() -> None:
    school = {f"o{number}": f"Học sinh lớp {number} nghỉ hè." for number in range(20)}
    assert share("học sinh đá cầu", "Sân đá cầu mở lúc 5 giờ.", school) == 0
