"""The tables of the database, as SQLAlchemy models; ``retrieval.store.migrations`` makes them."""

from datetime import UTC, datetime

from sqlalchemy import (
    BigInteger,
    DateTime,
    Dialect,
    Double,
    ForeignKey,
    MetaData,
    String,
    Text,
    UniqueConstraint,
    false,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
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


class Base(DeclarativeBase):
    """The models' registry. Constraints get names, so that migrations can speak of them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_name)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
        }
    )


class ArticleRow(Base):
    """An article, and the source that it came from."""

    __tablename__ = "articles"

    # The order of the index. It is the order of arrival and an update keeps it; ordering by id instead
    # would depend on the database's collation.
    number: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(Text, unique=True)
    title: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)
    url: Mapped[str | None] = mapped_column(Text)
    published: Mapped[datetime | None] = mapped_column(Written)
    author: Mapped[str | None] = mapped_column(Text)
    section: Mapped[str | None] = mapped_column(Text)
    language: Mapped[str] = mapped_column(Text)
    origin: Mapped[str] = mapped_column(Text)
    pages: Mapped[tuple[int, ...]] = mapped_column(Starts, server_default="")
    is_scan: Mapped[bool] = mapped_column(server_default=false())
    content_hash: Mapped[str] = mapped_column(String(64))
    text_key: Mapped[str] = mapped_column(String(16), server_default="")  # see collection.intake.copies
    source: Mapped[str] = mapped_column(Text)  # see collection.intake.comparison.Scope
    added_in: Mapped[int] = mapped_column(
        BigInteger, index=True
    )  # the first generation that held it; 0: unknown
    withheld: Mapped[datetime | None] = mapped_column(
        Instant
    )  # since when an admin keeps it out of the index


class StateRow(Base):
    """The state of the collection: one row."""

    __tablename__ = "state"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # always 1
    generation: Mapped[int] = mapped_column(BigInteger)  # see retrieval.store.articles.State
    reloaded: Mapped[datetime | None] = mapped_column(Instant)


class NoteRow(Base):
    """A note of ``retrieval.store.notes.Memory``."""

    __tablename__ = "notes"

    kind: Mapped[str] = mapped_column(Typed, primary_key=True)
    key: Mapped[str] = mapped_column(Typed, primary_key=True)
    value: Mapped[str] = mapped_column(Typed)
    at: Mapped[datetime] = mapped_column(Instant, index=True)


class QuestionRow(Base):
    """A question that was asked, of ``retrieval.journal.journal.Journal``."""

    __tablename__ = "questions"

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    asker: Mapped[str] = mapped_column(Typed, index=True)
    place: Mapped[str] = mapped_column(Typed, index=True)
    asked: Mapped[datetime] = mapped_column(Instant, index=True)
    question: Mapped[str] = mapped_column(Typed)
    answered: Mapped[bool]
    seconds: Mapped[float] = mapped_column(Double)
    answer: Mapped[str] = mapped_column(Typed)  # JSON, see retrieval.journal.journal


class RatingRow(Base):
    """One person's opinion of one answer."""

    __tablename__ = "ratings"

    question_id: Mapped[str] = mapped_column(
        String(16), ForeignKey(QuestionRow.id, ondelete="CASCADE"), primary_key=True
    )
    person: Mapped[str] = mapped_column(String(64), primary_key=True, index=True)
    verdict: Mapped[str] = mapped_column(String(8))  # see retrieval.journal.journal.Verdict
    rank: Mapped[int]  # of the hit that was shown, from 1
    at: Mapped[datetime] = mapped_column(Instant)


class WatchRow(Base):
    """A question that somebody follows, of ``retrieval.store.watches.Watches``."""

    __tablename__ = "watches"
    # An id is not given twice, on SQLite neither: buttons carry it.
    __table_args__ = (UniqueConstraint("follower", "question"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    follower: Mapped[str] = mapped_column(Text)
    person: Mapped[str] = mapped_column(Text, index=True)  # who began it
    question: Mapped[str] = mapped_column(Typed)
    language: Mapped[str] = mapped_column(Text)
    since: Mapped[datetime] = mapped_column(Instant)
    checked: Mapped[int] = mapped_column(BigInteger)  # the generation up to which its articles were looked at
    paused: Mapped[datetime | None] = mapped_column(Instant)  # since when the follower cannot be reached


class FindingRow(Base):
    """An article that a followed question has found."""

    __tablename__ = "findings"

    watch_id: Mapped[int] = mapped_column(ForeignKey(WatchRow.id, ondelete="CASCADE"), primary_key=True)
    article_id: Mapped[str] = mapped_column(Text, primary_key=True)
    found: Mapped[datetime] = mapped_column(Instant)
    sent: Mapped[datetime | None] = mapped_column(Instant, index=True)


class PageRow(Base):
    """An address that is followed on the web, of ``retrieval.store.pages.Pages``."""

    __tablename__ = "pages"

    address: Mapped[str] = mapped_column(Text, primary_key=True)
    source: Mapped[str] = mapped_column(Text, index=True)
    state: Mapped[str] = mapped_column(String(8))
    next: Mapped[datetime] = mapped_column(Instant, index=True)
    has_article: Mapped[bool]
    hops: Mapped[int]
    etag: Mapped[str] = mapped_column(Text)
    modified: Mapped[str] = mapped_column(Text)
    listed: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))
    reason: Mapped[str] = mapped_column(Text)  # JSON, see retrieval.store.pages
    pause: Mapped[int]
    failures: Mapped[int]
    tried: Mapped[datetime | None] = mapped_column(Instant)
    succeeded: Mapped[datetime | None] = mapped_column(Instant)
    correction: Mapped[str] = mapped_column(Text, server_default="")  # JSON, see retrieval.readers.correction
