"""What earlier versions left behind is opened: every format of the index, every revision of the database.

``tests/earlier/format-N.tar.xz`` holds a database and an index that a version with index format N made of the
same two articles. Whoever raises the format adds one of the format before.
"""

import sqlite3
import tarfile
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import create_engine

from retrieval.collection.collection import Collection
from retrieval.index.files import FORMAT, open_index
from retrieval.store import migrations
from retrieval.store.database import Database

EARLIER = Path(__file__).parents[1] / "earlier"
FORMATS = range(1, FORMAT + 1)
QUESTION = "Thẻ thư viện giá bao nhiêu một năm?"


def unpacked(number: int, folder: Path) -> Path:
    with tarfile.open(EARLIER / f"format-{number}.tar.xz") as tar:
        tar.extractall(folder)
    return folder


def revision(database: Path) -> str:
    with closing(sqlite3.connect(database)) as opened:
        return str(opened.execute("SELECT version_num FROM alembic_version").fetchone()[0])


@pytest.mark.parametrize("number", FORMATS)
def test_an_earlier_index_and_its_database_answer_and_keep_what_was_noted(
    number: int, tmp_path: Path
) -> None:
    state = unpacked(number, tmp_path)
    collection = Collection.open(
        database_url=f"sqlite:///{state / 'hoibao.db'}",
        index_dir=state / "index",
        articles_dir=state / "articles",
    )
    with closing(collection):
        assert "ba mươi nghìn" in collection.ask(QUESTION).hits[0].article.body
        assert collection.memory.get("language", "1:7") == "en"
        assert collection.is_current
    assert revision(state / "hoibao.db") == migrations.revisions()[0]
    assert open_index(state / "index", every_byte=True).article_count == 2  # kept in today's format


@pytest.mark.parametrize("left", migrations.revisions())
def test_a_database_of_every_revision_is_brought_up_to_date(left: str, tmp_path: Path) -> None:
    file = tmp_path / "hoibao.db"
    engine = create_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        command.upgrade(migrations.config(connection), left)
    engine.dispose()
    assert revision(file) == left
    Database.open(f"sqlite:///{file}").close()
    assert revision(file) == migrations.revisions()[0]
