"""Files come in; articles go out, and a ``ReadError`` for what cannot be read::

    for path in discover(source):
        for item in read(path, source=source, language="vi", timezone=ZoneInfo("Asia/Ho_Chi_Minh")):
            ...  # an Article, or the ReadError to report

The reader of each file is chosen by its kind (``kinds``).
"""

from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

from retrieval.article import Article
from retrieval.errors import ReadError
from retrieval.readers.fields.correction import Correction
from retrieval.readers.files import MAX_BYTES, SourceFile, discover
from retrieval.readers.kinds import kind_of

__all__ = ["MAX_BYTES", "discover", "read", "read_file"]

_MANY = frozenset({"json", "jsonl", "export", "epub", "mail", "zip", "csv", "html_table", "sheets"})


def read(path: Path, *, source: Path, language: str, timezone: ZoneInfo) -> Iterator[Article | ReadError]:
    """Yield what the file *path* of *source* gives: articles, and a ``ReadError`` for each unreadable one.

    One item for a file that holds one article, any number for JSON lines, tables, books and archives.
    Errors are yielded, not raised: one bad row must not cost the rows behind it. *language* and *timezone*
    hold for articles and dates that name none; the language only if the text does not show it.
    """
    return read_file(SourceFile(path=path, source=source, language=language, timezone=timezone))


def read_file(file: SourceFile) -> Iterator[Article | ReadError]:
    """Yield what *file* gives, as ``read`` does."""
    try:
        file.check()  # before the name: that of a broken link does not say what is wrong with it
        correction = None if file.member else Correction.of(file.path)
        for item in _items(file):
            yield correction.of_article(item) if correction and isinstance(item, Article) else item
    except ReadError as error:
        yield error


def _items(file: SourceFile) -> Iterator[Article | ReadError]:
    kind = kind_of(file)
    if kind in _MANY:
        return _many(kind, file)
    return iter([_one(kind, file)])


# The readers are imported where they are used: their libraries take up to a quarter of a second to load, and
# most processes only answer questions.


def _many(kind: str, file: SourceFile) -> Iterator[Article | ReadError]:
    match kind:
        case "jsonl":
            from retrieval.readers.jsonl import read_jsonl

            return read_jsonl(file)
        case "json":
            from retrieval.readers.jsonfile import read_json

            return read_json(file)
        case "export":
            from retrieval.readers.links.feed import read_wordpress

            return read_wordpress(file)
        case "epub":
            from retrieval.readers.documents.epub import read_epub

            return read_epub(file)
        case "mail":
            from retrieval.readers.documents.mail import read_mail

            return read_mail(file, read_file)
        case "zip":
            return _unpacked(file)
        case _:
            from retrieval.readers.documents import sheets

            reader = {"csv": sheets.read_csv, "html_table": sheets.read_html_table}
            return reader.get(kind, sheets.read_sheets)(file)


def _one(kind: str, file: SourceFile) -> Article:
    match kind:
        case "plain":
            from retrieval.readers.plain import read_plain as reader
        case "markdown":
            from retrieval.readers.markdown import read_markdown as reader
        case "html":
            from retrieval.readers.html import read_html as reader
        case "pdf":
            from retrieval.readers.paper.pdf import read_pdf as reader
        case "docx":
            from retrieval.readers.documents.word import read_docx as reader
        case "doc":
            from retrieval.readers.documents.word import read_doc as reader
        case "rtf":
            from retrieval.readers.documents.word import read_rtf as reader
        case "odt":
            from retrieval.readers.documents.opendocument import read_odt as reader
        case "mht":
            from retrieval.readers.documents.mail import read_mht as reader
        case _:
            from retrieval.readers.documents.scan import read_picture as reader
    return reader(file)


def _unpacked(file: SourceFile) -> Iterator[Article | ReadError]:
    from retrieval.readers.documents.archive import members

    for member in members(file):
        if isinstance(member, ReadError):
            yield member
        elif member.suffix == ".zip":
            yield ReadError(member.origin, "an archive in an archive is not read; unpack it first")
        else:
            yield from read_file(member)
