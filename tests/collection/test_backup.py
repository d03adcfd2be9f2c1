"""A backup brings everything back: database, index, the articles' files; nothing half."""

import io
import tarfile
from contextlib import closing
from pathlib import Path

import pytest

from retrieval.collection import backup
from retrieval.collection.backup import restore, save
from retrieval.collection.collection import Collection
from retrieval.collection.lock import reload_lock
from retrieval.errors import BackupError, ReloadRunningError, StoreError
from retrieval.index.files import open_index

OLD = "Thư viện phường mở cửa từ tám giờ sáng các ngày trong tuần."
NEW = "Thư viện phường đóng cửa để sửa chữa mái nhà trong hai tháng."
QUESTION = "thư viện phường"


class Office:
    """A folder with a collection in it."""

    def __init__(self, folder: Path) -> None:
        self.articles = folder / "articles"
        self.articles.mkdir(parents=True)
        self.url = f"sqlite:///{folder / 'hoibao.db'}"
        self.index = folder / "index"

    def open(self) -> Collection:
        return Collection.open(database_url=self.url, index_dir=self.index, articles_dir=self.articles)

    def save(self, file: Path) -> backup.Saved:
        return save(file, database_url=self.url, index_dir=self.index, articles_dir=self.articles)

    def restore(self, file: Path) -> backup.Saved:
        return restore(file, database_url=self.url, index_dir=self.index, articles_dir=self.articles)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path / "office")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "backup.tar.gz"


def said(collection: Collection) -> list[str]:
    return [hit.article.body for hit in collection.ask(QUESTION).hits]


def test_a_running_bot_is_saved_and_goes_back_without_a_new_start(office: Office, file: Path) -> None:
    (office.articles / "a.txt").write_text(OLD, encoding="utf-8")
    with closing(office.open()) as running:
        running.reload()
        running.memory.put({("language", "1:7"): "vi"})
        saved = office.save(file)
        assert (saved.articles, saved.files) == (1, 1)
        (office.articles / "a.txt").write_text(NEW, encoding="utf-8")
        running.reload()
        running.memory.put({("language", "1:7"): "en"})
        assert NEW in said(running)[0]
        office.restore(file)
        assert OLD in said(running)[0]
        assert running.memory.get("language", "1:7") == "vi"
        assert running.is_current


def test_on_an_empty_machine_nothing_is_built_and_the_next_reload_keeps_all(
    office: Office, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (office.articles / "sub").mkdir()
    (office.articles / "sub" / "a.txt").write_text(OLD, encoding="utf-8")
    with closing(office.open()) as running:
        running.reload()
        generation = running.generation
        office.save(file)
    other = Office(tmp_path / "other")
    assert other.restore(file).files == 1
    assert open_index(other.index, every_byte=True).generation == generation
    with closing(other.open()) as restored:
        assert OLD in said(restored)[0]
        assert restored.reload().articles == 1


def test_files_of_articles_that_are_there_stay_as_they_are(office: Office, file: Path) -> None:
    (office.articles / "a.txt").write_text(OLD, encoding="utf-8")
    office.open().close()
    office.save(file)
    (office.articles / "a.txt").write_text(NEW, encoding="utf-8")
    assert office.restore(file).files == 0
    assert (office.articles / "a.txt").read_text(encoding="utf-8") == NEW


def test_a_damaged_database_is_moved_aside(office: Office, file: Path) -> None:
    (office.articles / "a.txt").write_text(OLD, encoding="utf-8")
    with closing(office.open()) as running:
        running.reload()
    office.save(file)
    database = Path(office.url.removeprefix("sqlite:///"))
    database.write_bytes(b"no database " * 1000)
    office.restore(file)
    assert database.with_name("hoibao.db.damaged").read_bytes().startswith(b"no database")
    with closing(office.open()) as restored:
        assert OLD in said(restored)[0]


def test_a_backup_is_for_its_owner_only_and_replaces_an_older_one_whole(office: Office, file: Path) -> None:
    file.write_bytes(b"an older one")
    office.open().close()
    office.save(file)
    assert file.stat().st_mode & 0o777 == 0o600
    assert tarfile.is_tarfile(file)
    assert [path.name for path in file.parent.iterdir() if path != file] == ["office"]


def test_a_backup_waits_for_no_reload(office: Office, file: Path) -> None:
    office.open().close()
    with reload_lock(office.index), pytest.raises(ReloadRunningError):
        office.save(file)
    assert not file.exists()


def test_what_is_no_backup_changes_nothing(office: Office, file: Path) -> None:
    office.open().close()
    office.save(file)
    whole = file.read_bytes()
    database = Path(office.url.removeprefix("sqlite:///"))
    before = database.read_bytes()
    for content in (b"", b"text", whole[: len(whole) // 2], _archive("other.txt"), _archive("hoibao.json")):
        file.write_bytes(content)
        with pytest.raises(BackupError, match="backup"):
            office.restore(file)
    assert database.read_bytes() == before


@pytest.mark.parametrize("name", ["/tmp/x", "../x", "articles/../../x"])
def test_a_backup_that_leads_out_of_itself_is_refused(
    office: Office, file: Path, tmp_path: Path, name: str
) -> None:
    label = b'{"format": 1, "generation": 0, "made": "2026-01-01T00:00:00+00:00"}'
    file.write_bytes(_archive("hoibao.json", name, content=label))
    with pytest.raises(BackupError, match="leads out"):
        office.restore(file)
    assert not (tmp_path / "x").exists()


def test_a_backup_moves_between_databases_and_fills_only_an_empty_postgresql(
    office: Office, file: Path, postgresql_url: str, tmp_path: Path
) -> None:
    (office.articles / "a.txt").write_text(OLD, encoding="utf-8")
    office.url = postgresql_url
    with closing(office.open()) as running:
        running.reload()
    assert office.save(file).articles == 1
    other = Office(tmp_path / "other")
    assert other.restore(file).articles == 1
    with closing(other.open()) as opened:
        assert OLD in said(opened)[0]
    with pytest.raises(StoreError, match="name an empty one"):
        office.restore(file)


def test_a_backup_goes_back_into_an_empty_postgresql(
    office: Office, file: Path, postgresql_url: str, tmp_path: Path
) -> None:
    (office.articles / "a.txt").write_text(OLD, encoding="utf-8")
    with closing(office.open()) as running:
        running.reload()
    office.save(file)
    other = Office(tmp_path / "other")
    other.url = postgresql_url
    other.restore(file)
    with closing(other.open()) as opened:
        assert OLD in said(opened)[0]


def _archive(*names: str, content: bytes = b"{}") -> bytes:
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w:gz") as tar:
        for name in names:
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return raw.getvalue()
