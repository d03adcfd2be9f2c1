"""Statements that every message needs, handed to the database's driver as they stand.

SQLAlchemy makes as much of a statement as the database itself of ten.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import Connection

from retrieval.text.canonical import encodable

_NAME = re.compile(r":(\w+)")


def run(connection: Connection, statement: str, row: Mapping[str, Any]) -> Any:
    """Carry out *statement*, whose values ``:name`` are those of *row*; return the driver's cursor."""
    is_sqlite, cursor = _began(connection)
    return cursor.execute(_spelled(statement, is_sqlite), _kept(row, is_sqlite))


def run_each(connection: Connection, statement: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Carry out *statement* for each of *rows*."""
    if rows:
        is_sqlite, cursor = _began(connection)
        cursor.executemany(_spelled(statement, is_sqlite), [_kept(row, is_sqlite) for row in rows])


def _began(connection: Connection) -> tuple[bool, Any]:
    return connection.dialect.name == "sqlite", connection.connection.cursor()


@cache
def _spelled(statement: str, is_sqlite: bool) -> str:
    return statement if is_sqlite else _NAME.sub(r"%(\1)s", statement)


def _kept(row: Mapping[str, Any], is_sqlite: bool) -> dict[str, Any]:
    """Return *row* as ``retrieval.store.tables`` has it kept: texts as ``Typed``, moments as ``Instant``."""
    kept = dict(row)
    for name, value in row.items():
        if isinstance(value, str):
            kept[name] = encodable(value).replace("\0", "")
        elif is_sqlite and isinstance(value, datetime):
            kept[name] = _written(value)
    return kept


@lru_cache(maxsize=8)  # all notes of a transaction are of one moment
def _written(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}"
