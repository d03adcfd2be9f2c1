"""What a restriction lets through, and how a restricted question is answered."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from texts import article

from retrieval.answer import Answer
from retrieval.answering.engine import Engine
from retrieval.index.filter import allowed
from retrieval.index.index import Index
from retrieval.indexing import writer
from retrieval.restriction import EVERYTHING, Restriction, Wrong

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
QUESTION = "lịch cúp điện phường Bến Đá"


def on(day: str) -> datetime:
    return datetime.fromisoformat(day).replace(tzinfo=HANOI)


def index_of_news(*, dated: bool = True) -> Index:
    news = [
        ("october", "bảo trì đường dây ngày 12", "2026-10-31T23:30", "https://www.baobien.com.vn/a"),
        ("november", "sửa trạm biến áp ngày 25, cả ngày", "2026-11-01T00:30", "https://tintuc.vn/b"),
        ("old", "luân phiên mỗi tối mùa khô", "2016-04-02", "https://tintuc.vn/c"),
    ]
    articles = [
        article(
            name,
            "Lịch cúp điện phường Bến Đá",
            f"Lịch cúp điện phường Bến Đá: {what}.",
            published=on(day) if dated else None,
            url=url,
        )
        for name, what, day, url in news
    ]
    fair = "Hội hoa xuân năm 2016 khai mạc tại công viên Bãi Trước."
    return writer.build(
        [*articles, article("fair", body=fair, published=on("2017-01-10") if dated else None)], generation=1
    )


INDEX = index_of_news()
ENGINE = Engine(INDEX, clock=lambda: on("2026-11-28T09:00"))


def ids(answer: Answer) -> list[str]:
    return [hit.article.id for hit in answer.hits]


@pytest.mark.parametrize(
    ("restriction", "expected"),
    [
        (EVERYTHING, ["october", "november", "old", "fair"]),
        (Restriction(since=date(2026, 11, 1)), ["november"]),
        (Restriction(until=date(2016, 12, 31)), ["old"]),
        (Restriction(since=date(2026, 10, 31), until=date(2026, 10, 31)), ["october"]),
        (Restriction(sources=("tintuc.vn",)), ["november", "old"]),
        (Restriction(phrases=("mua kho", "mỗi tối")), ["old"]),
        (Restriction(without=("cúp điện",)), ["fair"]),
        (Restriction(sources=("tintuc.vn",), without=("mùa khô",)), ["november"]),
    ],
)
def test_an_article_is_let_through_if_it_is_like_that(restriction: Restriction, expected: list[str]) -> None:
    able = allowed(INDEX, restriction, HANOI)
    assert [INDEX.article(number).id for number in np.flatnonzero(able).tolist()] == expected


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ("nguon:baobien", ["october"]),
        ("tu:2016 den:2017", ["old"]),
        ('"ca ngay" tu:2020', ["november"]),
        ("-mùa -bảo", ["november"]),
        ("tháng trước", ["october"]),
        ("thang nay", ["november"]),
        ("trong năm 2016", ["old"]),
        ("từ báo Bien", ["october"]),
    ],
)
def test_a_restricted_question_is_answered_by_such_articles_alone(filters: str, expected: list[str]) -> None:
    answer = ENGINE.ask(f"{QUESTION} {filters}", limit=9)
    assert answer.answered
    assert ids(answer) == expected
    assert answer.restriction


def test_a_restricted_answer_is_one_among_the_articles_that_are_let_through() -> None:
    answer, among = ENGINE.ask(f"{QUESTION} den:2016"), ENGINE.ask_among(QUESTION, ["old"])
    assert (answer.hits, answer.confidence) == (among.hits, among.confidence)


def test_plain_words_restrict_nothing_where_no_such_article_answers() -> None:
    for question in (f"{QUESTION} hôm qua", "hội hoa xuân tháng trước", f"{QUESTION} trong năm 2019"):
        answer = ENGINE.ask(question)
        assert answer.restriction is None
        assert ids(answer)


def test_plain_words_restrict_nothing_where_no_article_is_dated() -> None:
    engine = Engine(index_of_news(dated=False), clock=lambda: on("2026-11-28"))
    assert engine.ask(f"{QUESTION} tháng trước").restriction is None


def test_a_date_that_the_answer_says_is_what_the_question_is_about() -> None:
    assert ENGINE.ask("hội hoa xuân trong năm 2016 ở đâu").restriction is None
    assert ENGINE.ask("hội hoa xuân trong năm 2017 ở đâu").restriction == Restriction(
        since=date(2017, 1, 1), until=date(2017, 12, 31)
    )


def test_where_a_restriction_leaves_no_answer_all_articles_are_offered() -> None:
    answer = ENGINE.ask(f"{QUESTION} tu:2018 den:2019")
    assert (answer.answered, answer.hits, answer.wider) == (False, (), QUESTION)
    assert ENGINE.ask("lich cup dien tu:2018 den:2019").wider == "lịch cúp điện"
    assert ENGINE.ask("giá vàng tu:2018").wider is None


def test_where_plain_words_restrict_all_articles_are_offered_too() -> None:
    assert ENGINE.ask("lich cup dien tháng trước").wider == "lịch cúp điện"


def test_a_phrase_that_no_article_holds_is_told_and_the_question_answered() -> None:
    answer = ENGINE.ask('"cúp điện luân phiên" phường Bến Đá ở đâu')
    assert answer.answered
    assert (answer.restriction, answer.unmet) == (None, ("cúp điện luân phiên",))


def test_marks_around_the_question_change_nothing_where_no_article_says_it_so() -> None:
    question = f"{QUESTION} ngày nào?"
    quoted, plain = ENGINE.ask(f'"{question}"'), ENGINE.ask(question)
    assert (quoted.hits, quoted.restriction, quoted.unmet) == (plain.hits, None, ())


@pytest.mark.parametrize(
    ("question", "wrong"),
    [
        (f"{QUESTION} nguon:nowhere", Wrong.SOURCE),
        (f"{QUESTION} tu:hè", Wrong.DATE),
        (f"{QUESTION} tu:2017 den:2016", Wrong.ORDER),
        ("nguon:tintuc", Wrong.NO_QUESTION),
    ],
)
def test_what_cannot_be_asked_is_not_answered_but_told(question: str, wrong: Wrong) -> None:
    for answer in (ENGINE.ask(question), ENGINE.ask_among(question, ["old"]), ENGINE.why(question).answer):
        assert answer.mistake is not None
        assert (answer.answered, answer.hits, answer.mistake.wrong) == (False, (), wrong)


@pytest.mark.parametrize(
    ("before", "question", "meant", "expected"),
    [
        (QUESTION, "tháng trước thì sao?", f"{QUESTION}, tháng trước", ["october"]),
        (f"{QUESTION} tháng trước", "còn tháng này?", f"{QUESTION}, tháng này", ["november"]),
        (QUESTION, "nguon:baobien", f"{QUESTION} nguon:baobien", ["october"]),
        (f"{QUESTION} nguon:tintuc", "tu:2020", f"{QUESTION} nguon:tintuc tu:2020", ["november"]),
        (f"{QUESTION} nguon:tintuc", "mấy giờ?", f"{QUESTION} – mấy giờ? nguon:tintuc", ["november", "old"]),
        (f"{QUESTION} nguon:tintuc", "hội hoa xuân khai mạc tại công viên nào?", None, ["fair"]),
        ("nguon:nowhere", "hội hoa xuân ở đâu", None, ["fair"]),
    ],
)
def test_restrictions_are_followed_up(
    before: str, question: str, meant: str | None, expected: list[str]
) -> None:
    answer = ENGINE.ask(question, after=before, limit=9)
    assert answer.understood_as == (meant or question)
    assert ids(answer) == expected


@pytest.mark.parametrize(
    "question",
    [
        '"cúp điện" phường Bến Đá nguon:tintuc -mùa tu:2016',
        f"{QUESTION} tháng trước",
        "lich cup dien nguon:tintuc",
        '"lịch cúp điện" ở đâu',
    ],
)
def test_what_was_understood_gets_the_same_answer_when_it_is_asked(question: str) -> None:
    answer = ENGINE.ask(question)
    again = ENGINE.ask(answer.understood_as)
    assert (again.hits, again.restriction, again.understood_as) == (
        answer.hits,
        answer.restriction,
        answer.understood_as,
    )


def test_why_explains_a_restricted_answer() -> None:
    explanation = ENGINE.why(f"{QUESTION} den:2016")
    assert [one.hit.article.id for one in explanation.hits] == ["old"]
