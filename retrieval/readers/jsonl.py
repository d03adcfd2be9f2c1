"""JSON lines: one article a row, ``{"id", "title", "url", "date", "text"}`` and any field of front matter."""

import gzip
import io
import json
import lzma
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import cast

from retrieval.article import Article
from retrieval.errors import ReadError
from retrieval.readers.fields.fields import (
    from_mapping,
    summary_of,
    text_of,
    to_article,
    unwrapped,
    with_lead,
)
from retrieval.readers.files import MAX_BYTES, Rows, SourceFile
from retrieval.readers.letters.mending import mended_values
from retrieval.readers.markup import without_markup

GIVE_UP_AFTER = 100  # bad rows with no good one before them: this is some other kind of file
MAX_BLANK_ROWS = 100_000  # one after the other; a small packed file can hold a hundred million
PART_BYTES = 1 << 20  # of a file that several workers share
SAMPLE_BYTES = 1 << 16  # rows in which an article shows that the file is worth sharing

# How a row may begin: with a byte order mark, or at once with the brace of JSON.
_UTF_16 = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"{\0": "utf-16-le", b"\0{": "utf-16-be"}


def read_jsonl(file: SourceFile) -> Iterator[Article | ReadError]:
    """Yield what each row gives: its article, or the error of a bad row. Blank rows are passed over.

    Rows count from 1 and stand behind the file's origin: ``…/news.jsonl#3``. The file may be of any size,
    plain, ``.gz`` or ``.xz``, in UTF-8 or UTF-16; a row has at most ``MAX_BYTES``. Raises ``ReadError``
    if the file breaks off, after the rows up to there.
    """
    good, bad = int(file.rows is not None), 0
    try:
        with _open(file) as readline:
            for number, row in _rows(readline, file):
                item = _read_row(row, number, file)
                yield item
                good += isinstance(item, Article)
                bad += isinstance(item, ReadError)
                if not good and bad == GIVE_UP_AFTER:
                    raise ReadError(file.origin, "given up: none of the first {n} rows is an article", n=bad)
        if not good and not bad:
            raise ReadError(file.origin, "empty")
    except (EOFError, zlib.error, lzma.LZMAError, gzip.BadGzipFile) as error:
        raise ReadError(
            file.origin, "damaged {suffix} file: {error}", suffix=file.path.suffix, error=str(error)
        ) from error
    except UnicodeDecodeError as error:
        raise ReadError(file.origin, "not decodable: broken UTF-16; save the file as UTF-8") from error
    except OSError as error:
        raise ReadError.unopened(file.origin, error) from error


def rows_apart(file: SourceFile) -> Iterator[SourceFile]:
    """Yield a *file* that is not packed in parts that can be read apart, in order; a short one as it is.

    So is one that does not begin with articles. Rows keep their numbers. Raises ``OSError``.
    """
    if not _is_worth_sharing(file):
        yield file
        return
    first, start = 1, 0
    with file.open() as stream:
        while block := stream.read(PART_BYTES):
            first_after = first + block.count(b"\n")
            while not block.endswith(b"\n") and (block := stream.readline(PART_BYTES)):
                first_after += block.endswith(b"\n")
            yield replace(file, rows=Rows(first=first, start=start, size=stream.tell() - start))
            first, start = first_after, stream.tell()


def _is_worth_sharing(file: SourceFile) -> bool:
    try:
        file.check()
        if file.content is not None or file.path.stat().st_size < 2 * PART_BYTES:
            return False
        head = file.head(SAMPLE_BYTES)
        sample = head[: head.rfind(b"\n") + 1]
        if not sample or head[:2] in _UTF_16:
            return False
        return any(isinstance(item, Article) for item in read_jsonl(file.holding(sample)))
    except (OSError, ReadError):
        return False  # reading it gives the reason


@contextmanager
def _open(file: SourceFile) -> Iterator[Callable[[int], bytes]]:
    """Give what reads a row, or as much of it as is asked for, unpacked and in UTF-8."""
    with _unpacked(file) as stream:
        if file.rows:
            stream.seek(file.rows.start)
            yield _bounded(stream, file.rows.size)
            return
        encoding = _UTF_16.get(stream.peek(2)[:2])
        if encoding is None:
            yield stream.readline
            return
        with io.TextIOWrapper(stream, encoding, newline="\n") as text:
            yield lambda limit: text.readline(limit).encode()


def _bounded(stream: io.BufferedReader, size: int) -> Callable[[int], bytes]:
    """Return what reads rows as ``readline`` does, of the next *size* bytes only."""
    end = stream.tell() + size
    return lambda limit: stream.readline(min(limit, end - stream.tell()))


def _unpacked(file: SourceFile) -> io.BufferedReader:
    match file.suffix:
        case ".gz":
            return cast("io.BufferedReader", gzip.open(file.place))
        case ".xz":
            return cast("io.BufferedReader", lzma.open(file.place))
        case _:
            return file.open()


def _rows(readline: Callable[[int], bytes], file: SourceFile) -> Iterator[tuple[int, bytes | None]]:
    """Yield (number, row) of the rows that are not blank; ``None`` stands for one that is too long."""
    number, blank = file.rows.first - 1 if file.rows else 0, 0
    while row := readline(MAX_BYTES + 1):
        number += 1
        if len(row) > MAX_BYTES and not row.endswith(b"\n"):
            while (more := readline(MAX_BYTES)) and not more.endswith(b"\n"):
                pass
            yield number, None
        elif row.strip(b"\xef\xbb\xbf \t\r\n\0"):
            yield number, row
        else:
            blank += 1
            if blank > MAX_BLANK_ROWS:
                raise ReadError(file.origin, "given up: over {n} blank rows", n=MAX_BLANK_ROWS)
            continue
        blank = 0


def _read_row(row: bytes | None, number: int, file: SourceFile) -> Article | ReadError:
    origin = f"{file.origin}#{number}"
    if row is None:
        return ReadError(origin, "larger than {size} MB", size=MAX_BYTES // 1024**2)
    try:
        mapping = json.loads(row)
    except UnicodeDecodeError:
        return ReadError(origin, "not UTF-8")
    except (ValueError, RecursionError) as error:
        return ReadError(origin, "not JSON: {error}", error=str(error))
    if not isinstance(mapping, dict):
        return ReadError(origin, "not an article: a row is {row}", row='{"id": …, "title": …, "text": …}')
    return article_of(mapping, number, file)


def article_of(mapping: Mapping[str, object], number: int, file: SourceFile) -> Article | ReadError:
    """Return the article in a row of JSON, or the error to report; *number* counts from 1."""
    origin = f"{file.origin}#{number}"
    try:
        mapping = mended_values(unwrapped(mapping), origin)
    except ReadError as error:
        return error
    text, summary = text_of(mapping), summary_of(mapping)
    if text is None and summary is None:
        if isinstance(mapping.get("text"), str):
            return ReadError(origin, "no text")
        return ReadError(origin, 'no text: "text" is missing or no string')
    try:
        fields = from_mapping(mapping, file.timezone)
        body = with_lead(without_markup(text), summary, fields.title) if text else summary or ""
        return to_article(file, fields, body, row=number)
    except ReadError as error:
        return error
