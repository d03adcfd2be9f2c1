"""A web page taken apart: the blocks of its article, its title, what its head declares and what it asks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import trafilatura

from retrieval.readers.around import closing
from retrieval.readers.page import body, chrome, dating, kind, logins, script, titles, tree
from retrieval.readers.page.blocks import Block, blocks
from retrieval.readers.page.declared import Declared, declared

MIN_COVERAGE = 0.6  # 0..1 of the second reading's text; with less of it left, too much was taken for boxes
MIN_SCRIPT = 200  # characters of text that an article without scripts shows; with less its scripts are asked
MAX_LEAD_BLOCKS = 12  # blocks from the title to the text; a title further away belongs to something else
MIN_POINTER = 0.5  # 0..1 of its text inside the link

_POINTERS = (
    *(">>", "»", "►", "▶", "☛", "xem thêm:", "đọc thêm:", "xem tiếp:", "tin liên quan:", "bài liên quan:"),
    *("read more:", "read also:", "also read:", "see also:", "related:"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page, taken apart."""

    declared: Declared
    shown: Sequence[Block]  # all that it shows, in order
    article: Sequence[Block]
    begin: int  # number of the article's first block among those shown
    end: int  # number of its last one
    title: str | None
    heading: int | None  # number of the block that prints the title
    asks_password: bool
    asks_name: bool  # of an account
    is_export: bool
    rows: Sequence[Mapping[str, object]]  # the objects in its scripts, if they had to be asked
    is_shell: bool  # it shows hardly anything without its scripts


def take_apart(markup: str) -> Page | None:
    """Return the parts of the page *markup*; None if nothing in it can be an article."""
    root = tree.parse(markup)
    if root is None:
        return None
    says = declared(root)
    asks_password, asks_name = logins.has_password(root), logins.has_user_name(root)
    is_export = kind.is_export(root)
    second = _second_reading(markup)
    tree.drop_hidden(root)
    shown = blocks(root)
    own = _own_blocks(root, markup, second, shown, says)
    rows = list(script.articles(tree.parse(markup))) if _told(own) < MIN_SCRIPT else []
    if not own and not rows:
        return None
    places = _places(own, shown)
    if places:
        first, last = kind.text_between(shown, places[0], places[-1])
        own = [block for block, at in zip(own, places, strict=True) if first <= at <= last]
        places = [at for at in places if first <= at <= last]
    begin = places[0] if places else len(shown)
    title, heading = titles.title(says, shown, begin)
    if title is None:
        title, heading = titles.over(shown, dating.line_above(shown, begin))
    article = _without_heading(own, places, title, heading)
    begin = next((at for at in places if heading is None or at > heading), begin)
    article = [*_lead(shown, heading, begin, says), *article]
    return Page(
        declared=says,
        shown=shown,
        article=article,
        begin=begin,
        end=places[-1] if places else begin,
        title=title,
        heading=heading,
        asks_password=asks_password,
        asks_name=asks_name,
        is_export=is_export,
        rows=rows,
        is_shell=sum(len(block.text) for block in shown) < MIN_SCRIPT,
    )


def _told(shown: Sequence[Block]) -> int:
    """Return how many characters of *shown* stand outside links and what a page prints below any article."""
    return sum(len(block.text) - block.linked for block in shown if not closing.is_rest(block.text))


def _lead(shown: Sequence[Block], heading: int | None, begin: int, says: Declared) -> list[Block]:
    """Return the sentences that the page prints between its title and the text."""
    if heading is None or begin - heading > MAX_LEAD_BLOCKS:
        return []
    between = shown[heading + 1 : begin]
    return [block for block in between if body.is_lead(block, says.summaries) and not _is_hidden(block)]


def _is_hidden(block: Block) -> bool:
    return any(map(chrome.is_hidden, (block.element, *block.element.iterancestors())))


def _second_reading(markup: str) -> str:
    """Return the text that trafilatura takes for the article; "" if it finds none."""
    root: Any = trafilatura.load_html(markup)
    if root is None:
        return ""
    document: Any = trafilatura.bare_extraction(root, include_comments=False, with_metadata=False)
    return (document.text or "") if document is not None else ""


def _own_blocks(root: Any, markup: str, second: str, shown: Sequence[Block], says: Declared) -> list[Block]:
    """Return the blocks that are the article."""
    if any([chrome.remove_hidden(root), chrome.remove_next(root), chrome.remove_galleries(root)]):
        shown = blocks(root)
    titles_said = (*says.titles, *says.headings)
    chrome.remove(root, titles_said)
    left = blocks(root)
    if len(second) >= MIN_SCRIPT and body.coverage(left, second) < MIN_COVERAGE * body.coverage(
        shown, second
    ):
        root = tree.parse(markup)
        tree.drop_hidden(root)
        chrome.remove_hidden(root)
        chrome.remove_next(root)
        chrome.remove_galleries(root)
        chrome.remove(root, titles_said, is_careful=True)
        left = blocks(root)
    return [left[number] for number in body.chosen(left, tree.measures(root), second)]


def _places(own: Sequence[Block], shown: Sequence[Block]) -> list[int]:
    """Return the numbers that the blocks *own* have among all that are *shown*."""
    places: list[int] = []
    number = 0
    for block in own:
        same = next((n for n in range(number, len(shown)) if shown[n].text == block.text), None)
        number = number if same is None else same
        places.append(number)
    return places


def _is_pointer(block: Block) -> bool:
    """Tell whether *block* is a link to another article behind a mark: ">> Chợ đêm dời chỗ"."""
    return block.text.lower().startswith(_POINTERS) and block.link_share > MIN_POINTER


def _without_heading(
    own: Sequence[Block], places: Sequence[int], title: str | None, heading: int | None
) -> list[Block]:
    """Return *own* without the title, and without what stands above it."""
    title_key = body.key(title or "")
    return [
        block
        for number, (block, at) in enumerate(zip(own, places, strict=True))
        if not _is_pointer(block)
        and not (number == 0 and titles.is_generic(block.text))
        and not (number < 4 and title_key and body.key(block.text) == title_key)
        and (heading is None or at > heading)
    ]
