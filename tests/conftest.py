"""What several test files share."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from retrieval.collection import Collection
from retrieval.database import Database


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'state' / 'hoibao.sqlite3'}"


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = Database.open(database_url)
    yield database
    database.close()


@pytest.fixture
def articles_dir(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    return folder


@pytest.fixture
def open_collection(
    tmp_path: Path, database_url: str, articles_dir: Path
) -> Iterator[Callable[[], Collection]]:
    """Open the collection, as often as called: each time as a process that starts would."""
    opened: list[Collection] = []

    def open_one() -> Collection:
        index_dir = tmp_path / "state" / "index"
        opened.append(
            Collection.open(database_url=database_url, index_dir=index_dir, articles_dir=articles_dir)
        )
        return opened[-1]

    yield open_one
    for collection in opened:
        collection.close()


@pytest.fixture
def collection(open_collection: Callable[[], Collection]) -> Collection:
    return open_collection()
