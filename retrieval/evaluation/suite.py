"""Read a suite of labelled questions, as ``retrieval.evaluation.measure`` describes it."""

import gzip
import json
import lzma
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import Any, TextIO

from retrieval.article import Article
from retrieval.errors import SuiteError
from retrieval.readers.fields import dates
from retrieval.text.canonical import clean, encodable, one_line


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A labelled question."""

    text: str
    answers: tuple[str, ...]  # any of them will do; may be empty
    relevant: frozenset[str]  # ids of articles that answer it
    unanswerable: bool


def read_questions(path: Path) -> Iterator[Question]:
    """Yield the questions of a file. Raises ``SuiteError``."""
    for row in _rows(path):
        yield Question(
            text=row.text("text"),
            answers=row.texts("answers"),
            relevant=frozenset(row.texts("relevant")),
            unanswerable=bool(row.values.get("unanswerable")),
        )


def read_corpus(path: Path, *, titles: bool = True) -> Iterator[Article]:
    """Yield the articles of a file; rows without text are passed over. Raises ``SuiteError``."""
    for row in _rows(path):
        body = clean(row.text("text"))
        title = one_line(row.text("title", optional=True))
        if body:
            yield Article(
                id=row.text("id"),
                title=title if titles else "",
                body=body,
                url=row.text("url", optional=True) or None,
                published=dates.parse(row.text("date", optional=True), UTC),
                origin=f"{path}#{row.number}",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """One object of a file; what is asked of it is there and of its kind, or a ``SuiteError`` is raised."""

    path: Path
    number: int  # from 1
    values: dict[str, Any]
    has_escapes: bool  # only these can write half a character

    def text(self, name: str, *, optional: bool = False) -> str:
        value = self.values.get(name)
        if value is None and optional:
            return ""
        if not _is_text(value):
            raise SuiteError(self.path, self.number, f'"{name}" is missing or not a text')
        return encodable(str(value)) if self.has_escapes else str(value)

    def texts(self, name: str) -> tuple[str, ...]:
        value = self.values.get(name)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(map(_is_text, value)):
            raise SuiteError(self.path, self.number, f'"{name}" is not a list of texts')
        return tuple(encodable(str(part)) for part in value)


def _is_text(value: object) -> bool:
    """Tell whether *value* is a text, or a number that stands for one, as ids do."""
    return isinstance(value, str | int | float) and not isinstance(value, bool)


def _rows(path: Path) -> Iterator[_Row]:
    number = 0
    try:
        with _open(path) as lines:
            for number, line in enumerate(lines, start=1):
                if not line.strip():
                    continue
                values = json.loads(line)
                if not isinstance(values, dict):
                    raise SuiteError(path, number, "is not a JSON object")
                yield _Row(path=path, number=number, values=values, has_escapes="\\u" in line)
    except UnicodeDecodeError as error:
        raise SuiteError(path, number + 1, "is not UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise SuiteError(path, number, f"is not JSON: {getattr(error, 'msg', error)}") from error
    except (OSError, EOFError, lzma.LZMAError, zlib.error) as error:
        raise SuiteError(path, number + 1, f"cannot be read: {error}") from error


def _open(path: Path) -> TextIO:
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8-sig")
    if path.suffix == ".xz":
        return lzma.open(path, "rt", encoding="utf-8-sig")
    return path.open(encoding="utf-8-sig")
