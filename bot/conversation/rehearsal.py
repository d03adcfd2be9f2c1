"""Rehearse conversations: play labelled dialogues as a private chat would go, and judge every turn.

A row is a JSON object a line: ``{"id", "collection", "now", "kind", "turns": [{"say", "want"}, …]}``.
``want`` is ``{"answer": [file names without ending], "holds": [texts]}``, ``{"none": true}``,
``{"talk": true}``, ``{"latest": [file names without ending]}`` or ``{"any": true}``, which is not judged.

If the bot asks which of two questions is meant, the person taps the one that gets what is wanted, if either
does, and the conversation goes on from there: a turn that needs the tap is right, too.
"""

import json
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from itertools import groupby
from pathlib import Path, PurePath
from typing import Any
from zoneinfo import ZoneInfo

from bot.conversation import replies
from bot.conversation.replies import Exchange, Recall, Shown
from bot.errors import DialogueError
from bot.language import Texts
from bot.links import Links
from bot.reply import Reply
from retrieval.answer import Hit
from retrieval.collection.collection import Collection
from retrieval.query.lexicon import Lexicon

Progress = Callable[[int, int], None]  # (rows played, rows in all)


class Miss(StrEnum):
    """The way in which a turn went wrong."""

    WRONG_ARTICLE = "wrong article"
    VALUE_NOT_SHOWN = "value not shown"  # the right article, without the wanted text in the excerpt
    REFUSED = "refused"
    ANSWERED_ABSENT = "answered what is not there"
    NOT_TALK = "not taken for talk"
    TALK = "taken for talk"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A labelled conversation."""

    id: str
    kind: str
    collection: str  # the folder below the articles; "": the articles themselves
    now: datetime  # aware
    turns: tuple[Mapping[str, Any], ...]  # {"say", "want"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The outcome of a turn that is judged."""

    row: Row
    number: int  # of the turn in its row, from 0
    failure: Miss | None
    shown: dict[str, Any]  # what was said, wanted and shown

    def as_record(self) -> dict[str, Any]:
        """Return the turn as an object of JSON."""
        return {"id": self.row.id, "kind": self.row.kind, "turn": self.number + 1, **self.shown}


@dataclass(slots=True, kw_only=True)
class Tally:
    """Turns and rows, and how many of them are right."""

    turns: int = 0
    right: int = 0
    rows: int = 0
    rows_right: int = 0
    failures: Counter[str] = field(default_factory=Counter)

    def as_record(self) -> dict[str, Any]:
        """Return the counts, without the failures, as an object of JSON."""
        return {
            "turns": self.turns,
            "right": self.right,
            "rows": self.rows,
            "rows_right": self.rows_right,
        }

    def count(self, outcomes: Sequence[Outcome]) -> None:
        """Count the judged turns of one row."""
        wrong = [outcome.failure for outcome in outcomes if outcome.failure]
        self.turns += len(outcomes)
        self.right += len(outcomes) - len(wrong)
        self.rows += 1
        self.rows_right += not wrong
        self.failures.update(wrong)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """The outcome of a rehearsal."""

    total: Tally
    by_kind: dict[str, Tally]
    failed: tuple[Outcome, ...]

    def as_record(self) -> dict[str, Any]:
        """Return the figures as an object of JSON."""
        by_kind = {
            kind: tally.as_record() | {"failures": dict(tally.failures)}
            for kind, tally in self.by_kind.items()
        }
        return self.total.as_record() | {"by_kind": by_kind}


def rehearse(
    articles: Path,
    dialogues: Path,
    *,
    texts: Texts,
    lexicon: Lexicon,
    synonyms: Path | None,
    everyday: Path | None,
    glossary: Path | None,
    timezone: ZoneInfo,
    progress: Progress | None = None,
) -> Rehearsal:
    """Play *dialogues* over the folder *articles*, read into a database that is thrown away.

    Raises ``DialogueError`` for a row that cannot be played, ``ReadError`` if a folder is missing.
    """
    rows = read_rows(dialogues)
    total, by_kind, failed = Tally(), dict[str, Tally](), list[Outcome]()
    played = 0
    for name, of_collection in groupby(
        sorted(rows, key=lambda row: row.collection), lambda row: row.collection
    ):
        stage = _Stage(
            texts=texts,
            lexicon=lexicon,
            synonyms=synonyms,
            everyday=everyday,
            glossary=glossary,
            timezone=timezone,
        )
        with stage.opened(articles / name) as collection:
            for row in of_collection:
                stage.now = row.now
                outcomes = list(_play(collection, texts, row))
                total.count(outcomes)
                by_kind.setdefault(row.kind, Tally()).count(outcomes)
                failed += [outcome for outcome in outcomes if outcome.failure]
                played += 1
                if progress:
                    progress(played, len(rows))
    return Rehearsal(total=total, by_kind=dict(sorted(by_kind.items())), failed=tuple(failed))


def read_rows(dialogues: Path) -> list[Row]:
    """Read the rows of a file of *dialogues*. Raises ``DialogueError`` that names the line."""
    try:
        lines = dialogues.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DialogueError(f"{dialogues} cannot be read: {error}") from error
    rows = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            rows.append(_row(json.loads(line)))
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            raise DialogueError(f"{dialogues}, line {number}, is no dialogue: {error!r}") from error
    return rows


def _row(record: dict[str, Any]) -> Row:
    row = Row(
        id=str(record["id"]),
        kind=str(record.get("kind", "all")),
        collection=str(record.get("collection", "")),
        now=datetime.fromisoformat(record["now"]),
        turns=tuple(record["turns"]),
    )
    if row.now.tzinfo is None:
        raise ValueError(f"now has no time zone: {record['now']}")
    if PurePath(row.collection).is_absolute() or ".." in PurePath(row.collection).parts:
        raise ValueError(f"collection leads out of the articles: {row.collection}")
    for turn in row.turns:
        if not isinstance(turn["say"], str) or turn["want"].keys().isdisjoint(_JUDGES.keys() | {"any"}):
            raise ValueError(f"a turn needs say and want: {turn}")
    return row


@dataclass(kw_only=True)
class _Stage:
    """The settings of a collection, and the time that it is there."""

    texts: Texts
    lexicon: Lexicon
    synonyms: Path | None
    everyday: Path | None
    glossary: Path | None
    timezone: ZoneInfo
    now: datetime = datetime.min

    @contextmanager
    def opened(self, folder: Path) -> Iterator[Collection]:
        with tempfile.TemporaryDirectory(prefix="hoibao-rehearsal-") as name:
            state = Path(name)
            collection = Collection.open(
                database_url=f"sqlite:///{state / 'rehearsal.db'}",
                index_dir=state / "index",
                articles_dir=folder,
                synonyms=self.synonyms,
                everyday=self.everyday,
                glossary=self.glossary,
                timezone=self.timezone,
                lexicon=self.lexicon,
                clock=lambda: self.now.astimezone(self.timezone),
            )
            with closing(collection):
                collection.reload()
                yield collection


def _play(collection: Collection, texts: Texts, row: Row) -> Iterator[Outcome]:
    previous: str | None = None
    shown: Shown | None = None
    for number, said in enumerate(row.turns):
        want = said["want"]
        judge = next((judge for name, judge in _JUDGES.items() if name in want), _judge_any)
        turn = _said(collection, texts, said["say"], previous, shown)
        tapped = [_said(collection, texts, question, None, None) for question in turn.readings]
        turn = next((other for other in tapped if judge(other, want) is None), (tapped or [turn])[0])
        previous = turn.understood_as if turn.understood_as is not None else previous
        shown = turn.shown or shown
        if judge is not _judge_any:
            failure = judge(turn, want)
            yield Outcome(row=row, number=number, failure=failure, shown=_shown(turn, said, failure))


def _said(
    collection: Collection, texts: Texts, message: str, previous: str | None, shown: Shown | None
) -> Exchange[Reply]:
    return replies.answer(
        collection,
        texts,
        message,
        Links(username=None),
        answer_id="rehearsal",
        previous=previous,
        recall=_recalling(shown),
    )


def _recalling(shown: Shown | None) -> Recall:
    return lambda: shown


def _judge_any(_turn: Exchange[Reply], _want: Mapping[str, Any]) -> None:
    """Find every turn right."""


def _judge_answer(turn: Exchange[Reply], want: Mapping[str, Any]) -> Miss | None:
    if turn.shown is None:
        return Miss.TALK
    hit = _hit(turn)
    if hit is None:
        return Miss.REFUSED
    if _stem(hit.article.origin) not in want["answer"]:
        return Miss.WRONG_ARTICLE
    holds = want.get("holds")
    return None if not holds or any(text in hit.quote for text in holds) else Miss.VALUE_NOT_SHOWN


def _judge_none(turn: Exchange[Reply], _want: Mapping[str, Any]) -> Miss | None:
    return Miss.ANSWERED_ABSENT if _hit(turn) else None


def _judge_talk(turn: Exchange[Reply], _want: Mapping[str, Any]) -> Miss | None:
    return Miss.NOT_TALK if turn.shown else None


def _judge_latest(turn: Exchange[Reply], want: Mapping[str, Any]) -> Miss | None:
    if turn.shown is None:
        return Miss.TALK
    hit = _hit(turn)
    if hit is None:
        return Miss.REFUSED
    return None if _stem(hit.article.origin) in want["latest"] else Miss.WRONG_ARTICLE


def _hit(turn: Exchange[Reply]) -> Hit | None:
    """Return the hit that the reply shows; None without any, or if it only names related articles."""
    shown = turn.shown
    if shown is None or not shown.answer.hits:
        return None
    # An earlier answer is shown on request: then even a related article is what was asked for.
    is_answer = shown.answer.answered or turn.answer is None
    return shown.answer.hits[shown.at.rank - 1] if is_answer else None


_JUDGES: dict[str, Callable[[Exchange[Reply], Mapping[str, Any]], Miss | None]] = {
    "answer": _judge_answer,
    "none": _judge_none,
    "talk": _judge_talk,
    "latest": _judge_latest,
}


def _stem(origin: str) -> str:
    return PurePath(origin).stem


def _shown(turn: Exchange[Reply], said: Mapping[str, Any], failure: Miss | None) -> dict[str, Any]:
    answer = turn.shown.answer if turn.shown else None
    hits = answer.hits[turn.shown.at.rank - 1 :] if answer and turn.shown else ()
    return {
        "say": said["say"],
        "want": said["want"],
        "failure": failure,
        "understood_as": answer.understood_as if answer else None,
        "answered": _hit(turn) is not None,
        "confidence": round(answer.confidence, 3) if answer else None,
        "articles": [_stem(hit.article.origin) for hit in hits[:3]],
        "excerpt": hits[0].quote if hits else None,
        "reply": turn.reply.text,
    }
