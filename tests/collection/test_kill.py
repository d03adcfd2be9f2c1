"""kill -9 during a reload loses nothing: what is found afterwards is the old state or the new one."""

import random
import shutil
from collections.abc import Iterator
from pathlib import Path

from killing import Worker, Workers

from retrieval.collection.collection import Collection
from retrieval.index.files import open_index
from retrieval.store.articles import Store
from retrieval.store.database import Database

KILLS = 20

Contents = dict[str, str]  # id → content_hash


class Place:
    """A collection on disk, and the two states that its articles folder goes to and fro between."""

    def __init__(self, folder: Path) -> None:
        self.url = f"sqlite:///{folder / 'hoibao.sqlite3'}"
        self.index_dir = folder / "index"
        self.articles_dir = folder / "articles"

    def write(self, state: str) -> None:
        """Put the articles of state A or B into the folder: some the same, changed, in one of them only."""
        shutil.rmtree(self.articles_dir, ignore_errors=True)
        self.articles_dir.mkdir()
        buoi = {"A": "sáng", "B": "chiều"}[state]
        self._write("cho", f"Chợ phường họp buổi {buoi}.")
        for number in range(12):
            self._write(f"giong-{number}", f"Tổ dân phố {number} có nhà sinh hoạt chung.")
            self._write(f"khac-{number}", f"Lớp học số {number} mở vào buổi {buoi}.")
            self._write(f"rieng-{state}-{number}", f"Thông báo riêng số {number}.")

    def open(self) -> Collection:
        return Collection.open(
            database_url=self.url, index_dir=self.index_dir, articles_dir=self.articles_dir
        )

    def reload(self) -> Contents:
        """Reload as it should be, and return what is stored then."""
        collection = self.open()
        try:
            collection.reload()
        finally:
            collection.close()
        return self.stored()[1]

    def stored(self) -> tuple[int, Contents]:
        database = Database.open(self.url)
        try:
            store = Store(database)
            hashes = {id_: entry.content_hash for id_, entry in store.entries().items()}
            return store.state().generation, hashes
        finally:
            database.close()

    def indexed(self) -> tuple[int, Contents]:
        index = open_index(self.index_dir)
        articles = [index.article(number) for number in index.articles.tolist()]
        return index.generation, {article.id: article.content_hash for article in articles}

    def moments(self, workers: Workers) -> Iterator[Worker]:
        """Reload in a process of its own; yield it at every moment that it tells, until it is done."""
        return workers.moments(self.url, self.index_dir, self.articles_dir, "reload")

    def _write(self, name: str, body: str) -> None:
        text = f"---\nid: {name}\ntitle: Bài {name}\n---\n{body}\n"
        (self.articles_dir / f"{name}.md").write_text(text, encoding="utf-8")


def test_a_killed_reload_leaves_the_old_or_the_new_state(tmp_path: Path, workers: Workers) -> None:
    place = Place(tmp_path)
    states: dict[str, Contents] = {}
    for name in "BA":
        place.write(name)
        states[name] = place.reload()
    place.write("B")
    total = sum(1 for _ in place.moments(workers))
    assert place.stored()[1] == states["B"]
    chance = random.Random(20)
    for kill in range(KILLS):
        there = "AB"[kill % 2]
        place.write(there)
        last = chance.randrange(total)
        for moment, worker in enumerate(place.moments(workers)):
            if moment == last:
                worker.kill()
        assert_whole(place, states)
        assert place.reload() == states[there]
    place.write("A")
    assert place.reload() == states["A"]
    named = (place.index_dir / "manifest.json").read_text()
    folders = [path.name for path in place.index_dir.iterdir() if path.is_dir()]
    assert all(name in named for name in folders), "the next change clears away what killed reloads left"


def assert_whole(place: Place, states: dict[str, Contents]) -> None:
    """What the next start finds is one of the states, in the store, in the index and in an answer."""
    generation, contents = place.stored()
    assert contents in states.values()
    state = "A" if contents == states["A"] else "B"
    collection = place.open()
    quote = collection.ask("chợ phường họp buổi nào").hits[0].quote
    collection.close()
    assert quote == {"A": "Chợ phường họp buổi sáng.", "B": "Chợ phường họp buổi chiều."}[state]
    assert place.stored() == place.indexed() == (generation, contents)
