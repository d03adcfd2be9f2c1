"""Markdown, with or without YAML front matter."""

import re
from dataclasses import replace
from itertools import pairwise

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from retrieval.article import Article
from retrieval.errors import ReadError
from retrieval.readers.decode import decode
from retrieval.readers.fields import Fields, from_mapping, one_line, title_from, to_article, without_title
from retrieval.readers.files import SourceFile
from retrieval.readers.markup import plain_text
from retrieval.text import clean

_FRONT_MATTER = re.compile(
    r"---[ \t]*\n(?P<yaml>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE
)


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
    match = _FRONT_MATTER.match(text)
    if match is None:
        return Fields(), text
    try:
        # The base loader leaves every value as it is written: no title "12:30" becomes 750, no "no" False.
        mapping = yaml.load(match["yaml"], Loader=yaml.BaseLoader)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 2}" if mark else ""
        problem = getattr(error, "problem", None) or "not YAML"
        raise ReadError(file.origin, f"front matter{line}: {problem}") from error
    if not isinstance(mapping, dict):  # two rules with text between them
        return Fields(), text
    said = {str(name).lower(): value for name, value in mapping.items() if value not in ("null", "~")}
    return from_mapping(said, file.timezone), text[match.end() :]


def _first_heading(tokens: list[Token], parser: MarkdownIt) -> str | None:
    for token, content in pairwise(tokens):
        if token.type == "heading_open":
            return one_line(plain_text(parser.renderer.render([content], parser.options, {})))
    return None
