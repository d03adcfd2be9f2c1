"""Inputs that once were read wrongly, with what should come of each (``tests/articles_in``)."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.extraction.readers import HANOI
from retrieval.article import Article
from retrieval.errors import ReadError
from retrieval.readers import read

FOLDER = Path(__file__).parents[2] / "tests" / "articles_in"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """An input, and what should come of it."""

    name: str
    file: Path  # a folder if it takes several files
    expected: Mapping[str, Any]


def cases() -> list[Case]:
    """Return the cases that readers can be tried on, by name."""
    found = []
    for path in sorted(FOLDER.glob("*.json")):
        said = json.loads(path.read_text(encoding="utf-8"))
        if said.get("file"):
            found.append(Case(name=said["name"], file=FOLDER / said["file"], expected=said["expected"]))
    return found


def faults(case: Case) -> list[str]:
    """Return what is wrong in what comes of *case*, a line each."""
    files = sorted(case.file.iterdir()) if case.file.is_dir() else [case.file]
    items = [item for file in files for item in read(file, source=case.file, language="vi", timezone=HANOI)]
    return list(_faults(items, case.expected))


def _faults(items: Sequence[Article | ReadError], expected: Mapping[str, Any]) -> Iterator[str]:
    articles = [item for item in items if isinstance(item, Article)]
    errors = [item for item in items if isinstance(item, ReadError)]
    if reason := expected.get("error"):
        if articles or reason not in str(errors[0].reason):
            yield f"taken in, or another reason: {[str(error.reason) for error in errors]}"
        return
    if "articles" in expected:
        if len({article.id for article in articles}) != expected["articles"] or errors:
            yield f"{len(articles)} articles with {len({a.id for a in articles})} ids, {len(errors)} errors"
        return
    if not articles:
        yield f"refused: {errors[0].reason}"
        return
    yield from _differences(articles[0], expected)


def _differences(article: Article, expected: Mapping[str, Any]) -> Iterator[str]:
    for name in ("title", "author", "section", "language"):
        if name in expected and (getattr(article, name) or None) != expected[name]:
            yield f"{name}: {getattr(article, name)!r}, should be {expected[name]!r}"
    if "date" in expected:
        day = str(article.published.astimezone(HANOI)) if article.published else ""
        if not day.startswith(expected["date"]):
            yield f"date: {day!r}, should be {expected['date']!r}"
    yield from (
        f"body misses {text!r}" for text in expected.get("body_contains", ()) if text not in article.body
    )
    yield from (f"body has {text!r}" for text in expected.get("body_lacks", ()) if text in article.body)
    for paragraph in expected.get("paragraphs", ()):
        if not article.body.startswith(paragraph.rstrip(" …")):
            yield f"body does not begin with {paragraph!r}"
