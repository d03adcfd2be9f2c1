"""The collection: what is asked is one snapshot, and it is always the newest complete one."""

import gc
import json
import logging
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from retrieval.article import Article, article_key
from retrieval.collection.collection import Collection
from retrieval.collection.lock import reload_lock
from retrieval.collection.report import Step
from retrieval.errors import StoreError
from retrieval.index.files import MANIFEST, open_index
from retrieval.store.articles import Store
from retrieval.store.database import Database

QUESTION = "chợ phường họp buổi nào"


def write(folder: Path, buoi: str, name: str = "cho.md") -> None:
    text = f"---\nid: cho\ntitle: Chợ phường\ndate: 2024-03-05\n---\nChợ phường họp buổi {buoi}.\n"
    (folder / name).write_text(text, encoding="utf-8")


def quote(collection: Collection) -> str:
    return collection.ask(QUESTION).hits[0].quote


@pytest.fixture
def index_dir(tmp_path: Path) -> Path:
    return tmp_path / "state" / "index"


def test_an_empty_collection_answers_that_it_found_nothing(collection: Collection) -> None:
    answer = collection.ask(QUESTION)
    assert (answer.answered, answer.hits) == (False, ())
    stats = collection.stats()
    assert (stats.articles, stats.passages, stats.newest, stats.reloaded) == (0, 0, None, None)


def test_the_very_first_start_has_nothing_to_complain_of(
    open_collection: Callable[[], Collection], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "retrieval"):
        open_collection()
    assert caplog.messages == []


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="the system does not list open files")
def test_the_files_of_a_collection_that_is_gone_are_closed_at_once(
    database_url: str, index_dir: Path, articles_dir: Path
) -> None:
    def ask_once() -> None:
        write(articles_dir, "sáng")
        with closing(
            Collection.open(database_url=database_url, index_dir=index_dir, articles_dir=articles_dir)
        ) as collection:
            collection.reload()
            assert quote(collection) == "Chợ phường họp buổi sáng."

    def open_files() -> list[Path]:
        return [link.readlink() for link in Path("/proc/self/fd").iterdir() if link.is_symlink()]

    gc.disable()  # it would close them, in time
    try:
        ask_once()
        assert [path for path in open_files() if path.is_relative_to(index_dir)] == []
    finally:
        gc.enable()


def test_stats_tell_how_much_there_is_and_how_fresh(collection: Collection, articles_dir: Path) -> None:
    write(articles_dir, "sáng")
    before = datetime.now(UTC)
    collection.reload()
    stats = collection.stats()
    assert (stats.articles, stats.passages) == (1, 1)
    assert stats.newest is not None
    assert stats.newest.isoformat() == "2024-03-05T00:00:00+07:00"
    assert stats.reloaded is not None
    assert before <= stats.reloaded <= datetime.now(UTC)


def test_an_article_is_found_by_its_key(collection: Collection, articles_dir: Path) -> None:
    write(articles_dir, "sáng")
    collection.reload()
    article = collection.article(article_key("cho"))
    assert isinstance(article, Article)
    assert article.body == "Chợ phường họp buổi sáng."
    assert collection.article(article_key("không có")) is None


def test_the_latest_articles_come_first_and_undated_ones_last(
    collection: Collection, articles_dir: Path
) -> None:
    for day in ("02", "", "01", "03"):
        dated = f"date: 2024-03-{day}\n" if day else ""
        text = f"---\nid: bai{day}\n{dated}---\nBài của ngày {day}.\n"
        (articles_dir / f"bai{day}.md").write_text(text, encoding="utf-8")
        collection.reload()
    assert [one.id for one in collection.latest(10)] == ["bai03", "bai02", "bai01", "bai"]
    assert [one.id for one in collection.latest(2, start=1)] == ["bai02", "bai01"]
    assert collection.latest(5, start=4) == []


def test_questions_are_answered_from_the_old_snapshot_during_a_reload(
    collection: Collection, articles_dir: Path
) -> None:
    write(articles_dir, "sáng")
    collection.reload()
    write(articles_dir, "chiều")
    told: list[tuple[str, str]] = []

    def ask(step: Step) -> None:
        told.append((step.stage, quote(collection)))

    collection.reload(progress=ask)
    assert {stage for stage, _ in told} == {"read", "store", "index"}
    assert {answer for _, answer in told} == {"Chợ phường họp buổi sáng."}
    assert quote(collection) == "Chợ phường họp buổi chiều."


def test_many_threads_ask_while_others_reload(collection: Collection, articles_dir: Path) -> None:
    write(articles_dir, "sáng")
    collection.reload()
    with ThreadPoolExecutor(4) as pool:
        asked = [pool.submit(quote, collection) for _ in range(50)]
        for buoi in ("trưa", "chiều", "tối"):
            write(articles_dir, buoi)
            collection.reload()
            asked += [pool.submit(quote, collection) for _ in range(50)]
    possible = {f"Chợ phường họp buổi {buoi}." for buoi in ("sáng", "trưa", "chiều", "tối")}
    assert {answer.result() for answer in asked} <= possible
    assert quote(collection) == "Chợ phường họp buổi tối."


def test_memory_can_be_written_while_files_are_read(collection: Collection, articles_dir: Path) -> None:
    write(articles_dir, "sáng")
    claims: list[bool] = []

    def claim(step: Step) -> None:
        if step.stage == "read":
            claims.append(bool(collection.memory.write(claims=[("update", f"{step.done}")])))

    collection.reload(progress=claim)
    assert claims == [True, True]


def test_a_collection_that_is_opened_again_answers_from_its_files(
    collection: Collection,
    open_collection: Callable[[], Collection],
    articles_dir: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    write(articles_dir, "sáng")
    collection.reload()
    with caplog.at_level(logging.INFO, "retrieval"):
        assert quote(open_collection()) == "Chợ phường họp buổi sáng."
    assert caplog.messages == []


RELOAD = """
import sys
from pathlib import Path
from retrieval.collection.collection import Collection
url, index_dir, articles_dir = sys.argv[1:]
Collection.open(database_url=url, index_dir=Path(index_dir), articles_dir=Path(articles_dir)).reload()
"""


def test_a_reload_by_another_process_is_taken_in(
    collection: Collection, database_url: str, index_dir: Path, articles_dir: Path
) -> None:
    write(articles_dir, "sáng")
    collection.reload()
    write(articles_dir, "chiều")
    subprocess.run([sys.executable, "-c", RELOAD, database_url, index_dir, articles_dir], check=True)
    assert quote(collection) == "Chợ phường họp buổi chiều."
    assert collection.stats().articles == 1
    assert collection.reload().unchanged == 1


def test_the_next_index_is_taken_in_without_a_look_at_every_row(
    collection: Collection,
    open_collection: Callable[[], Collection],
    articles_dir: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write(articles_dir, "sáng")
    collection.reload()
    write(articles_dir, "chiều")
    open_collection().reload()
    monkeypatch.setattr(Store, "count", None)
    assert quote(collection) == "Chợ phường họp buổi chiều."


def delete(path: Path) -> None:
    path.unlink()


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def scramble(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[-1] ^= 0xFF
    path.write_bytes(content)


def test_an_index_whose_manifest_names_no_segment_is_rebuilt(
    collection: Collection, open_collection: Callable[[], Collection], articles_dir: Path, index_dir: Path
) -> None:
    write(articles_dir, "sáng")
    collection.reload()
    manifest = json.loads((index_dir / "manifest.json").read_text(encoding="utf-8"))
    (index_dir / "manifest.json").write_text(json.dumps(manifest | {"segments": []}), encoding="utf-8")
    assert quote(open_collection()) == "Chợ phường họp buổi sáng."


@pytest.mark.parametrize("damage", [delete, cut, scramble])
def test_a_damaged_index_is_rebuilt_without_losing_an_article(
    damage: Callable[[Path], None],
    collection: Collection,
    open_collection: Callable[[], Collection],
    articles_dir: Path,
    index_dir: Path,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Whichever of its files it is, and also when the sources are gone."""
    write(articles_dir, "sáng")
    collection.reload()
    shutil.copytree(index_dir, tmp_path / "good")
    shutil.rmtree(articles_dir)
    files = [path.relative_to(index_dir) for path in index_dir.rglob("*") if path.stat().st_size]
    for name in files:
        if not (index_dir / name).is_file():
            continue
        shutil.rmtree(index_dir)
        shutil.copytree(tmp_path / "good", index_dir)
        damage(index_dir / name)
        with caplog.at_level(logging.INFO, "retrieval"):
            again = open_collection()
        assert caplog.messages == ["index is rebuilt"], name
        caplog.clear()
        assert quote(again) == "Chợ phường họp buổi sáng."
        with caplog.at_level(logging.INFO, "retrieval"):
            open_collection()
        assert caplog.messages == [], f"{name} was rebuilt but not saved"


def test_a_reload_that_changes_nothing_repairs_a_damaged_index(
    collection: Collection,
    open_collection: Callable[[], Collection],
    articles_dir: Path,
    index_dir: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    write(articles_dir, "sáng")
    collection.reload()
    for path in index_dir.glob("*/tokens.npy"):
        path.unlink()
    assert collection.reload().unchanged == 1
    with caplog.at_level(logging.INFO, "retrieval"):
        open_collection()
    assert caplog.messages == []


def test_a_lost_index_folder_is_rebuilt(
    collection: Collection, open_collection: Callable[[], Collection], articles_dir: Path, index_dir: Path
) -> None:
    write(articles_dir, "sáng")
    collection.reload()
    shutil.rmtree(index_dir)
    assert quote(open_collection()) == "Chợ phường họp buổi sáng."


def test_an_index_of_another_database_is_not_used(
    collection: Collection, articles_dir: Path, index_dir: Path, tmp_path: Path
) -> None:
    """Two databases, each reloaded as often as the other, take turns with one index folder."""
    write(articles_dir, "sáng")
    collection.reload()
    (tmp_path / "other").mkdir()
    write(tmp_path / "other", "chiều")
    url = f"sqlite:///{tmp_path / 'other.sqlite3'}"
    other = Collection.open(database_url=url, index_dir=index_dir, articles_dir=tmp_path / "other")
    other.reload()
    assert quote(other) == "Chợ phường họp buổi chiều."
    other.close()
    assert quote(collection) == "Chợ phường họp buổi sáng."


def live_path(database_url: str) -> str:
    return database_url.removeprefix("sqlite:///")


def test_an_older_database_that_was_put_back_is_what_is_answered_from(
    collection: Collection, database_url: str, articles_dir: Path, index_dir: Path, tmp_path: Path
) -> None:
    """A backup, restored while the bot runs and reloaded by another process."""
    write(articles_dir, "sáng")
    collection.reload()
    backup = tmp_path / "backup.sqlite3"
    with closing(sqlite3.connect(live_path(database_url))) as live:
        live.execute("VACUUM INTO ?", [str(backup)])
    write(articles_dir, "chiều")
    collection.reload()
    write(articles_dir, "sáng")
    with closing(sqlite3.connect(backup)) as old, closing(sqlite3.connect(live_path(database_url))) as live:
        old.backup(live)
    subprocess.run([sys.executable, "-c", RELOAD, database_url, index_dir, articles_dir], check=True)
    assert quote(collection) == "Chợ phường họp buổi sáng."


def test_an_index_folder_that_cannot_be_written_does_not_stop_the_answers(
    collection: Collection,
    database_url: str,
    articles_dir: Path,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    write(articles_dir, "sáng")
    collection.reload()
    (tmp_path / "file").touch()
    with caplog.at_level(logging.INFO, "retrieval"):
        stuck = Collection.open(
            database_url=database_url, index_dir=tmp_path / "file" / "index", articles_dir=articles_dir
        )
    assert caplog.messages == ["index is rebuilt", "index is kept in memory only"]
    assert quote(stuck) == "Chợ phường họp buổi sáng."
    with pytest.raises(StoreError, match=r"\A.*cannot be written.*check INDEX_DIR\Z"):
        stuck.reload()
    assert quote(stuck) == "Chợ phường họp buổi sáng."
    stuck.close()


def test_a_start_during_another_reload_answers_from_the_store_and_leaves_the_files_alone(
    collection: Collection, open_collection: Callable[[], Collection], articles_dir: Path, index_dir: Path
) -> None:
    write(articles_dir, "sáng")
    collection.reload()
    (index_dir / MANIFEST).unlink()
    with reload_lock(index_dir):
        early = open_collection()
    assert quote(early) == "Chợ phường họp buổi sáng."
    assert not (index_dir / MANIFEST).exists()
    write(articles_dir, "chiều")
    early.reload()
    assert quote(early) == "Chợ phường họp buổi chiều."
    assert quote(open_collection()) == "Chợ phường họp buổi chiều."


def test_a_snapshot_rebuilt_in_memory_is_not_replaced_by_older_files(
    open_collection: Callable[[], Collection], articles_dir: Path, index_dir: Path, tmp_path: Path
) -> None:
    """So it is after a kill between store and index, while another process holds the lock."""
    write(articles_dir, "sáng")
    first = open_collection()
    first.reload()
    shutil.copytree(index_dir, tmp_path / "old")
    write(articles_dir, "chiều")
    first.reload()
    shutil.rmtree(index_dir)
    shutil.copytree(tmp_path / "old", index_dir)
    with reload_lock(index_dir):
        early = open_collection()
    assert [quote(early), quote(early)] == ["Chợ phường họp buổi chiều."] * 2
    assert early.reload().unchanged == 1
    assert quote(open_collection()) == "Chợ phường họp buổi chiều."


def test_changed_files_that_cannot_be_opened_leave_the_old_snapshot_in_use(
    collection: Collection, articles_dir: Path, index_dir: Path, caplog: pytest.LogCaptureFixture
) -> None:
    write(articles_dir, "sáng")
    collection.reload()
    (index_dir / MANIFEST).write_text("{", encoding="utf-8")
    with caplog.at_level(logging.INFO, "retrieval"):
        assert [quote(collection), quote(collection)] == ["Chợ phường họp buổi sáng."] * 2
    assert caplog.messages == ["changed index is not used"]
    assert collection.reload().unchanged == 1
    write(articles_dir, "chiều")
    collection.reload()
    assert quote(collection) == "Chợ phường họp buổi chiều."


def test_a_database_that_cannot_be_opened_is_a_store_error(tmp_path: Path) -> None:
    (tmp_path / "a.sqlite3").write_bytes(b"no database at all" * 100)
    with pytest.raises(StoreError, match="not a database"):
        Collection.open(
            database_url=f"sqlite:///{tmp_path / 'a.sqlite3'}",
            index_dir=tmp_path / "index",
            articles_dir=tmp_path,
        )


@pytest.mark.parametrize(
    "url", ["sqlite://", "sqlite:///:memory:", "sqlite:///a.db?timeout=x", "postgresql+psycopg://u:p@h:x/db"]
)
def test_a_database_url_that_cannot_work_is_one_line(url: str, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"\ADATABASE_URL is not usable: .+\Z"):
        Collection.open(database_url=url, index_dir=tmp_path, articles_dir=tmp_path)


def test_the_index_is_of_the_stores_generation(
    collection: Collection, database: Database, articles_dir: Path, index_dir: Path
) -> None:

    write(articles_dir, "sáng")
    collection.reload()
    assert open_index(index_dir).generation == Store(database).state().generation


def test_the_pages_of_a_pdf_are_kept_over_a_restart(
    open_collection: Callable[[], Collection], articles_dir: Path
) -> None:
    pdf = Path(__file__).parents[1] / "documents" / "bulletin.pdf"
    shutil.copy(pdf, articles_dir)
    assert open_collection().reload().added == 1
    hit = open_collection().ask("Đoạn số 24 hết ở đây").hits[0]
    assert hit.article.page_at(hit.article.body.index("Đoạn số 24")) == 2
    assert open_collection().reload().unchanged == 1
