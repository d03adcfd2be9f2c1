"""Migrations: every database comes up to date, or says in one line why it cannot."""

import sqlite3
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from retrieval.errors import StoreError
from retrieval.store import migrations
from retrieval.store.database import Database
from retrieval.store.tables import METADATA


def run(database: Database, statement: str) -> list[tuple[object, ...]]:
    with database.transaction() as connection:
        result = connection.execute(text(statement))
        return [tuple(row) for row in result] if result.returns_rows else []


def test_the_migrations_make_exactly_the_tables_of_the_models(database: Database) -> None:
    with database.transaction() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []


def test_a_new_database_is_at_the_newest_revision(database: Database) -> None:
    with database.transaction() as connection:
        assert migrations.revision(connection) == migrations.revisions()[0]


def test_the_revisions_are_those_that_alembic_knows() -> None:
    scripts = ScriptDirectory.from_config(migrations.config()).walk_revisions()
    assert migrations.revisions() == [script.revision for script in scripts]


def test_opening_again_keeps_what_is_there(database: Database, database_url: str) -> None:
    run(database, "INSERT INTO notes VALUES ('k', '1', 'v', '2024-01-01')")
    again = Database.open(database_url)
    assert run(again, "SELECT value FROM notes") == [("v",)]
    again.close()


def test_every_revision_can_be_undone(database: Database) -> None:
    with database.transaction(exclusive=True) as connection:
        command.downgrade(migrations.config(connection), "base")
    with database.transaction() as connection:
        assert inspect(connection).get_table_names() == ["alembic_version"]


def test_a_migration_that_fails_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite's CREATE TABLE takes part in the transaction, so a killed upgrade can begin again."""
    path = tmp_path / "a.sqlite3"
    raw = sqlite3.connect(path)
    raw.execute("CREATE TABLE notes (x)")  # in the way of the last of the tables
    raw.commit()
    raw.close()
    with pytest.raises(StoreError, match="table notes already exists"):
        Database.open(f"sqlite:///{path}")
    raw = sqlite3.connect(path)
    assert raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall() == [("notes",)]
    raw.close()


def test_a_newer_database_is_left_alone_and_says_so(database: Database, database_url: str) -> None:
    run(database, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreError, match=r"newer version \(revision 9999\): update this program"):
        Database.open(database_url)
    assert run(database, "SELECT version_num FROM alembic_version") == [("9999",)]


def test_sqlite_is_in_wal_mode_and_keeps_foreign_keys(sqlite_url: str) -> None:
    database = Database.open(sqlite_url)
    assert run(database, "PRAGMA journal_mode") == [("wal",)]
    assert run(database, "PRAGMA foreign_keys") == [(1,)]
    database.close()


def test_the_folder_of_the_database_is_made(tmp_path: Path) -> None:
    path = tmp_path / "a" / "100% b" / "hoibao.sqlite3"
    Database.open(f"sqlite:///{path}").close()
    assert path.is_file()


def test_a_file_that_is_no_database_is_named_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite3"
    path.write_text("không phải cơ sở dữ liệu " * 100, encoding="utf-8")
    with pytest.raises(StoreError, match=rf"\A.*{path}.*not a database; put a backup in its place.*\Z"):
        Database.open(f"sqlite:///{path}")
    assert path.read_text(encoding="utf-8").startswith("không phải")


def test_a_locked_database_says_so(database: Database, database_url: str) -> None:
    is_sqlite = database_url.startswith("sqlite")
    impatience = "timeout=0" if is_sqlite else "options=-c%20lock_timeout%3D1"
    impatient = Database.open(f"{database_url}?{impatience}")
    with (
        database.transaction(exclusive=True),
        pytest.raises(StoreError, match=r"lock.*; another program is writing to it"),
        impatient.transaction(exclusive=True),
    ):
        pass
    impatient.close()


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("nonsense", "DATABASE_URL is not usable"),
        ("", "DATABASE_URL is not usable"),
        ("nosuch://host/name", "DATABASE_URL is not usable"),
        ("mysql://host/name", r"DATABASE_URL is not usable: it must begin with sqlite:/// or postgresql://"),
        ("postgresql://127.0.0.1:1/x", "check that PostgreSQL is running"),
        ("sqlite:////dev/null/a.sqlite3", "folder cannot be made"),
        ("sqlite:////tmp", "unable to open database file; check that its folder may be written"),
    ],
)
def test_an_unusable_url_is_a_store_error_of_one_line(url: str, words: str) -> None:
    with pytest.raises(StoreError, match=rf"\A.*{words}.*\Z"):
        Database.open(url)


def test_a_password_is_never_told() -> None:
    with pytest.raises(StoreError) as caught:
        Database.open("postgresql://reader:geheim@127.0.0.1:1/x")
    assert "geheim" not in str(caught.value)
