"""JSON lines: one article a row, ``{"id", "title", "url", "date", "text"}`` and any field of front matter."""

import gzip
import json
import lzma
import zlib
from collections.abc import Iterator
from typing import IO, cast

from retrieval.article import Article
from retrieval.errors import ReadError
from retrieval.readers.fields import from_mapping, to_article
from retrieval.readers.files import MAX_BYTES, SourceFile, cannot_open

GIVE_UP_AFTER = 100  # bad rows with no good one before them: this is some other kind of file


def read_jsonl(file: SourceFile) -> Iterator[Article | ReadError]:
    """Yield what each row gives: its article, or the error of a bad row. Blank rows are passed over.

    Rows count from 1 and stand behind the file's origin: ``…/news.jsonl#3``. The file may be of any size,
    plain, ``.gz`` or ``.xz``; a row has at most ``MAX_BYTES``. Raises ``ReadError``
    where the file breaks off, after the rows up to there.
    """
    good = bad = 0
    try:
        with _open(file) as stream:
            for number, row in _rows(stream):
                item = _read_row(row, number, file)
                yield item
                good += isinstance(item, Article)
                bad += isinstance(item, ReadError)
                if not good and bad == GIVE_UP_AFTER:
                    raise ReadError(file.origin, f"given up: none of the first {bad} rows is an article")
        if not good and not bad:
            raise ReadError(file.origin, "empty")
    except (EOFError, zlib.error, lzma.LZMAError, gzip.BadGzipFile) as error:
        raise ReadError(file.origin, f"damaged {file.path.suffix} file: {error}") from error
    except OSError as error:
        raise ReadError(file.origin, cannot_open(error)) from error


def _open(file: SourceFile) -> IO[bytes]:
    match file.path.suffix.lower():
        case ".gz":
            return cast("IO[bytes]", gzip.open(file.path))
        case ".xz":
            return lzma.open(file.path)
        case _:
            return file.path.open("rb")


def _rows(stream: IO[bytes]) -> Iterator[tuple[int, bytes | None]]:
    """Yield (number, row) of the rows that are not blank; ``None`` stands for one that is too long."""
    number = 0
    while row := stream.readline(MAX_BYTES + 1):
        number += 1
        if len(row) > MAX_BYTES and not row.endswith(b"\n"):
            while (more := stream.readline(MAX_BYTES)) and not more.endswith(b"\n"):
                pass
            yield number, None
        elif row.strip(b"\xef\xbb\xbf \t\r\n\0"):
            yield number, row


def _read_row(row: bytes | None, number: int, file: SourceFile) -> Article | ReadError:
    origin = f"{file.origin}#{number}"
    if row is None:
        return ReadError(origin, f"larger than {MAX_BYTES // 1024**2} MB")
    try:
        mapping = json.loads(row)
    except UnicodeDecodeError:
        return ReadError(origin, "not UTF-8")
    except (ValueError, RecursionError) as error:
        return ReadError(origin, f"not JSON: {error}")
    if not isinstance(mapping, dict):
        return ReadError(origin, 'not an article: a row is {"id": …, "title": …, "text": …}')
    text = mapping.get("text")
    if not isinstance(text, str):
        return ReadError(origin, 'no text: "text" is missing or no string')
    try:
        return to_article(file, from_mapping(mapping, file.timezone), text, row=number)
    except ReadError as error:
        return error
