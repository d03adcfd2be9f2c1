import gzip
import json
import lzma
from datetime import UTC, datetime
from pathlib import Path

import pytest

from retrieval.errors import SuiteError
from retrieval.evaluation.measure import area_under_roc, evaluate
from retrieval.evaluation.suite import read_corpus
from retrieval.text.canonical import without_accents

CORPUS: list[dict[str, object]] = [
    {"id": "a", "title": "Thư viện", "url": None, "date": None, "text": "Thư viện mở cửa đến 20 giờ."},
    {"id": "b", "title": "", "url": "https://a.vn/b", "date": "2026-01-02", "text": "Xe rác qua thứ ba."},
    {"id": "c", "title": "", "url": None, "date": None, "text": " "},
]
QUESTIONS: list[dict[str, object]] = [
    {"id": "1", "text": "thư viện mở cửa đến mấy giờ", "answers": ["20 giờ"], "relevant": ["a"]},
    {
        "id": "2",
        "text": "xe rác qua thứ mấy",
        "answers": ["Thứ Ba"],
        "relevant": ["b"],
        "unanswerable": False,
    },
    {"id": "3", "text": "kilimanjaro cao bao nhiêu", "answers": [], "relevant": [], "unanswerable": True},
]


def lines(rows: list[dict[str, object]]) -> bytes:
    return "\n".join(json.dumps(row) for row in rows).encode()


@pytest.fixture
def suite(tmp_path: Path) -> tuple[Path, Path]:
    corpus, queries = tmp_path / "corpus.jsonl.xz", tmp_path / "queries.jsonl.gz"
    corpus.write_bytes(lzma.compress(lines(CORPUS)))
    queries.write_bytes(gzip.compress(lines(QUESTIONS)))
    return corpus, queries


@pytest.mark.parametrize("strip", [False, True])
def test_a_suite_is_measured(suite: tuple[Path, Path], strip: bool) -> None:
    seen: list[tuple[int, int]] = []
    figures = evaluate(
        [suite[0]], suite[1], strip_accents=strip, progress=lambda *at: seen.append(at)
    ).as_dict()
    times = [figures.pop(name) for name in ("ms_p50", "ms_p99", "index_seconds")]
    assert all(isinstance(value, float) and value > 0 for value in times)
    assert figures == {
        "queries": 3,
        "articles": 2,
        "passages": 2,
        "mrr@10": 1.0,
        "r@1": 1.0,
        "r@5": 1.0,
        "answer_in_excerpt@1": 1.0,
        "answer_in_excerpt@3": 1.0,
        "abstention": {"auroc": 1.0, "answered_share": 1.0, "unanswerable_rejected": 1.0},
    }
    assert seen == [(1, 3), (2, 3), (3, 3)]


def test_figures_that_a_suite_cannot_give_are_null(suite: tuple[Path, Path], tmp_path: Path) -> None:
    queries = tmp_path / "q.jsonl"
    queries.write_bytes(lines([{"id": "1", "text": "thư viện", "relevant": ["nowhere"]}]))
    figures = evaluate([suite[0]], queries).as_dict()
    assert (figures["r@1"], figures["answer_in_excerpt@1"]) == (0, None)
    assert figures["abstention"] == {"auroc": None, "answered_share": 1, "unanswerable_rejected": None}
    queries.write_bytes(lines([{"id": "1", "text": "thư viện", "unanswerable": True}]))
    figures = evaluate([suite[0]], queries).as_dict()
    assert (figures["mrr@10"], figures["r@1"], figures["r@5"]) == (None, None, None)
    assert figures["abstention"] == {"auroc": None, "answered_share": None, "unanswerable_rejected": 0}
    queries.write_bytes(b"")
    assert evaluate([suite[0]], queries).ms_p50 is None


def test_an_excerpt_that_is_not_shown_holds_no_answer(suite: tuple[Path, Path], tmp_path: Path) -> None:
    queries = tmp_path / "q.jsonl"
    asked = "kilimanjaro everest aconcagua denali mở cửa"
    queries.write_bytes(lines([{"id": "1", "text": asked, "relevant": ["a"], "answers": ["20 giờ"]}]))
    figures = evaluate([suite[0]], queries).as_dict()
    assert (figures["r@1"], figures["answer_in_excerpt@1"]) == (1, 0)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"id": "1", "text": "a"}\n{', "row 2: is not JSON"),
        ("[]", "row 1: is not a JSON object"),
        ('{"id": "1"}', 'row 1: "text" is missing'),
        ('{"id": "1", "text": "a", "answers": "20 giờ"}', 'row 1: "answers" is not a list of texts'),
        ('{"id": "1", "text": "a", "relevant": [["a"]]}', 'row 1: "relevant" is not a list of texts'),
        ("9" * 5000, "row 1: is not JSON"),
        ("[" * 100_000, "row 1: is not JSON"),
    ],
)
def test_a_bad_row_is_named(suite: tuple[Path, Path], tmp_path: Path, text: str, message: str) -> None:
    queries = tmp_path / "q.jsonl"
    queries.write_text(text)
    with pytest.raises(SuiteError, match=message):
        evaluate([suite[0]], queries)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    broken = {
        "q.jsonl.xz": b"not xz",
        "q.jsonl.gz": gzip.compress(b"{}")[:12] + b"\xff" * 40,
        "q.jsonl": '{"id": "1", "text": "chợ"}'.encode("utf-16"),
    }
    for name, content in broken.items():
        (tmp_path / name).write_bytes(content)
    for name in ("missing.jsonl", *broken):
        with pytest.raises(SuiteError, match=name):
            evaluate([], tmp_path / name)


def test_ids_may_be_numbers_and_hold_half_a_character(tmp_path: Path) -> None:
    corpus, queries = tmp_path / "c.jsonl", tmp_path / "q.jsonl"
    corpus.write_text('{"id": 7, "text": "Chợ mới."}\n{"id": "\\ud800", "title": null, "text": "Xe rác."}')
    queries.write_text('{"text": "chợ mới", "relevant": [7]}\n{"text": "xe rác", "relevant": ["\\ud800"]}')
    assert evaluate([corpus], queries).r1 == 1


def test_articles_of_a_suite_keep_their_dates(tmp_path: Path) -> None:
    corpus = tmp_path / "c.jsonl"
    corpus.write_text(
        '{"id": 1, "text": "Chợ mới.", "date": "2025-08-11"}\n{"id": 2, "text": "Xe rác.", "date": null}'
    )
    assert [article.published for article in read_corpus(corpus)] == [datetime(2025, 8, 11, tzinfo=UTC), None]


def test_area_under_the_curve_counts_pairs_in_the_right_order_and_ties_half() -> None:
    assert area_under_roc([0.9, 0.5], [0.1, 0.5]) == (1 + 1 + 1 + 0.5) / 4


def test_accents_are_stripped_as_people_leave_them_out() -> None:
    assert without_accents("Đường Hòa Bình, số 3") == "Duong Hoa Binh, so 3"


def test_a_copy_that_a_hit_stands_for_is_found_with_it(tmp_path: Path) -> None:
    text = "Trạm bơm bến Lụa ngừng chạy hai ngày để thay máy mới."
    rows: list[dict[str, object]] = [{"id": name, "title": "", "text": text} for name in ("a", "copy")]
    rows.append({"id": "c", "title": "", "text": "Chợ đêm họp ở trạm bơm cũ."})
    asked: list[dict[str, object]] = [
        {"id": "1", "text": "trạm bơm ngừng chạy", "answers": [], "relevant": ["copy"]}
    ]
    (tmp_path / "c.jsonl").write_bytes(lines(rows))
    (tmp_path / "q.jsonl").write_bytes(lines(asked))
    figures = evaluate([tmp_path / "c.jsonl"], tmp_path / "q.jsonl")
    assert (figures.r1, figures.r5, figures.mrr) == (0, 1, 0.5)
