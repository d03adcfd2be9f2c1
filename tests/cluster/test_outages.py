"""A node killed, and PostgreSQL restarted, while questions are asked."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from clusters import alone, restart
from postgres import Server

from benchmarks.opensearch.nodes import Nodes
from retrieval.cluster.client import Client
from retrieval.collection.collection import Collection
from retrieval.errors import RetrievalError, StoreError

SEARCHERS = 3
EACH = 12  # questions that each searcher asks at least before, and at least after


@pytest.fixture
def collection(
    tmp_path: Path, articles_dir: Path, postgresql_url: str, search_url: str
) -> Iterator[Collection]:
    for number in range(40):
        text = f"---\nid: cho{number}\n---\n# Chợ số {number}\n\nChợ số {number} họp ở ngõ {number * 7}.\n"
        (articles_dir / f"cho{number}.md").write_text(text, encoding="utf-8")
    opened = Collection.open(
        database_url=postgresql_url,
        index_dir=tmp_path / "index",
        articles_dir=articles_dir,
        cluster=Client.open(search_url),
    )
    opened.reload()
    yield opened
    opened.close()


class Searchers:
    """Threads that ask without a pause, each time something else."""

    def __init__(self, collection: Collection) -> None:
        self.right = 0
        self.wrong: list[str] = []
        self.failed: list[RetrievalError] = []
        self._collection = collection
        self._is_over = threading.Event()
        self._told = threading.Condition()

    @contextmanager
    def asking(self) -> Iterator[None]:
        """Ask until the block ends."""
        threads = [threading.Thread(target=self._ask, args=(number,)) for number in range(SEARCHERS)]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self._is_over.set()
            for thread in threads:
                thread.join()

    def wait(self, is_so: Callable[[], bool]) -> None:
        """Wait until it is so; that is looked at after each question."""
        with self._told:
            assert self._told.wait_for(is_so, timeout=120)

    def wait_for_more(self) -> None:
        """Wait for as many right answers again as each searcher asks for."""
        wanted = self.right + SEARCHERS * EACH
        self.wait(lambda: self.right >= wanted)

    def _ask(self, number: int) -> None:
        while not self._is_over.is_set():
            question = f"chợ số {number % 40} họp ở đâu {number}"
            number += SEARCHERS
            try:
                hits = self._collection.ask(question).hits
            except RetrievalError as error:
                self.failed.append(error)
            else:
                if [hit.article.id for hit in hits[:1]] == [f"cho{(number - SEARCHERS) % 40}"]:
                    self.right += 1
                else:
                    self.wrong.append(question)
            with self._told:
                self._told.notify_all()


@pytest.fixture
def lone(nodes: Nodes, workers_folder: Path, collection: Collection) -> Iterator[Nodes]:
    """The cluster, which no other test asks meanwhile, with all copies made."""
    with alone(workers_folder):
        nodes.wait()
        yield nodes
        nodes.wait()


def test_a_node_killed_under_load_costs_no_answer(
    collection: Collection, lone: Nodes, workers_folder: Path
) -> None:
    searchers = Searchers(collection)
    elected = lone.get("/_cat/cluster_manager?format=json")[0]["node"]
    place = next(place for place, node in enumerate(lone.all) if node.name == elected)
    with searchers.asking():
        searchers.wait_for_more()
        lone.all[place].end()
        searchers.wait_for_more()
        restart(lone, place, workers_folder)
        searchers.wait_for_more()
    assert (searchers.failed, searchers.wrong) == ([], [])


def test_who_asks_while_postgresql_restarts_is_answered_or_told_to_wait(
    collection: Collection, postgresql: Server
) -> None:
    searchers = Searchers(collection)
    with searchers.asking():
        searchers.wait_for_more()
        postgresql.stop("fast")
        searchers.wait(lambda: len(searchers.failed) > SEARCHERS)
        postgresql.start()
        searchers.wait_for_more()
    assert searchers.wrong == []
    assert {type(error) for error in searchers.failed} == {StoreError}
    assert collection.stats().articles == 40
