"""Dialogues: labelled conversations, a row a line of JSON.

A row is ``{"id", "collection", "now", "kind", "turns": [{"say", "want"}, …]}``. ``want`` is
``{"answer": [file names without ending], "holds": [texts]}``, ``{"none": true}``, ``{"talk": true}``,
``{"latest": [file names without ending]}`` or ``{"any": true}``, which is not judged.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePath
from typing import Any

from bot.conversation.judging import WANTS
from bot.errors import DialogueError


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A labelled conversation."""

    id: str
    kind: str
    collection: str  # the folder below the articles; "": the articles themselves
    now: datetime  # aware
    turns: tuple[Mapping[str, Any], ...]  # {"say", "want"}


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
        if not isinstance(turn["say"], str) or turn["want"].keys().isdisjoint(WANTS):
            raise ValueError(f"a turn needs say and want: {turn}")
    return row
