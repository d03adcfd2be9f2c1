"""The store: articles come back as they went in, a change is whole or not at all."""

import sqlite3
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.article import Article
from retrieval.errors import ReloadRunningError
from retrieval.store.articles import Entry, State, Store
from retrieval.store.changes import Change, Changes, Move
from retrieval.store.database import Database


def an_article(id_: str, body: str = "Chợ mở cửa từ năm giờ sáng.") -> Article:
    return Article(id=id_, title=f"Bài {id_}", body=body, origin=f"/bao/{id_}.txt")


def put(store: Store, tmp_path: Path, articles: Iterable[Article], *, source: str = "") -> State:
    held = store.entries()
    with Changes(tmp_path) as changes:
        for article in articles:
            changes.put(Change(article=article, source=source, is_new=article.id not in held))
        return store.apply(changes, seen=store.state())


def remove(store: Store, tmp_path: Path, *ids: str) -> State:
    with Changes(tmp_path) as changes:
        changes.removals.extend(ids)
        return store.apply(changes, seen=store.state())


def articles_of(store: Store) -> list[Article]:
    with store.contents() as contents:
        articles = list(contents.articles)
    assert len(articles) == contents.count
    return articles


@pytest.fixture
def store(database: Database) -> Store:
    return Store(database)


def test_a_new_store_is_empty_and_of_generation_zero(store: Store) -> None:
    assert store.state() == State(generation=0, reloaded=None)
    assert store.entries() == {}
    assert articles_of(store) == []


def test_articles_added_since_a_generation_are_the_new_ones(store: Store, tmp_path: Path) -> None:
    first = put(store, tmp_path, [an_article("a"), an_article("b")])
    second = put(store, tmp_path, [an_article("a", "Khác."), an_article("c")])
    assert store.added_since(0) == ["a", "b", "c"]
    assert store.added_since(first.generation) == ["c"]
    assert store.added_since(second.generation) == []


# What clean() lets through, and what files name things: anything but NUL and surrogates.
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
offsets = st.integers(-23 * 60, 23 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
moments = st.datetimes(timezones=offsets)
articles = st.builds(
    Article,
    id=texts.filter(bool),
    title=texts,
    body=texts.filter(bool),
    url=st.none() | texts,
    published=st.none() | moments,
    author=st.none() | texts,
    section=st.none() | texts,
    language=texts,
    origin=texts,
    pages=st.lists(st.integers(0, 1 << 40)).map(tuple),
    is_scan=st.booleans(),
)


@settings(max_examples=50)
@given(st.lists(articles, unique_by=lambda article: article.id, max_size=5))
def test_articles_come_back_equal_to_what_went_in(wanted: list[Article]) -> None:
    with TemporaryDirectory() as folder:
        database = Database.open(f"sqlite:///{folder}/a.sqlite3")
        store = Store(database)
        put(store, Path(folder), wanted)
        found = articles_of(store)
        database.close()
    assert found == wanted
    assert [article.content_hash for article in found] == [article.content_hash for article in wanted]


def test_the_offset_of_a_date_comes_back(store: Store, tmp_path: Path) -> None:
    published = datetime.fromisoformat("2024-03-05T06:21:00+07:00")
    put(store, tmp_path, [replace(an_article("a"), published=published)])
    found = articles_of(store)[0].published
    assert found is not None
    assert found.isoformat() == "2024-03-05T06:21:00+07:00"


def test_articles_keep_the_order_of_their_arrival_also_when_they_are_updated(
    store: Store, tmp_path: Path
) -> None:
    put(store, tmp_path, map(an_article, ["b", "c", "a"]))
    put(store, tmp_path, [an_article("c", "Chợ nghỉ."), an_article("0")])
    assert [article.id for article in articles_of(store)] == ["b", "c", "a", "0"]


def test_more_articles_than_a_batch_come_back_in_order(store: Store, tmp_path: Path) -> None:
    ids = [f"{number * 7919 % 1009}" for number in range(1009)]
    put(store, tmp_path, map(an_article, ids))
    assert [article.id for article in articles_of(store)] == ids


def test_a_change_makes_a_new_generation_and_no_change_keeps_it(store: Store, tmp_path: Path) -> None:
    first = put(store, tmp_path, [an_article("a")])
    second = put(store, tmp_path, [])
    third = remove(store, tmp_path, "a")
    assert 0 < first.generation == second.generation < third.generation
    assert first.reloaded
    assert second.reloaded
    assert first.reloaded <= second.reloaded
    assert store.state() == third


def test_two_databases_are_never_of_the_same_generation_by_counting(tmp_path: Path) -> None:
    generations = set()
    for name in ("a", "b"):
        database = Database.open(f"sqlite:///{tmp_path / name}.sqlite3")
        generations.add(put(Store(database), tmp_path, [an_article(name)]).generation)
        database.close()
    assert len(generations) == 2


def test_a_move_changes_where_an_article_is_from_and_nothing_else(store: Store, tmp_path: Path) -> None:
    put(store, tmp_path, [an_article("a"), an_article("b")])
    with Changes(tmp_path) as changes:
        changes.moves.append(Move(id="a", source="/khac", origin="/khac/a.txt", text_key="k"))
        store.apply(changes, seen=store.state())
    entry = store.entries()["a"]
    hash_ = an_article("a").content_hash
    assert entry == Entry(content_hash=hash_, source="/khac", origin="/khac/a.txt", text_key="k")
    assert articles_of(store) == [replace(an_article("a"), origin="/khac/a.txt"), an_article("b")]


def test_changes_that_fail_half_way_leave_nothing_behind(store: Store, tmp_path: Path) -> None:
    before = put(store, tmp_path, [an_article("a")])

    def fail(_done: int) -> None:
        raise KeyboardInterrupt

    with Changes(tmp_path) as changes:
        changes.removals.append("a")
        changes.put(Change(article=an_article("b"), source="", is_new=True))
        with pytest.raises(KeyboardInterrupt):
            store.apply(changes, seen=before, progress=fail)
    assert store.state() == before
    assert articles_of(store) == [an_article("a")]


def test_changes_against_an_older_state_are_refused(store: Store, tmp_path: Path) -> None:
    seen = store.state()
    put(store, tmp_path, [an_article("a")])
    with Changes(tmp_path) as changes:
        changes.put(Change(article=an_article("b"), source="", is_new=True))
        with pytest.raises(ReloadRunningError):
            store.apply(changes, seen=seen)
    assert articles_of(store) == [an_article("a")]


def test_reading_sees_one_generation_while_another_is_written(store: Store, tmp_path: Path) -> None:
    state = put(store, tmp_path, [an_article(f"{number}") for number in range(500)])
    with store.contents() as contents:
        first = next(contents.articles)
        remove(store, tmp_path, *(f"{number}" for number in range(250, 500)))
        rest = list(contents.articles)
    assert contents.generation == state.generation
    assert [first.id, *(article.id for article in rest)] == [f"{number}" for number in range(500)]


def test_progress_tells_how_much_is_written(store: Store, tmp_path: Path) -> None:
    told: list[int] = []
    with Changes(tmp_path) as changes:
        for number in range(450):
            changes.put(Change(article=an_article(f"{number}"), source="", is_new=True))
        store.apply(changes, seen=store.state(), progress=told.append)
    assert told == [200, 400, 450]


def test_a_connection_in_use_is_closed_when_it_is_given_back(database_url: str) -> None:
    database = Database.open(database_url)
    with database.transaction() as connection:
        driver: Any = connection.connection.dbapi_connection
        database.close()
    with pytest.raises((sqlite3.ProgrammingError, psycopg.OperationalError), match="closed"):
        driver.cursor().execute("SELECT 1")
