import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from texts import article, index_of

from retrieval.answer import Excerpt
from retrieval.answering.excerpt import Excerpts
from retrieval.answering.runs import MAX_CHARACTERS
from retrieval.query.query import parse
from retrieval.ranking.slots import slots
from retrieval.text.analyzer import terms
from retrieval.text.canonical import clean

FILLER = "Đoạn này kể chuyện khác để cho bài dài thêm ra một chút."


def cut(body: str, question: str, title: str = "") -> tuple[str, list[str], Excerpt]:
    index = index_of(a=body)
    query = parse(index, question)
    whole, titled = (0, len(body)), index.keys_of(terms(title))
    shown = Excerpts(index, query, slots(index, query)).cut(article("a", title, body), whole, whole, titled)
    return body[shown.start : shown.end], [body[start:end] for start, end in shown.highlights], shown


def test_the_excerpt_is_whole_sentences_around_the_one_that_says_it() -> None:
    body = " ".join([FILLER] * 8 + ["Lệ phí khai sinh là 8.000 đồng."] + [FILLER] * 8)
    quote, highlights, _ = cut(body, "lệ phí khai sinh")
    assert "Lệ phí khai sinh là 8.000 đồng." in quote
    assert quote.startswith(("Đoạn", "Lệ phí"))
    assert quote.endswith(".")
    assert highlights == ["Lệ phí khai sinh"]


def test_of_a_last_sentence_that_does_not_fit_a_part_is_shown() -> None:
    last = ", ".join(
        ["Người dân mang theo giấy tờ tùy thân bản chính", *["rồi chờ gọi tên theo số thứ tự"] * 8]
    )
    quote = cut(f"Lệ phí khai sinh là 8.000 đồng. {FILLER} {last}.", "lệ phí khai sinh")[0]
    assert quote.startswith("Lệ phí")
    assert quote.endswith("theo số thứ tự,")
    brief = cut(f"Lệ phí khai sinh là 8.000 đồng. Nhưng, {'x' * 300}.", "lệ phí khai sinh")[0]
    assert brief == "Lệ phí khai sinh là 8.000 đồng."


def test_a_sentence_that_says_it_is_not_cut_before_its_value() -> None:
    before = "Trung tâm nhận hồ sơ vào buổi sáng các ngày làm việc trong tuần. " * 4
    body = f"{before}Lớp A2: 900.000 đồng; lớp ôn B1: 45 buổi tối, mỗi tuần ba buổi, 1.400.000 đồng."
    assert "1.400.000 đồng" in cut(body, "lớp ôn B1 bao nhiêu tiền")[0]


def test_in_a_large_collection_what_follows_the_sentence_that_says_it_is_shown_with_it() -> None:
    told = "Cậu bé ở chợ Gò kể lại. Bà Tư nuôi."
    body = " ".join([*[FILLER] * 8, told, *[FILLER] * 8])
    index = index_of(a=body, **{f"n{number}": "Một tin khác." for number in range(2800)})
    query, whole = parse(index, "cậu bé chợ Gò"), (0, len(body))
    shown = Excerpts(index, query, slots(index, query)).cut(index.article(0), whole, whole, index.keys_of([]))
    assert body[shown.start : shown.end].startswith(told)


def test_a_short_passage_is_shown_whole() -> None:
    assert cut("Một câu ngắn. Chợ mở cửa.", "chợ")[0] == "Một câu ngắn. Chợ mở cửa."


def test_of_a_sentence_that_is_too_long_the_part_that_says_it_is_shown() -> None:
    body = ", ".join(["phần đầu của một câu dài lắm"] * 20 + ["mức thu là ba nghìn"] + ["phần cuối"] * 40)
    quote, highlights, _ = cut(body, "mức thu")
    assert len(quote) <= MAX_CHARACTERS
    assert highlights == ["mức thu"]


@pytest.mark.parametrize("number", ["12,5", "10:30", "2020–2025", "1,250,000"])
def test_a_long_sentence_is_never_cut_inside_a_number(number: str) -> None:
    body = f"{', '.join(['phần đầu của câu'] * 30)} là {number} triệu {', '.join(['phần cuối của câu'] * 30)}"
    for question in ("là bao nhiêu", "triệu", "triệu phần cuối của câu"):
        quote = cut(body, question)[0]
        assert (number in quote) or not any(part in quote for part in re.split(r"\D", number))


def test_thousands_of_short_lines_are_cut_like_any_others() -> None:
    body = "rác thải phường\n" + "-\n" * 50_000 + "rác thải phường khác"
    assert cut(body, "rác thải phường khác")[0].endswith("rác thải phường khác")


def test_highlights_stand_where_words_were_typed_without_accents() -> None:
    assert cut("Chị Mai phụ trách thư viện phường.", "thu vien")[1] == ["thư viện"]


@given(
    st.text(alphabet="aăb cđ.,\nĐA1 ", max_size=1500),
    st.text(alphabet="aăb cđA1", max_size=20),
    st.booleans(),
)
def test_an_excerpt_is_a_short_part_of_the_body_with_highlights_inside(
    text: str, question: str, unbroken: bool
) -> None:
    body = clean(text.replace(" ", "") if unbroken else text) or "x"
    quote, _, shown = cut(body, question)
    assert 0 < len(quote) <= MAX_CHARACTERS
    assert quote == quote.strip()
    edges = [edge for pair in shown.highlights for edge in pair]
    assert edges == sorted(set(edges))
    assert all(shown.start <= edge <= shown.end for edge in edges)


def test_a_sentence_that_only_looks_like_a_reason_is_not_shown_for_one_on_the_subject() -> None:
    said, beside = "Chợ nổi tàn dần từ khi có đường lớn.", ["Đoạn này kể chuyện khác cho bài dài thêm."] * 8
    body = " ".join([said, *beside, "Ghe về chợ nổi để bán trái cây, chợ chưa tàn hẳn."])
    assert said in cut(body, "vì sao chợ nổi tàn")[0]


def test_the_sentence_that_holds_what_is_asked_for_is_shown() -> None:
    repeats = "Nhiều người hỏi thư viện phường mở cửa ngày nào trong tuần."
    body = " ".join([repeats, *[FILLER] * 6, "Thư viện phường mở cửa ngày 12.", *[FILLER] * 6])
    assert "ngày 12" in cut(body, "thư viện phường mở cửa ngày nào")[0]
    assert repeats in cut(body, "nhiều người hỏi thư viện phường mở cửa")[0]


def test_a_capital_at_the_beginning_of_a_sentence_is_no_name() -> None:
    body = " ".join(
        ["Học bổng được trao sáng nay.", *[FILLER] * 6, "Học bổng do bà Hai Lụa trao.", *[FILLER] * 6]
    )
    assert "Hai Lụa" in cut(body, "ai trao học bổng")[0]


def test_what_the_title_says_of_the_kind_asked_for_is_shown() -> None:
    body = "\n".join(
        [
            "Ông Lò Văn Pản nhận quyết định sáng nay.",
            *[FILLER] * 6,
            "Bà Cầm Thị Xôm phụ trách kho.",
            *[FILLER] * 6,
        ]
    )
    assert "Lò Văn Pản" in cut(body, "giám đốc bến xe là ai", "Ông Lò Văn Pản làm giám đốc bến xe")[0]


def test_a_heading_says_what_the_amounts_below_it_are() -> None:
    body = "\n".join(
        [
            "Bến xe nộp về tỉnh 20.000 đồng mỗi chuyến.",
            *[FILLER] * 6,
            "Giá vé",
            "Người lớn 35.000 đồng.",
            *[FILLER] * 6,
        ]
    )
    assert "35.000" in cut(body, "vé người lớn bao nhiêu tiền")[0]


@pytest.mark.parametrize(
    ("question", "answer", "other"),
    [
        (
            "thuê sạp chợ Gò mất bao nhiêu tiền",
            "Thuê sạp một tháng 300.000 đồng.",
            "Sạp thuê ở chợ Gò mà bỏ trống bị phạt 900.000 đồng.",
        ),
        (
            "làm thẻ chợ Gò mất bao lâu",
            "Ai làm thẻ chờ 4 ngày.",
            "Thẻ chợ Gò làm xong có hiệu lực 24 tháng.",
        ),
        ("dãy 6 chợ Gò họp ngày nào", "Dãy 6: ngày 12/5.", "Chợ Gò họp từ dãy 1: ngày 10/5."),
        ("trưởng ban chợ Gò là ai", "Bà Lê Thị Na, trưởng ban, hứa sửa.", "Chợ Gò ở gần Cầu Mới là chợ lớn."),
        ("số điện thoại chợ Gò", "Cần thì gọi 0278 3111 222.", "Số người bán điện thoại ở chợ Gò tăng."),
    ],
)
def test_of_two_such_things_the_one_that_is_meant_is_shown(question: str, answer: str, other: str) -> None:
    body = "\n".join([other, *[FILLER] * 6, answer, *[FILLER] * 6])
    assert answer in cut(body, question, "Chợ Gò")[0]


def test_no_excerpt_ends_with_a_heading() -> None:
    body = "\n".join([*[FILLER] * 3, "Xe đi lúc 5 giờ.", "Giá vé", *[FILLER] * 8])
    quote = cut(body, "xe đi lúc mấy giờ giá vé")[0]
    assert "5 giờ" in quote
    assert not quote.endswith("Giá vé")


def test_a_short_article_is_looked_at_as_a_whole() -> None:
    index = index_of(a=f"Bến xe mở lại. {' '.join([FILLER] * 12)} Bến xe ở số 4 đường Đê.")
    query = parse(index, "bến xe ở đâu")
    whole = index.article(0)
    shown = Excerpts(index, query, slots(index, query)).cut(whole, (0, 14), (0, 14), index.keys_of([]))
    assert "đường Đê" in whole.body[shown.start : shown.end]


def test_what_is_told_beside_the_question_helps_to_choose_the_sentence() -> None:
    body = "\n".join(["Kè bãi Nghê thì khởi công tháng 2.", *[FILLER] * 7, "Hẻm 112 khởi công tháng 1."])
    index = index_of(a=body)
    query = parse(index, "bao giờ khởi công")

    def shown(context: str) -> str:
        told = query.told(parse(index, context)) if context else query
        whole, titled = (0, len(body)), index.keys_of([])
        excerpt = Excerpts(index, told, slots(index, told)).cut(article("a", "", body), whole, whole, titled)
        return body[excerpt.start : excerpt.end]

    assert "tháng 2" in shown("")
    story = "nhà tôi ở hẻm 112 mấy năm nay cứ mưa là ngập, đồ đạc hư hết, con đi học phải cõng ra đường"
    assert "tháng 1" in shown(story)
    assert "tháng 2" in shown("nhà tôi ở hẻm 112")  # no story
