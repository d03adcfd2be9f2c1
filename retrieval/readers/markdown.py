"""Markdown, with or without front matter in YAML or TOML."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from retrieval.article import Article
from retrieval.errors import N_, ReadError
from retrieval.readers.around.letterhead import read_letterhead
from retrieval.readers.decode import decode
from retrieval.readers.fields.fields import (
    Fields,
    from_mapping,
    title_from,
    to_article,
    without_title,
)
from retrieval.readers.fields.names import FRONT_NAMES, name_key
from retrieval.readers.files import SourceFile
from retrieval.readers.markup import plain_text
from retrieval.text.canonical import clean, one_line

_BEGIN = re.compile(r"\s*^(?P<fence>---|\+\+\+)[ \t]*\n", re.MULTILINE)
_END = {
    "---": re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE),
    "+++": re.compile(r"^\+\+\+[ \t]*(?:\n|\Z)", re.MULTILINE),
}
_LINE = re.compile(r"^(?P<name>[^\W\d][\w .-]{0,30}?)[ \t]*[:=](?:[ \t]+(?P<value>.*))?$", re.MULTILINE)
_TABLES = ("taxonomies", "extra", "params")  # in which Hugo and Zola hold names of others


def read_markdown(file: SourceFile) -> Article:
    """Return the article in a Markdown file; its body is plain text. Raises ``ReadError``.

    Without a title in the front matter it is the first heading, else the first sentence.
    """
    text = re.sub(r"\r\n?", "\n", decode(file.load(), file.origin))
    fields, source = _front_matter(text, file)
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    tokens = parser.parse(source)
    body = clean(plain_text(parser.renderer.render(tokens, parser.options, {})))
    if fields.title is None and (head := read_letterhead(body.split("\n"), file.timezone)):
        fields = replace(fields, title=head.title, published=fields.published or head.published)
        number = [f"Số: {head.number}"] if head.number else []
        body = "\n".join([*number, *body.split("\n")[head.end :]])
    title = fields.title or _first_heading(tokens, parser) or title_from(body)
    return to_article(file, replace(fields, title=title), without_title(body, title))


def _front_matter(text: str, file: SourceFile) -> tuple[Fields, str]:
    """Return the fields of the front matter, and the text below it."""
    begin = _BEGIN.match(text)
    if begin is None:
        return Fields(), text
    end = _END[begin["fence"]].search(text, begin.end())
    if end is None and (first := _LINE.match(text, begin.end())) and name_key(first["name"]) in FRONT_NAMES:
        raise ReadError(file.origin, "front matter: the closing {fence} is missing", fence=begin["fence"])
    if end is None or not _has_names(text[begin.end() : end.start()]):
        return Fields(), text  # rules, with text between them
    written = text[begin.end() : end.start()]
    try:
        mapping = _toml(written) if begin["fence"] == "+++" else _yaml(written)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise _complaint(error, begin[0].count("\n"), file.origin) from error
    if not isinstance(mapping, dict):
        return Fields(), text
    said = {str(name): value for name, value in mapping.items() if value not in ("null", "~")}
    return from_mapping(said, file.timezone), text[end.end() :]


def _has_names(written: str) -> bool:
    return any(name_key(line["name"]) in FRONT_NAMES for line in _LINE.finditer(written))


def _yaml(written: str) -> object:
    # The base loader leaves every value as it is written: no title "12:30" becomes 750, no "no" False.
    try:
        return yaml.load(written, Loader=yaml.BaseLoader)
    except yaml.YAMLError as error:
        # "title: Thông báo: nghỉ lễ" is no YAML, and plain to anybody else. Only lists and quotes need YAML.
        if getattr(error, "problem", None) != "mapping values are not allowed here":
            raise
        lines = [line for line in written.splitlines() if line.strip()]
        pairs = [_LINE.match(line) for line in lines]
        if not all(pairs):
            raise
        return {pair["name"]: (pair["value"] or "").strip().strip("\"'") for pair in pairs if pair}


def _toml(written: str) -> Mapping[str, object]:
    mapping = tomllib.loads(written)
    tables = [inner for name in _TABLES if isinstance(inner := mapping.pop(name, None), dict)]
    return {name: _as_written(value) for said in (*tables, mapping) for name, value in said.items()}


def _as_written(value: object) -> object:
    """Return *value* as front matter in YAML would have it: TOML has dates of its own."""
    return value.isoformat() if hasattr(value, "isoformat") else value


def _complaint(error: Exception, lines_above: int, origin: str) -> ReadError:
    """Return the error that says what is wrong in the front matter, where, and what to do."""
    problem = getattr(error, "problem", None) or _said(error)
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        return ReadError(origin, "front matter: {problem}; put the value in quotes", problem=problem)
    remedy = (
        N_("front matter, line {n}: {problem}; use spaces instead of tabs")
        if "\\t" in problem
        else N_("front matter, line {n}: {problem}; put the value in quotes")
    )
    return ReadError(origin, remedy, n=lines_above + mark.line + 1, problem=problem)


def _said(error: Exception) -> str:
    return str(error) if isinstance(error, tomllib.TOMLDecodeError) else "not YAML"


def _first_heading(tokens: list[Token], parser: MarkdownIt) -> str | None:
    for token, content in pairwise(tokens):
        if token.type == "heading_open":
            return one_line(plain_text(parser.renderer.render([content], parser.options, {})))
    return None
