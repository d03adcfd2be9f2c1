"""A collection whose articles lie in a cluster: reloaded, overtaken, killed, out of reach."""

import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from subprocess import PIPE, Popen
from unittest.mock import Mock

import pytest

from bot.cli.main import main
from retrieval.article import article_key
from retrieval.cluster import articles, loading
from retrieval.cluster import edition as editions
from retrieval.cluster.client import Client
from retrieval.collection.collection import Collection
from retrieval.errors import ReloadRunningError, SearchError
from retrieval.store.articles import Store

Open = Callable[[], Collection]

# Reloads until the moment that it is told, says so, and waits to be killed.
RELOAD = """
import sys
from pathlib import Path
from retrieval.cluster import edition
from retrieval.cluster.client import Client
from retrieval.collection.collection import Collection
from retrieval.store.articles import Store

database_url, search_url, index_dir, articles_dir, moment = sys.argv[1:]
collection = Collection.open(
    database_url=database_url,
    index_dir=Path(index_dir),
    articles_dir=Path(articles_dir),
    cluster=Client.open(search_url),
)

def wait(*_, **__):
    print(moment, flush=True)
    sys.stdin.read()

if moment == "loaded":
    Store.apply = wait
else:
    edition.drop_removed = wait
collection.reload()
"""


def write(folder: Path, name: str, body: str) -> None:
    text = f"---\nid: {name}\ntitle: Bài {name}\nurl: https://bao.example/{name}\n---\n{body}\n"
    (folder / f"{name}.md").write_text(text, encoding="utf-8")


def found(collection: Collection, question: str = "phường mở cửa") -> list[str]:
    return sorted(hit.article.id for hit in collection.ask(question, limit=9).hits)


@pytest.fixture(autouse=True)
def small_indexes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let an edition be without copies: making them takes longer than all that is tested."""
    monkeypatch.setattr(editions, "_COPIES", 0)


@pytest.fixture
def open_there(tmp_path: Path, articles_dir: Path, postgresql_url: str, search_url: str) -> Iterator[Open]:
    """Open the collection as another process, on another machine, would."""
    opened: list[Collection] = []

    def open_one() -> Collection:
        opened.append(
            Collection.open(
                database_url=postgresql_url,
                index_dir=tmp_path / f"replica{len(opened)}",
                articles_dir=articles_dir,
                cluster=Client.open(search_url),
            )
        )
        return opened[-1]

    yield open_one
    for collection in opened:
        collection.close()


@pytest.fixture
def filled(open_there: Open, articles_dir: Path) -> Collection:
    write(articles_dir, "cho", "Chợ họp ở góc đường, phường mở cửa từ tinh mơ.")
    write(articles_dir, "truong", "Trường dạy hai buổi, phường mở cửa sau giờ học.")
    collection = open_there()
    collection.reload()
    return collection


def test_a_collection_without_articles_can_be_asked(open_there: Open) -> None:
    collection = open_there()
    assert collection.ask("chợ phường").hits == ()
    assert collection.stats().articles == 0
    assert list(collection.articles()) == []


@pytest.mark.parametrize(("a_shard", "is_made_anew"), [(1, True), (2, False)])
def test_an_index_that_was_empty_gets_as_many_shards_as_its_first_articles_need(
    a_shard: int, is_made_anew: bool, open_there: Open, articles_dir: Path, search_url: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(loading, "PER_SHARD", a_shard)
    collection, client = open_there(), Client.open(search_url)
    assert found(collection) == []
    before = client.names()
    write(articles_dir, "cho", "Chợ họp ở góc đường, phường mở cửa từ tinh mơ.")
    write(articles_dir, "truong", "Trường dạy hai buổi, phường mở cửa sau giờ học.")
    collection.reload()
    assert found(collection) == ["cho", "truong"]
    assert (client.names() != before) == is_made_anew
    client.close()


def test_another_replica_finds_what_one_has_taken_in(
    filled: Collection, open_there: Open, articles_dir: Path
) -> None:
    other = open_there()
    assert found(other) == found(filled) == ["cho", "truong"]
    write(articles_dir, "ben", "Bến đón khách đi xa, phường mở cửa suốt đêm.")
    (articles_dir / "cho.md").unlink()
    report = filled.reload()
    assert (report.added, report.removed) == (1, 1)
    assert found(other) == found(filled) == ["ben", "truong"]
    assert other.article(article_key("cho")) is None
    assert other.generation == filled.generation


def test_an_article_that_changed_is_found_as_it_is_now(filled: Collection, articles_dir: Path) -> None:
    write(articles_dir, "cho", "Chợ dời ra bờ kênh, phường mở cửa khi trời tối.")
    assert filled.reload().updated == 1
    assert (
        filled.ask("chợ phường mở cửa").hits[0].article.body
        == "Chợ dời ra bờ kênh, phường mở cửa khi trời tối."
    )
    assert filled.stats().articles == 2


def test_an_article_is_withheld_and_restored(filled: Collection) -> None:
    filled.withholding.withhold(article_key("cho"))
    assert found(filled) == ["truong"]
    filled.withholding.restore(article_key("cho"))
    assert found(filled) == ["cho", "truong"]


def test_a_question_that_is_overtaken_by_a_change_is_asked_again(
    filled: Collection, open_there: Open, articles_dir: Path
) -> None:
    other = open_there()
    asked: list[int] = []

    def ask(snapshot: object) -> list[str]:
        asked.append(other.generation)
        if len(asked) == 1:
            write(articles_dir, "ben", "Bến đón khách đi xa, phường mở cửa suốt đêm.")
            filled.reload()
        return found(other)

    assert other._snapshots.asking(ask) == ["ben", "cho", "truong"]
    assert len(asked) == 2


@pytest.mark.parametrize("step", [(Store, "beside"), (editions, "complete"), (editions, "drop_others")])
def test_what_a_killed_rebuild_left_undone_the_next_reload_does(
    filled: Collection, step: tuple[object, str], search_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(*step, Mock(side_effect=KeyboardInterrupt()))
        with pytest.raises(KeyboardInterrupt):
            filled.rebuild()
    assert filled.reload().added == 0
    assert found(filled) == ["cho", "truong"]
    assert documents(search_url) == 2


def test_a_question_leaves_out_more_articles_than_one_filter_can_name(
    filled: Collection, articles_dir: Path, search_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(articles_dir, "ben", "Bến đón khách đi xa, phường mở cửa suốt đêm.")
    filled.reload()
    monkeypatch.setattr(articles, "_NAMED", 1)
    monkeypatch.setattr(editions, "drop_removed", Mock(side_effect=SearchError("the cluster is not there")))
    (articles_dir / "cho.md").unlink()
    (articles_dir / "ben.md").unlink()
    assert filled.reload().removed == 2
    assert documents(search_url) == 3
    assert found(filled) == ["truong"]


@pytest.mark.parametrize(("moment", "seen"), [("loaded", ["cho", "truong"]), ("switched", ["ben", "truong"])])
def test_a_reload_that_is_killed_leaves_one_generation_and_the_next_goes_on(
    filled: Collection, open_there: Open, moment: str, seen: list[str], articles_dir: Path, tmp_path: Path,
    postgresql_url: str, search_url: str,
) -> None:  # fmt: skip
    write(articles_dir, "ben", "Bến đón khách đi xa, phường mở cửa suốt đêm.")
    (articles_dir / "cho.md").unlink()
    places = [postgresql_url, search_url, str(tmp_path / "killed"), str(articles_dir)]
    with Popen([sys.executable, "-c", RELOAD, *places, moment], stdin=PIPE, stdout=PIPE, text=True) as reload:
        assert reload.stdout is not None
        assert reload.stdout.readline() == f"{moment}\n"
        reload.kill()
    assert found(filled) == found(open_there()) == seen
    write(articles_dir, "kho", "Kho chứa hàng, phường mở cửa buổi chiều.")
    reload_when_free(filled)
    assert found(filled) == ["ben", "kho", "truong"]
    assert documents(search_url) == 3


def test_what_is_gone_and_was_not_deleted_is_in_no_answer_and_goes_later(
    filled: Collection, articles_dir: Path, search_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (articles_dir / "cho.md").unlink()
    with monkeypatch.context() as patched:
        patched.setattr(editions, "drop_removed", Mock(side_effect=SearchError("the cluster is not there")))
        filled.reload()
    assert found(filled) == ["truong"]
    assert documents(search_url) == 2
    write(articles_dir, "ben", "Bến đón khách đi xa, phường mở cửa suốt đêm.")
    filled.reload()
    assert found(filled) == ["ben", "truong"]
    assert documents(search_url) == 2


def test_the_command_rebuilds_the_index_beside_the_old_one_and_says_how_many_articles_it_has(
    filled: Collection, articles_dir: Path, postgresql_url: str, search_url: str, logging_as_before: None,
    nowhere: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    client = Client.open(search_url)
    before, expected = client.names(), filled.ask("phường mở cửa")
    monkeypatch.setenv("DATABASE_URL", postgresql_url)
    monkeypatch.setenv("SEARCH_URL", search_url)
    monkeypatch.setenv("ARTICLES_DIR", str(articles_dir))
    assert main(["index", "rebuild"]) == 0
    assert "2 bài" in capsys.readouterr().out
    assert len(client.names()) == 2
    assert not {*before} & {*client.names()}
    assert filled.ask("phường mở cửa") == expected
    client.close()


def test_a_cluster_that_lost_its_indexes_is_filled_again(
    filled: Collection, open_there: Open, search_url: str
) -> None:
    client = Client.open(search_url)
    for name in client.names():
        client.drop(name)
    with pytest.raises(SearchError, match="hoibao index rebuild"):
        filled.ask("phường mở cửa")
    filled.rebuild()
    assert found(open_there()) == ["cho", "truong"]
    client.close()


def test_one_reload_at_a_time_over_all_replicas(filled: Collection, open_there: Open) -> None:
    other = open_there()
    with filled._turn(), pytest.raises(ReloadRunningError):
        other.reload()
    other.reload()


def test_a_cluster_out_of_reach_says_so(tmp_path: Path, articles_dir: Path, postgresql_url: str) -> None:
    collection = Collection.open(
        database_url=postgresql_url,
        index_dir=tmp_path / "index",
        articles_dir=articles_dir,
        cluster=Client.open("http://bot:secret@127.0.0.1:1"),
    )
    with pytest.raises(SearchError, match=r"127\.0\.0\.1:1 cannot be reached") as caught:
        collection.ask("chợ phường")
    assert "secret" not in str(caught.value)
    collection.close()


def reload_when_free(collection: Collection) -> None:
    """Reload as soon as PostgreSQL has noticed that whoever had the turn is dead."""
    for _ in range(10_000):
        with suppress(ReloadRunningError):
            collection.reload()
            return
    raise AssertionError("the turn is not free")


def documents(search_url: str) -> int:
    """Return how many articles lie in the cluster, in the one index that the alias leads to."""
    client = Client.open(search_url)
    (name,) = (name for name in client.names() if name.endswith("articles"))
    client.refresh(name)
    count: int = client.search(f"{client.prefix}-articles", {"size": 0, "track_total_hits": True})["hits"][
        "total"
    ]["value"]
    client.close()
    return count
