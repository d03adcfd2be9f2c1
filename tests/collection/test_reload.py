"""A reload: what goes in, what stays, what is removed, and what the report says of it."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from folders import counts, row, write, write_rows

from retrieval.collection.collection import Collection
from retrieval.collection.report import Step
from retrieval.errors import ReloadRunningError, StoreError
from retrieval.store.articles import Store
from retrieval.store.database import Database


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
        ("index", 0, 2),
        ("index", 2, 2),  # a batch at a time
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
        patch.setattr("retrieval.index.files.save_index", _no_space)
        with pytest.raises(StoreError, match=r"\Athe index cannot be saved in .*: No space left.*reload\Z"):
            collection.reload()
    assert collection.ask("chợ phường họp buổi nào").hits[0].quote == "Chợ phường họp buổi sáng."
    assert counts(collection.reload()) == (0, 0, 1, 0)
    assert collection.ask("chợ phường họp buổi nào").hits[0].quote == "Chợ phường họp buổi chiều."


def test_a_disk_that_is_full_while_reading_is_one_line_too(
    collection: Collection, articles_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(articles_dir, "a.md")
    full = partial(Path.open, Path("/dev/full"), "w+b")
    monkeypatch.setattr("retrieval.store.changes.TemporaryFile", lambda **_: full())
    with pytest.raises(StoreError, match=r"\A.*No space left.*\Z"):
        collection.reload()


def _no_space(*_: object) -> None:
    raise OSError(28, "No space left on device")
