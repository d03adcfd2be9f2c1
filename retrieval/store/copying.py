"""Copy a whole database into another one, SQLite or PostgreSQL, and make sure that nothing is different."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, Table, delete, func, insert, select, text, tuple_

from retrieval.errors import StoreError
from retrieval.store.database import Database
from retrieval.store.tables import METADATA, STATE_ROWS

_BATCH = 200  # rows in memory at a time


def copy_all(source: Database, target: Database) -> dict[str, int]:
    """Copy all rows of *source* into the empty *target*, in one transaction; return their number by table.

    Every row is read back and compared. Raises ``StoreError``, and *target* stays as it is, if *source*
    is empty, if *target* is not, or if a row comes back different.
    """
    counts: dict[str, int] = {}
    with (
        source.transaction(snapshot=True) as reading,
        target.transaction(exclusive=True) as writing,
    ):
        if _held(reading) is None:
            raise StoreError("the database to copy from is empty: check its address, nothing was copied")
        if (held := _held(writing)) is not None:
            raise StoreError(f"the database to copy to holds {held}: name an empty one, nothing was copied")
        writing.execute(delete(STATE_ROWS))  # each database begins with one
        for table in METADATA.sorted_tables:
            counts[table.name] = 0
            ordered = select(table).order_by(*table.primary_key).execution_options(yield_per=_BATCH)
            for rows in reading.execute(ordered).partitions():
                _copy_rows(writing, table, rows)
                counts[table.name] += len(rows)
            if writing.execute(select(func.count()).select_from(table)).scalar_one() != counts[table.name]:
                raise StoreError(f"the copy of {table.name} has another number of rows: nothing was copied")
            _count_on(writing, table)
    return counts


def _held(connection: Connection) -> str | None:
    """Return the name of a table that holds something; ``None`` if the database is as new."""
    for table in METADATA.sorted_tables:
        rows = select(func.count()).select_from(table)
        if table is STATE_ROWS:
            rows = rows.where(STATE_ROWS.c.generation > 0)
        if connection.execute(rows).scalar_one():
            return table.name
    return None


def _copy_rows(connection: Connection, table: Table, rows: Sequence[Row[Any]]) -> None:
    keys = tuple(table.primary_key)
    wanted = {_key(row, table): row for row in rows}
    connection.execute(insert(table), [dict(row._mapping) for row in rows])
    copies = connection.execute(select(table).where(tuple_(*keys).in_(wanted)))
    if {_key(row, table): tuple(row) for row in copies} != {key: tuple(row) for key, row in wanted.items()}:
        raise StoreError(f"rows of {table.name} came back different: nothing was copied")


def _key(row: Row[Any], table: Table) -> tuple[Any, ...]:
    return tuple(row._mapping[column.name] for column in table.primary_key)


def _count_on(connection: Connection, table: Table) -> None:
    """Let PostgreSQL number new rows behind those that were copied; SQLite does so by itself."""
    column = table.autoincrement_column
    if connection.dialect.name != "postgresql" or column is None:
        return
    sequence = f"pg_get_serial_sequence('{table.name}', '{column.name}')"
    highest = f"(SELECT coalesce(max({column.name}), 0) + 1 FROM {table.name})"
    connection.execute(text(f"SELECT setval({sequence}, {highest}, false)"))
