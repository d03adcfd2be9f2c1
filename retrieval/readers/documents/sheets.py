"""Tables (XLS, XLSX, ODS, CSV, and web pages named .xls): each row is an article.

Columns are known by their names, in Vietnamese or English; what is in the others stands in the text, each
value behind the name of its column. No formula is evaluated: the value that was saved is what counts.
"""

import csv
import io
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

from lxml import html  # type: ignore[import-untyped]
from python_calamine import CalamineError, CalamineWorkbook

from retrieval.article import Article
from retrieval.errors import ReadError
from retrieval.readers.decode import decode
from retrieval.readers.documents.compound import COMPOUND, is_whole
from retrieval.readers.fields.fields import Fields, from_mapping, title_from, to_article
from retrieval.readers.fields.names import field_like
from retrieval.readers.files import MAX_DOCUMENT_BYTES, SourceFile
from retrieval.readers.letters.mending import mended
from retrieval.readers.markup import without_markup
from retrieval.text.canonical import one_line

MAX_ROWS = 100_000  # of one file; a sheet can claim a million empty ones
MAX_CELL_TEXT = 1_000_000  # characters
HEADER_ROWS = 15  # a title and a letterhead may stand above the names of the columns
MAX_COLUMNS = 200
SAMPLE_CHARACTERS = 100_000  # of a table in text, in which it shows what divides its columns

_MARKS = (",", ";", "\t", "|")

_NAMES = {
    "title": "title|headline|question|tiêu đề|tên bài|tên bài viết|tựa đề|tựa|tên thủ tục|câu hỏi|trích yếu",
    "text": "text|body|content|answer|nội dung|nội dung bài viết|bài viết|toàn văn|trả lời|nội dung trả lời",
    "date": "date|published|publish_date|published_at|ngày|ngày đăng|ngày đăng bài|ngày ban hành",
    "author": "author|byline|tác giả|người viết|người đăng|phóng viên",
    "url": "url|link|source|đường dẫn|liên kết|địa chỉ trang|địa chỉ web|nguồn",
    "section": "section|category|chuyên mục|danh mục|lĩnh vực|chuyên đề|thể loại",
    "id": "id|mã bài|mã bài viết",
    "language": "language|lang|ngôn ngữ",
}
_FIELDS = {name: field for field, names in _NAMES.items() for name in names.split("|")}
_NUMBERING = frozenset({"stt", "tt", "no", "no.", "#", "số tt", "số thứ tự"})

Cells = Sequence[str]


def read_sheets(file: SourceFile) -> Iterator[Article | ReadError]:
    """Yield the article of each row of each sheet of a workbook, in order. Raises ``ReadError``."""
    content = file.load(MAX_DOCUMENT_BYTES)
    if content.startswith(COMPOUND) and not is_whole(content):
        raise ReadError(file.origin, "damaged Excel file; save it anew")
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = [
            [[_cell(value) for value in row[:MAX_COLUMNS]] for row in sheet.iter_rows()]
            for sheet in map(workbook.get_sheet_by_name, workbook.sheet_names)
        ]
    except CalamineError as error:
        if "password" in str(error).lower():
            raise ReadError(file.origin, "locked with a password; save it without one") from error
        raise ReadError(file.origin, "damaged Excel file; save it anew") from error
    except BaseException as error:
        # What breaks the library's Rust comes as an exception that is none of Python's usual ones.
        if type(error).__name__ != "PanicException":
            raise
        raise ReadError(file.origin, "damaged Excel file; save it anew") from error
    yield from _articles(file, sheets)


def read_csv(file: SourceFile) -> Iterator[Article | ReadError]:
    """Yield the article of each row of a CSV file, whatever divides its columns. Raises ``ReadError``."""
    text = decode(file.load(MAX_DOCUMENT_BYTES), file.origin)
    csv.field_size_limit(MAX_CELL_TEXT)
    try:
        mark = max(_MARKS, key=lambda mark: _names_known(_divided(text[:SAMPLE_CHARACTERS], mark)))
        rows = list(_divided(text, mark))
    except csv.Error as error:
        raise ReadError(file.origin, "not a table; save it as an Excel file") from error
    yield from _articles(file, [rows])


def _divided(text: str, mark: str) -> Iterator[Cells]:
    rows = csv.reader(io.StringIO(text), delimiter=mark, skipinitialspace=True)
    return (row[:MAX_COLUMNS] for row in rows)


def _names_known(rows: Iterator[Cells]) -> tuple[int, int]:
    """Return how many columns have known names, and how many rows of a sample as many cells as the names.

    What divides columns cannot be told from how often it occurs: a column of text is full of commas.
    """
    sample = list(islice(rows, 2 * HEADER_ROWS))
    header = _header(sample)
    if header is None:
        return 0, 0
    known = sum(map(_is_known, sample[header]))
    return known, sum(len(row) == len(sample[header]) for row in sample[header:])


def read_html_table(file: SourceFile) -> Iterator[Article | ReadError]:
    """Yield the article of each row of the tables in a web page that is named as an Excel file."""
    markup = decode(file.load(MAX_DOCUMENT_BYTES), file.origin)
    try:
        tree: Any = html.fromstring(markup.encode(), parser=html.HTMLParser(encoding="utf-8"))
    except (ValueError, html.etree.ParserError) as error:
        raise ReadError(file.origin, "not a table; save it as an Excel file") from error
    tables = [
        [
            [one_line(cell.text_content()) for cell in row if cell.tag in ("td", "th")]
            for row in table.iter("tr")
        ]
        for table in tree.iter("table")
    ]
    yield from _articles(file, tables)


def _articles(file: SourceFile, sheets: Sequence[Sequence[Cells]]) -> Iterator[Article | ReadError]:
    number = 0
    for rows in sheets:
        header = _header(rows)
        if header is None:
            continue
        names = [one_line(mended(name, file.origin)) for name in rows[header]]
        for row in rows[header + 1 :]:
            if not any(cell.strip() for cell in row):
                continue
            number += 1
            if number > MAX_ROWS:
                yield ReadError(file.origin, "given up: over {n} rows", n=MAX_ROWS)
                return
            try:
                yield _article(file, names, row, number)
            except ReadError as error:
                yield ReadError(f"{file.origin}#{number}", error.reason.msgid, **error.reason.values)
    if not number:
        raise ReadError(file.origin, "no rows below the names of the columns")


def _header(rows: Sequence[Cells]) -> int | None:
    """Return the row with the names of the columns: where most are known, else the first with two or more."""
    known = {
        index: sum(map(_is_known, row))
        for index, row in enumerate(rows[:HEADER_ROWS])
        if sum(bool(cell.strip()) for cell in row) > 1
    }
    if not known:
        return None
    best = max(known, key=lambda index: known[index])
    return best if known[best] else next(iter(known))


def _article(file: SourceFile, names: Cells, row: Cells, number: int) -> Article:
    # Mended as one text: a short cell alone may not show in which font it is.
    cells = mended("\n".join(cell.replace("\n", "\u2028") for cell in row), file.origin).split("\n")
    said: dict[str, object] = {}
    texts, others = [], []
    for name, cell in zip(names, cells, strict=False):
        value = cell.replace("\u2028", "\n").strip()
        field = _field(name)
        if not value or _key(name) in _NUMBERING:
            continue
        if field == "text":
            texts.append(without_markup(value))
        elif field is not None and field not in said:
            said[field] = value
        else:
            others.append(f"{name}: {value}" if name else value)
    fields = from_mapping(said, file.timezone)
    if "url" in said and not fields.url:
        others.append(str(said["url"]))
    return _drafted(file, fields, [*texts, *others], number)


def _drafted(file: SourceFile, fields: Fields, lines: list[str], number: int) -> Article:
    title = fields.title
    if title is None and lines:
        first = lines[0]
        title = title_from(first.partition(": ")[2] or first)
    if not lines and title:
        lines = [title]
    return to_article(file, replace(fields, title=title), "\n".join(lines), row=number)


def _is_known(name: str) -> bool:
    return _field(name) is not None or _key(name) in _NUMBERING


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", one_line(name)).lower().rstrip(" :*")


def _field(name: str) -> str | None:
    return _FIELDS.get(_key(name)) or field_like(name)


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "có" if value else "không"
        case float() if value.is_integer():
            return str(int(value))
        case datetime() if value.time() == time.min:
            return f"{value:%d/%m/%Y}"
        case datetime():
            return f"{value:%d/%m/%Y %H:%M}"
        case date():
            return f"{value:%d/%m/%Y}"
        case time():
            return f"{value:%H:%M}"
        case timedelta():
            return str(value)
        case _:
            return str(value)[:MAX_CELL_TEXT]
