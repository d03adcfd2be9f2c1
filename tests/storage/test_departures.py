"""Answers that leave: known to whoever opens the record after a crash, and to nobody after the machine's."""

from pathlib import Path

import pytest

from bot.storage import departures
from bot.storage.departures import Departures


def test_next_process_knows_what_has_left(tmp_path: Path) -> None:
    before = Departures(tmp_path)
    before.note(7)
    after = Departures(tmp_path)
    assert after.record == before.record
    assert [after.has_left(number) for number in (6, 7, 8)] == [False, True, False]


def test_what_was_begun_has_not_left(tmp_path: Path) -> None:
    record = Departures(tmp_path)
    record.begin(7)
    assert [record.has_begun(number) for number in (6, 7, 8)] == [False, True, False]
    assert not record.has_left(7)
    record.note(7)
    assert record.has_begun(7)
    record.forget(7)
    assert not record.has_begun(7)


def test_what_surely_was_not_shown_has_not_left(tmp_path: Path) -> None:
    record = Departures(tmp_path)
    record.note(7)
    record.erase(7)
    assert not record.has_left(7)


def test_erasing_leaves_a_later_answer_alone(tmp_path: Path) -> None:
    record = Departures(tmp_path)
    record.note(7 + 65_536)
    record.erase(7)
    assert record.has_left(7 + 65_536)


def test_restart_of_the_machine_begins_another_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = Departures(tmp_path)
    before.note(7)
    boot = tmp_path / "boot_id"
    boot.write_text("another", encoding="ascii")
    monkeypatch.setattr(departures, "_BOOT", boot)
    after = Departures(tmp_path)
    assert after.record != before.record
    assert not after.has_left(7)


def test_file_that_was_cut_short_is_begun_anew(tmp_path: Path) -> None:
    before = Departures(tmp_path).record
    (tmp_path / "departures").write_bytes(b"x")
    assert Departures(tmp_path).record != before


def test_folder_that_cannot_be_made_ends_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    record = Departures(tmp_path / "file" / "folder")
    record.note(7)
    assert record.has_left(7)
    assert Departures(tmp_path / "file" / "folder").record != record.record


def test_system_that_does_not_name_its_starts_ends_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(departures, "_BOOT", tmp_path / "boot_id")
    record = Departures(tmp_path)
    record.note(7)
    assert record.has_left(7)
