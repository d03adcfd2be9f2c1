"""Articles in: every kind of file that can be a source.

for path in discover(source):
    for item in read(path, source=source, language="vi", timezone=ZoneInfo("Asia/Ho_Chi_Minh")):
        ...  # an Article, or the ReadError to report
"""

from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

from retrieval.article import Article
from retrieval.errors import ReadError
from retrieval.readers.files import MAX_BYTES, SourceFile, discover
from retrieval.readers.page.sniff import begins_like_a_page

__all__ = ["MAX_BYTES", "discover", "read"]

_PLAIN = (".txt", ".text")
_MARKDOWN = (".md", ".markdown")
_HTML = (".html", ".htm", ".xhtml", ".xht", ".shtml", ".aspx", ".asp", ".php", ".jsp", ".jspx", ".do", ".cfm")
_ANYTHING = (".doc", ".docx", ".xls", ".rtf", "")
_JSON_LINES = tuple(rows + packed for rows in (".jsonl", ".ndjson") for packed in ("", ".gz", ".xz"))


def read(path: Path, *, source: Path, language: str, timezone: ZoneInfo) -> Iterator[Article | ReadError]:
    """Yield what the file *path* of *source* gives: articles, and a ``ReadError`` for each unreadable one.

    One item for a file that holds one article, any number for JSON lines. Errors are yielded, not raised:
    one bad row must not cost the rows behind it. *language* and *timezone* hold for articles and dates that
    name none; the language only where the text does not show it.
    """
    file = SourceFile(path=path, source=source, language=language, timezone=timezone)
    try:
        file.check()  # before the name: that of a broken link does not say what is wrong with it
        yield from _items(file)
    except ReadError as error:
        yield error


def _items(file: SourceFile) -> Iterator[Article | ReadError]:
    # The readers are imported where they are used: their libraries take up to a quarter of a second to
    # load, and most processes only answer questions.
    if file.path.name.lower().endswith(_JSON_LINES):
        from retrieval.readers.jsonl import read_jsonl

        return read_jsonl(file)
    if file.path.suffix.lower() == ".json":
        from retrieval.readers.jsonfile import read_json

        return read_json(file)
    return iter([_article(file)])


def _article(file: SourceFile) -> Article:
    suffix = file.path.suffix.lower()
    if suffix in _PLAIN:
        from retrieval.readers.plain import read_plain

        return read_plain(file)
    if suffix in _MARKDOWN:
        from retrieval.readers.markdown import read_markdown

        return read_markdown(file)
    # Portals offer pages as Word files, and browsers save them without a suffix.
    if suffix in _HTML or (suffix in _ANYTHING and begins_like_a_page(file.path)):
        from retrieval.readers.html import read_html

        return read_html(file)
    if not suffix:
        raise ReadError(file.origin, "no suffix that tells the format: use .txt, .md, .html or .jsonl")
    raise ReadError(file.origin, "unsupported format {suffix}: use .txt, .md, .html or .jsonl", suffix=suffix)
