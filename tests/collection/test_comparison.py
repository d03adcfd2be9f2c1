"""What a source speaks for: its articles come, change and go with their files, and those of others stay."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from folders import counts, write

from retrieval.collection.collection import Collection
from retrieval.collection.report import Failure
from retrieval.errors import ReadError, Reason
from retrieval.store.articles import Store
from retrieval.store.database import Database


def test_a_folder_that_cannot_be_read_keeps_its_articles(
    collection: Collection, articles_dir: Path, ids: Callable[[], set[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever runs the tests may be root, who can open everything: so the reader only says it cannot."""
    write(articles_dir, "phuong/a.md", id_="a")
    collection.reload()
    closed = articles_dir / "phuong"
    monkeypatch.setattr("retrieval.collection.intake.comparison.discover", lambda _source: iter([closed]))
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
        reason = Reason("the id “{id}” is used in {origin} already", {"id": "chung", "origin": str(first)})
        assert report.failed == (Failure(origin=str(second), reason=reason),)
        assert report.articles == 1


def test_pages_that_declare_the_same_address_all_go_in_and_stay(
    collection: Collection, articles_dir: Path
) -> None:
    page = '<html><head><meta property="og:url" content="https://vamcoi.example.vn/tin/chi-tiet"></head><body><p>{}</p></body></html>'
    for name, text in (("a.html", "Sáng mai phường phát gạo."), ("b.html", "Chiều nay phường sửa cống.")):
        (articles_dir / name).write_text(page.format(text), encoding="utf-8")
    assert (collection.reload().articles, collection.reload().unchanged) == (2, 2)


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
    assert report.failed == (
        Failure(
            origin=str(other),
            reason=Reason("the id “{id}” belongs to {origin}", {"id": "chung", "origin": str(held)}),
        ),
    )


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
