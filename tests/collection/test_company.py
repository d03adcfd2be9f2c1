"""Company: processes over one PostgreSQL, each with an index of its own, hear of each other's reloads."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from postgres import Server

from retrieval.collection.collection import Collection
from retrieval.collection.lock import reload_lock
from retrieval.errors import ReloadRunningError
from retrieval.store.database import Database

QUESTION = "chợ phường họp buổi nào"


def write(folder: Path, part: str, name: str = "cho") -> None:
    text = f"Chợ phường họp buổi {part}."
    if name != "cho":
        text += f" Ghé quầy {name}."  # else it were a copy
    head = f"---\nid: {name}\ntitle: Chợ phường\ndate: 2024-03-05\n---\n"
    (folder / f"{name}.md").write_text(f"{head}{text}\n", encoding="utf-8")


@pytest.fixture
def open_replica(
    postgresql_url: str, articles_dir: Path, tmp_path: Path
) -> Iterator[Callable[[str], Collection]]:
    """Open the collection as a replica with this name would that has a disk of its own."""
    opened: list[Collection] = []

    def open_one(name: str) -> Collection:
        index_dir = tmp_path / name
        opened.append(
            Collection.open(database_url=postgresql_url, index_dir=index_dir, articles_dir=articles_dir)
        )
        return opened[-1]

    yield open_one
    for collection in opened:
        collection.close()


@contextmanager
def keeping_up(collection: Collection) -> Iterator[threading.Semaphore]:
    """Let *collection* keep up for the block; give what is released whenever somebody rang."""
    stop, rung = threading.Event(), threading.Semaphore(0)
    thread = threading.Thread(target=collection.company.keep_up, args=(stop, rung.release))
    thread.start()
    assert rung.acquire(timeout=60)  # it listens
    try:
        yield rung
    finally:
        stop.set()
        collection.company.ring()
        thread.join(60)
        assert not thread.is_alive()


def until(is_so: Callable[[], bool]) -> None:
    """Wait until it is so."""
    pause = threading.Event()
    for _ in range(1200):
        if is_so():
            return
        pause.wait(0.05)
    raise AssertionError("it is not so after a minute")


def test_replica_takes_in_what_another_one_reloads(
    open_replica: Callable[[str], Collection], articles_dir: Path, tmp_path: Path
) -> None:
    for number in range(3):
        write(articles_dir, "trưa", f"stays{number}")
    write(articles_dir, "sáng")
    write(articles_dir, "tối", "goes")
    first, second = open_replica("first"), open_replica("second")
    with keeping_up(second):
        first.reload()
        until(lambda: second.generation == first.generation)
        assert second.stats().articles == 5
        write(articles_dir, "chiều")
        (articles_dir / "goes.md").unlink()
        (articles_dir / "stays0.md").rename(articles_dir / "moved.md")
        first.reload()
        until(lambda: second.generation == first.generation)
    assert {article.id: (article.body, article.origin) for article in second.articles()} == {
        article.id: (article.body, article.origin) for article in first.articles()
    }
    assert second.ask(QUESTION).hits == first.ask(QUESTION).hits
    assert open_replica("second").generation == first.generation  # it is on its disk


def test_article_that_is_kept_out_is_kept_out_of_all_replicas(
    open_replica: Callable[[str], Collection], articles_dir: Path
) -> None:
    write(articles_dir, "sáng")
    first = open_replica("first")
    first.reload()
    second = open_replica("second")
    [article] = first.articles()
    with keeping_up(second):
        first.withholding.withhold(article.key)
        until(lambda: second.generation == first.generation)
        assert list(second.articles()) == []
        first.withholding.restore(article.key)
        until(lambda: second.generation == first.generation)
    assert list(second.articles()) == [article]


def test_one_replica_at_a_time_reloads(
    open_replica: Callable[[str], Collection], postgresql_url: str, tmp_path: Path
) -> None:
    collection, other = open_replica("first"), Database.open(postgresql_url)
    with reload_lock(tmp_path / "second", other), pytest.raises(ReloadRunningError):
        collection.reload()
    other.close()
    assert collection.reload().articles == 0


def test_replica_hears_again_after_the_database_was_away(
    open_replica: Callable[[str], Collection], postgresql: Server, articles_dir: Path
) -> None:
    write(articles_dir, "sáng")
    first, second = open_replica("first"), open_replica("second")
    first.reload()
    with keeping_up(second) as rung:
        until(lambda: second.generation == first.generation)
        postgresql.stop("fast")
        assert second.ask(QUESTION).hits[0].quote == "Chợ phường họp buổi sáng."
        postgresql.start()
        while rung.acquire(blocking=False):
            pass
        write(articles_dir, "chiều")
        first.reload()
        until(lambda: second.generation == first.generation)
    assert second.ask(QUESTION).hits[0].quote == "Chợ phường họp buổi chiều."
