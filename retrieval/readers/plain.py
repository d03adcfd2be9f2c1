"""Plain text, as somebody typed it or a portal saved it."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from retrieval.article import Article
from retrieval.readers import portal
from retrieval.readers.decode import decode
from retrieval.readers.fields import title_from, to_article
from retrieval.readers.files import SourceFile
from retrieval.text.canonical import one_line

WRAP_WIDTH = 120  # characters; a longer line is a paragraph that nobody broke
MIN_MARGIN = 60  # characters; a block whose lines are all shorter was not broken by a margin
FULL_LINE = 0.8  # 0..1 of a block's longest line; a shorter line ended because its writer ended it

_LINE_END = re.compile("\r\n|[\n\r\u000b\u000c\u0085\u2028\u2029]")
_LIST_ITEM = re.compile(r"(?:[-–—+*•·●▪○]|\d{1,3}[.)]|[ivx]{1,5}[.)]|[a-zđ][.)])\s", re.IGNORECASE)
_SENTENCE_END = (".", "!", "?", "…", ":", ";")


def read_plain(file: SourceFile) -> Article:
    """Return the article in a text file. Raises ``ReadError``.

    The header and the byline of a portal page become fields (see ``retrieval.readers.portal``). A text
    without a title gets its first sentence: a hit needs a name to be shown by.
    """
    lines = [one_line(line) for line in _LINE_END.split(decode(file.load(), file.origin))]
    fields, rest = portal.read_page(lines, file.timezone)
    # Asked of the whole page: below the title there may be one paragraph, broken by a margin.
    body = "\n".join(paragraphs(rest) if _has_blank_lines(lines) else filter(None, rest))
    return to_article(file, replace(fields, title=fields.title or title_from(body)), body)


def paragraphs(lines: Sequence[str]) -> list[str]:
    """Return the paragraphs of *lines*, whose blank ones divide blocks.

    The lines of a block are joined where they look broken by a margin: the next one goes on in lower case,
    or this one ends in mid-sentence, at the margin or with a word like "cho". List items and unbroken
    paragraphs stay apart.
    """
    blocks = re.split(r"\n{2,}", "\n".join(lines).strip("\n"))
    return [paragraph for block in blocks if block for paragraph in _joined(block.split("\n"))]


def _has_blank_lines(lines: Sequence[str]) -> bool:
    return "\n\n" in "\n".join(lines).strip("\n")


def _joined(block: list[str]) -> list[str]:
    width = max(map(len, block))
    joined = [block[0]]
    for line, following in pairwise(block):
        is_full = width >= MIN_MARGIN and len(line) >= FULL_LINE * width
        is_cut = is_full and not line.rstrip("”\"')").endswith(_SENTENCE_END)
        goes_on = following[0].islower() or is_cut or portal.is_unfinished(line)
        if len(line) <= WRAP_WIDTH and goes_on and not _LIST_ITEM.match(following):
            joined[-1] += f" {following}"
        else:
            joined.append(following)
    return joined
