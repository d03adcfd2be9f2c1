from datetime import UTC, datetime

from texts import article, index_of

from retrieval.answering.engine import Engine
from retrieval.index.index import Index
from retrieval.indexing import writer
from retrieval.query.query import parse
from retrieval.ranking.candidates import find
from retrieval.ranking.rerank import rerank
from retrieval.ranking.selection import select
from retrieval.ranking.slots import slots

NOTICE = "Trạm bơm bến Lụa ngừng chạy hai ngày để thay máy; nước sẽ yếu ở cuối đường Hàng Dừa."


def selected(index: Index, question: str, limit: int = 9) -> list[tuple[str, list[str]]]:
    query = parse(index, question)
    ranked = rerank(index, slots(index, query), find(index, query))
    return [
        (index.article(one.article).id, [index.article(other).id for other in one.similar])
        for one in select(index, ranked, limit)
    ]


def test_copies_of_one_text_are_one_hit() -> None:
    index = index_of(a=NOTICE, b="Trạm bơm cũ ngừng chạy.", c=f"{NOTICE} Theo báo bạn.", d=NOTICE)
    assert selected(index, "trạm bơm ngừng chạy thay máy")[0] == ("a", ["d", "c"])


def test_reports_of_one_event_in_other_words_are_hits_of_their_own() -> None:
    index = index_of(
        a=NOTICE, b="Thay máy, trạm bơm ở bến Lụa ngừng chạy từ thứ Hai; người dân nên trữ nước."
    )
    assert [one for one, _ in selected(index, "trạm bơm ngừng chạy thay máy")] == ["b", "a"]


def test_a_limit_of_none_gives_no_hits() -> None:
    index = index_of(a=NOTICE, b="Trạm bơm cũ ngừng chạy.")
    assert selected(index, "trạm bơm ngừng chạy", limit=0) == []


def test_copies_take_no_place_of_what_was_asked_for() -> None:
    other = "Đường Hàng Dừa: trạm bơm chạy lại, thay máy xong, không ngừng nữa."
    index = index_of(a=NOTICE, b=NOTICE, c=NOTICE, d=other)
    assert [one for one, _ in selected(index, "trạm bơm ngừng chạy thay máy", limit=2)] == ["a", "d"]


def test_of_near_equal_hits_the_newer_comes_first_and_undated_ones_last() -> None:
    def dated(name: str, end: str, year: int | None) -> object:
        when = datetime(year, 1, 1, tzinfo=UTC) if year else None
        return article(name, body=f"Lịch thu gom rác phường Bến Lụa {end}.", published=when)

    rows = [dated("undated", "ở khu một nhà cô Ba", None), dated("old", "tại xóm trên gần cầu", 2023)]
    rows.append(dated("new", "vùng ven sông phía bắc", 2026))
    index = writer.build(rows, generation=1)  # type: ignore[arg-type]
    assert [one for one, _ in selected(index, "lịch thu gom rác")] == ["new", "old", "undated"]


def test_a_better_hit_comes_before_a_newer_one() -> None:
    index = writer.build(
        [
            article("better", body="Lịch thu gom rác.", published=datetime(2020, 1, 1, tzinfo=UTC)),
            article("newer", body="Lịch thu tiền nước.", published=datetime(2026, 1, 1, tzinfo=UTC)),
        ],
        generation=1,
    )
    assert selected(index, "lịch thu gom rác")[0][0] == "better"


def test_a_quotation_may_begin_in_the_passage_before() -> None:
    filler = "Chuyện này không liên quan đến việc hỏi. " * 13
    body = f"{filler}Hồ sơ xin cấp phép nộp tại quầy số bốn. Lệ phí cấp phép là 75.000 đồng. {filler}"
    hit = Engine(index_of(a=body, b="khác")).ask("hồ sơ lệ phí cấp phép nộp bao nhiêu").hits[0]
    assert "quầy số bốn. Lệ phí cấp phép là 75.000 đồng." in hit.quote
