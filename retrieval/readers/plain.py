"""Plain text, as somebody typed it or a portal saved it."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import tzinfo
from itertools import pairwise

from retrieval.article import Article
from retrieval.readers.around import byline, closing, letterhead, portal
from retrieval.readers.decode import decode
from retrieval.readers.fields.fields import Fields, title_from, to_article
from retrieval.readers.files import SourceFile
from retrieval.text.canonical import one_line

WRAP_WIDTH = 120  # characters; a longer line is a paragraph that nobody broke
MIN_MARGIN = 60  # characters; a block whose lines are all shorter was not broken by a margin
MIN_BROKEN = 30  # characters; a shorter line may end anywhere
MIN_BROKEN_LINES = 3  # fewer show no margin
MIN_BROKEN_SHARE = 0.6  # 0..1 of the lines; verses and lists begin with capitals or end with marks
FULL_LINE = 0.8  # 0..1 of a block's longest line; a shorter line ended because its writer ended it

_LINE_END = re.compile("\r\n|[\n\r\u000b\u000c\u0085\u2028\u2029]")
_PAGE_NUMBER = re.compile(
    r"(?:trang|page)?\s*[-–]?\s*\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?\s*[-–]?", re.IGNORECASE
)
LIST_ITEM = re.compile(r"(?:[-–—+*•·●▪○]|\d{1,3}[.)]|[ivx]{1,5}[.)]|[a-zđ][.)])\s", re.IGNORECASE)
_SENTENCE_END = (".", "!", "?", "…", ":", ";")


def read_plain(file: SourceFile) -> Article:
    """Return the article in a text file. Raises ``ReadError``.

    The head of an official letter, and the header and the byline of a portal page, become fields (see
    ``readers.around.letterhead`` and ``portal``). A text without a title gets its first sentence: a hit
    needs a name to be shown by.
    """
    lines = [one_line(line) for line in _LINE_END.split(decode(file.load(), file.origin))]
    fields, rest, is_wrapped = read_lines(lines, file.timezone)
    # Asked of the whole page: below the title there may be one paragraph, broken by a margin.
    body = "\n".join(plain_paragraphs(rest) if is_wrapped else filter(None, rest))
    return to_article(file, replace(fields, title=fields.title or title_from(body)), body)


def read_lines(lines: Sequence[str], zone: tzinfo) -> tuple[Fields, list[str], bool]:
    """Return what the text in *lines* says of itself, its own lines, and whether a margin broke them."""
    written = [line for line in lines if line]
    if head := letterhead.read_letterhead(written, zone):
        number = [f"Số: {head.number}"] if head.number else []
        return Fields(title=head.title, published=head.published), [*number, *written[head.end :]], False
    lines = closing.without_rest(portal.without_issue(portal.without_menu(lines)))
    fields, rest = portal.read_page(lines, zone)
    is_broken = is_wrapped(rest)
    if is_broken:
        rest = [line for line in rest if not _PAGE_NUMBER.fullmatch(line)]
    author, rest = byline.signature(rest)
    fields = replace(fields, author=fields.author or author)
    return fields, rest, _has_blank_lines(lines) or is_broken


def is_wrapped(lines: Sequence[str]) -> bool:
    """Tell whether a margin broke *lines*, as in text out of a PDF: most of them end in mid-sentence."""
    pairs = [(line, below) for line, below in pairwise(lines) if line and below and len(line) >= MIN_BROKEN]
    width = max((len(line) for line, _ in pairs), default=0)
    if len(pairs) < MIN_BROKEN_LINES or width > WRAP_WIDTH:
        return False
    broken = sum(not line.endswith(_SENTENCE_END) and not LIST_ITEM.match(below) for line, below in pairs)
    goes_on = sum(below[0].islower() for _, below in pairs)
    return broken >= MIN_BROKEN_SHARE * len(pairs) and goes_on >= MIN_BROKEN_SHARE / 2 * len(pairs)


def plain_paragraphs(lines: Sequence[str]) -> list[str]:
    """Return the paragraphs of *lines*, whose blank ones divide blocks.

    The lines of a block are joined if they look broken by a margin: the next one goes on in lower case,
    or this one ends in mid-sentence, at the margin or with a word like "cho". List items and unbroken
    paragraphs stay apart.
    """
    blocks = re.split(r"\n{2,}", "\n".join(lines).strip("\n"))
    return [paragraph for block in blocks if block for paragraph in _joined(block.split("\n"))]


def _has_blank_lines(lines: Sequence[str]) -> bool:
    return "\n\n" in "\n".join(lines).strip("\n")


def _joined(block: list[str]) -> list[str]:
    width = max(map(len, block))
    joined = [[block[0]]]
    for line, following in pairwise(block):
        is_full = width >= MIN_MARGIN and len(line) >= FULL_LINE * width
        is_cut = is_full and not line.rstrip("”\"')").endswith(_SENTENCE_END)
        goes_on = following[0].islower() or is_cut or portal.is_unfinished(line)
        if len(line) <= WRAP_WIDTH and goes_on and not LIST_ITEM.match(following):
            joined[-1].append(following)
        else:
            joined.append([following])
    return list(map(" ".join, joined))
