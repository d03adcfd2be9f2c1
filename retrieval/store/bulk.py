"""Many rows at once: as PostgreSQL's COPY takes them, and by statements on SQLite."""

import struct
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Table, insert

_BATCH = 5000  # rows of one statement
_AT_A_TIME = 1 << 16  # rows of bytes

_Item = TypeVar("_Item")


def copy_rows(connection: Connection, table: Table, rows: Iterable[tuple[Any, ...]]) -> None:
    """Write *rows*, each with all columns of *table*."""
    names = [column.name for column in table.columns]
    if connection.dialect.name == "postgresql":
        with _cursor(connection).copy(f"COPY {table.name} ({', '.join(names)}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        return
    for some in batches(rows, _BATCH):
        connection.execute(insert(table), [dict(zip(names, row, strict=True)) for row in some])


def copy_arrays(connection: Connection, table: Table, columns: Sequence[NDArray[np.signedinteger]]) -> None:
    """Write the *columns* of *table*, all of one length: to PostgreSQL as bytes, a million rows a second."""
    if connection.dialect.name != "postgresql":
        copy_rows(connection, table, zip(*(column.tolist() for column in columns), strict=True))
        return
    fields = [("count", ">i2")]
    for at, column in enumerate(columns):
        fields += [(f"size{at}", ">i4"), (f"value{at}", f">i{column.itemsize}")]
    rows = np.empty(_AT_A_TIME, dtype=fields)
    rows["count"] = len(columns)
    with _cursor(connection).copy(f"COPY {table.name} FROM STDIN (FORMAT BINARY)") as copy:
        copy.write(b"PGCOPY\n\xff\r\n\0" + struct.pack(">ii", 0, 0))
        for start in range(0, len(columns[0]), _AT_A_TIME):
            size = min(_AT_A_TIME, len(columns[0]) - start)
            for at, column in enumerate(columns):
                rows[f"size{at}"] = column.itemsize
                rows[f"value{at}"][:size] = column[start : start + size]
            copy.write(rows[:size].tobytes())
        copy.write(struct.pack(">h", -1))


def batches(items: Iterable[_Item], size: int) -> Iterator[list[_Item]]:
    """Yield *items*, so many at a time."""
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch


def _cursor(connection: Connection) -> Any:
    return connection.connection.cursor()
