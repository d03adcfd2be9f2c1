"""Titles that say another thing of a kind."""

import pytest
from texts import article

from retrieval.indexing import writer
from retrieval.query.neighbours import NO_NEIGHBOURS, Neighbours
from retrieval.query.query import parse
from retrieval.ranking.candidates import find
from retrieval.ranking.foremost import Foremost
from retrieval.ranking.rerank import rerank
from retrieval.ranking.rivals import has_rival
from retrieval.ranking.slots import slots

OTHERS = [article(f"o{number}", body=f"Sạp cá số {number} bán tới trưa.") for number in range(20)]
COMMON = {"mua", "mới", "xã"}
VERBS = {"bán"}
WORDS = {("khai", "tử")}


class Counts(Neighbours):
    """Vietnamese at large, as far as these tests need it."""

    def are_rare(self, first: str, second: str | None = None) -> bool:
        return first not in COMMON or (first, second) in WORDS

    def acts(self, syllable: str) -> bool:
        return syllable in VERBS

    def is_syllable(self, term: str) -> bool:
        return term not in {"Bàu"}

    def go_together(self, first: str, second: str) -> bool:
        return (first, second) in WORDS


COUNTS = Counts()


def is_rivalled(
    question: str, title: str, body: str, at_large: Neighbours = COUNTS, answering: tuple[str, ...] = ()
) -> bool:
    index = writer.build([article("a", title=title, body=body), *OTHERS], generation=0)
    query = parse(index, question)
    wanted = slots(index, query)
    best = Foremost(index, query, wanted, rerank(index, wanted, find(index, query)))
    return has_rival(best, at_large, list(answering))


MARKET = ("Chợ Xóm Lưới tăng giá thuê sạp", "Giá thuê sạp là 300.000 đồng một tháng.")


def test_another_market_in_the_title_is_not_the_one_that_is_asked_for() -> None:
    assert is_rivalled("giá thuê sạp chợ Bàu Sen", *MARKET)
    assert is_rivalled("đăng ký khai tử", "Đăng ký khai sinh cho con", "Nộp tờ khai ở quầy 3.")


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("giá thuê sạp chợ Xóm Lưới", MARKET[0]),
        ("giá thuê sạp chợ mới", MARKET[0]),  # anybody may call it so
        ("thuê sạp ở chợ, Bàu Sen", MARKET[0]),  # a mark parts them
        ("giá thuê sạp chợ Bàu Sen", "Chợ bán tới trưa"),  # what it does is no other market
        ("giá thuê sạp chợ Bàu Sen", "Giá thuê sạp ở chợ"),
        ("giá thuê sạp chợ Bàu Sen", "Giá thuê sạp chợ năm nay"),  # nor is when it is one
        ("giá thuê sạp chợ 12", MARKET[0]),  # numbers are compared as such
    ],
)
def test_what_does_not_take_its_place_is_no_rival(question: str, title: str) -> None:
    assert not is_rivalled(question, title, MARKET[1])


def test_what_the_article_says_anywhere_has_no_rival() -> None:
    assert not is_rivalled("giá thuê sạp chợ Bàu Sen", MARKET[0], "Chợ Bàu Sen cũng vậy.")


def test_without_counts_nothing_is_known_to_be_rare() -> None:
    assert not is_rivalled("giá thuê sạp chợ Bàu Sen", *MARKET, NO_NEIGHBOURS)


def test_another_noun_beside_what_is_asked_for_tells_an_other_thing_even_if_it_is_common() -> None:
    body = "Thư viện huyện mở cửa lúc 7 giờ 30."
    assert is_rivalled("mấy giờ thư viện tỉnh mở cửa", "Giờ mở cửa", body, answering=(body,))
    assert is_rivalled("mấy giờ thư viện xã mở cửa", "Giờ mở cửa", body, answering=(body,))
    assert not is_rivalled("mấy giờ thư viện xã mở cửa", "Giờ mở cửa", body)


def test_a_word_that_is_nearly_the_one_that_is_asked_for_may_be_it() -> None:
    body = "Thư viện huyện mở cửa lúc 7 giờ 30."
    assert not is_rivalled("mấy giờ thư viện huyền mở cửa", "Giờ mở cửa", body, answering=(body,))


def test_what_stands_behind_a_mark_is_no_other_thing() -> None:
    title, body = "Diễn tập chữa cháy", "Sáng 21/11. Chỉ huy: ông Lâm Quốc Hưng."
    assert not is_rivalled("ai chỉ huy buổi diễn tập", title, body, answering=(body,))
    assert is_rivalled(
        "ai chỉ huy buổi diễn tập", title, body.replace(":", ""), answering=(body.replace(":", ""),)
    )


def test_a_word_that_the_article_says_in_another_one_has_a_rival() -> None:
    title, body = "Giải bóng chuyền bãi biển", "Cấm chó chạy rông ở sân."
    counts = Counts()
    counts.go_together = lambda first, second: (first, second) == ("chạy", "bộ")  # type: ignore[method-assign]
    assert is_rivalled("giải chạy bộ ở đâu", title, body, counts)
    assert not is_rivalled("giải chạy bộ ở đâu", title, f"{body} Cùng ngày có chạy bộ.", counts)
