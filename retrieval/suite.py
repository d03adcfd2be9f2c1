"""Read a suite of labelled questions, as ``retrieval.evaluation`` describes it."""

import gzip
import json
import lzma
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from retrieval.article import Article
from retrieval.errors import SuiteError
from retrieval.text import clean


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A labelled question."""

    text: str
    answers: tuple[str, ...]  # any of them will do; may be empty
    relevant: frozenset[str]  # ids of articles that answer it
    unanswerable: bool


def read_questions(path: Path) -> Iterator[Question]:
    """Yield the questions of a file. Raises ``SuiteError``."""
    for row, values in _rows(path):
        unanswerable = bool(values.get("unanswerable"))
        yield Question(
            text=_text(path, row, values, "text"),
            answers=tuple(map(str, values.get("answers") or ())),
            relevant=frozenset(map(str, values.get("relevant") or ())),
            unanswerable=unanswerable,
        )


def read_corpus(path: Path, *, titles: bool = True) -> Iterator[Article]:
    """Yield the articles of a file; rows without text are passed over. Raises ``SuiteError``."""
    for row, values in _rows(path):
        body = clean(_text(path, row, values, "text"))
        title = clean(values.get("title") or "").replace("\n", " ") if titles else ""
        if body:
            yield Article(
                id=_text(path, row, values, "id"),
                title=title,
                body=body,
                url=values.get("url"),
                origin=f"{path}#{row}",
            )


def _text(path: Path, row: int, values: dict[str, Any], name: str) -> str:
    value = values.get(name)
    if not isinstance(value, str):
        raise SuiteError(path, row, f'"{name}" is missing or not a text')
    return value


def _rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    row = 0
    try:
        with _open(path) as lines:
            for row, line in enumerate(lines, start=1):
                if not line.strip():
                    continue
                values = json.loads(line)
                if not isinstance(values, dict):
                    raise SuiteError(path, row, "is not a JSON object")
                yield row, values
    except json.JSONDecodeError as error:
        raise SuiteError(path, row, f"is not JSON: {error.msg}") from error
    except (OSError, EOFError, UnicodeDecodeError, lzma.LZMAError) as error:
        raise SuiteError(path, row + 1, f"cannot be read: {error}") from error


def _open(path: Path) -> TextIO:
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8-sig")
    if path.suffix == ".xz":
        return lzma.open(path, "rt", encoding="utf-8-sig")
    return path.open(encoding="utf-8-sig")
