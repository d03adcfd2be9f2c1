"""The database: how it is opened, brought up to date, and what its failures are called.

Everything that SQLAlchemy, Alembic or a driver raises leaves here as a ``StoreError`` of one line.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, Self

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, IntegrityError, SQLAlchemyError

from retrieval.errors import StoreError
from retrieval.store import migrations

# Seconds that a write waits for another one; the URL's "?timeout=" or "?options=-c lock_timeout=" change it.
_PATIENCE = 30
_LONGEST_LOG = 10_000  # pages of SQLite's; beyond them a commit waits for the disk, as did one answer of 50
_CONNECT = 10  # seconds that PostgreSQL may take to be reached; "?connect_timeout=" in its URL changes it
# Whoever is stopped amid such a transaction must not keep all others from theirs. The lock is any number, as
# long as nobody else takes it.
_EXCLUSIVE = text(
    "SELECT set_config('idle_in_transaction_session_timeout', '20s', true), pg_advisory_xact_lock(7295014)"
)
_TURN = text("SELECT pg_try_advisory_lock(:number)")
_TURN_OVER = text("SELECT pg_advisory_unlock(:number)")
_RING = text("SELECT pg_notify('hoibao', '')")
_LISTEN = text("LISTEN hoibao")

_POSTGRESQL = ("postgresql", "postgres", "postgresql+psycopg")  # as operators and hosts write it


class ConflictError(StoreError):
    """A row with this key exists already."""


class Database:
    """An open database, at the newest revision. Threads may share it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @classmethod
    def open(cls, url: str) -> Self:
        """Open the database at *url* (SQLite or PostgreSQL) and upgrade it; make SQLite's if there is none.

        Raises ``StoreError``.
        """
        database = cls(_engine(url))
        try:
            database._upgrade()
        except BaseException:
            database.close()
            raise
        return database

    @property
    def folder(self) -> Path | None:
        """The folder of the database's file; None for one that other machines may share."""
        url = self._engine.url
        return Path(url.database).parent if url.get_backend_name() == "sqlite" and url.database else None

    def close(self) -> None:
        """Close all connections; those that another thread still uses, when it is done with them."""
        event.listen(self._engine.pool, "checkin", lambda _connection, record: record.invalidate())
        self._engine.dispose()

    @contextmanager
    def transaction(self, *, exclusive: bool = False, snapshot: bool = False) -> Iterator[Connection]:
        """Give a connection for one transaction: committed at the end, rolled back on an exception.

        *exclusive*: nobody else is in such a transaction meanwhile. One that reads first and then writes
        needs it: if somebody wrote in between, SQLite refuses its write without waiting, and PostgreSQL
        lets both write what they read. *snapshot*: all its reads see the same moment; SQLite's always do.
        """
        with self._told(), self._engine.connect() as connection:
            is_sqlite = self._engine.dialect.name == "sqlite"
            if exclusive and is_sqlite:
                connection.execution_options(sqlite_begin="BEGIN IMMEDIATE")
            if snapshot and not is_sqlite:
                connection.execution_options(isolation_level="REPEATABLE READ")
            with connection.begin():
                if exclusive and not is_sqlite:
                    connection.execute(_EXCLUSIVE)
                yield connection

    @contextmanager
    def statement(self) -> Iterator[Connection]:
        """Give a connection for one statement that reads: PostgreSQL is not told where it begins and ends."""
        is_sqlite = self._engine.dialect.name == "sqlite"
        options = {} if is_sqlite else {"isolation_level": "AUTOCOMMIT"}
        with self._told(), self._engine.connect() as connection:
            yield connection.execution_options(**options)

    @contextmanager
    def turn(self, number: int) -> Iterator[bool]:
        """Take lock *number* over all processes that share the database; give False if another one has it.

        PostgreSQL frees it when the connection ends, however that comes about. SQLite has no such lock, and
        its database lies on one machine, where a locked file does the same: it always gives True.
        """
        if self._engine.dialect.name == "sqlite":
            yield True
            return
        with self._told(), self._engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT")  # it may take hours
            taken = connection.execute(_TURN, {"number": number}).scalar_one()
            try:
                yield bool(taken)
            finally:
                if taken:  # at once; the server may notice the end of the connection a little later
                    with suppress(SQLAlchemyError):
                        connection.execute(_TURN_OVER, {"number": number})
                connection.invalidate()  # ends the connection, and with it the lock, however the block ended

    @contextmanager
    def listening(self) -> Iterator[Callable[[float], bool] | None]:
        """Give a function that waits at most so many seconds for a ``ring``, and tells whether one came.

        What rings before the block begins is not heard. With SQLite nothing ever rings: it gives None.
        """
        if self._engine.dialect.name == "sqlite":
            yield None
            return
        with self._told(), self._engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT")
            connection.execute(_LISTEN)
            driver: Any = connection.connection.driver_connection
            try:
                yield lambda seconds: bool(list(driver.notifies(timeout=seconds, stop_after=1)))
            finally:
                connection.invalidate()  # the pool's others do not listen

    def ring(self) -> None:
        """Let all who are ``listening`` hear it."""
        with self.transaction() as connection:
            ring(connection)

    def write_back(self) -> None:
        """Bring what is in SQLite's log into its file, beside others' work. Raises ``StoreError``."""
        if self._engine.dialect.name == "sqlite":
            with self._told(), closing(self._engine.raw_connection()) as connection:
                connection.cursor().execute("PRAGMA wal_checkpoint(PASSIVE)")

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except IntegrityError as error:
            raise ConflictError(f"the database {_name(self._engine.url)}: {_first_line(error)}") from error
        except (SQLAlchemyError, self._engine.dialect.loaded_dbapi.Error) as error:
            raise _store_error(self._engine.url, error) from error

    def _upgrade(self) -> None:
        known = migrations.revisions()
        with self.transaction() as connection:
            current = migrations.revision(connection)
        if current == known[0]:
            return
        if current is not None and current not in known:
            raise StoreError(
                f"the database {_name(self._engine.url)} is of a newer version (revision {current}): "
                "update this program, or set DATABASE_URL to another database"
            )
        from alembic.util import CommandError

        # Exclusive, so that of two processes that start at the same time one finds the other's work.
        with self.transaction(exclusive=True) as connection:
            try:
                migrations.upgrade(connection)
            except CommandError as error:
                raise _store_error(self._engine.url, error) from error


def ring(connection: Connection) -> None:
    """Let all who are ``listening`` hear it once this transaction is committed; with SQLite nobody is."""
    if connection.dialect.name == "postgresql":
        connection.execute(_RING)


def copy_sqlite(url: str, *, to: Path | None = None, into: str | None = None) -> None:
    """Copy the SQLite database at *url*, as it is at one moment, *to* a new file or *into* another database.

    Both may be in use: readers of *into* see the old state or the new one. A damaged one is moved aside.
    Raises ``StoreError``, also for databases of another kind.
    """
    source = _file(url)
    target = to or _file(into or "")
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        _copy(source, target)
    except sqlite3.DatabaseError as error:
        if to is not None or ("malformed" not in str(error) and "not a database" not in str(error)):
            raise _store_error(make_url(f"sqlite:///{target}"), error) from error
        for ending in ("", "-wal", "-shm"):
            damaged = target.with_name(f"{target.name}{ending}")
            if damaged.exists():
                damaged.replace(damaged.with_name(f"{damaged.name}.damaged"))
        _copy(source, target)


def _copy(source: Path, target: Path) -> None:
    with (
        closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as old,
        closing(sqlite3.connect(target, timeout=_PATIENCE)) as new,
    ):
        new.execute("PRAGMA journal_mode = WAL")
        old.backup(new)


def _file(address: str) -> Path:
    try:
        url = make_url(address)
    except ArgumentError as error:
        raise StoreError(f"DATABASE_URL is not usable: {_first_line(error)}") from error
    if url.get_backend_name() != "sqlite" or not url.database:
        raise StoreError(
            f"the database {_name(url)} is not SQLite: save it with its own tools, such as pg_dump"
        )
    return Path(url.database)


def _engine(address: str) -> Engine:
    try:
        url = make_url(address)
        if url.drivername in _POSTGRESQL:
            return _postgresql_engine(url)
        if url.get_backend_name() != "sqlite":
            raise ArgumentError("it must begin with sqlite:/// or postgresql://")
        _make_folder(url)
        patience = {} if "timeout" in url.query else {"timeout": _PATIENCE}
        engine = create_engine(url, connect_args=patience)
    except (ArgumentError, ValueError) as error:
        raise StoreError(f"DATABASE_URL is not usable: {_first_line(error)}") from error
    except ImportError as error:
        raise StoreError(f"DATABASE_URL needs a driver that is not installed: {error}") from error
    except OSError as error:
        raise StoreError(f"the database's folder cannot be made: {error}") from error
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _postgresql_engine(url: URL) -> Engine:
    patience = {"connect_timeout": _CONNECT, "options": f"-c lock_timeout={_PATIENCE}s"}
    given = {name: value for name, value in patience.items() if name not in url.query}
    # A connection that the server has closed meanwhile is made again before it is used.
    return create_engine(url.set(drivername="postgresql+psycopg"), connect_args=given, pool_pre_ping=True)


def _make_folder(url: URL) -> None:
    if url.database in (None, "", ":memory:"):
        raise ArgumentError("a database in memory is gone with each thread: name a file, sqlite:///path.db")
    if "uri" not in url.query:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)


def _set_up_sqlite(connection: Any, _record: object) -> None:
    # Python's sqlite3 begins a transaction before INSERT, UPDATE and DELETE only, which leaves reads
    # without a snapshot and CREATE TABLE without a rollback. So it gets out of the way: see _begin_sqlite.
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode = WAL")
    # A process that dies loses nothing; only a machine that does may lose the last moments, never more.
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute(f"PRAGMA wal_autocheckpoint = {_LONGEST_LOG}")
    connection.execute("PRAGMA foreign_keys = ON")


def _begin_sqlite(connection: Connection) -> None:
    # By the driver itself: SQLAlchemy would make as much of it as of a query, before each of them.
    connection.connection.cursor().execute(connection.get_execution_options().get("sqlite_begin", "BEGIN"))


def _store_error(url: URL, error: Exception) -> StoreError:
    reason = _first_line(error)
    if "locked" in reason or "lock timeout" in reason:
        advice = "another program is writing to it; stop that one, or try again in a moment"
    elif "malformed" in reason or "not a database" in reason:
        advice = "put a backup in its place, or move it away and reload"
    elif "readonly" in reason or "unable to open" in reason or "disk" in reason:
        advice = "check that its folder may be written and that the disk is not full"
    elif "connect" in reason:
        advice = "check that PostgreSQL is running and that DATABASE_URL leads to it"
    else:
        advice = "check DATABASE_URL"
    return StoreError(f"the database {_name(url)} cannot be used: {reason}; {advice}")


def _name(url: URL) -> str:
    if url.get_backend_name() == "sqlite" and url.database:
        return url.database
    return url.set(drivername=url.get_backend_name()).render_as_string(hide_password=True)


def _first_line(error: Exception) -> str:
    # SQLAlchemy adds the statement and its parameters, which hold whole articles; the driver's own words do.
    text = str(getattr(error, "orig", None) or error).strip()
    return text.splitlines()[0] if text else type(error).__name__
