"""What a source says about its article, and the article made of it."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from urllib.parse import urlsplit

from retrieval.article import Article
from retrieval.errors import ArticleError, ReadError
from retrieval.readers import dates
from retrieval.readers.files import SourceFile
from retrieval.text.canonical import clean, one_line
from retrieval.text.language import detect
from retrieval.text.sentence import sentences

TITLE_LENGTH = 120  # characters of a title that had to be taken from the text itself

# What an article may say of itself; of two names for one thing the first that says something counts.
NAMES = (
    *("id", "title", "url", "link", "source", "published", "date"),
    *("author", "section", "category", "language", "lang"),
)

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """Everything but the text; ``None`` where the source is silent."""

    id: str | None = None
    title: str | None = None
    url: str | None = None
    published: datetime | None = None
    author: str | None = None
    section: str | None = None
    language: str | None = None


def from_mapping(mapping: Mapping[str, object], timezone: tzinfo) -> Fields:
    """Return the fields in front matter or in a row of JSON; the first name that says something counts.

    Unknown names and values of a wrong kind are passed over: the text is worth more than a flaw beside it.
    """

    def value(*names: str) -> str | None:
        return next((text for name in names if (text := _text(mapping.get(name)))), None)

    return Fields(
        id=value("id"),
        title=value("title"),
        url=next((url for name in ("url", "link", "source") if (url := web_url(value(name)))), None),
        published=next(
            (day for name in ("published", "date") if (day := dates.parse(value(name), timezone))), None
        ),
        author=value("author"),
        section=value("section", "category"),
        language=language_tag(value("language", "lang")),
    )


def to_article(file: SourceFile, fields: Fields, body: str, *, row: int | None = None) -> Article:
    """Return the article with the text *body* (not yet clean).

    *row*, from 1, tells the articles of one file apart. Raises ``ReadError`` where there is no text.
    """
    mark = "" if row is None else f"#{row}"
    body = clean(body)
    if not body:
        raise ReadError(file.origin + mark, "no text")
    try:
        return Article(
            id=one_line(fields.id or "") or fields.url or file.id + mark,
            title=one_line(fields.title or ""),
            body=body,
            url=fields.url,
            published=fields.published,
            author=fields.author,
            section=fields.section,
            language=fields.language or detect(body) or file.language,
            origin=file.origin + mark,
        )
    except ArticleError as error:
        raise ReadError(file.origin + mark, error.reason.msgid, **error.reason.values) from error


def web_url(text: str | None) -> str | None:
    """Return *text* if it is an address that a browser opens, else ``None``."""
    try:
        parts = urlsplit(text or "")
    except ValueError:
        return None
    is_web = parts.scheme in {"http", "https"} and bool(parts.hostname)
    return text if is_web and text and not re.search(r'[\s<>"]', text) else None


def language_tag(text: str | None) -> str | None:
    """Return *text* as a BCP 47 tag, or ``None`` where it is none."""
    tag = (text or "").replace("_", "-")
    return tag if _LANGUAGE.fullmatch(tag) else None


def title_from(body: str) -> str:
    """Return a title for a text without one: its first sentence, cut between words where it is long."""
    body = clean(body)
    start, end = next(sentences(body), (0, 0))
    sentence = body[start:end]
    if len(sentence) <= TITLE_LENGTH:
        return sentence.rstrip(".")
    return sentence[:TITLE_LENGTH].rsplit(" ", 1)[0] + "…"


def without_title(body: str, title: str) -> str:
    """Return clean *body* without a first paragraph that only repeats *title*."""
    first, _, rest = body.partition("\n")
    return rest if rest and first.casefold() == title.casefold() else body


def _text(value: object) -> str | None:
    if isinstance(value, list):
        return ", ".join(text for item in value if not isinstance(item, list) and (text := _text(item)))
    if isinstance(value, bool) or (isinstance(value, float) and not math.isfinite(value)):
        return None
    return one_line(str(value)) or None if isinstance(value, str | int | float) else None
