"""The benchmark of growth compares like with like, and says truly what was reached."""

import json
from dataclasses import replace
from itertools import islice
from pathlib import Path
from signal import SIGKILL
from subprocess import Popen

import pytest

from benchmarks.growth import answering, contest, material, picture, process, ranking, report, results
from benchmarks.growth.built import index, keep
from benchmarks.growth.engines import engine
from benchmarks.growth.measured import (
    Answering,
    Asking,
    Before,
    Built,
    Costs,
    Done,
    Ranking,
    Real,
    Renewal,
    Run,
    Service,
    Size,
    Stage,
)
from benchmarks.growth.memory import Memory
from benchmarks.growth.mixing import Mixture, cut, mixed
from benchmarks.growth.timing import Opening, Times, deviation, typical
from benchmarks.growth.wanted import wishes
from retrieval.article import Article
from retrieval.text.analyzer import terms

ENGINES = sorted({one.engine for one in contest.CONTENDERS} - {"bm25s_numba"})  # compiled for seconds

BODIES = [
    "Chợ phường họp từ 5 giờ sáng. Sạp rau mở sớm nhất.\nThư viện phường cho mượn ba cuốn sách mỗi lần.",
    "Trạm y tế tiêm chủng ngày 15 hằng tháng. Phí khám là 1.000 đồng.",
    "Nhà văn hóa dạy đàn bầu tối thứ tư. Lớp có hai mươi học viên.",
]
ARTICLES = [
    Article(id=str(number), title=body.split(".")[0], body=body, origin="here")
    for number, body in enumerate(BODIES)
]


def prepared(folder: Path, passages: int | None = None, copies: int = 1) -> material.Material:
    """Material of the articles above, or of more like them."""
    rows = [material.row(replace(one, id=f"{one.id}-{copy}")) for copy in range(copies) for one in ARTICLES]
    questions = [json.dumps({"id": str(i), "text": body[:40]}) for i, body in enumerate(BODIES * 4)]
    (folder / "corpus.jsonl").write_text("".join(rows), encoding="utf-8")
    (folder / "queries.jsonl").write_text("\n".join(questions), encoding="utf-8")
    return material.prepare(folder / "corpus.jsonl", folder / "queries.jsonl", passages, folder / "material")


@pytest.mark.parametrize("name", ENGINES)
def test_an_engine_takes_the_terms_as_they_are(name: str, tmp_path: Path) -> None:
    """Neither folded, nor cut at points or at the joint of a pair, nor made equal to a longer one."""
    passages = ["hòa 1.000 a_b", "hoa 1 000 a b", "đa đá", "da"]
    (tmp_path / "passages.txt").write_text("".join(f"{one}\n" for one in passages), encoding="utf-8")
    index = tmp_path / "index"
    index.mkdir()
    engine(name).build(tmp_path / "passages.txt", index)
    opened = engine(name).load(index)
    wanted = {"hòa": 0, "hoa": 1, "1.000": 0, "000": 1, "a_b": 0, "b": 1, "đa": 2, "da": 3}
    assert {word: opened.rank([word], 10)[0] for word in wanted} == wanted


@pytest.mark.parametrize("name", ENGINES)
def test_an_engine_ranks_by_all_words_of_a_question(name: str, tmp_path: Path) -> None:
    prepared(tmp_path)
    ranking.build(name, str(tmp_path / "material" / "syllables.txt"), str(tmp_path))
    asked = ranking.ask(
        name, str(tmp_path), str(tmp_path / "material" / "questions.json"), pairs=False, first=3
    )
    assert asked.best == [0, 1, 2]


def test_material_holds_all_terms_of_an_article_once(tmp_path: Path) -> None:
    made = prepared(tmp_path)
    lines = list(material.read_lines(tmp_path / "material" / "syllables.txt"))
    assert (made.passages, made.articles, made.mixed) == (3, 3, 0)
    assert lines == [terms(body) for body in BODIES]
    assert made.terms == sum(map(len, lines))
    assert material.Material.read(tmp_path / "material") == made


def test_pairs_are_terms_of_neighbours(tmp_path: Path) -> None:
    prepared(tmp_path)
    first = next(material.read_lines(tmp_path / "material" / "pairs.txt"))
    assert first[-1] == "mỗi_lần"
    assert material.with_pairs(["a", "b", "c"]) == ["a", "b", "c", "a_b", "b_c"]
    assert material.with_pairs([]) == []


def test_what_a_corpus_lacks_is_mixed_from_its_sentences(tmp_path: Path) -> None:
    made = prepared(tmp_path, passages=20)
    assert (made.passages, made.articles, made.mixed) == (20, 20, 17)


def test_material_of_an_earlier_run_is_kept_until_it_would_be_another(tmp_path: Path) -> None:
    made = prepared(tmp_path)
    (tmp_path / "material" / "syllables.txt").write_text("kept", encoding="utf-8")
    assert prepared(tmp_path) == made
    assert (tmp_path / "material" / "syllables.txt").read_text(encoding="utf-8") == "kept"
    assert prepared(tmp_path, copies=2).articles == 6
    assert (tmp_path / "material" / "syllables.txt").read_text(encoding="utf-8") != "kept"


def test_passages_of_mixed_articles_are_those_that_an_index_cuts() -> None:
    long = replace(ARTICLES[0], body=" ".join(f"Câu {at} kể chuyện phường A.B. dài ra." for at in range(200)))
    mixture = Mixture()
    for article in (*ARTICLES, long, replace(long, body=long.body.replace(".", ""))):
        mixture.add(article, cut(article.body))
    for article, passages in islice(mixture.articles(), 50):
        assert passages == [" ".join(words) for _, words in material.passages_of(article.body)]


def test_an_index_that_is_kept_is_not_built_again(tmp_path: Path) -> None:
    def build() -> Done:
        (tmp_path / "index" / "file").write_text("1234", encoding="utf-8")
        return Done(seconds=1, processor=2, peak=3)

    keep(tmp_path / "index", build, "abc1234")
    with index(tmp_path / "index", lambda: pytest.fail("it is there")) as there:
        assert (there.disk, there.before_by) == (4, "abc1234")
    assert (tmp_path / "index" / "file").exists()


def test_what_processes_measure_is_put_into_medians() -> None:
    measured = [answered(Times(p50=p50, p99=9)) for p50 in (3.0, 5.0, 4.0)]
    assert typical(measured) == answered(Times(p50=4, p99=9, spread=1))


def test_mixed_articles_are_the_same_in_every_run_and_no_copies() -> None:
    first, again = (list(islice(mixed(ARTICLES), 5)) for _ in range(2))
    assert first == again
    assert len({one.id for one in first}) == 5
    known = " ".join(BODIES).replace("\n", " ")
    assert all(sentence in known for one in first for sentence in one.body.split("\n"))


def test_whole_answers_are_measured_on_the_index_in_files(tmp_path: Path) -> None:
    prepared(tmp_path, copies=5)
    articles = str(tmp_path / "material" / "articles.jsonl")
    assert answering.build(articles, str(tmp_path / "index")) > 0
    measured = answering.answer(str(tmp_path / "material"), str(tmp_path / "index"))
    assert 0 < measured.times.p50 <= measured.times.p99
    assert measured.memory.own <= measured.memory.resident


def test_one_odd_round_does_not_count() -> None:
    assert deviation([3.0, 3.2, 2.9, 9.0, 3.0]) == pytest.approx(0.1)


def test_a_difference_within_the_rounds_deviation_is_marked_as_noise() -> None:
    measured = run()
    spread = [
        replace(one, asking=replace(one.asking, headlines=replace(one.asking.headlines, spread=0.5)))
        for one in measured.sizes[0].rankings
    ]
    noisy = replace(measured, sizes=[replace(measured.sizes[0], rankings=spread)])
    lines = report.written(noisy).splitlines()
    rows = [line for line in lines if line.startswith(("| tantivy", "| bm25s")) and "±" in line]
    assert "3.00 ± 0.50 (3×)" in rows[0]
    assert "2.00 ± 0.50 (≈)" in rows[1]
    assert "0.90 (1×)" in rows[1], "asked once"


def run() -> Run:
    """A run in which everything wanted is reached, each to its limit."""
    return Run(
        date="2026-01-01",
        commit="abc1234",
        machine="a machine",
        versions={"Python": "3.11"},
        seconds=60,
        sizes=[size(10_000, 1.0), size(300_000, 30.0)],
    )


def size(passages: int, grown: float) -> Size:
    return Size(
        material=material.Material(
            passages=passages,
            articles=passages // 5,
            mixed=0,
            terms=passages * 100,
            text_bytes=passages * 600,
            analysis_seconds=grown,
            questions=("?",),
        ),
        rankings=[
            ranked("hoibao", "syllables", p50=1, p99=4),
            ranked("tantivy", "syllables", p50=3, p99=4),
            ranked("bm25s_numba", "syllables", p50=2, p99=5),
            ranked("bm25s_numba", "pairs", p50=2, p99=5),
        ],
        service=Service(
            built=built(seconds=grown / 3, disk=passages * 900),
            answering=answered(Times(p50=8, p99=25)),
            real=Real(
                tantivy=grown,
                tantivy_alike=2 * grown,
                reload=Done(seconds=grown / 1.5, processor=3 * grown, peak=500),
                renewal=Renewal(
                    found=2, idle=Times(p50=8, p99=20), meanwhile=Times(p50=9, p99=40), asked=100, failed=0
                ),
            ),
        ),
    )


def built(seconds: float, disk: int) -> Built:
    return Built(done=Done(seconds=seconds, processor=seconds, peak=900), disk=disk)


def answered(times: Times) -> Answering:
    return Answering(
        opening=Opening(opened=1, answered=2),
        times=times,
        ten_at_once=5.5,
        memory=Memory(resident=300, own=50),
    )


def ranked(engine: str, terms: str, *, p50: float, p99: float) -> Ranking:
    asking = Asking(
        opening=Opening(opened=0.1, answered=0.2),
        headlines=Times(p50=p50, p99=p99),
        short=Times(p50=0.9, p99=2),
        questions=1,
        memory=Memory(resident=400, own=300),
        best=[7],
    )
    return Ranking(engine=engine, terms=terms, built=built(10, 5_000_000), asking=asking)


def test_what_is_at_its_limit_is_reached() -> None:
    assert [wish.wanted for wish in wishes(run()) if not wish.holds] == []


def test_what_is_beyond_its_limit_is_not_reached() -> None:
    measured = run()
    last = measured.sizes[-1]
    slow = replace(last.service.answering, times=Times(p50=8.1, p99=25), ten_at_once=5.6)
    assert last.service.real is not None
    real = replace(last.service.real, renewal=replace(last.service.real.renewal, failed=1))
    service = replace(last.service, answering=slow, real=real, built=built(50, last.service.built.disk))
    missed = wishes(replace(measured, sizes=[measured.sizes[0], replace(last, service=service)]))
    assert [wish.wanted for wish in missed if not wish.holds] == [
        "whole answer, p50: ≤ 8 ms",
        "ten questions at once: ≤ 5.5 × one",
        "questions during a reload: none fails",
        "JSON lines → index: ≥ 6,000 articles/s",
        "no cost grows faster than the collection, give or take 10 %",
    ]


def test_the_report_is_written_from_a_file_without_the_questions(tmp_path: Path) -> None:
    measured = run()
    results.save(measured, tmp_path / "results.json")
    sizes = [replace(size, material=replace(size.material, questions=())) for size in measured.sizes]
    assert results.read(tmp_path / "results.json") == replace(measured, sizes=sizes)
    report.main(tmp_path / "results.json")
    written = (tmp_path / "RESULTS.md").read_text(encoding="utf-8")
    assert "| bm25s, numba | 2.00 (2×) | 5.00 (1.2×) | 0.90 (1×) | 2.00 (1×) | 100% |" in written
    assert (tmp_path / "results.png").stat().st_size > 10_000


def test_a_line_of_the_picture_may_lack_points(tmp_path: Path) -> None:
    """rank-bm25 is not asked to do what would take it too long."""
    picture.draw(replace(run(), sizes=[size(10_000, 1.0)]), tmp_path / "one.png")


def test_the_version_before_has_a_row_and_its_answers_a_column(tmp_path: Path) -> None:
    measured = run()
    last = measured.sizes[-1]
    rankings = [*last.rankings, ranked(contest.BEFORE, "syllables", p50=2, p99=4)]
    before = Before(built=built(90, 5_000_000), answering=answered(Times(p50=9, p99=30, spread=2)))
    service = replace(last.service, before=before)
    costs = Costs("plain questions", 300, [Stage("parse", 0.5, 1.0)])
    results.save(
        replace(
            measured,
            sizes=[replace(last, rankings=rankings, service=service)],
            stages=[costs],
            stages_before=[replace(costs, stages=[Stage("parse", 0.7, 1.0)])],
        ),
        tmp_path / "results.json",
    )
    report.main(tmp_path / "results.json")
    written = (tmp_path / "RESULTS.md").read_text(encoding="utf-8")
    assert "| Hỏi Báo, before | 2.00 (2×) |" in written
    assert "| a question, p50 / p99 | **8.00** / **25.0** ms | 9.00 ± 2.00 (≈) / 30.0 (1.2×) ms |" in written
    assert "| parse | 0.50 | 1.00 | 0.70 |" in written


def test_the_version_before_runs_by_its_own_modules(tmp_path: Path) -> None:
    prepared(tmp_path)
    (tmp_path / "benchmarks" / "growth").mkdir(parents=True)
    for name, text in {"__init__": "", "growth/__init__": "", "growth/ranking": "print(4.5)"}.items():
        (tmp_path / "benchmarks" / f"{name}.py").write_text(text, encoding="utf-8")
    assert process.call(float, ranking.__name__, "build", checkout=tmp_path) == 4.5


def test_what_was_begun_ends_with_a_run_that_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[Popen[bytes]] = []

    def cut_off(self: Popen[bytes]) -> tuple[bytes, bytes]:
        begun.append(self)
        raise SystemExit(1)

    monkeypatch.setattr(Popen, "communicate", cut_off)
    with pytest.raises(SystemExit):
        process.watched_command(["sleep", "60"], {})
    assert begun[0].returncode == -SIGKILL
