"""Memory: small notes that outlive the process."""

import sqlite3
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from subprocess import PIPE, Popen

import pytest
from sqlalchemy import make_url

from retrieval.errors import StoreError
from retrieval.store.database import Database
from retrieval.store.notes import Memory


@pytest.fixture
def memory(database: Database) -> Memory:
    return Memory(database)


def claim(memory: Memory, kind: str, key: str) -> bool:
    return bool(memory.write(claims=[(kind, key)]))


def test_a_claim_holds_the_first_time_only(memory: Memory) -> None:
    assert [claim(memory, "update", "1"), claim(memory, "update", "1"), claim(memory, "update", "2")] == [
        True,
        False,
        True,
    ]


def test_the_same_key_of_another_kind_is_another_note(memory: Memory) -> None:
    assert claim(memory, "update", "1")
    assert claim(memory, "hint", "1")


def test_a_claim_outlives_the_process(memory: Memory, database_url: str) -> None:
    claim(memory, "update", "1")
    again = Database.open(database_url)
    assert not claim(Memory(again), "update", "1")
    again.close()


def test_one_of_many_threads_gets_the_claim(memory: Memory) -> None:
    with ThreadPoolExecutor(8) as pool:
        claims = list(pool.map(lambda _: claim(memory, "update", "1"), range(40)))
    assert claims.count(True) == 1


CLAIM_ALL = """
import sys
from retrieval.store.database import Database
from retrieval.store.notes import Memory
memory = Memory(Database.open(sys.argv[1]))
print(sum(len(memory.write(claims=[("update", str(number))])) for number in range(50)))
"""


def test_one_of_several_processes_gets_each_claim(database_url: str) -> None:
    """They start on a database that is not there yet, so they also make it side by side."""
    command = [sys.executable, "-c", CLAIM_ALL, database_url]
    children = [Popen(command, stdout=PIPE, stderr=PIPE, text=True) for _ in range(3)]
    outputs = [child.communicate() for child in children]
    assert [err for _, err in outputs] == ["", "", ""]
    assert sum(int(out) for out, _ in outputs) == 50


def test_the_latest_value_is_the_note(memory: Memory) -> None:
    assert memory.get("answer", "7:1") is None
    memory.put({("answer", "7:1"): "một"})
    memory.put({("answer", "7:1"): "hai"})
    assert memory.get("answer", "7:1") == "hai"


def test_a_claimed_note_is_empty_until_something_is_put(memory: Memory) -> None:
    claim(memory, "answer", "7:1")
    assert memory.get("answer", "7:1") == ""
    memory.put({("answer", "7:1"): "một"})
    assert memory.get("answer", "7:1") == "một"


def test_old_notes_of_a_kind_are_forgotten(memory: Memory) -> None:
    claim(memory, "update", "1")
    claim(memory, "hint", "1")
    later = datetime.now(UTC) + timedelta(seconds=1)
    assert memory.forget_before("update", later - timedelta(days=1)) == 0
    assert memory.forget_before("update", later.astimezone()) == 1
    assert claim(memory, "update", "1")
    assert not claim(memory, "hint", "1")


def test_all_notes_of_a_kind_come_by_their_keys(memory: Memory) -> None:
    memory.put({("language", "1:7"): "vi", ("language", "1:8"): "en", ("asked", "1:7"): "thư viện ở đâu"})
    assert memory.all("language") == {"1:7": "vi", "1:8": "en"}


def test_a_note_is_forgotten_with_those_below_it(memory: Memory) -> None:
    keys = ("1:7", "1:7:2", "1:7:3:4", "1:70", "1:70:2", "1_7:2")
    memory.put({("asked", key): "" for key in keys} | {("answer", "1:7:2"): "3"})
    memory.forget("asked", "1:7")
    assert set(memory.all("asked")) == {"1:70", "1:70:2", "1_7:2"}
    memory.forget("asked", "1_70")  # no placeholder
    assert "1:70" in memory.all("asked")
    assert memory.get("answer", "1:7:2") == "3"


@pytest.mark.parametrize(
    "call",
    [
        lambda memory: memory.all("update"),
        lambda memory: memory.forget("update", "1"),
        lambda memory: claim(memory, "update", "1"),
        lambda memory: memory.put({("update", "1"): ""}),
        lambda memory: memory.get("update", "1"),
        lambda memory: memory.forget_before("update", datetime.now(UTC)),
    ],
)
def test_a_lost_database_is_a_store_error_of_one_line(
    database_url: str, call: Callable[[Memory], object]
) -> None:
    from sqlalchemy import text

    database = Database.open(database_url)
    with database.transaction() as connection:
        connection.execute(text("DROP TABLE notes"))
    with pytest.raises(StoreError, match=r"\A[^\n]*(no such table: notes|\"notes\" does not exist)[^\n]*\Z"):
        call(Memory(database))
    database.close()


def test_a_note_from_before_a_moment_counts_for_none_where_that_is_asked(memory: Memory) -> None:
    memory.put({("asked", "1"): "thư viện ở đâu"})
    now = datetime.now(UTC)
    assert memory.get("asked", "1", since=now - timedelta(minutes=1)) == "thư viện ở đâu"
    assert memory.get("asked", "1", since=now + timedelta(minutes=1)) is None


def test_many_notes_are_written_at_once_and_replace_what_was_there(memory: Memory) -> None:
    memory.put({("asked", "1"): "một", ("answer", "1"): "5"})
    memory.put({("asked", "1"): "hai", ("before", "1"): "một"})
    noted = [memory.get(kind, "1") for kind in ("asked", "answer", "before")]
    assert noted == ["hai", "5", "một"]


def test_notes_are_written_back_beside_whoever_writes(sqlite_url: str) -> None:
    database = Database.open(sqlite_url)
    memory = Memory(database)
    memory.put({("asked", "lan"): "giờ mở cửa"})
    with database.transaction(exclusive=True):
        memory.write_back()
    file = Path(make_url(sqlite_url).database or "")
    with closing(sqlite3.connect(f"{file.as_uri()}?immutable=1", uri=True)) as without_log:
        assert without_log.execute("SELECT value FROM notes").fetchall() == [("giờ mở cửa",)]
    database.close()
