"""The inbox: names lead nowhere else, texts become articles, and what is unreadable leaves nothing."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.storage.inbox import Inbox, as_file, safe_name, went_in
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
    name, content = as_file("Chợ nghỉ Tết\n\nChợ phường nghỉ từ mùng một.\nMở lại mùng bốn.", WRITTEN)
    assert json.loads(content) == {
        "title": "Chợ nghỉ Tết",
        "text": "Chợ phường nghỉ từ mùng một.\nMở lại mùng bốn.",
        "date": "2026-05-04T12:00:00+00:00",
    }
    assert name.startswith("cho-nghi-tet-")
    assert name.endswith(".jsonl")


def test_a_text_of_one_line_is_an_article_without_a_title() -> None:
    assert json.loads(as_file("Chợ nghỉ.", WRITTEN)[1])["title"] == ""
    assert json.loads(as_file("Chợ nghỉ.", WRITTEN)[1])["text"] == "Chợ nghỉ."


def test_texts_share_a_file_only_where_they_share_a_title() -> None:
    long = "Thông báo về việc tạm ngừng cấp nước để sửa chữa đường ống ngày "
    names = {as_file(f"{long}{day}\nNội dung.", WRITTEN)[0] for day in range(9)}
    assert len(names) == 9
    assert as_file("Chợ\nSáng.", WRITTEN)[0] == as_file("Chợ\nChiều.", WRITTEN)[0]


def test_what_is_taken_is_found_and_what_is_sent_again_takes_its_place(
    inbox: Inbox, collection: Collection
) -> None:
    assert inbox.take("chợ.md", "Chợ họp buổi sáng.".encode(), told).added == 1
    assert inbox.take("chợ.md", "Chợ họp buổi chiều.".encode(), told).updated == 1
    assert collection.ask("chợ họp buổi nào").hits[0].quote == "Chợ họp buổi chiều."
    assert collection.stats().articles == 1


def test_what_cannot_be_read_is_taken_away_again(inbox: Inbox, articles_dir: Path) -> None:
    report = inbox.take("trống.md", b"", told)
    assert not went_in(report)
    assert [str(failure.reason) for failure in report.failed] == ["empty"]
    assert list((articles_dir / "telegram").iterdir()) == []


def test_what_cannot_be_read_leaves_what_was_sent_before(
    inbox: Inbox, collection: Collection, articles_dir: Path
) -> None:
    inbox.take("chợ.md", "Chợ họp buổi sáng.".encode(), told)
    assert not went_in(inbox.take("chợ.md", b"\x00\x01\x02" * 99, told))
    assert (articles_dir / "telegram" / "chợ.md").read_text("utf-8") == "Chợ họp buổi sáng."
    assert collection.reload().unchanged == 1


def test_a_file_with_some_unreadable_rows_stays(inbox: Inbox) -> None:
    report = inbox.take("bao.jsonl", b'{"text": "Ch\xe1\xbb\xa3 ngh\xe1\xbb\x89."}\n{"text": 5}\n', told)
    assert went_in(report)
    assert len(report.failed) == 1


def test_during_a_reload_nothing_is_taken(inbox: Inbox, articles_dir: Path, tmp_path: Path) -> None:
    with reload_lock(tmp_path / "state" / "index"), pytest.raises(ReloadRunningError):
        inbox.take("chợ.md", "Chợ họp.".encode(), told)
    assert list((articles_dir / "telegram").iterdir()) == []


def test_a_folder_that_cannot_be_written_is_named(collection: Collection, articles_dir: Path) -> None:
    (articles_dir / "telegram").write_text("một tệp", encoding="utf-8")
    with pytest.raises(StoreError, match="telegram"):
        Inbox(collection, articles_dir).take("chợ.md", "Chợ họp.".encode(), told)
