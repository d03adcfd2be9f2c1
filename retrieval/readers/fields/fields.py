"""The fields in which a source describes its article, and the article made of them."""

import html
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from urllib.parse import urlsplit

from retrieval.article import Article
from retrieval.errors import ArticleError, ReadError
from retrieval.readers.fields import dates
from retrieval.readers.fields.names import name_key, names_of
from retrieval.readers.files import SourceFile
from retrieval.readers.markup import without_markup
from retrieval.text.canonical import clean, one_line
from retrieval.text.language import detect
from retrieval.text.sentence import sentences

MAX_PARTS_DEEP = 8  # parts within parts of a block of text
MIN_SUMMARY = 40  # characters of a summary; less is a label
TITLE_LENGTH = 120  # characters of a title that had to be taken from the text itself

_PARTS = ("blocks", "content", "children", "items")  # of a text, as editors write it
_WRAPPERS = ("node", "nodes", "data", "attributes", "edges")  # around a thing, in what interfaces answer
_INNER = ("name", "ten", "hoten", "hovaten", "fullname", "displayname", "title", "rendered", "oid")
_ESCAPED = re.compile(r"&(?:#\d+|#x[\da-f]+|[a-z]+);|</?[a-z][^<>]*>", re.IGNORECASE)
_CUT = re.compile(r"""(?:\.\.|…)[\s"'”’»)\]]*$""")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """Everything but the text; ``None`` if the source is silent."""

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
    said = _by_key(mapping)

    def value(field: str) -> str | None:
        return next((text for name in names_of(field, said) if (text := _text(said[name]))), None)

    def plain(field: str) -> str | None:
        text = value(field)
        return one_line(without_markup(html.unescape(text))) if text and _ESCAPED.search(text) else text

    return Fields(
        id=value("id"),
        title=plain("title"),
        url=next((url for name in names_of("url", said) if (url := web_address(_text(said[name])))), None),
        published=next(
            (day for name in names_of("date", said) if (day := _moment(said[name], timezone))), None
        ),
        author=plain("author"),
        section=plain("section"),
        language=language_tag(value("language")),
    )


def text_of(mapping: Mapping[str, object]) -> str | None:
    """Return the text of the article in a row of JSON; ``None`` if it has none. It may be HTML."""
    return _long_text(mapping, "text")


def unwrapped(row: Mapping[str, object]) -> Mapping[str, object]:
    """Return *row* with the fields of the object inside that is its article, if it has no text itself.

    So databases and interfaces write it: ``{"id": 7, "attributes": {"title": …}}``, ``{"_source": …}``.
    """
    if text_of(row) is not None:
        return row
    inner = [value for value in row.values() if isinstance(value, dict) and text_of(value) is not None]
    return {**row, **inner[0]} if len(inner) == 1 else row


def summary_of(mapping: Mapping[str, object]) -> str | None:
    """Return the summary in a row of JSON that names its article; ``None`` if it has none."""
    if not any(names_of("summary", dict.fromkeys(map(name_key, mapping)))):
        return None
    said = _by_key(mapping)
    is_named = any(_text(said[name]) for name in names_of("title", said))
    summary = _long_text(mapping, "summary") if is_named else None
    return one_line(without_markup(summary)) or None if summary else None


def summary_of_linked(row: Mapping[str, object]) -> str | None:
    """Return the summary in *row* if it has an address or a date, too: settings have descriptions."""
    fields = from_mapping(row, UTC)
    return summary_of(row) if fields.url or fields.published else None


def with_lead(body: str, lead: str | None, title: str | None) -> str:
    """Return *body* below its *lead*, if that is a whole sentence that neither body nor title has."""
    if not lead or len(lead) < MIN_SUMMARY or is_cut(lead):
        return body
    own = _letters(lead)
    return body if own in _letters(body) or own in _letters(title or "") else f"{lead}\n{body}"


def is_cut(text: str) -> bool:
    """Tell whether *text* breaks off: it ends in dots."""
    return _CUT.search(text) is not None


def _letters(text: str) -> str:
    return "".join(re.findall(r"\w+", text.lower()))


def _long_text(mapping: Mapping[str, object], field: str) -> str | None:
    """Return what *mapping* says as *field*, of any length, with its lines."""
    said = _by_key(mapping)
    for name in names_of(field, said):
        value = said[name]
        if isinstance(value, dict):  # as WordPress writes it, or an editor of blocks
            root = value.get("root", value)
            value = value.get("rendered") or [root]
        if isinstance(value, list):
            value = "\n".join(filter(None, map(_said, value)))
        if isinstance(value, str) and value.strip():
            return value
    return None


def _said(block: object, depth: int = 0) -> str:
    """Return the text of a block as editors write it: of a paragraph, or of its parts, within each other."""
    if isinstance(block, str) or depth > MAX_PARTS_DEEP:
        return block if isinstance(block, str) else ""
    if isinstance(block, list):
        return "".join(_said(part, depth + 1) for part in block)
    if not isinstance(block, dict):
        return ""
    said = (_said(block.get(name), depth + 1) for name in ("text", "html", "data"))
    inner = next((part for name in _PARTS if isinstance(part := block.get(name), list)), [])
    between = "\n" if any(isinstance(part, dict) and "text" not in part for part in inner) else ""
    return next(filter(None, said), "") or between.join(_said(part, depth + 1) for part in inner)


def to_article(file: SourceFile, fields: Fields, body: str, *, row: int | None = None) -> Article:
    """Return the article with the text *body* (not yet clean).

    *row*, from 1, tells the articles of one file apart. Raises ``ReadError`` if there is no text.
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


def web_address(text: str | None) -> str | None:
    """Return *text* if it is an address that a browser opens, else ``None``."""
    try:
        parts = urlsplit(text or "")
    except ValueError:
        return None
    is_web = parts.scheme in {"http", "https"} and bool(parts.hostname)
    return text if is_web and text and not re.search(r'[\s<>"]', text) else None


def language_tag(text: str | None) -> str | None:
    """Return *text* as a BCP 47 tag, or ``None`` if it is none."""
    tag = (text or "").replace("_", "-")
    return tag if _LANGUAGE.fullmatch(tag) else None


def title_from(body: str) -> str:
    """Return a title for a text without one: its first sentence, cut between words if it is long."""
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


def _by_key(mapping: Mapping[str, object]) -> dict[str, object]:
    said: dict[str, object] = {}
    for name, value in mapping.items():
        key = name_key(name)
        if said.get(key) in (None, "", []):
            said[key] = value
    return said


def _moment(value: object, timezone: tzinfo) -> datetime | None:
    """Return the moment of *value*: text, seconds or milliseconds since 1970, or Mongo's object."""
    if isinstance(value, dict):
        inner = value.get("$date", value.get("$numberLong", value.get("seconds", value.get("_seconds"))))
        return None if inner is None or isinstance(inner, list) else _moment(inner, timezone)
    if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
        return dates.since_1970(value, timezone) or dates.parse(_text(value), timezone)
    return dates.plausible(dates.parse(_text(value), timezone))


def _text(value: object, depth: int = 0) -> str | None:
    if isinstance(value, list):
        return ", ".join(
            text for item in value if not isinstance(item, list) and (text := _text(item, depth))
        )
    if isinstance(value, dict):  # "author": {"name": …}, "title": {"rendered": …}, "_id": {"$oid": …}
        inner = _by_key(value)
        named = next((said for name in _INNER if isinstance(said := inner.get(name), str) and said), None)
        wrapped = next((inner[name] for name in _WRAPPERS if isinstance(inner.get(name), dict | list)), None)
        return named or (_text(wrapped, depth + 1) or None if wrapped and depth < MAX_PARTS_DEEP else None)
    if isinstance(value, bool) or (isinstance(value, float) and not math.isfinite(value)):
        return None
    return one_line(str(value)) or None if isinstance(value, str | int | float) else None
