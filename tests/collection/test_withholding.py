"""Articles that an admin keeps out: in the store, in no answer, and back when wanted."""

import random
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from killing import Workers

from retrieval.article import article_key
from retrieval.collection.collection import Collection
from retrieval.collection.lock import reload_lock
from retrieval.errors import ReloadRunningError
from retrieval.index.files import open_index
from retrieval.store.articles import Store
from retrieval.store.database import Database

MARKET, SCHOOL = article_key("cho"), article_key("truong")
KILLS = 4


def write(folder: Path, name: str, body: str) -> None:
    text = f"---\nid: {name}\ntitle: Bài {name}\nurl: https://bao.example/{name}\n---\n{body}\n"
    (folder / f"{name}.md").write_text(text, encoding="utf-8")


def found(collection: Collection) -> set[str]:
    return {hit.article.id for hit in collection.ask("chợ phường trường học mở cửa").hits}


@pytest.fixture
def filled(collection: Collection, articles_dir: Path) -> Collection:
    write(articles_dir, "cho", "Chợ phường mở cửa buổi sáng.")
    write(articles_dir, "truong", "Trường học mở cửa buổi chiều.")
    collection.reload()
    return collection


def test_a_withheld_article_is_in_no_answer_until_it_is_restored(filled: Collection) -> None:
    assert found(filled) == {"cho", "truong"}
    withheld = filled.withholding.withhold(MARKET)
    assert withheld is not None
    assert withheld.title == "Bài cho"
    assert found(filled) == {"truong"}
    assert filled.article(MARKET) is None
    assert filled.stats().articles == 1
    assert filled.withholding.restore(MARKET) == withheld
    assert found(filled) == {"cho", "truong"}
    assert filled.article(MARKET) == withheld


def test_withholding_is_no_reload(filled: Collection) -> None:
    before = filled.stats().reloaded
    filled.withholding.withhold(MARKET)
    filled.withholding.restore(MARKET)
    assert filled.stats().reloaded == before


def test_withholding_twice_and_restoring_twice_changes_nothing(filled: Collection) -> None:
    first = filled.withholding.withhold(MARKET)
    assert filled.withholding.withhold(MARKET) == first
    assert found(filled) == {"truong"}
    assert filled.withholding.restore(MARKET) == filled.withholding.restore(MARKET) == first
    assert found(filled) == {"cho", "truong"}


def test_an_article_that_is_not_there_cannot_be_withheld_or_restored(filled: Collection) -> None:
    assert filled.withholding.withhold("0" * 16) is None
    assert filled.withholding.restore("0" * 16) is None


def test_a_reload_updates_a_withheld_article_and_does_not_bring_it_back(
    filled: Collection, articles_dir: Path
) -> None:
    filled.withholding.withhold(MARKET)
    write(articles_dir, "cho", "Chợ phường mở cửa buổi tối.")
    report = filled.reload()
    assert (report.updated, report.unchanged, report.articles) == (1, 1, 1)
    assert found(filled) == {"truong"}
    restored = filled.withholding.restore(MARKET)
    assert restored is not None
    assert restored.body == "Chợ phường mở cửa buổi tối."


def test_a_withheld_article_whose_file_moves_stays_withheld(filled: Collection, articles_dir: Path) -> None:
    filled.withholding.withhold(MARKET)
    (articles_dir / "cho.md").rename(articles_dir / "khac.md")
    filled.reload()
    assert found(filled) == {"truong"}


def test_a_withheld_article_that_its_source_no_longer_holds_is_gone(
    filled: Collection, articles_dir: Path
) -> None:
    filled.withholding.withhold(MARKET)
    (articles_dir / "cho.md").unlink()
    assert filled.reload().removed == 1
    assert filled.withholding.restore(MARKET) is None


def test_an_article_stays_withheld_over_a_restart_and_a_rebuilt_index(
    filled: Collection, open_collection: Callable[[], Collection], tmp_path: Path
) -> None:
    filled.withholding.withhold(MARKET)
    assert found(open_collection()) == {"truong"}
    (tmp_path / "state" / "index" / "manifest.json").unlink()
    again = open_collection()
    assert found(again) == {"truong"}
    again.withholding.restore(MARKET)
    assert found(filled) == {"cho", "truong"}, "another process takes it in"


def test_during_a_reload_nothing_is_withheld(filled: Collection, tmp_path: Path) -> None:
    with reload_lock(tmp_path / "state" / "index"), pytest.raises(ReloadRunningError):
        filled.withholding.withhold(MARKET)
    assert found(filled) == {"cho", "truong"}


def test_an_article_is_found_by_its_address_withheld_or_not(filled: Collection) -> None:
    assert filled.find_url("https://bao.example/cho") == MARKET
    filled.withholding.withhold(MARKET)
    assert filled.find_url("https://bao.example/cho") == MARKET
    assert filled.find_url("https://bao.example/") is None


names = st.sampled_from(["a", "b", "c"])
actions = st.tuples(st.sampled_from(["write", "delete", "reload", "withhold", "restore"]), names)


@settings(max_examples=25)
@given(st.lists(actions, max_size=12))
def test_whatever_is_done_the_index_holds_what_was_read_and_is_not_withheld(
    done: list[tuple[str, str]],
) -> None:
    with TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "articles").mkdir()
        collection = Collection.open(
            database_url=f"sqlite:///{folder}/a.sqlite3",
            index_dir=place / "index",
            articles_dir=place / "articles",
        )
        files: dict[str, int] = {}
        read: dict[str, int] = {}
        withheld: set[str] = set()
        for turn, (what, name) in enumerate([*done, ("reload", "")]):
            if what == "write":
                write(place / "articles", name, f"Lần viết {turn}.")
                files[name] = turn
            elif what == "delete":
                (place / "articles" / f"{name}.md").unlink(missing_ok=True)
                files.pop(name, None)
            elif what == "reload":
                collection.reload()
                read = dict(files)
                withheld &= read.keys()
            elif what == "withhold" and collection.withholding.withhold(article_key(name)):
                withheld.add(name)
            elif what == "restore" and collection.withholding.restore(article_key(name)):
                withheld.discard(name)
            index = open_index(place / "index") if read else None
            held = [index.article(number) for number in index.articles.tolist()] if index else []
            assert {one.id: one.body for one in held} == {
                name: f"Lần viết {turn}." for name, turn in read.items() if name not in withheld
            }
        collection.close()


def test_kill_9_leaves_the_article_withheld_or_not_and_nothing_between(
    filled: Collection,
    open_collection: Callable[[], Collection],
    database: Database,
    database_url: str,
    articles_dir: Path,
    tmp_path: Path,
    workers: Workers,
) -> None:
    index_dir = tmp_path / "state" / "index"

    def run(action: str, kill_at: int | None = None) -> int:
        """Withhold or restore in a process of its own, killed at one of the moments it tells; count them."""
        moments = -1
        told = workers.moments(database_url, index_dir, articles_dir, action, MARKET)
        for moments, worker in enumerate(told):
            if moments == kill_at:
                worker.kill()
        return moments

    total = run("withholding.withhold")
    assert Store(database).withheld() == {"cho"}
    chance = random.Random(8)
    for kill in range(KILLS):
        action = "withholding.restore" if Store(database).withheld() else "withholding.withhold"
        moment = total - 1 - kill if kill < KILLS // 2 else chance.randrange(total)
        run(action, kill_at=moment)
        expected = {"cho", "truong"} - Store(database).withheld()
        again = open_collection()
        assert found(again) == expected
        index = open_index(index_dir)
        assert {index.article(number).id for number in index.articles.tolist()} == expected
        assert index.generation == Store(database).state().generation
