"""A reload: what goes in, what stays, what is removed, and what the report says of it."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from retrieval.collection import Collection
from retrieval.database import Database
from retrieval.errors import ReadError, ReloadRunningError, StoreError
from retrieval.reload import Failure, Report, Step
from retrieval.store import Store


def write(folder: Path, name: str, body: str = "Nhà văn hóa mở cửa buổi tối.", *, id_: str = "") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    head = f"---\nid: {id_}\n---\n" if id_ else ""
    path.write_text(f"{head}{body}\n", encoding="utf-8")
    return path


def write_rows(folder: Path, name: str, *rows: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


def row(id_: str, text: str = "Tổ dân phố họp chiều thứ sáu.") -> str:
    return f'{{"id": "{id_}", "title": "Bài {id_}", "text": "{text}"}}'


def counts(report: Report) -> tuple[int, int, int, int]:
    return report.added, report.updated, report.unchanged, report.removed


@pytest.fixture
def ids(database: Database) -> Callable[[], set[str]]:
    """Return the ids that are stored, once called."""
    return lambda: set(Store(database).entries())


def test_the_report_counts_added_updated_unchanged_and_removed(
    collection: Collection, articles_dir: Path
) -> None:
    for name in ("a.md", "b.md", "c.md"):
        write(articles_dir, name, f"Bài {name} nói về nhà văn hóa.")
    first = collection.reload()
    write(articles_dir, "a.md", "Bài a đã viết lại.")
    (articles_dir / "b.md").unlink()
    write(articles_dir, "d.md")
    write(articles_dir, "e.md")
    second = collection.reload()
    assert counts(first) == (3, 0, 0, 0)
    assert counts(second) == (2, 1, 1, 1)
    assert (first.articles, first.passages, first.failed) == (3, 3, ())
    assert (second.articles, second.passages, second.failed) == (4, 4, ())


def test_a_reload_without_changes_keeps_the_generation_and_the_index_files(
    collection: Collection, articles_dir: Path, database: Database, tmp_path: Path
) -> None:
    write(articles_dir, "a.md")
    collection.reload()
    before = Store(database).state()
    files = sorted((tmp_path / "state" / "index").rglob("*"))
    report = collection.reload()
    after = Store(database).state()
    assert counts(report) == (0, 0, 1, 0)
    assert after.generation == before.generation
    assert before.reloaded is not None
    assert after.reloaded is not None
    assert after.reloaded > before.reloaded
    assert sorted((tmp_path / "state" / "index").rglob("*")) == files


def test_steps_come_in_order_and_end_complete(collection: Collection, articles_dir: Path) -> None:
    write(articles_dir, "a.md")
    write(articles_dir, "b.md")
    steps: list[Step] = []
    collection.reload(progress=steps.append)
    assert [(step.stage, step.done, step.total) for step in steps] == [
        *(("read", done, 2) for done in range(3)),
        ("store", 0, 2),
        ("store", 2, 2),
        *(("index", done, 2) for done in range(3)),
    ]


def test_a_file_that_fails_is_reported_and_keeps_its_article(
    collection: Collection, articles_dir: Path, ids: Callable[[], set[str]]
) -> None:
    write(articles_dir, "a.md", id_="a")
    write(articles_dir, "b.md", id_="b")
    collection.reload()
    (articles_dir / "a.md").write_bytes(b"")
    report = collection.reload()
    assert counts(report) == (0, 0, 1, 0)
    assert [failure.origin for failure in report.failed] == [str(articles_dir / "a.md")]
    assert report.failed[0].reason
    assert ids() == {"a", "b"}


def test_a_file_of_rows_that_fails_keeps_all_of_its_articles(
    collection: Collection, articles_dir: Path, ids: Callable[[], set[str]]
) -> None:
    path = write_rows(articles_dir, "bao.jsonl", row("a"), row("b"))
    collection.reload()
    path.write_bytes(b"")
    assert counts(collection.reload()) == (0, 0, 0, 0)
    assert ids() == {"a", "b"}


def test_a_row_that_fails_keeps_its_article_but_not_one_that_left_the_file(
    collection: Collection, articles_dir: Path, ids: Callable[[], set[str]]
) -> None:
    write_rows(articles_dir, "bao.jsonl", row("a"), row("b"), row("c"))
    collection.reload()
    write_rows(articles_dir, "bao.jsonl", row("a"), '{"id": "b", "text": ')
    report = collection.reload()
    assert counts(report) == (0, 0, 1, 1)
    assert [failure.origin for failure in report.failed] == [f"{articles_dir / 'bao.jsonl'}#2"]
    assert ids() == {"a", "b"}


def test_a_folder_that_cannot_be_read_keeps_its_articles(
    collection: Collection, articles_dir: Path, ids: Callable[[], set[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever runs the tests may be root, who can open everything: so the reader only says it cannot."""
    write(articles_dir, "phuong/a.md", id_="a")
    collection.reload()
    closed = articles_dir / "phuong"
    monkeypatch.setattr("retrieval.comparison.discover", lambda _source: iter([closed]))
    report = collection.reload()
    assert [failure.origin for failure in report.failed] == [str(closed)]
    assert ids() == {"a"}


def test_links_that_lead_in_a_circle_are_named_and_the_rest_goes_in(
    collection: Collection, articles_dir: Path, ids: Callable[[], set[str]]
) -> None:
    write(articles_dir, "a.md", id_="a")
    circle = articles_dir / "b.md"
    circle.symlink_to(circle)
    report = collection.reload()
    assert [failure.origin for failure in report.failed] == [str(circle)]
    assert ids() == {"a"}
    with pytest.raises(ReadError, match="cannot be opened"):
        collection.reload([circle])


def test_of_two_articles_with_one_id_the_first_goes_in_and_the_second_is_told(
    collection: Collection, articles_dir: Path
) -> None:
    first = write(articles_dir, "a.md", "Bài thứ nhất.", id_="chung")
    second = write(articles_dir, "b.md", "Bài thứ hai.", id_="chung")
    for _ in range(2):
        report = collection.reload()
        reason = f"the id “chung” stands already in {first}"
        assert report.failed == (Failure(origin=str(second), reason=reason),)
        assert report.articles == 1


def test_a_moved_file_is_unchanged_and_its_new_place_is_known(
    collection: Collection, articles_dir: Path, database: Database
) -> None:
    write(articles_dir, "a.md", id_="a").rename(articles_dir / "b.md")
    collection.reload()
    (articles_dir / "b.md").rename(articles_dir / "c.md")
    report = collection.reload()
    assert counts(report) == (0, 0, 1, 0)
    assert Store(database).entries()["a"].origin == str(articles_dir / "c.md")


def test_another_articles_folder_replaces_the_first_one(
    open_collection: Callable[[], Collection],
    articles_dir: Path,
    tmp_path: Path,
    ids: Callable[[], set[str]],
) -> None:
    write(articles_dir, "a.md", id_="mau-1")
    write(articles_dir, "b.md", id_="mau-2")
    open_collection().reload()
    articles_dir.rename(tmp_path / "samples")
    write(articles_dir, "x.md", id_="bao-1")
    assert counts(open_collection().reload()) == (1, 0, 0, 2)
    assert ids() == {"bao-1"}


def test_another_source_adds_and_removes_only_its_own(
    collection: Collection, articles_dir: Path, tmp_path: Path, ids: Callable[[], set[str]]
) -> None:
    extra = tmp_path / "extra"
    write(articles_dir, "a.md", id_="a")
    write(extra, "b.md", id_="b")
    write(extra, "c.md", id_="c")
    collection.reload()
    assert counts(collection.reload([extra])) == (2, 0, 0, 0)
    assert counts(collection.reload()) == (0, 0, 1, 0)
    assert ids() == {"a", "b", "c"}
    (extra / "b.md").unlink()
    assert counts(collection.reload([extra])) == (0, 0, 1, 1)
    assert ids() == {"a", "c"}


def test_an_id_of_another_source_is_refused(
    collection: Collection, articles_dir: Path, tmp_path: Path
) -> None:
    held = write(articles_dir, "a.md", "Bài cũ.", id_="chung")
    other = write(tmp_path / "extra", "b.md", "Bài mới.", id_="chung")
    collection.reload()
    report = collection.reload([tmp_path / "extra"])
    assert counts(report) == (0, 0, 0, 0)
    assert report.failed == (Failure(origin=str(other), reason=f"the id “chung” belongs to {held}"),)


def test_an_article_that_moved_here_from_another_source_is_taken_over(
    collection: Collection, articles_dir: Path, tmp_path: Path, database: Database
) -> None:
    extra = tmp_path / "extra"
    for name in ("a.md", "b.md"):
        write(extra, name, id_=name)
    write(articles_dir, "c.md", id_="c")
    collection.reload()
    collection.reload([extra])
    (extra / "a.md").rename(articles_dir / "a.md")
    (extra / "b.md").unlink()
    extra.rmdir()
    moved = write(articles_dir, "b.md", "Viết lại.", id_="b.md")
    report = collection.reload()
    assert (counts(report), report.failed) == ((0, 1, 2, 0), ())
    assert Store(database).entries()["b.md"].origin == str(moved)
    (articles_dir / "a.md").unlink()
    assert counts(collection.reload()) == (0, 0, 2, 1)


@pytest.mark.parametrize(("gone", "left"), [("extra", {"a"}), ("extra/sau", {"a", "b"}), (".", {"a"})])
def test_reloading_a_source_that_is_gone_removes_its_articles(
    gone: str,
    left: set[str],
    collection: Collection,
    articles_dir: Path,
    tmp_path: Path,
    ids: Callable[[], set[str]],
) -> None:
    """The source itself, a folder in it, or the folder around it."""
    outside = tmp_path / "ngoài"
    write(articles_dir, "a.md", id_="a")
    write(outside, "extra/b.md", id_="b")
    write(outside, "extra/sau/c.md", id_="c")
    collection.reload()
    collection.reload([outside / "extra"])
    shutil.rmtree(outside / gone)
    report = collection.reload([outside / gone])
    assert (report.removed, report.failed) == (3 - len(left), ())
    assert ids() == left
    with pytest.raises(ReadError, match="no such file or folder"):
        collection.reload([outside / gone])


def test_a_folder_that_left_the_articles_folder_can_be_reloaded(
    collection: Collection, articles_dir: Path, ids: Callable[[], set[str]]
) -> None:
    write(articles_dir, "a.md", id_="a")
    write(articles_dir, "phuong/b.md", id_="b")
    collection.reload()
    shutil.rmtree(articles_dir / "phuong")
    assert counts(collection.reload([articles_dir / "phuong"])) == (0, 0, 0, 1)
    assert ids() == {"a"}


def test_one_file_of_the_articles_folder_can_be_reloaded_alone(
    collection: Collection, articles_dir: Path, ids: Callable[[], set[str]]
) -> None:
    """It is the same article as when the whole folder is read, so nothing is there twice."""
    write(articles_dir, "phuong/a.md")
    write(articles_dir, "phuong/b.md")
    collection.reload()
    before = ids()
    write(articles_dir, "phuong/a.md", "Viết lại.")
    assert counts(collection.reload([articles_dir / "phuong" / "a.md"])) == (0, 1, 0, 0)
    assert ids() == before
    assert counts(collection.reload()) == (0, 0, 2, 0)


def test_a_part_of_the_articles_folder_removes_only_what_left_that_part(
    collection: Collection, articles_dir: Path, ids: Callable[[], set[str]]
) -> None:
    for name in ("phuong/a", "phuong/b", "phuong 2/c", "d"):
        write(articles_dir, f"{name}.md", id_=name[-1])
    collection.reload()
    for name in ("phuong/a", "phuong 2/c", "d"):
        (articles_dir / f"{name}.md").unlink()
    assert counts(collection.reload([articles_dir / "phuong"])) == (0, 0, 1, 1)
    assert ids() == {"b", "c", "d"}


def test_a_file_reached_from_two_sources_is_one_article(
    collection: Collection, articles_dir: Path, tmp_path: Path
) -> None:
    extra = tmp_path / "extra"
    path = write(extra, "sau/a.md")
    assert collection.reload([extra, path]).articles == 1
    assert collection.reload([path]).articles == 1
    assert collection.reload([extra]).articles == 1


def test_a_source_that_is_not_there_changes_nothing(
    collection: Collection, articles_dir: Path, tmp_path: Path, ids: Callable[[], set[str]]
) -> None:
    write(articles_dir, "a.md", id_="a")
    collection.reload()
    with pytest.raises(ReadError, match="nowhere"):
        collection.reload([articles_dir, tmp_path / "nowhere"])
    (articles_dir / "a.md").unlink()
    articles_dir.rmdir()
    with pytest.raises(ReadError, match="articles"):
        collection.reload()
    assert ids() == {"a"}


def test_a_second_reload_is_told_in_this_process_and_in_another(
    collection: Collection, open_collection: Callable[[], Collection], articles_dir: Path
) -> None:
    """A lock belongs to its open file, so two collections stand to each other as two processes do."""
    write(articles_dir, "a.md")
    other = open_collection()
    told: list[str] = []

    def again(_step: Step) -> None:
        for one in (collection, other):
            with pytest.raises(ReloadRunningError) as caught:
                one.reload()
            told.append(str(caught.value))

    report = collection.reload(progress=again)
    assert counts(report) == (1, 0, 0, 0)
    assert set(told) == {"a reload is already running: wait until it is done"}
    assert counts(other.reload()) == (0, 0, 1, 0)


@pytest.mark.parametrize("stage", ["read", "store", "index"])
def test_whatever_progress_raises_the_state_is_whole_and_the_next_reload_goes_through(
    stage: str, collection: Collection, articles_dir: Path
) -> None:
    write(articles_dir, "a.md", "Chợ phường họp buổi sáng.")
    collection.reload()
    write(articles_dir, "a.md", "Chợ phường họp buổi chiều.")

    def fail(step: Step) -> None:
        if step.stage == stage and step.done == step.total:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        collection.reload(progress=fail)
    assert collection.ask("chợ phường họp buổi nào").hits[0].quote == "Chợ phường họp buổi sáng."
    collection.reload()
    assert collection.ask("chợ phường họp buổi nào").hits[0].quote == "Chợ phường họp buổi chiều."


def test_a_full_disk_is_one_line_and_the_old_snapshot_goes_on(
    collection: Collection, articles_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(articles_dir, "a.md", "Chợ phường họp buổi sáng.")
    collection.reload()
    write(articles_dir, "a.md", "Chợ phường họp buổi chiều.")
    with monkeypatch.context() as patch:
        patch.setattr("retrieval.index.Index.save", _no_space)
        with pytest.raises(StoreError, match=r"\Athe index cannot be saved in .*: No space left.*reload\Z"):
            collection.reload()
    assert collection.ask("chợ phường họp buổi nào").hits[0].quote == "Chợ phường họp buổi sáng."
    assert counts(collection.reload()) == (0, 0, 1, 0)
    assert collection.ask("chợ phường họp buổi nào").hits[0].quote == "Chợ phường họp buổi chiều."


def test_a_disk_that_is_full_while_reading_is_one_line_too(
    collection: Collection, articles_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(articles_dir, "a.md")
    monkeypatch.setattr("retrieval.changes.pickle.dump", _no_space)
    with pytest.raises(StoreError, match=r"\A.*No space left.*\Z"):
        collection.reload()


def _no_space(*_: object) -> None:
    raise OSError(28, "No space left on device")
