"""The statistics of a search cluster: words, how often words and pairs stand, and which edition is asked.

They are made from the articles, like an index, so they are no part of the database's revisions, and of no
copy of it: the tables are made when a cluster is first filled. Each edition (``cluster.edition``) has its
own tables of words and counts. The row of ``search_edition`` says which one belongs to the collection's
generation; it is written in the transaction that makes it so."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import repeat
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    TextClause,
    delete,
    insert,
    inspect,
    select,
    text,
)

from retrieval.kernels.keys import FIRST_PAIR
from retrieval.store.bulk import batches, copy_arrays, copy_rows
from retrieval.store.counted import SUMS, Counted
from retrieval.store.database import Database

_LOST = ("lost_passages", "lost_articles")  # that were removed since the edition was made
_PEAKS = ("peak_passages", "peak_articles")  # ``cluster.bounding.peaks``
WORD_COUNTS = (*SUMS, *_LOST, *_PEAKS)
_AT_ONCE = 500  # numbers named in one statement

_DERIVED = MetaData()
_EDITION = Table(
    "search_edition",
    _DERIVED,
    Column("number", Integer, primary_key=True),  # 1: there is one row
    Column("name", Text, nullable=False),
    Column("generation", BigInteger, nullable=False),
    Column("articles", BigInteger, nullable=False),
    Column("article_words", BigInteger, nullable=False),
    Column("passages", BigInteger, nullable=False),
    Column("tokens", BigInteger, nullable=False),
    Column("next_order", BigInteger, nullable=False),
)
_REMOVED = Table(
    "search_removed",
    _DERIVED,
    Column("number", BigInteger, primary_key=True),  # order of arrival
    Column("passages", Integer, nullable=False),
)

_NEWEST = text(
    "SELECT 1 FROM search_edition AS e JOIN state AS s ON s.generation = e.generation "
    "WHERE e.name = :name AND e.generation = :generation"
)
# A statement sees one moment: the edition's row comes with the counts, or nothing does.
_COUNTS = (
    "SELECT p.key, p.in_passages, p.in_articles FROM search_edition AS e LEFT JOIN {pairs} AS p "
    "ON p.key {among} WHERE e.name = :name AND e.generation = :generation"
)
_AMONG, _AMONG_SQLITE = "= ANY(CAST(:keys AS bigint[]))", "IN (SELECT value FROM json_each(:keys))"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterEdition:
    """The edition that a cluster holds of one generation of the collection."""

    name: str  # of its indexes and tables
    generation: int
    articles: int
    article_words: int
    passages: int
    tokens: int
    next_order: int  # of the next article to arrive
    removed: tuple[tuple[int, int], ...] = ()  # order and passages of what is gone, and may lie there


class Statistics:
    """The statistics in the database. Threads may share it; every method raises ``StoreError``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def edition(self) -> ClusterEdition | None:
        """Return the edition that is asked; None if no cluster was ever filled."""
        with self._database.transaction() as connection:
            return _edition(connection)

    def words(self, name: str, first: int) -> list[str]:
        """Return the words of an edition from number *first* on."""
        words = _words(name)
        wanted = select(words.c.word).where(words.c.number >= first).order_by(words.c.number)
        with self._database.transaction() as connection:
            return list(connection.execute(wanted).scalars())

    def word_counts(self, name: str, since: int) -> NDArray[np.int64]:
        """Return number and ``WORD_COUNTS`` of the words whose counts changed after generation *since*."""
        words = _words(name)
        columns = (words.c.number, *(words.c[column] for column in WORD_COUNTS))
        with self._database.transaction() as connection:
            rows = connection.execute(select(*columns).where(words.c.changed > since)).all()
        return np.array([tuple(row) for row in rows], dtype=np.int64).reshape(-1, 1 + len(WORD_COUNTS))

    def is_newest(self, name: str, generation: int) -> bool:
        """Tell whether this edition, which was asked before, is asked still."""
        with self._database.statement() as connection:
            return connection.execute(_NEWEST, {"name": name, "generation": generation}).first() is not None

    def counts(self, name: str, generation: int, keys: Sequence[int]) -> dict[int, tuple[int, int]] | None:
        """Return in how many passages and articles pairs stand; None if *generation* is not the newest."""
        with self._database.statement() as connection:
            is_sqlite = connection.dialect.name == "sqlite"
            begin, end = "[]" if is_sqlite else "{}"
            said = f"{begin}{','.join(map(str, keys))}{end}"
            wanted = {"keys": said, "name": name, "generation": generation}
            rows = connection.execute(_counted(name, is_sqlite=is_sqlite), wanted).all()
        found = {key: (in_passages, in_articles) for key, in_passages, in_articles in rows if key is not None}
        return found if rows else None

    def fill(
        self,
        name: str,
        generation: int,
        words: Sequence[str],
        counted: Sequence[Counted],
        bounds: NDArray[np.int64],
    ) -> None:
        """Make the tables of a new edition, which nobody asks yet, and what all share.

        *bounds* has a row for each word: what of it is lost, and its peaks.
        """
        sums = Counted.summed(counted)
        own, pairs = _words(name), _pairs(name)
        counts = np.zeros((len(words), 2), dtype=np.int64)
        first_pair = int(np.searchsorted(sums.keys, FIRST_PAIR))
        counts[sums.keys[:first_pair], 0] = sums.in_passages[:first_pair]
        counts[sums.keys[:first_pair], 1] = sums.in_articles[:first_pair]
        columns = np.hstack([counts, bounds]).T.tolist()
        rows = zip(range(len(words)), words, *columns, repeat(generation), strict=False)
        with self._database.transaction() as connection:
            _DERIVED.create_all(connection)
            for table in (own, pairs):
                table.drop(connection, checkfirst=True)
                table.create(connection)
            copy_rows(connection, own, rows)
            copy_arrays(connection, pairs, [column[first_pair:] for column in sums.columns])
            for index in (_index(own), _index(pairs), Index(f"{own.name}_changed", own.c.changed)):
                index.create(connection)  # afterwards, which takes half the time

    def drop_others(self, name: str) -> None:
        """Remove the tables of all editions but this one."""
        kept = {_words(name).name, _pairs(name).name}
        with self._database.transaction() as connection:
            for table in inspect(connection).get_table_names():
                if table.startswith(("search_words_", "search_pairs_")) and table not in kept:
                    connection.execute(text(f'DROP TABLE "{table}"'))

    def forget_removed(self, orders: Sequence[int]) -> None:
        """Note that these removed articles do not lie in the cluster any more."""
        with self._database.transaction() as connection:
            for some in batches(orders, _AT_ONCE):
                connection.execute(delete(_REMOVED).where(_REMOVED.c.number.in_(some)))


def put(
    connection: Connection,
    edition: ClusterEdition,
    *,
    first_word: int,
    words: Sequence[str],
    counted: Sequence[Counted],
    bounds: NDArray[np.int64],
) -> None:
    """Write the next *edition*, its new *words* (from number *first_word* on) and what is *counted* anew.

    *bounds* has a row for each word: what of it was lost by that, and the peaks of what came.
    It belongs into the transaction that writes the articles and the generation: that is the switch.
    """
    own, pairs = _words(edition.name).name, _pairs(edition.name).name
    nothing = [0] * len(WORD_COUNTS)
    rows = ((first_word + at, word, *nothing, edition.generation) for at, word in enumerate(words))
    copy_rows(connection, _words(edition.name), rows)
    key = Column("key", BigInteger, nullable=False)
    delta = Table("search_delta", MetaData(), key, *_counts(*SUMS), prefixes=["TEMPORARY"])
    delta.create(connection)
    copy_arrays(connection, delta, Counted.summed(counted).columns)
    connection.execute(
        text(
            f"UPDATE {own} SET in_passages = {own}.in_passages + d.in_passages, "
            f"in_articles = {own}.in_articles + d.in_articles, changed = :generation "
            f"FROM search_delta AS d WHERE d.key < {FIRST_PAIR} AND number = d.key"
        ),
        {"generation": edition.generation},
    )
    connection.execute(
        text(
            f"INSERT INTO {pairs} (key, in_passages, in_articles) "
            f"SELECT key, in_passages, in_articles FROM search_delta WHERE key >= {FIRST_PAIR} "
            f"ON CONFLICT (key) DO UPDATE SET in_passages = {pairs}.in_passages + excluded.in_passages, "
            f"in_articles = {pairs}.in_articles + excluded.in_articles"
        )
    )
    lost = "SELECT key FROM search_delta WHERE in_articles < 0"
    connection.execute(text(f"DELETE FROM {pairs} WHERE in_articles = 0 AND key IN ({lost})"))
    connection.execute(text("DROP TABLE search_delta"))
    _put_bounds(connection, own, bounds)
    switch(connection, edition)


def _put_bounds(connection: Connection, own: str, bounds: NDArray[np.int64]) -> None:
    number = Column("number", BigInteger, nullable=False)
    table = Table("search_bounds", MetaData(), number, *_counts(*_LOST, *_PEAKS), prefixes=["TEMPORARY"])
    table.create(connection)
    numbers = np.flatnonzero(bounds.any(axis=1))
    copy_rows(connection, table, zip(numbers.tolist(), *bounds[numbers].T.tolist(), strict=True))
    lost = (f"{name} = {own}.{name} + b.{name}" for name in _LOST)
    # SQLite has no GREATEST.
    peaks = (
        f"{name} = CASE WHEN b.{name} > {own}.{name} THEN b.{name} ELSE {own}.{name} END" for name in _PEAKS
    )
    changed = ", ".join([*lost, *peaks])
    connection.execute(
        text(f"UPDATE {own} SET {changed} FROM search_bounds AS b WHERE {own}.number = b.number")
    )
    connection.execute(text("DROP TABLE search_bounds"))


def switch(connection: Connection, edition: ClusterEdition) -> None:
    """Let *edition*, whose words and counts are written, be the one that is asked."""
    connection.execute(delete(_EDITION))
    connection.execute(insert(_EDITION), {"number": 1, **_values(edition)})
    connection.execute(delete(_REMOVED))
    if edition.removed:
        rows_gone = [{"number": order, "passages": passages} for order, passages in edition.removed]
        connection.execute(insert(_REMOVED), rows_gone)


def _values(edition: ClusterEdition) -> dict[str, Any]:
    return {name: getattr(edition, name) for name in ClusterEdition.__dataclass_fields__ if name != "removed"}


def _edition(connection: Connection) -> ClusterEdition | None:
    if not inspect(connection).has_table(_EDITION.name):
        return None
    row = connection.execute(select(_EDITION)).one_or_none()
    if row is None:
        return None
    removed = connection.execute(select(_REMOVED.c.number, _REMOVED.c.passages).order_by(_REMOVED.c.number))
    values = {name: value for name, value in row._mapping.items() if name != "number"}
    return ClusterEdition(**values, removed=tuple((gone.number, gone.passages) for gone in removed))


def _words(name: str) -> Table:
    return Table(
        f"search_words_{_plain(name)}",
        MetaData(),
        Column("number", Integer, nullable=False),
        Column("word", Text, nullable=False),
        *_counts(*WORD_COUNTS),
        Column("changed", BigInteger, nullable=False),  # the generation
    )


def _pairs(name: str) -> Table:
    key = Column("key", BigInteger, nullable=False)
    return Table(_name_of_pairs(name), MetaData(), key, *_counts(*SUMS))


def _index(table: Table) -> Index:
    """Return what the rows of words or pairs are found by: the first column, which tells them apart."""
    return Index(f"{table.name}_{table.columns[0].name}", table.columns[0], unique=True)


def _counts(*names: str) -> list[Column[int]]:
    return [Column(name, Integer, nullable=False) for name in names]


@lru_cache(maxsize=4)
def _counted(name: str, *, is_sqlite: bool) -> TextClause:
    among = _AMONG_SQLITE if is_sqlite else _AMONG
    return text(_COUNTS.format(pairs=_name_of_pairs(name), among=among))


def _name_of_pairs(name: str) -> str:
    return f"search_pairs_{_plain(name)}"


def _plain(name: str) -> str:
    return "".join(character if character.isalnum() else "_" for character in name)
