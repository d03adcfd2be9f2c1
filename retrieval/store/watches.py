"""Watches: the questions that somebody follows, and the new articles that were found for them.

It knows followers and people by keys that whoever stands in front of the collection gives them.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum, auto
from typing import Any

from sqlalchemy import Connection, Update, bindparam, delete, insert, null, select, update

from retrieval.store.database import Database
from retrieval.store.tables import FINDING_ROWS, WATCH_ROWS


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """A question that is followed."""

    id: int
    follower: str  # who is told; a key
    person: str  # who began it; a key
    question: str
    language: str  # in which the follower is told
    checked: int  # the generation up to which its articles were looked at


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """An article that answers a followed question. A watch finds an article once, ever."""

    watch: Watch
    article_id: str


class Followed(Enum):
    """The outcome of the wish to follow a question."""

    NEW = auto()
    KNOWN = auto()  # the follower does so already
    FULL = auto()  # the follower has as many as are allowed


class _TakenError(Exception):
    """Ends a transaction without a change."""


_WATCH = (
    WATCH_ROWS.c.id,
    WATCH_ROWS.c.follower,
    WATCH_ROWS.c.person,
    WATCH_ROWS.c.question,
    WATCH_ROWS.c.language,
    WATCH_ROWS.c.checked,
)


class Watches:
    """The watches. Threads and processes may share it; every method raises ``StoreError``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def follow(
        self, *, follower: str, person: str, question: str, language: str, checked: int, limit: int
    ) -> Followed:
        """Let *follower* be told of articles that are added after generation *checked*.

        *person* is who began it. At most *limit* questions a follower.
        """
        with self._database.transaction(exclusive=True) as connection:
            wanted = select(WATCH_ROWS.c.question).where(WATCH_ROWS.c.follower == follower)
            questions = connection.execute(wanted).scalars().all()
            if question in questions:
                return Followed.KNOWN
            if len(questions) >= limit:
                return Followed.FULL
            values = {"follower": follower, "person": person, "question": question, "language": language}
            now = datetime.now(UTC)
            connection.execute(insert(WATCH_ROWS).values(**values, since=now, checked=checked))
        return Followed.NEW

    def of(self, follower: str) -> list[Watch]:
        """Return what *follower* follows, in the order they began."""
        return self._found(WATCH_ROWS.c.follower == follower)

    def find(self, id_: int) -> Watch | None:
        """Return a watch; None if it has ended."""
        return next(iter(self._found(WATCH_ROWS.c.id == id_)), None)

    def behind(self, generation: int) -> list[Watch]:
        """Return the watches that are yet to look at articles up to *generation*; not paused ones."""
        return self._found(WATCH_ROWS.c.checked < generation, WATCH_ROWS.c.paused.is_(None))

    def end(self, id_: int) -> None:
        """End a watch, with all that it found."""
        with self._database.transaction(exclusive=True) as connection:
            connection.execute(delete(WATCH_ROWS).where(WATCH_ROWS.c.id == id_))

    def forget(self, person: str) -> None:
        """End all that *person* began, for whomever."""
        with self._database.transaction(exclusive=True) as connection:
            connection.execute(delete(WATCH_ROWS).where(WATCH_ROWS.c.person == person))

    def note(self, found: Mapping[int, Iterable[str]], generation: int) -> None:
        """Note that these watches have looked at all articles up to *generation*, and found these ids.

        All in one transaction. What a watch found before it has not found anew; one that has ended is
        left out.
        """
        with self._database.transaction(exclusive=True) as connection:
            alive = connection.execute(select(WATCH_ROWS.c.id)).scalars().all()
            for watch in set(alive) & set(found):
                _add_findings(connection, watch, found[watch])
                moved = update(WATCH_ROWS).where(WATCH_ROWS.c.id == watch, WATCH_ROWS.c.checked < generation)
                connection.execute(moved.values(checked=generation))

    def pending(self) -> dict[str, list[Finding]]:
        """Return what followers are yet to be told, the earliest found first; paused ones are left out."""
        wanted = (
            select(FINDING_ROWS.c.article_id, *_WATCH)
            .join_from(FINDING_ROWS, WATCH_ROWS)
            .where(FINDING_ROWS.c.sent.is_(None), WATCH_ROWS.c.paused.is_(None))
            .order_by(FINDING_ROWS.c.found, FINDING_ROWS.c.watch_id, FINDING_ROWS.c.article_id)
        )
        found: dict[str, list[Finding]] = {}
        with self._database.transaction() as connection:
            for row in connection.execute(wanted):
                finding = Finding(watch=_watch(row), article_id=row.article_id)
                found.setdefault(row.follower, []).append(finding)
        return found

    def claim(self, findings: Collection[Finding]) -> bool:
        """Mark *findings* as told; False, and nothing is marked, if one of them is already or is gone."""
        now = datetime.now(UTC)
        try:
            with self._database.transaction() as connection:
                for finding in findings:
                    unsent = _row(finding).where(FINDING_ROWS.c.sent.is_(None))
                    if not connection.execute(unsent.values(sent=now)).rowcount:
                        raise _TakenError
        except _TakenError:
            return False
        return True

    def release(self, findings: Iterable[Finding]) -> None:
        """Take the marks back: nobody was told."""
        with self._database.transaction() as connection:
            for finding in findings:
                connection.execute(_row(finding).values(sent=null()))

    def pause(self, follower: str) -> None:
        """Leave *follower* alone until ``resume``."""
        paused = update(WATCH_ROWS).where(WATCH_ROWS.c.follower == follower)
        with self._database.transaction() as connection:
            connection.execute(paused.values(paused=datetime.now(UTC)))

    def resume(self, followers: Collection[str]) -> None:
        """Go on telling *followers*, also of what was added meanwhile."""
        resumed = update(WATCH_ROWS).where(WATCH_ROWS.c.follower == bindparam("key")).values(paused=null())
        with self._database.transaction() as connection:
            for follower in followers:
                connection.execute(resumed, {"key": follower})

    def paused(self) -> set[str]:
        """Return the followers that are left alone."""
        wanted = select(WATCH_ROWS.c.follower).where(WATCH_ROWS.c.paused.is_not(None))
        with self._database.transaction() as connection:
            return set(connection.execute(wanted).scalars())

    def move(self, follower: str, to: str) -> None:
        """Let *to* follow what *follower* does, in its place."""
        own, questions = WATCH_ROWS.c.follower == follower, select(WATCH_ROWS.c.question)
        with self._database.transaction(exclusive=True) as connection:
            known = connection.execute(questions.where(WATCH_ROWS.c.follower == to)).scalars().all()
            connection.execute(delete(WATCH_ROWS).where(own, WATCH_ROWS.c.question.in_(known)))
            connection.execute(update(WATCH_ROWS).where(own).values(follower=to))

    def _found(self, *conditions: Any) -> list[Watch]:
        wanted = select(*_WATCH).where(*conditions).order_by(WATCH_ROWS.c.id)
        with self._database.transaction() as connection:
            return [_watch(row) for row in connection.execute(wanted)]


def _watch(row: Any) -> Watch:
    return Watch(**{column.key: getattr(row, column.key) for column in _WATCH})


def _row(finding: Finding) -> Update:
    watch, article = finding.watch.id, finding.article_id
    return update(FINDING_ROWS).where(FINDING_ROWS.c.watch_id == watch, FINDING_ROWS.c.article_id == article)


def _add_findings(connection: Connection, watch: int, article_ids: Iterable[str]) -> None:
    known = connection.execute(
        select(FINDING_ROWS.c.article_id).where(FINDING_ROWS.c.watch_id == watch)
    ).scalars()
    new = set(article_ids).difference(known)
    if new:
        values = {"watch_id": watch, "found": datetime.now(UTC), "sent": None}
        connection.execute(insert(FINDING_ROWS), [values | {"article_id": id_} for id_ in sorted(new)])
