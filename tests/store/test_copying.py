"""A database is copied whole, either way, or not at all."""

from collections import Counter
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import select

from retrieval.article import Article
from retrieval.errors import StoreError
from retrieval.journal.journal import Journal, NotedAnswer, Rating
from retrieval.store.articles import Store
from retrieval.store.changes import Change, Changes
from retrieval.store.copying import copy_all
from retrieval.store.database import Database
from retrieval.store.notes import Memory
from retrieval.store.pages import Pages, WebPage
from retrieval.store.tables import METADATA
from retrieval.store.watches import Watches

NOW = datetime(2026, 3, 1, 6, 21, tzinfo=timezone(timedelta(hours=7)))


def put(database: Database, folder: Path, bodies: dict[str, str]) -> None:
    store = Store(database)
    with Changes(folder) as changes:
        for id_, body in bodies.items():
            article = Article(id=id_, title=f"Bài {id_}", body=body, origin=f"/bao/{id_}.txt")
            changes.put(Change(article=article, source="", is_new=True))
        store.apply(changes, seen=store.state())


def articles_of(database: Database) -> list[Article]:
    with Store(database).contents() as contents:
        return list(contents.articles)


def fill(database: Database, folder: Path) -> None:
    """Put something into every table."""
    odd = "'ngoặc', \"kép\" và \\\\ chéo"
    put(database, folder, {f"bài-{number}": f"Số {number}: {odd}." for number in range(450)})
    Memory(database).put({("language", "1:7"): "vi", ("asked", "1:7"): "chợ mở lúc nào"})
    asked = NotedAnswer(
        id="a1", asker="7", chat="7", at=NOW, seconds=0.1 + 0.2, question="chợ?", understood_as="chợ?",
        answered=True, confidence=0.1, suggestion=None, hits=(),
    )  # fmt: skip
    journal = Journal(database)
    journal.note([asked])
    journal.rate("a1", "7", Rating(verdict="good", rank=1))
    Pages(database).put([WebPage(address="https://bao.vn/", source="", state="new", next=NOW)])
    watches = Watches(database)
    watches.follow(follower="7", person="7", question="chợ", language="vi", checked=1, limit=5)
    watches.note({watches.of("7")[0].id: ["bài-1", "bài-2"]}, 2)


def rows_of(database: Database) -> dict[str, Counter[tuple[object, ...]]]:
    with database.transaction() as connection:
        return {
            table.name: Counter(map(tuple, connection.execute(select(table))))
            for table in METADATA.sorted_tables
        }


@pytest.fixture
def other_url(request: pytest.FixtureRequest, database_url: str) -> str:
    """The address of an empty database of the other kind."""
    other = "postgresql_url" if database_url.startswith("sqlite") else "sqlite_url"
    url: str = request.getfixturevalue(other)
    return url


def test_every_row_of_every_table_is_copied_either_way(
    database: Database, other_url: str, tmp_path: Path
) -> None:
    fill(database, tmp_path)
    other = Database.open(other_url)
    counts = copy_all(database, other)
    assert all(counts.values()), counts
    assert rows_of(other) == rows_of(database)
    assert articles_of(other) == articles_of(database)
    other.close()


def test_a_copy_can_be_written_to_as_the_first_could(
    database: Database, other_url: str, tmp_path: Path
) -> None:
    """New rows get numbers behind the copied ones."""
    fill(database, tmp_path)
    other = Database.open(other_url)
    copy_all(database, other)
    put(other, tmp_path, {"z": "Chợ mở cửa."})
    assert [article.id for article in articles_of(other)][-1] == "z"
    watches = Watches(other)
    watches.follow(follower="8", person="8", question="chợ", language="vi", checked=1, limit=5)
    assert watches.of("8")[0].id > watches.of("7")[0].id
    other.close()


def test_what_is_not_empty_is_not_written_to(database: Database, other_url: str, tmp_path: Path) -> None:
    fill(database, tmp_path)
    other = Database.open(other_url)
    Memory(other).write(claims=[("update", "1")])
    with pytest.raises(StoreError, match="holds notes: name an empty one, nothing was copied"):
        copy_all(database, other)
    assert Memory(other).all("update") == {"1": ""}
    other.close()


def test_an_empty_database_is_not_worth_a_copy(database: Database, other_url: str) -> None:
    other = Database.open(other_url)
    with pytest.raises(StoreError, match="copy from is empty"):
        copy_all(database, other)
    other.close()


def test_what_was_written_is_kept_to_the_second(database: Database) -> None:
    """Moments come back aware, on any database."""
    Memory(database).write(claims=[("update", "1")])
    assert Memory(database).get("update", "1", since=datetime.now(UTC) - timedelta(minutes=1)) == ""


@pytest.mark.parametrize("text", ["a\0b", "nửa \ud83d", "😀 cả đôi"])
def test_text_that_a_database_cannot_keep_is_kept_without_it(database: Database, text: str) -> None:
    memory = Memory(database)
    memory.put({("asked", "1:7"): text})
    kept = memory.get("asked", "1:7")
    assert kept == text.replace("\0", "").replace("\ud83d", "\ufffd")
