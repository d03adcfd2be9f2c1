"""Letters (EML), and web pages that a browser saved as one file (MHT, MHTML)."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from email import policy
from email.message import EmailMessage, MIMEPart
from email.parser import BytesParser
from email.utils import parseaddr, parsedate_to_datetime

from retrieval.article import Article
from retrieval.errors import ReadError
from retrieval.readers.decode import decode
from retrieval.readers.documents.drafting import from_markup, from_paragraphs
from retrieval.readers.fields.fields import Fields, web_address
from retrieval.readers.files import MAX_DOCUMENT_BYTES, SourceFile, is_wanted
from retrieval.readers.html import read_html
from retrieval.text.canonical import one_line

MAX_PARTS = 500
MAX_SIGNATURE = 12  # lines below the two dashes that part a signature from its letter

# Before the subject of a letter that was sent on, or answered.
_SENT_ON = re.compile(r"(?:\s*(?:re|fwd?|tr|rv|chuyển tiếp|trả lời)\s*(?:\[\d+\])?\s*:)+\s*", re.IGNORECASE)
ReadFile = Callable[[SourceFile], Iterator[Article | ReadError]]


def read_mail(file: SourceFile, read: ReadFile) -> Iterator[Article | ReadError]:
    """Yield the article in a letter, then what *read* makes of the files that go with it.

    Raises ``ReadError`` if there is no text in it.
    """
    message = _message(file)
    subject = _without_marks(_header(message, "subject"))
    said = Fields(title=subject or None, author=_sender(message))
    article = _text(file, message, said)
    yield replace(article, body=_without_signature(article.body), published=_date(message))
    for number, part in enumerate(message.iter_attachments(), start=1):
        name = one_line(part.get_filename() or "").replace("/", "-")
        content = _content(part)
        if (
            content
            and name
            and is_wanted(name)
            and not name.lower().endswith((".png", ".jpg", ".gif", ".ics"))
        ):
            yield from read(file.holding(content, f"{number}-{name}"))


def read_mht(file: SourceFile) -> Article:
    """Return the article of a web page that was saved as one file. Raises ``ReadError``."""
    message = _message(file)
    page = next((part for part in _parts(message) if part.get_content_type() == "text/html"), None)
    if page is None:
        raise ReadError(file.origin, "no article found in this page")
    article = read_html(file.holding(_content(page)))
    address = web_address(str(message.get("snapshot-content-location") or page.get("content-location") or ""))
    return article if article.url or not address else replace(article, url=address)


def _message(file: SourceFile) -> EmailMessage:
    try:
        message = BytesParser(policy=policy.default).parsebytes(file.load(MAX_DOCUMENT_BYTES))
        if sum(1 for _ in message.walk()) > MAX_PARTS:
            raise ReadError(file.origin, "a letter of over {n} parts", n=MAX_PARTS)
    except (ValueError, LookupError, RecursionError, AttributeError, TypeError) as error:
        raise ReadError(file.origin, "damaged letter") from error
    return message


def _text(file: SourceFile, message: EmailMessage, said: Fields) -> Article:
    try:
        body = message.get_body(("plain", "html"))
    except (ValueError, LookupError, AttributeError, TypeError) as error:
        raise ReadError(file.origin, "damaged letter") from error
    if body is None:
        raise ReadError(file.origin, "no text")
    text = decode(_content(body), file.origin, declared=body.get_content_charset() or "")
    if body.get_content_type() == "text/html":
        return from_markup(file, text, said)
    return from_paragraphs(file, text.split("\n"), said)


def _parts(message: EmailMessage) -> Iterator[EmailMessage]:
    for part in message.walk():
        if isinstance(part, EmailMessage) and not part.is_multipart():
            yield part


def _content(part: MIMEPart) -> bytes:
    try:
        content = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError):
        return b""
    return content if isinstance(content, bytes) else b""


def _header(message: EmailMessage, name: str) -> str | None:
    try:
        return one_line(str(message.get(name) or "")) or None
    except (ValueError, LookupError, AttributeError, TypeError, IndexError):
        return None  # the standard library fails on some malformed headers


def _without_marks(subject: str | None) -> str:
    """Return *subject* without "Fwd:" and the like before it."""
    mark = _SENT_ON.match(subject or "")
    return (subject or "")[mark.end() if mark else 0 :]


def _without_signature(body: str) -> str:
    lines = body.split("\n")
    for number in range(len(lines) - 1, max(0, len(lines) - 2 - MAX_SIGNATURE), -1):
        if lines[number] == "--":
            return "\n".join(lines[:number])
    return body


def _sender(message: EmailMessage) -> str | None:
    return parseaddr(_header(message, "from") or "")[0] or None


def _date(message: EmailMessage) -> datetime | None:
    try:
        moment = parsedate_to_datetime(_header(message, "date") or "")
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment if moment.tzinfo else None
