"""Tell the kind of a file: by its beginning, and only then by its name.

Portals offer web pages as ".doc" and ".xls", and people rename what they cannot open.
"""

import io
import re
import zipfile

from retrieval.errors import N_, ReadError
from retrieval.readers.files import MAX_DOCUMENT_BYTES, SourceFile

_PLAIN = (".txt", ".text")
_MARKDOWN = (".md", ".markdown")
_HTML = (".html", ".htm", ".xhtml", ".xht", ".shtml", ".aspx", ".asp", ".php", ".jsp", ".jspx", ".do", ".cfm")
_JSON_LINES = tuple(rows + packed for rows in (".jsonl", ".ndjson") for packed in ("", ".gz", ".xz"))
_CSV = (".csv", ".tsv")
_EXCEL = (".xls", ".xlsx", ".xlsm", ".xlsb", ".ods")
_WORD = (".doc", ".docx", ".docm", ".dot", ".rtf", ".odt")
_PICTURES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"BM", b"GIF8")
_PICTURE_NAMES = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".gif", ".webp")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# The names of streams in the old formats of Office, as they stand in the file.
_STREAMS = {"WordDocument": "doc", "Workbook": "sheets", "Book": "sheets"}
_LOCKED = "EncryptedPackage"
_HTML_BEGIN = re.compile(
    rb"[\s\xef\xbb\xbf]*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|table|meta)\b",
    re.IGNORECASE | re.DOTALL,
)
_FEED_BEGIN = re.compile(
    rb"[\s\xef\xbb\xbf]*(?:<\?[^>]*>\s*|<!--.*?-->\s*)*<(?:rss|feed|rdf:RDF)\b", re.IGNORECASE | re.DOTALL
)
_EXPORT = b"http://wordpress.org/export/"  # in what WordPress exports: a feed with whole articles
_MAIL_BEGIN = re.compile(
    rb"\s*(?:MIME-Version|From|Received|Return-Path|Date|Subject|Delivered-To|X-[\w-]+): ?\S", re.IGNORECASE
)
_OTHERS = {
    (".ppt", ".pptx", ".odp", ".key"): N_("slides are not read; save them as PDF and send that"),
    (".heic", ".heif", ".avif"): N_("a photograph of a kind that is not read; send it as JPEG"),
    (
        ".mp3",
        ".mp4",
        ".m4a",
        ".mov",
        ".avi",
        ".wav",
        ".ogg",
        ".mkv",
    ): N_("sound and film are not read; send the text"),
    (".rar", ".7z", ".tar", ".tgz"): N_("an archive of a kind that is not read; pack it as ZIP"),
    (".pages", ".numbers", ".wpd", ".wps"): N_(
        "a document of a kind that is not read; save it as DOCX or PDF"
    ),
}
_DAMAGED_WORD = N_("damaged Word file; open it in Word and save it as DOCX")
_DAMAGED_EXCEL = N_("damaged Excel file; save it anew")


def kind_of(file: SourceFile) -> str:
    """Return the kind of *file*: the name of what reads it.

    Raises ``ReadError`` with what to do if nothing reads it.
    """
    name = file.name.lower()
    if name.endswith(_JSON_LINES):
        return "jsonl"
    if name.endswith(".json"):
        return "json"
    head = file.head(4096)
    if kind := _by_content(file, head):
        return kind
    if name.endswith(_PLAIN):
        return "plain"
    if name.endswith(_MARKDOWN):
        return "markdown"
    if name.endswith((*_EXCEL, *_CSV)) and _HTML_BEGIN.match(head):
        return "html_table"
    if name.endswith(_CSV):
        return "csv"
    if name.endswith(_HTML) or _HTML_BEGIN.match(head):
        return "html"
    return _by_name(file, head)


def _by_content(file: SourceFile, head: bytes) -> str | None:
    """Return what no text can begin like."""
    if head[:1024].lstrip().startswith(b"%PDF-") or b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"{\\rtf"):
        return "rtf"
    if head.startswith(_OLE):
        return _in_ole(file)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _in_zip(file)
    is_picture = head.startswith(_PICTURES) or (head.startswith(b"RIFF") and head[8:12] == b"WEBP")
    return "picture" if is_picture and file.suffix not in (*_PLAIN, *_MARKDOWN, *_HTML) else None


def _by_name(file: SourceFile, head: bytes) -> str:
    suffix = file.suffix
    if suffix in (".eml", ".mht", ".mhtml") or (suffix in _WORD and _MAIL_BEGIN.match(head)):
        return "mail" if suffix == ".eml" else "mht"
    if not head:
        raise ReadError(file.origin, "empty")
    if suffix in _WORD:
        raise ReadError(file.origin, _DAMAGED_WORD)
    if suffix in _EXCEL:
        raise ReadError(file.origin, _DAMAGED_EXCEL)
    if suffix in _PICTURE_NAMES:
        raise ReadError(file.origin, "damaged picture")
    if suffix in (".pdf", ".epub", ".zip"):
        raise ReadError(file.origin, "damaged {suffix} file", suffix=suffix)
    for suffixes, reason in _OTHERS.items():
        if suffix in suffixes:
            raise ReadError(file.origin, reason)
    if suffix in (".rss", ".atom") or _FEED_BEGIN.match(head):
        if _EXPORT in head:
            return "export"
        raise ReadError(
            file.origin,
            "unsupported format {suffix}: a feed; name its address in the file of sources, to be followed",
            suffix=suffix or "RSS",
        )
    if not suffix:
        raise ReadError(
            file.origin,
            "no suffix that tells the format; send a Word, PDF or Excel file, a web page or plain text",
        )
    raise ReadError(
        file.origin,
        "unsupported format {suffix}; send a Word, PDF or Excel file, a web page or plain text",
        suffix=suffix,
    )


def _in_ole(file: SourceFile) -> str:
    content = file.load(MAX_DOCUMENT_BYTES)
    if _LOCKED.encode("utf-16-le") in content:
        raise ReadError(file.origin, "locked with a password; save it without one")
    for stream, kind in _STREAMS.items():
        if b"\0" + stream.encode("utf-16-le") in content or stream.encode("utf-16-le") in content[512:]:
            return kind
    if file.suffix in (*_WORD, *_EXCEL):
        raise ReadError(file.origin, _DAMAGED_WORD if file.suffix in _WORD else _DAMAGED_EXCEL)
    raise ReadError(file.origin, "a document of a kind that is not read; save it as DOCX or PDF")


def _in_zip(file: SourceFile) -> str:
    content = file.load(MAX_DOCUMENT_BYTES)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise ReadError(file.origin, "damaged {suffix} file", suffix=file.suffix) from error
    for sign, kind in (
        ("word/document.xml", "docx"),
        ("xl/workbook.xml", "sheets"),
        ("xl/workbook.bin", "sheets"),
        ("META-INF/container.xml", "epub"),
    ):
        if sign in names:
            return kind
    if "content.xml" in names:
        return "sheets" if file.suffix == ".ods" else "odt"
    if "ppt/presentation.xml" in names:
        raise ReadError(file.origin, "slides are not read; save them as PDF and send that")
    if file.suffix in (*_WORD, *_EXCEL, ".epub"):
        raise ReadError(file.origin, "damaged {suffix} file", suffix=file.suffix)
    return "zip"
