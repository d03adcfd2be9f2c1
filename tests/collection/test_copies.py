"""Copies: the same text counts once, however many sources have it, and the report names the others."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from folders import counts

from benchmarks.extraction.stories import STORIES
from retrieval.article import Article
from retrieval.collection.collection import Collection
from retrieval.collection.intake.copies import Copies, CopyKeys
from retrieval.collection.report import Copy, Report
from retrieval.store.database import Database

TEXT = STORIES[1].body
ARTICLE = Article(id="a", title=STORIES[1].title, body=TEXT, origin="a")


def write(folder: Path, name: str, text: str = TEXT, **fields: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    head = "".join(f"{field}: {value}\n" for field, value in fields.items())
    path.write_text(f"---\n{head}---\n{text}\n", encoding="utf-8")
    return path


def same(one: Article, other: Article) -> bool:
    known = Copies({}, {one.id: one}.get)
    known.add(one, CopyKeys.of(one))
    return list(known.of(other, CopyKeys.of(other))) == [one.id]


def test_the_same_text_with_other_marks_and_breaks_and_another_headline_is_a_copy() -> None:
    body = TEXT.replace("\n", " ").replace(",", " –").upper()
    assert same(ARTICLE, replace(ARTICLE, id="b", body=body, title="Tin trong ngày"))


def test_a_text_with_another_figure_is_none_nor_one_under_a_headline_with_another_figure() -> None:
    assert not same(ARTICLE, replace(ARTICLE, id="b", body=TEXT.replace("4,1", "5,3")))
    assert not same(
        replace(ARTICLE, title="Giá chợ tháng 4"), replace(ARTICLE, id="b", title="Giá chợ tháng 5")
    )


def test_the_same_words_weeks_later_are_news_again() -> None:
    dated = replace(ARTICLE, published=datetime(2026, 3, 2, tzinfo=UTC))
    assert same(dated, replace(dated, id="b", published=datetime(2026, 3, 5, tzinfo=UTC)))
    assert same(dated, replace(dated, id="b", published=None))
    assert not same(dated, replace(dated, id="b", published=datetime(2026, 4, 2, tzinfo=UTC)))


def test_short_texts_are_copies_only_under_the_same_title() -> None:
    one = Article(id="a", title="Nguyễn Văn An", body="Công an khu vực, tổ 4.", origin="a")
    assert not same(one, replace(one, id="b", title="Trần Thị Bình"))
    assert same(one, replace(one, id="b", title="NGUYỄN VĂN AN"))


def test_a_copy_from_another_source_is_named_and_not_counted(
    collection: Collection, articles_dir: Path, ids: Callable[[], set[str]]
) -> None:
    write(articles_dir, "a.md", id="a", url="https://a.example.vn/1")
    copy = write(articles_dir, "b.md", id="b", url="https://b.example.vn/2")
    for report in (collection.reload(), collection.reload(), collection.reload([copy])):
        assert (report.articles, report.copies) == (1, (Copy(origin=str(copy), of="a"),))
    assert ids() == {"a"}


def test_a_copy_that_is_read_first_does_not_take_the_place_of_what_is_stored(
    collection: Collection, articles_dir: Path, ids: Callable[[], set[str]]
) -> None:
    write(articles_dir, "b.md", id="b")
    collection.reload()
    write(articles_dir, "a.md", id="a")
    report = collection.reload()
    assert counts(report) == (0, 0, 1, 0)
    assert [copy.of for copy in report.copies] == ["b"]
    assert ids() == {"b"}


def test_a_copy_takes_the_place_of_an_article_that_is_gone_or_says_something_else(
    collection: Collection, articles_dir: Path, ids: Callable[[], set[str]]
) -> None:
    first = write(articles_dir, "b.md", id="b")
    write(articles_dir, "a.md", id="a")
    collection.reload()
    assert ids() == {"a"}
    (articles_dir / "a.md").unlink()
    assert counts(collection.reload()) == (1, 0, 0, 1)
    assert ids() == {"b"}
    write(articles_dir, "a.md", id="a")
    write(first.parent, first.name, "Chợ nghỉ hôm nay.", id="b")
    assert counts(collection.reload()) == (1, 1, 0, 0)
    assert ids() == {"a", "b"}


def test_a_file_under_another_name_is_a_move_and_no_copy(
    collection: Collection, articles_dir: Path, tmp_path: Path
) -> None:
    elsewhere = write(tmp_path / "khac", "a.md")
    collection.reload([elsewhere.parent])
    shutil.move(elsewhere, articles_dir / "b.md")
    report: Report = collection.reload()
    assert (report.added, report.copies) == (1, ())


def test_copies_of_articles_from_before_they_were_known_are_told_after_one_reload(
    collection: Collection, articles_dir: Path, database: Database
) -> None:
    write(articles_dir, "a.md", id="a")
    collection.reload()
    with database.transaction() as connection:
        connection.exec_driver_sql("UPDATE articles SET text_key = ''")
    assert counts(collection.reload()) == (0, 0, 1, 0)
    write(articles_dir, "b.md", id="b")
    assert [copy.of for copy in collection.reload().copies] == ["a"]
