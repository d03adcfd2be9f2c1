"""The journal: which questions were asked, what they were answered with, and what people thought of it.

It knows people and places by keys that whoever stands in front of the collection gives them.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from typing import Any, Literal, Self, get_args

from sqlalchemy import Connection, Row, delete, insert, select

from retrieval.answer import Answer, Excerpt, Hit, Passage
from retrieval.article import Article
from retrieval.restriction import Restriction
from retrieval.store import hot
from retrieval.store.database import ConflictError, Database
from retrieval.store.tables import QUESTION_ROWS, RATING_ROWS

Verdict = Literal["good", "bad", "missing"]  # of a hit; missing: no article says what was asked
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)


@dataclass(frozen=True, slots=True, kw_only=True)
class NotedHit:
    """A hit without its article: enough to show it again while the article is as it was."""

    article_id: str
    content_hash: str  # of the article when it was shown
    score: float
    ordinal: int  # of the passage
    passage: tuple[int, int]
    excerpt: tuple[int, int]
    highlights: tuple[tuple[int, int], ...]
    similar: tuple[str, ...]  # article ids

    @classmethod
    def of(cls, hit: Hit) -> Self:
        """Return what is noted of *hit*."""
        return cls(
            article_id=hit.article.id,
            content_hash=hit.article.content_hash,
            score=hit.score,
            ordinal=hit.passage.ordinal,
            passage=(hit.passage.start, hit.passage.end),
            excerpt=(hit.excerpt.start, hit.excerpt.end),
            highlights=hit.excerpt.highlights,
            similar=tuple(article.id for article in hit.similar),
        )

    @property
    def record(self) -> dict[str, Any]:
        """The hit as an object of JSON; nothing in it is copied."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Self:
        """Return the hit of a ``record``, after JSON."""
        spans = {name: tuple(record[name]) for name in ("passage", "excerpt", "similar")}
        highlights = tuple((start, end) for start, end in record["highlights"])
        return cls(**{**record, **spans, "highlights": highlights})

    def again(self, article: Article, similar: tuple[Article, ...]) -> Hit:
        """Return the hit with its *article*, which is as it was, and of *similar* ones those still there."""
        start, end = self.passage
        return Hit(
            passage=Passage(article_id=self.article_id, ordinal=self.ordinal, start=start, end=end),
            article=article,
            score=self.score,
            matched=(),
            excerpt=Excerpt(start=self.excerpt[0], end=self.excerpt[1], highlights=self.highlights),
            similar=similar,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class NotedAnswer:
    """A question that was asked, and what it was answered with."""

    id: str  # at most 16 characters
    asker: str  # who asked; a key
    chat: str  # where it was asked; a key
    at: datetime  # aware
    seconds: float  # that the answer took
    question: str
    understood_as: str
    answered: bool
    confidence: float
    suggestion: str | None
    hits: tuple[NotedHit, ...]
    restriction: Restriction | None = None
    unmet: tuple[str, ...] = ()
    wider: str | None = None

    @classmethod
    def of(cls, answer: Answer, *, id: str, asker: str, chat: str, at: datetime, seconds: float) -> Self:  # noqa: A002
        """Return what is noted of *answer*."""
        return cls(
            id=id,
            asker=asker,
            chat=chat,
            at=at,
            seconds=seconds,
            question=answer.question,
            understood_as=answer.understood_as,
            answered=answer.answered,
            confidence=answer.confidence,
            suggestion=answer.suggestion,
            hits=tuple(map(NotedHit.of, answer.hits)),
            restriction=answer.restriction,
            unmet=answer.unmet,
            wider=answer.wider,
        )

    def shows(self, article_id: str, rank: int) -> bool:
        """Tell whether the hit of this *rank*, from 1, is of the article."""
        return any(hit.article_id == article_id for hit in self.hits[rank - 1 : rank])

    def with_hits(self, hits: tuple[Hit, ...]) -> Answer:
        """Return the answer again, with those *hits*."""
        return Answer(
            question=self.question,
            understood_as=self.understood_as,
            answered=self.answered,
            confidence=self.confidence,
            suggestion=self.suggestion,
            hits=hits,
            restriction=self.restriction,
            unmet=self.unmet,
            wider=self.wider,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """One person's opinion of an answer."""

    verdict: Verdict
    rank: int  # of the hit that was shown, from 1


_QUESTIONS = select(QUESTION_ROWS)
_FORGET = "DELETE FROM questions WHERE id = :id"
_NOTE = (
    "INSERT INTO questions (id, asker, place, asked, question, answered, seconds, answer) "
    "VALUES (:id, :asker, :place, :asked, :question, :answered, :seconds, :answer)"
)
_BATCH = 200  # questions in memory at a time


class Journal:
    """Questions in the database. Threads and processes may share it; every method raises ``StoreError``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(self, asked: Iterable[NotedAnswer]) -> None:
        """Note questions; one whose id is there already replaces the older one, with its ratings."""
        with self._database.transaction(exclusive=True) as connection:
            self.add(asked, connection)

    def add(self, asked: Iterable[NotedAnswer], connection: Connection) -> None:
        """Do what ``note`` does in the transaction of *connection*, which is exclusive."""
        rows = {answer.id: _row(answer) for answer in asked}
        hot.run_each(connection, _FORGET, [{"id": id_} for id_ in rows])
        hot.run_each(connection, _NOTE, list(rows.values()))

    def find(self, id_: str) -> NotedAnswer | None:
        """Return the question with this id; None if it is not kept any more."""
        with self._database.transaction() as connection:
            row = connection.execute(_QUESTIONS.where(QUESTION_ROWS.c.id == id_)).one_or_none()
        return None if row is None else _noted(row)

    def all(self, since: datetime | None = None) -> Iterator[NotedAnswer]:
        """Yield the questions, oldest first; *since* (aware): those from that moment on."""
        wanted = _QUESTIONS.order_by(QUESTION_ROWS.c.asked)
        if since is not None:
            wanted = wanted.where(QUESTION_ROWS.c.asked >= since)
        with (
            self._database.transaction() as connection,
            # PostgreSQL's cursor is closed also if nobody reads to the end.
            closing(connection.execute(wanted.execution_options(yield_per=_BATCH))) as rows,
        ):
            yield from map(_noted, rows)

    def rate(self, id_: str, person: str, rating: Rating | None) -> bool:
        """Note what *person* thinks of an answer, in the place of what they thought before; None: nothing.

        False if the question is not kept any more.
        """
        try:
            with self._database.transaction(exclusive=True) as connection:
                own = (RATING_ROWS.c.question_id == id_, RATING_ROWS.c.person == person)
                connection.execute(delete(RATING_ROWS).where(*own))
                if rating is not None:
                    values = {"question_id": id_, "person": person, "at": datetime.now(UTC), **asdict(rating)}
                    connection.execute(insert(RATING_ROWS).values(values))
        except ConflictError:
            return False
        return True

    def ratings(self, id_: str) -> dict[str, Rating]:
        """Return what people think of an answer, by person."""
        wanted = select(RATING_ROWS.c.person, RATING_ROWS.c.verdict, RATING_ROWS.c.rank)
        with self._database.transaction() as connection:
            rows = connection.execute(wanted.where(RATING_ROWS.c.question_id == id_)).all()
        return {row.person: Rating(verdict=row.verdict, rank=row.rank) for row in rows}

    def tallies(self) -> dict[str, Counter[Rating]]:
        """Return how many gave which rating, by question."""
        wanted = select(RATING_ROWS.c.question_id, RATING_ROWS.c.verdict, RATING_ROWS.c.rank)
        found: dict[str, Counter[Rating]] = {}
        with self._database.transaction() as connection:
            for row in connection.execute(wanted):
                found.setdefault(row.question_id, Counter())[Rating(verdict=row.verdict, rank=row.rank)] += 1
        return found

    def forget(self, person: str, chat: str) -> None:
        """Drop what *person* asked and rated, anywhere, and everything asked in *chat*."""
        with self._database.transaction(exclusive=True) as connection:
            connection.execute(delete(RATING_ROWS).where(RATING_ROWS.c.person == person))
            own = (QUESTION_ROWS.c.asker == person) | (QUESTION_ROWS.c.place == chat)
            connection.execute(delete(QUESTION_ROWS).where(own))

    def forget_before(self, moment: datetime) -> int:
        """Drop the questions that were asked before *moment* (aware); return how many."""
        old = delete(QUESTION_ROWS).where(QUESTION_ROWS.c.asked < moment)
        with self._database.transaction() as connection:
            return connection.execute(old).rowcount


def _row(asked: NotedAnswer) -> dict[str, Any]:
    details = {
        "understood_as": asked.understood_as,
        "confidence": asked.confidence,
        "suggestion": asked.suggestion,
        "hits": [hit.record for hit in asked.hits],
        "restriction": asked.restriction and asked.restriction.record,
        "unmet": asked.unmet,
        "wider": asked.wider,
    }
    return {
        "id": asked.id,
        "asker": asked.asker,
        "place": asked.chat,
        "asked": asked.at,
        "question": asked.question,
        "answered": asked.answered,
        "seconds": asked.seconds,
        "answer": json.dumps(details, ensure_ascii=False),
    }


def _noted(row: Row[Any]) -> NotedAnswer:
    details = json.loads(row.answer)
    return NotedAnswer(
        id=row.id,
        asker=row.asker,
        chat=row.place,
        at=row.asked,
        question=row.question,
        answered=row.answered,
        seconds=row.seconds,
        understood_as=details["understood_as"],
        confidence=details["confidence"],
        suggestion=details["suggestion"],
        hits=tuple(map(NotedHit.from_record, details["hits"])),
        restriction=_restriction(details.get("restriction")),
        unmet=tuple(details.get("unmet", ())),
        wider=details.get("wider"),
    )


def _restriction(record: Mapping[str, Any] | None) -> Restriction | None:
    return Restriction.from_record(record) if record else None
