"""The inbox: names lead nowhere else, texts become articles, and what is unreadable leaves nothing."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.storage.inbox import Inbox
from bot.storage.inbox_files import safe_name, text_as_file
from retrieval.collection.collection import Collection
from retrieval.collection.lock import reload_lock
from retrieval.collection.report import Step
from retrieval.errors import ReloadRunningError, StoreError

WRITTEN = datetime(2026, 5, 4, 12, tzinfo=UTC)


def told(_: Step) -> None:
    """Tell nobody."""


@pytest.fixture
def inbox(collection: Collection, articles_dir: Path) -> Inbox:
    return Inbox(collection, articles_dir)


@given(st.text(max_size=300))
def test_any_name_becomes_one_of_a_file_in_the_folder(name: str) -> None:
    safe = safe_name(name)
    assert Path(safe).name == safe
    assert not safe.startswith(".")
    assert len(safe.encode()) <= 255
    assert safe_name(safe) == safe


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("lịch tiếp dân.md", "lịch-tiếp-dân.md"),
        ("../../etc/passwd.txt", "etc-passwd.txt"),
        ("C:\\bao\\tin.html", "C-bao-tin.html"),
        (".env", "env"),
        ("bao.jsonl.gz", "bao.jsonl.gz"),
        (f"{'dài ' * 99}.txt", f"{'dài-' * 20}"[:-1] + ".txt"),
        ("", "telegram"),
    ],
)
def test_a_safe_name_says_what_the_name_said(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_the_first_line_of_a_text_is_the_title_of_its_article() -> None:
    name, content = text_as_file(
        "Chợ nghỉ Tết\n\nChợ phường nghỉ từ mùng một.\nMở lại mùng bốn.", WRITTEN, "1:2"
    )
    assert json.loads(content) == {
        "title": "Chợ nghỉ Tết",
        "text": "Chợ phường nghỉ từ mùng một.\nMở lại mùng bốn.",
        "date": "2026-05-04T12:00:00+00:00",
    }
    assert name.startswith("tin-")
    assert name.endswith(".jsonl")


def test_a_text_of_one_line_is_an_article_without_a_title() -> None:
    assert json.loads(text_as_file("Chợ nghỉ.", WRITTEN, "1:2")[1])["title"] == ""
    assert json.loads(text_as_file("Chợ nghỉ.", WRITTEN, "1:2")[1])["text"] == "Chợ nghỉ."


def test_texts_share_a_file_only_if_they_are_the_same_message() -> None:
    assert text_as_file("Chợ\nSáng.", WRITTEN, "1:2")[0] != text_as_file("Chợ\nSáng.", WRITTEN, "1:3")[0]
    assert text_as_file("Chợ\nSáng.", WRITTEN, "1:2")[0] == text_as_file("Chợ họp\nChiều.", WRITTEN, "1:2")[0]


def test_what_is_taken_is_found_and_what_is_sent_again_takes_its_place(
    inbox: Inbox, collection: Collection
) -> None:
    assert inbox.take("chợ.md", "# Giờ chợ\n\nChợ họp buổi sáng.".encode(), told).report.added == 1
    assert inbox.take("chợ.md", "# Giờ chợ\n\nChợ họp buổi chiều.".encode(), told).report.updated == 1
    assert collection.ask("chợ họp buổi nào").hits[0].quote == "Chợ họp buổi chiều."
    assert collection.stats().articles == 1


def test_what_cannot_be_read_is_taken_away_again(inbox: Inbox, articles_dir: Path) -> None:
    taken = inbox.take("trống.md", b"", told)
    assert not taken.is_in
    assert [str(failure.reason) for failure in taken.report.failed] == ["empty"]
    assert list((articles_dir / "telegram").iterdir()) == []


def test_what_cannot_be_read_leaves_what_was_sent_before(
    inbox: Inbox, collection: Collection, articles_dir: Path
) -> None:
    inbox.take("chợ.md", "Chợ họp buổi sáng.".encode(), told)
    assert not inbox.take("chợ.md", b"\x00\x01\x02" * 99, told).is_in
    assert (articles_dir / "telegram" / "chợ.md").read_text("utf-8") == "Chợ họp buổi sáng."
    assert collection.reload().unchanged == 1


def test_a_file_with_some_unreadable_rows_stays(inbox: Inbox) -> None:
    taken = inbox.take("bao.jsonl", b'{"text": "Ch\xe1\xbb\xa3 ngh\xe1\xbb\x89."}\n{"text": 5}\n', told)
    assert taken.is_in
    assert len(taken.report.failed) == 1


def test_during_a_reload_nothing_is_taken(inbox: Inbox, articles_dir: Path, tmp_path: Path) -> None:
    with reload_lock(tmp_path / "state" / "index"), pytest.raises(ReloadRunningError):
        inbox.take("chợ.md", "Chợ họp.".encode(), told)
    assert list((articles_dir / "telegram").iterdir()) == []


def test_a_folder_that_cannot_be_written_is_named(collection: Collection, articles_dir: Path) -> None:
    (articles_dir / "telegram").write_text("một tệp", encoding="utf-8")
    with pytest.raises(StoreError, match="telegram"):
        Inbox(collection, articles_dir).take("chợ.md", "Chợ họp.".encode(), told)


def test_what_was_corrected_stays_so_over_a_reload_and_the_file_as_it_was_sent(
    inbox: Inbox, collection: Collection, articles_dir: Path
) -> None:
    [article] = inbox.take("chợ.txt", "Chợ họp buổi sáng.".encode(), told).articles
    corrected = inbox.correct(article.key, title="Giờ chợ", published=WRITTEN)
    assert corrected is not None
    assert (corrected.key, corrected.title, corrected.published) == (article.key, "Giờ chợ", WRITTEN)
    assert collection.reload().unchanged == 1
    assert (articles_dir / "telegram" / "chợ.txt").read_text("utf-8") == "Chợ họp buổi sáng."
    assert collection.ask("chợ họp buổi nào").hits[0].article.title == "Giờ chợ"


def test_only_what_is_in_the_inbox_can_be_corrected_or_undone(
    inbox: Inbox, collection: Collection, articles_dir: Path
) -> None:
    (articles_dir / "a.md").write_text("Chợ họp.", encoding="utf-8")
    collection.reload()
    [article] = collection.latest(1)
    assert inbox.correct(article.key, title="Khác") is None
    assert inbox.undo(article.key) is None
    assert inbox.undo("0" * 16) is None
    assert (articles_dir / "a.md").exists()


def test_a_list_that_is_sent_anew_takes_the_place_of_the_old_one(inbox: Inbox, articles_dir: Path) -> None:
    rows = [f'{{"title": "Tổ {number}", "text": "Tổ trưởng tổ {number} là ông An."}}' for number in range(9)]
    inbox.take("tổ.jsonl", "\n".join(rows[:8]).encode(), told)
    taken = inbox.take("tổ.jsonl", "\n".join(rows[1:]).encode(), told)
    assert taken.is_in
    names = [path.name for path in (articles_dir / "telegram").iterdir() if not path.name.startswith(".")]
    assert names == ["tổ.jsonl"]
