"""JSON files: a list of articles, an object that holds such a list, or a single article."""

import json
from collections.abc import Callable, Iterator, Mapping

from retrieval.article import Article
from retrieval.errors import ReadError
from retrieval.readers.channel import channels, read_export
from retrieval.readers.decode import decode
from retrieval.readers.fields.fields import summary_of_linked, text_of, unwrapped
from retrieval.readers.files import SourceFile
from retrieval.readers.jsonl import GIVE_UP_AFTER, article_of

MAX_JSON_BYTES = 100 * 1024 * 1024  # a channel of ten years
MAX_DEPTH = 3  # objects around the list


def read_json(file: SourceFile) -> Iterator[Article | ReadError]:
    """Yield what each item of the list gives: its article, or the error of a bad one.

    Items count from 1 and stand behind the file's origin: ``…/news.json#3``. Raises ``ReadError`` if the
    file is no JSON or holds no list of articles.
    """
    text = decode(file.load(MAX_JSON_BYTES), file.origin)
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ReadError(file.origin, "not JSON: {error}", error=str(error)) from error
    if found := channels(value):
        for channel in found:
            yield from read_export(channel, file)
        return
    if _is_chat(value):
        raise ReadError(file.origin, "a chat, not a channel; what people say there are no articles")
    rows = _rows(value, MAX_DEPTH, _text_within) or _rows(value, MAX_DEPTH, summary_of_linked)
    if rows is None:
        raise ReadError(file.origin, "no articles: a file is {row}", row='[{"title": …, "text": …}, …]')
    good = 0
    for number, row in enumerate(rows, start=1):
        item = article_of(row, number, file)
        good += isinstance(item, Article)
        yield item
        if not good and number == GIVE_UP_AFTER:
            raise ReadError(file.origin, "given up: none of the first {n} rows is an article", n=number)


def _text_within(row: Mapping[str, object]) -> str | None:
    return text_of(unwrapped(row))


def _is_chat(value: object) -> bool:
    return isinstance(value, dict) and {"type", "id", "messages"} <= value.keys()


def _rows(
    value: object, depth: int, said: Callable[[Mapping[str, object]], str | None]
) -> list[Mapping[str, object]] | None:
    """Return the articles in *value*: the longest list of objects with a text (*said*), however deep."""
    if isinstance(value, list):
        rows: list[Mapping[str, object]] = [row for row in value if isinstance(row, dict)]
        return rows if rows and any(map(said, rows)) else None
    if not isinstance(value, dict):
        return None
    named: list[Mapping[str, object]] = [
        item for item in value.values() if isinstance(item, dict) and said(item)
    ]
    if len(named) > 1 and not said(value):  # under a key each, as Firebase exports them
        return named
    inner = [_rows(item, depth - 1, said) or [] for item in value.values()] if depth else []
    if longest := max(inner, key=len, default=[]):
        return longest
    return [value] if said(value) else None
