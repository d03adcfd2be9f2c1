"""Rehearse conversations: play labelled ``dialogues`` as a private chat would go, and judge every turn.

If the bot asks which of two questions is meant, the person taps the one that gets what is wanted, if either
does, and the conversation goes on from there: a turn that needs the tap is right, too.
"""

import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.conversation import replies
from bot.conversation.dialogues import Row, read_rows
from bot.conversation.judging import Miss, judge_any, judge_of, told
from bot.conversation.replies import Exchange, Recall, Shown
from bot.language import Texts
from bot.links import Links
from bot.reply import Reply
from retrieval.collection.collection import Collection
from retrieval.query.lexicon import Lexicon

Progress = Callable[[int, int], None]  # (rows played, rows in all)


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
        judge = judge_of(want)
        turn = _said(collection, texts, said["say"], previous, shown)
        tapped = [_said(collection, texts, question, None, None) for question in turn.readings]
        turn = next((other for other in tapped if judge(other, want) is None), (tapped or [turn])[0])
        previous = turn.understood_as if turn.understood_as is not None else previous
        shown = turn.shown or shown
        if judge is not judge_any:
            failure = judge(turn, want)
            yield Outcome(row=row, number=number, failure=failure, shown=told(turn, said, failure))


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
    return lambda _: shown
