"""Memory: small durable notes under (kind, key), for whoever stands in front of the collection.

It knows nothing of what they mean: an update that was handled, a message to come back to.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, bindparam, delete, select

from retrieval.store import hot
from retrieval.store.database import Database
from retrieval.store.tables import NOTE_ROWS

Key = tuple[str, str]  # kind and key


_ROW = (
    "INSERT INTO notes (kind, key, value, at) VALUES (:kind, :key, :value, :at) ON CONFLICT (kind, key) DO "
)
_CLAIM = f"{_ROW} NOTHING"
_PUT = f"{_ROW} UPDATE SET value = excluded.value, at = excluded.at"
_DROP = "DELETE FROM notes WHERE kind = :kind AND key = :key"
_UNDER = "SELECT kind, value FROM notes WHERE kind IN ({kinds}) AND key = :key AND at >= :since"
_GET = select(NOTE_ROWS.c.value).where(
    NOTE_ROWS.c.kind == bindparam("kind"), NOTE_ROWS.c.key == bindparam("key")
)
_GET_SINCE = _GET.where(NOTE_ROWS.c.at >= bindparam("since"))


class Memory:
    """Notes in the database. Threads and processes may share it; every method raises ``StoreError``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @property
    def folder(self) -> Path | None:
        """The folder of the database's file; None for one that other machines may share."""
        return self._database.folder

    def put(self, notes: Mapping[Key, str]) -> None:
        """Note values under their (kind, key), all or none; the latest one of each stays."""
        self.write(notes=notes)

    def write(
        self,
        *,
        claims: Collection[Key] = (),
        notes: Mapping[Key, str] | None = None,
        if_new: Mapping[Key, Mapping[Key, str]] | None = None,
        gone: Collection[Key] = (),
        beside: Callable[[Connection], None] | None = None,
    ) -> set[Key]:
        """Claim keys, put *notes* and drop those *gone*, all or none, in one transaction.

        Return the claims that are new: those written for the first time, over restarts and processes.
        *if_new*: by claim, what is noted only if that one is. *beside* writes more, in the same transaction.
        """
        now, new = datetime.now(UTC), set[Key]()
        with self._database.transaction(exclusive=True) as connection:
            for kind, key in claims:
                row = {"kind": kind, "key": key, "value": "", "at": now}
                if hot.run(connection, _CLAIM, row).rowcount:
                    new.add((kind, key))
            values: dict[Key, str] = {}
            for claim in new:
                values |= (if_new or {}).get(claim, {})
            values |= notes or {}
            rows = [
                {"kind": kind, "key": key, "value": value, "at": now}
                for (kind, key), value in values.items()
                if (kind, key) not in gone
            ]
            hot.run_each(connection, _PUT, rows)
            hot.run_each(connection, _DROP, [{"kind": kind, "key": key} for kind, key in gone])
            if beside:
                beside(connection)
        return new

    def get(self, kind: str, key: str, *, since: datetime | None = None) -> str | None:
        """Return the note; None if there is none, the empty string if it was only claimed.

        *since* (aware): one that was written before that moment counts for none.
        """
        wanted = _GET if since is None else _GET_SINCE
        with self._database.transaction() as connection:
            values = {"kind": kind, "key": key, "since": since}
            return connection.execute(wanted, values).scalar_one_or_none()

    def under(self, key: str, kinds: Sequence[str], *, since: datetime) -> dict[str, str]:
        """Return the notes under *key* that were written since then (aware), by kind."""
        with self._database.statement() as connection:
            wanted = _UNDER.format(kinds=", ".join(f":{kind}" for kind in kinds))
            values = {**{kind: kind for kind in kinds}, "key": key, "since": since}
            return dict(hot.run(connection, wanted, values).fetchall())

    def all(self, kind: str) -> dict[str, str]:
        """Return all notes of this kind, by key."""
        wanted = select(NOTE_ROWS.c.key, NOTE_ROWS.c.value).where(NOTE_ROWS.c.kind == kind)
        with self._database.transaction() as connection:
            return {row.key: row.value for row in connection.execute(wanted)}

    def below(self, kind: str, key: str, *, since: datetime) -> dict[str, str]:
        """Return the notes whose keys begin with *key* and a colon, written since then (aware), by key."""
        own = (
            NOTE_ROWS.c.kind == kind,
            NOTE_ROWS.c.key.startswith(f"{key}:", autoescape=True),
            NOTE_ROWS.c.at >= since,
        )
        with self._database.transaction() as connection:
            rows = connection.execute(select(NOTE_ROWS.c.key, NOTE_ROWS.c.value).where(*own))
            return {row.key: row.value for row in rows}

    def ring(self) -> None:
        """Let all processes that keep notes in memory read them again; see ``Collection.keep_up``."""
        self._database.ring()

    def write_back(self) -> None:
        """Bring what was noted to its place on the disk, which a note then need not wait for."""
        self._database.write_back()

    def forget(self, kind: str, key: str) -> None:
        """Drop the note of this key and those below it, whose keys begin with *key* and a colon."""
        own = (NOTE_ROWS.c.key == key) | NOTE_ROWS.c.key.startswith(f"{key}:", autoescape=True)
        with self._database.transaction() as connection:
            connection.execute(delete(NOTE_ROWS).where(NOTE_ROWS.c.kind == kind, own))

    def forget_before(self, kind: str, moment: datetime) -> int:
        """Drop the notes of this kind that are older than *moment* (aware); return how many."""
        old = delete(NOTE_ROWS).where(NOTE_ROWS.c.kind == kind, NOTE_ROWS.c.at < moment)
        with self._database.transaction() as connection:
            return connection.execute(old).rowcount
