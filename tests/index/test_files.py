import json
import sys
from pathlib import Path

import pytest
from texts import article, sample_index

from retrieval.answering.engine import Engine
from retrieval.errors import IndexFileError
from retrieval.index.files import copy_index, open_index, save_index
from retrieval.indexing import writer


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    save_index(sample_index(), tmp_path / "index")
    return tmp_path / "index"


def test_an_index_that_was_saved_answers_as_before(folder: Path) -> None:
    opened = open_index(folder)
    assert opened.generation == 7
    for question in ("thu vien", "đường Hòa Bình", "lệ phí khai sinh quá hạn"):
        assert Engine(opened).ask(question) == Engine(sample_index()).ask(question)


def test_an_empty_index_can_be_saved(tmp_path: Path) -> None:
    save_index(writer.build([], generation=0), tmp_path)
    assert open_index(tmp_path).article_count == 0


def test_saving_replaces_the_index_and_leaves_nothing_of_it(folder: Path) -> None:
    save_index(writer.build([article("x")], generation=8), folder)
    assert open_index(folder).generation == 8
    assert len([path for path in folder.iterdir() if path.is_dir()]) == 2  # vocabulary and segment


def test_saving_leaves_alone_what_is_not_the_indexs(folder: Path) -> None:
    (folder / "articles").mkdir()
    (folder / "2026-05").mkdir()
    save_index(writer.build([article("x")], generation=8), folder)
    assert open_index(folder).generation == 8
    assert (folder / "articles").is_dir()
    assert (folder / "2026-05").is_dir()


def test_an_index_that_is_open_outlives_its_files(folder: Path) -> None:
    opened = Engine(open_index(folder))
    save_index(writer.build([], generation=8), folder)
    assert opened.ask("thư viện").hits[0].article.id == "thu-vien"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells what is mapped")
def test_articles_are_read_from_their_file_and_not_mapped(folder: Path) -> None:
    opened = Engine(open_index(folder))
    assert opened.ask("thư viện").hits[0].article.id == "thu-vien"
    mapped = {Path(line.split()[-1]).name for line in Path("/proc/self/maps").read_text("utf-8").splitlines()}
    assert "tokens.npy" in mapped
    assert "archive.rows.npy" not in mapped


def test_an_index_that_is_open_can_be_saved_elsewhere(folder: Path, tmp_path: Path) -> None:
    save_index(open_index(folder), tmp_path / "elsewhere")
    elsewhere = Engine(open_index(tmp_path / "elsewhere"))
    assert elsewhere.ask("thu vien") == Engine(open_index(folder)).ask("thu vien")


def test_opening_the_next_index_maps_only_what_is_new(folder: Path) -> None:
    first = open_index(folder)
    save_index(writer.changed(first, ["thu-vien"], [article("x")], generation=8, folder=folder), folder)
    following = open_index(folder, before=first)
    assert (following.generation, following.article_count) == (8, open_index(folder).article_count)
    assert following.segments[0].tokens is first.segments[0].tokens
    assert following.segments[0].removal is not None
    assert Engine(following).ask("đường Hòa Bình") == Engine(open_index(folder)).ask("đường Hòa Bình")


def test_a_part_that_is_to_have_other_files_now_is_looked_at(folder: Path) -> None:
    first = open_index(folder)
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    sums = manifest["vocabulary"]["files"]
    sums[min(sums)]["crc32"] ^= 1
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(IndexFileError):
        open_index(folder, before=first)


def test_what_only_another_folder_holds_is_read_from_there(folder: Path, tmp_path: Path) -> None:
    first = open_index(folder)
    copy_index(folder, tmp_path / "copy")
    copied = open_index(tmp_path / "copy", before=first)
    assert copied.segments[0].stored is not None
    assert copied.segments[0].stored.path.parent == tmp_path / "copy"


def data_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*/*") if path.stat().st_size)


def test_a_file_that_is_missing_cut_short_or_changed_is_named(folder: Path) -> None:
    for path in data_files(folder):
        original = path.read_bytes()
        flipped = bytes([original[-1] ^ 1])
        for damaged in (original[:-1] + flipped, original[: len(original) // 2], b""):
            path.write_bytes(damaged)
            with pytest.raises(IndexFileError) as caught:
                open_index(folder)
            assert caught.value.path == path
        path.unlink()
        with pytest.raises(IndexFileError) as caught:
            open_index(folder)
        assert caught.value.path == path
        path.write_bytes(original)
    assert open_index(folder).generation == 7


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "{}",
        "null",
        "[" * 10_000 + "]" * 10_000,
        '{"format": 3, "generation": 7, "vocabulary": 1, "segments": []}',
        '{"format": 3, "generation": 7, "vocabulary": {"folder": 1}, "segments": [{}]}',
    ],
)
def test_a_damaged_manifest_is_named(folder: Path, text: str) -> None:
    (folder / "manifest.json").write_text(text)
    with pytest.raises(IndexFileError, match=r"manifest\.json"):
        open_index(folder)


def test_an_index_of_another_format_is_not_read(folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps(manifest | {"format": 99}))
    with pytest.raises(IndexFileError, match="format 99"):
        open_index(folder)


def test_where_nothing_was_saved_nothing_is_opened(tmp_path: Path) -> None:
    with pytest.raises(IndexFileError, match="No such file"):
        open_index(tmp_path)


def test_a_save_that_is_stopped_after_the_switch_leaves_the_new_index(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.replace

    def stopped(path: Path, target: Path) -> None:
        real(path, target)
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", stopped)
    with pytest.raises(KeyboardInterrupt):
        save_index(writer.build([article("x")], generation=8), folder)
    assert open_index(folder).generation == 8


def test_a_failed_save_leaves_the_old_index(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("numpy.save", full)
    with pytest.raises(OSError, match="No space left"):
        save_index(writer.build([article("x")], generation=8), folder)
    monkeypatch.undo()
    assert open_index(folder).generation == 7
    assert len([path for path in folder.iterdir() if path.is_dir()]) == 2
