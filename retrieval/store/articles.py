"""The store: the articles as they were last read, in the database. The index is built from it."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from itertools import chain
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Row, bindparam, delete, func, insert, or_, select, update

from retrieval.article import Article
from retrieval.errors import ReloadRunningError
from retrieval.store.bulk import batches
from retrieval.store.changes import Change, Changes, Move
from retrieval.store.database import Database, ring
from retrieval.store.tables import ARTICLE_ROWS, STATE_ROWS

_BATCH = 200  # articles in memory at a time
_FIELDS = tuple(field.name for field in fields(Article))
_COLUMNS = tuple(ARTICLE_ROWS.c[name] for name in _FIELDS)

Beside = Callable[[Connection], None]  # writes what belongs to a generation beside its articles


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """The identity of the collection."""

    # Grows with every change. It is the moment of the change in milliseconds, so that two databases
    # that take turns with one index folder do not pass for each other. 0: nothing was ever stored.
    generation: int
    reloaded: datetime | None  # when a reload last went through, aware; also one that changed nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """The facts of a stored article that a reload needs."""

    content_hash: str
    source: str  # see retrieval.collection.intake.comparison.Scope
    origin: str
    text_key: str = ""  # see retrieval.collection.intake.copies; "": unknown
    near_key: str = ""
    published: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """All articles of one generation but those withheld, in the order of their arrival."""

    generation: int
    count: int  # articles
    articles: Iterator[Article]


@dataclass(frozen=True, slots=True, kw_only=True)
class Differences:
    """The differences of one generation from what somebody knew; articles withheld are not part of it."""

    generation: int
    gone: tuple[str, ...]  # ids, also of articles that are different
    articles: Iterator[Article]  # new or different, in the order of their arrival


_COUNTED = select(func.count()).select_from(ARTICLE_ROWS).where(ARTICLE_ROWS.c.withheld.is_(None))


class Store:
    """The articles of the collection. Threads may share it; every method raises ``StoreError``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def state(self) -> State:
        """Return the state as it is now."""
        with self._database.transaction() as connection:
            row = connection.execute(select(STATE_ROWS.c.generation, STATE_ROWS.c.reloaded)).one()
        return State(generation=row.generation, reloaded=row.reloaded)

    def entries(self) -> dict[str, Entry]:
        """Return what is stored, by id, without the texts."""
        names = [field.name for field in fields(Entry)]
        columns = (ARTICLE_ROWS.c.id, *(ARTICLE_ROWS.c[name] for name in names))
        with self._database.transaction() as connection:
            rows = connection.execute(select(*columns).execution_options(yield_per=_BATCH))
            return {row.id: Entry(**{name: getattr(row, name) for name in names}) for row in rows}

    def added_since(self, generation: int) -> list[str]:
        """Return the ids of the articles that came after *generation*, those that are kept out left out."""
        added = (ARTICLE_ROWS.c.added_in > generation, ARTICLE_ROWS.c.withheld.is_(None))
        with self._database.transaction() as connection:
            wanted = select(ARTICLE_ROWS.c.id).where(*added).order_by(ARTICLE_ROWS.c.number)
            return list(connection.execute(wanted).scalars())

    def sources(self) -> dict[str, int]:
        """Return how many articles came from each source."""
        counted = select(ARTICLE_ROWS.c.source, func.count()).group_by(ARTICLE_ROWS.c.source)
        with self._database.transaction() as connection:
            return {row[0]: row[1] for row in connection.execute(counted)}

    def count(self) -> int:
        """Return how many articles may be found. Raises ``StoreError``."""
        with self._database.transaction() as connection:
            return connection.execute(_COUNTED).scalar_one()

    @contextmanager
    def contents(self) -> Iterator[Contents]:
        """Give the articles of one generation, also while another process writes the next one."""
        # One statement, since two may see two generations. The outer join leaves a row for an empty store.
        everything = (
            select(STATE_ROWS.c.generation, *_COLUMNS)
            .outerjoin_from(STATE_ROWS, ARTICLE_ROWS, ARTICLE_ROWS.c.withheld.is_(None))
            .where(STATE_ROWS.c.number == 1)
            .order_by(ARTICLE_ROWS.c.number)
            .execution_options(yield_per=_BATCH)
        )
        with self._database.transaction(snapshot=True) as connection:
            count = connection.execute(_COUNTED).scalar_one()
            with closing(connection.execute(everything)) as rows:
                first = next(rows)
                articles = (_article(row) for row in chain([first], rows) if row.id is not None)
                yield Contents(generation=first.generation, count=count, articles=articles)

    @contextmanager
    def differences(self, known: Mapping[str, tuple[str, str]]) -> Iterator[Differences]:
        """Give what is otherwise than *known*: content hash and origin of each article, by id."""
        columns = (ARTICLE_ROWS.c.id, ARTICLE_ROWS.c.content_hash, ARTICLE_ROWS.c.origin)
        wanted = select(*columns).where(ARTICLE_ROWS.c.withheld.is_(None)).order_by(ARTICLE_ROWS.c.number)
        with self._database.transaction(snapshot=True) as connection:
            generation = connection.execute(select(STATE_ROWS.c.generation)).scalar_one()
            gone, added = dict.fromkeys(known), []
            for row in connection.execute(wanted.execution_options(yield_per=_BATCH)):
                if known.get(row.id) == (row.content_hash, row.origin):
                    del gone[row.id]
                else:
                    added.append(row.id)
            articles = _articles(connection, added)
            yield Differences(generation=generation, gone=tuple(gone), articles=articles)

    def apply(
        self,
        changes: Changes,
        *,
        seen: State,
        progress: Callable[[int], None] | None = None,
        generation: int | None = None,
        beside: Beside | None = None,
    ) -> State:
        """Write *changes*, which were found by comparing with the state *seen*, in one transaction.

        *progress* is called inside it with the number written so far: it must not write to the database.
        *generation* is the next one, if it is known already; *beside* writes more in the same transaction.
        Without changes the generation stays. Raises ``ReloadRunningError`` if the store is not as seen.
        """
        now = datetime.now(UTC)
        following = generation or next_generation(seen, now)
        state = State(generation=following if changes else seen.generation, reloaded=now)
        with self._database.transaction() as connection:
            _move_on(connection, seen, state)
            if beside:
                beside(connection)
            done = 0
            for number in _write(connection, changes, state.generation):
                done += number
                if progress:
                    progress(done)
        return state

    def withheld(self) -> frozenset[str]:
        """Return the ids of the articles that are kept out of the index."""
        wanted = select(ARTICLE_ROWS.c.id).where(ARTICLE_ROWS.c.withheld.is_not(None))
        with self._database.transaction() as connection:
            return frozenset(connection.execute(wanted).scalars())

    def beside(self, generation: int, write: Beside) -> None:
        """Let *write* add what belongs to *generation*; raise ``ReloadRunningError`` if that is past."""
        same = update(STATE_ROWS).where(STATE_ROWS.c.generation == generation).values(generation=generation)
        with self._database.transaction() as connection:
            if not connection.execute(same).rowcount:
                raise ReloadRunningError("another reload was faster: reload again")
            write(connection)

    def withhold(
        self,
        id_: str,
        *,
        seen: State,
        is_withheld: bool = True,
        generation: int | None = None,
        beside: Beside | None = None,
    ) -> State:
        """Keep the article with this id out of the index from the next generation on, or let it in again.

        It stays stored, and a reload keeps it up to date. Raises as ``apply``.
        """
        now = datetime.now(UTC)
        state = State(generation=generation or next_generation(seen, now), reloaded=seen.reloaded)
        one = update(ARTICLE_ROWS).where(ARTICLE_ROWS.c.id == id_)
        with self._database.transaction() as connection:
            _move_on(connection, seen, state)
            if beside:
                beside(connection)
            connection.execute(one.values(withheld=now if is_withheld else None))
        return state

    def find(self, id_: str) -> Article | None:
        """Return the article with this id, withheld or not; None if there is none."""
        wanted = select(*_COLUMNS).where(ARTICLE_ROWS.c.id == id_)
        with self._database.transaction() as connection:
            row = connection.execute(wanted).one_or_none()
        return None if row is None else _article(row)

    def read_from(self, place: str) -> list[Article]:
        """Return the articles that were read from the file *place* or from a row of it, withheld or not."""
        rows = ARTICLE_ROWS.c.origin.startswith(f"{place}#", autoescape=True)
        read = or_(ARTICLE_ROWS.c.origin == place, rows)
        wanted = select(*_COLUMNS).where(read).order_by(ARTICLE_ROWS.c.number)
        with self._database.transaction() as connection:
            return list(map(_article, connection.execute(wanted)))

    def id_of_url(self, url: str) -> str | None:
        """Return the id of the last article with this address, withheld or not; None if there is none."""
        wanted = (
            select(ARTICLE_ROWS.c.id).where(ARTICLE_ROWS.c.url == url).order_by(ARTICLE_ROWS.c.number.desc())
        )
        with self._database.transaction() as connection:
            return connection.execute(wanted.limit(1)).scalar_one_or_none()

    def urls_with(self, name: str) -> list[tuple[str, str]]:
        """Return id and address of the articles with *name* in their address, the last to arrive first.

        *name* is compared as it is and as an address spells it, without regard to case.
        """
        spellings = {name, quote(name), quote(name, safe="")}
        alike = or_(*(ARTICLE_ROWS.c.url.icontains(spelling, autoescape=True) for spelling in spellings))
        wanted = (
            select(ARTICLE_ROWS.c.id, ARTICLE_ROWS.c.url)
            .where(alike, ARTICLE_ROWS.c.withheld.is_(None))
            .order_by(ARTICLE_ROWS.c.number.desc())
            .limit(_BATCH)
        )
        with self._database.transaction() as connection:
            return [(row.id, row.url) for row in connection.execute(wanted)]


def next_generation(seen: State, now: datetime | None = None) -> int:
    """Return the generation that comes after the state *seen*."""
    return max(seen.generation + 1, int((now or datetime.now(UTC)).timestamp() * 1000))


def _move_on(connection: Connection, seen: State, state: State) -> None:
    """Write the next *state*; first of all, since from here on nobody else writes until this is done."""
    where = update(STATE_ROWS).where(STATE_ROWS.c.generation == seen.generation)
    if not connection.execute(where.values(generation=state.generation, reloaded=state.reloaded)).rowcount:
        raise ReloadRunningError("another reload was faster: reload again")
    ring(connection)


def _write(connection: Connection, changes: Changes, generation: int) -> Iterator[int]:
    """Write everything, a batch at a time; yield the size of each."""
    where = ARTICLE_ROWS.c.id == bindparam("old_id")
    for ids in batches(changes.removals, _BATCH):
        connection.execute(delete(ARTICLE_ROWS).where(where), [{"old_id": id_} for id_ in ids])
        yield len(ids)
    for moves in batches(changes.moves, _BATCH):
        rows = [{"old_id": move.id, **_place(move)} for move in moves]
        connection.execute(update(ARTICLE_ROWS).where(where), rows)
        yield len(moves)
    for batch in batches(changes, _BATCH):
        new = [{"added_in": generation, **_row(change)} for change in batch if change.is_new]
        old = [{"old_id": change.article.id, **_row(change)} for change in batch if not change.is_new]
        if new:
            connection.execute(insert(ARTICLE_ROWS), new)
        if old:
            connection.execute(update(ARTICLE_ROWS).where(where), old)
        yield len(batch)


def _articles(connection: Connection, ids: list[str]) -> Iterator[Article]:
    """Yield the articles of *ids*, in the order of their arrival."""
    for batch in batches(ids, _BATCH):
        wanted = select(*_COLUMNS).where(ARTICLE_ROWS.c.id.in_(batch)).order_by(ARTICLE_ROWS.c.number)
        yield from map(_article, connection.execute(wanted))


def _row(change: Change) -> dict[str, Any]:
    article = change.article
    row = {name: getattr(article, name) for name in _FIELDS}
    keys = {"text_key": change.text_key, "near_key": change.near_key}
    return row | {"content_hash": article.content_hash, "source": change.source} | keys


def _place(move: Move) -> dict[str, str]:
    return {name: getattr(move, name) for name in ("source", "origin", "text_key", "near_key")}


def _article(row: Row[Any]) -> Article:
    return Article(**{name: getattr(row, name) for name in _FIELDS})
