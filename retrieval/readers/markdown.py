"""Markdown, with or without YAML front matter."""

import re
from dataclasses import replace
from itertools import pairwise

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from retrieval.article import Article
from retrieval.errors import N_, ReadError
from retrieval.readers.decode import decode
from retrieval.readers.fields import (
    NAMES,
    Fields,
    from_mapping,
    title_from,
    to_article,
    without_title,
)
from retrieval.readers.files import SourceFile
from retrieval.readers.markup import plain_text
from retrieval.text.canonical import clean, one_line

_BEGIN = re.compile(r"\s*^---[ \t]*\n", re.MULTILINE)
_END = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE)
_NAMED = re.compile(rf"^(?:{'|'.join(NAMES)})[ \t]*:(?:\s|\Z)", re.MULTILINE | re.IGNORECASE)


def read_markdown(file: SourceFile) -> Article:
    """Return the article in a Markdown file; its body is plain text. Raises ``ReadError``.

    Without a title in the front matter it is the first heading, else the first sentence.
    """
    text = re.sub(r"\r\n?", "\n", decode(file.load(), file.origin))
    fields, source = _front_matter(text, file)
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    tokens = parser.parse(source)
    body = clean(plain_text(parser.renderer.render(tokens, parser.options, {})))
    title = fields.title or _first_heading(tokens, parser) or title_from(body)
    return to_article(file, replace(fields, title=title), without_title(body, title))


def _front_matter(text: str, file: SourceFile) -> tuple[Fields, str]:
    """Return the fields of the front matter, and the text below it."""
    begin = _BEGIN.match(text)
    if begin is None:
        return Fields(), text
    end = _END.search(text, begin.end())
    if end is None and _NAMED.match(text, begin.end()):
        raise ReadError(file.origin, "front matter: the closing --- is missing")
    if end is None or not _NAMED.search(text, begin.end(), end.start()):
        return Fields(), text  # rules, with text between them
    try:
        # The base loader leaves every value as it is written: no title "12:30" becomes 750, no "no" False.
        mapping = yaml.load(text[begin.end() : end.start()], Loader=yaml.BaseLoader)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise _complaint(error, begin[0].count("\n"), file.origin) from error
    if not isinstance(mapping, dict):
        return Fields(), text
    said = {str(name).lower(): value for name, value in mapping.items() if value not in ("null", "~")}
    return from_mapping(said, file.timezone), text[end.end() :]


def _complaint(error: Exception, lines_above: int, origin: str) -> ReadError:
    """Return the error that says what is wrong in the front matter, where, and what to do."""
    problem = getattr(error, "problem", None) or "not YAML"
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        return ReadError(origin, "front matter: {problem}; put the value in quotes", problem=problem)
    remedy = (
        N_("front matter, line {n}: {problem}; use spaces instead of tabs")
        if "\\t" in problem
        else N_("front matter, line {n}: {problem}; put the value in quotes")
    )
    return ReadError(origin, remedy, n=lines_above + mark.line + 1, problem=problem)


def _first_heading(tokens: list[Token], parser: MarkdownIt) -> str | None:
    for token, content in pairwise(tokens):
        if token.type == "heading_open":
            return one_line(plain_text(parser.renderer.render([content], parser.options, {})))
    return None
