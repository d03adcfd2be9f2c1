"""The tables of the database; ``retrieval.store.migrations`` makes them."""

from datetime import UTC, datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Dialect,
    Double,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)
from sqlalchemy.types import TypeDecorator

from retrieval.text.canonical import encodable


class Written(TypeDecorator[datetime]):
    """An aware moment as it was written, offset included, kept as ISO 8601 text.

    Databases keep the instant and drop the offset; but "06:21 +07:00" is what a reader sees, and it
    is part of ``Article.content_hash``. Never compare or sort by it in SQL.
    """

    impl = String(48)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> str | None:
        """Return what the database keeps."""
        return value.isoformat() if value else None

    def process_result_value(self, value: str | None, _dialect: Dialect) -> datetime | None:
        """Return what was put in."""
        return datetime.fromisoformat(value) if value else None


class Starts(TypeDecorator[tuple[int, ...]]):
    """Offsets, kept as text with a space between them: no SQL looks at one."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[int, ...] | None, _dialect: Dialect) -> str:
        """Return what the database keeps."""
        return " ".join(map(str, value or ()))

    def process_result_value(self, value: str | None, _dialect: Dialect) -> tuple[int, ...]:
        """Return what was put in."""
        return tuple(map(int, (value or "").split()))


class Instant(TypeDecorator[datetime]):
    """An aware moment, kept and given back in UTC, so that SQL can compare it on any database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Return what the database keeps."""
        if value is not None and value.tzinfo is None:
            raise ValueError(f"the moment {value} has no time zone")
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Return what was put in, in UTC."""
        if value is None:
            return None
        # SQLite gives it back without a zone, PostgreSQL in the session's.
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


class Typed(TypeDecorator[str]):
    """Text from outside, without what PostgreSQL cannot keep: the character NUL and halves of characters."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, _dialect: Dialect) -> str | None:
        """Return what the database keeps."""
        return encodable(value).replace("\0", "") if value else value


# Constraints get names, so that migrations can speak of them.
METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
    }
)

# An article, and the source that it came from.
ARTICLE_ROWS = Table(
    "articles",
    METADATA,
    # The order of the index. It is the order of arrival and an update keeps it; ordering by id instead
    # would depend on the database's collation.
    Column("number", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("url", Text),
    Column("published", Written),
    Column("author", Text),
    Column("section", Text),
    Column("language", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("pages", Starts, nullable=False, server_default=""),
    Column("is_scan", Boolean, nullable=False, server_default=false()),
    Column("content_hash", String(64), nullable=False),
    Column("text_key", String(16), nullable=False, server_default=""),  # of retrieval.collection.copies
    Column("near_key", String(96), nullable=False, server_default=""),
    Column("source", Text, nullable=False),  # see retrieval.collection.comparison.Scope
    # The first generation that held it; 0: unknown.
    Column("added_in", BigInteger, nullable=False, index=True),
    Column("withheld", Instant),  # since when an admin keeps it out of the index
)

# The state of the collection: one row.
STATE_ROWS = Table(
    "state",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),  # always 1
    Column("generation", BigInteger, nullable=False),  # see retrieval.store.articles.State
    Column("reloaded", Instant),
)

# Notes of ``retrieval.store.notes.Memory``.
NOTE_ROWS = Table(
    "notes",
    METADATA,
    Column("kind", Typed, primary_key=True),
    Column("key", Typed, primary_key=True),
    Column("value", Typed, nullable=False),
    Column("at", Instant, nullable=False, index=True),
)

# Questions that were asked, of ``retrieval.journal.journal.Journal``.
QUESTION_ROWS = Table(
    "questions",
    METADATA,
    Column("id", String(16), primary_key=True),
    Column("asker", Typed, nullable=False, index=True),
    Column("place", Typed, nullable=False, index=True),
    Column("asked", Instant, nullable=False, index=True),
    Column("question", Typed, nullable=False),
    Column("answered", Boolean, nullable=False),
    Column("seconds", Double, nullable=False),
    Column("answer", Typed, nullable=False),  # JSON, see retrieval.journal.journal
)

# One person's opinion of one answer.
RATING_ROWS = Table(
    "ratings",
    METADATA,
    Column("question_id", String(16), ForeignKey(QUESTION_ROWS.c.id, ondelete="CASCADE"), primary_key=True),
    Column("person", String(64), primary_key=True, index=True),
    Column("verdict", String(8), nullable=False),  # see retrieval.journal.journal.Verdict
    Column("rank", Integer, nullable=False),  # of the hit that was shown, from 1
    Column("at", Instant, nullable=False),
)

# Questions that somebody follows, of ``retrieval.store.watches.Watches``.
WATCH_ROWS = Table(
    "watches",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("follower", Text, nullable=False),
    Column("person", Text, nullable=False, index=True),  # who began it
    Column("question", Typed, nullable=False),
    Column("language", Text, nullable=False),
    Column("since", Instant, nullable=False),
    # The generation up to which its articles were looked at.
    Column("checked", BigInteger, nullable=False),
    Column("paused", Instant),  # since when the follower cannot be reached
    UniqueConstraint("follower", "question"),
    sqlite_autoincrement=True,  # an id is not given twice, on SQLite neither: buttons carry it
)

# Articles that a followed question has found.
FINDING_ROWS = Table(
    "findings",
    METADATA,
    Column("watch_id", ForeignKey(WATCH_ROWS.c.id, ondelete="CASCADE"), primary_key=True),
    Column("article_id", Text, primary_key=True),
    Column("found", Instant, nullable=False),
    Column("sent", Instant, index=True),
)

# Addresses that are followed on the web, of ``retrieval.store.pages.Pages``.
PAGE_ROWS = Table(
    "pages",
    METADATA,
    Column("address", Text, primary_key=True),
    Column("source", Text, nullable=False, index=True),
    Column("state", String(8), nullable=False),
    Column("next", Instant, nullable=False, index=True),
    Column("has_article", Boolean, nullable=False),
    Column("hops", Integer, nullable=False),
    Column("etag", Text, nullable=False),
    Column("modified", Text, nullable=False),
    Column("listed", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("reason", Text, nullable=False),  # JSON, see retrieval.store.pages
    Column("pause", Integer, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("tried", Instant),
    Column("succeeded", Instant),
    # JSON, see retrieval.readers.fields.correction.
    Column("correction", Text, nullable=False, server_default=""),
)
