"""The article's own blocks: those on which two readings of a page agree, and what belongs to them.

``region`` finds where the article stands; trafilatura, a library with years of pages behind it, chooses
sentences. Each alone takes a side box for the article on some pages, or a list of other articles along with
it, but they hardly ever make the same mistake.
"""

from collections.abc import Mapping, Sequence
from itertools import chain, islice

import regex

from retrieval.readers.page import region
from retrieval.readers.page.blocks import Block
from retrieval.readers.page.chrome import named
from retrieval.readers.page.tree import Element, Measure, tag_of

MIN_AGREEMENT = 0.5  # 0..1 of the larger reading; below it the two have read different things
MIN_SHARED = 0.8  # 0..1 of the smaller reading; with so much in common it is the larger without a list
MIN_KIN = 1.15  # times the common part that stands in elements like its own; a reading broke off
MIN_COPY = 60  # letters and digits; a shorter line may be said twice, and so may a question
ENOUGH = 250  # letters and digits; a shorter common part may be a box
PARAGRAPH = 200  # characters of what is a sentence, though its stop was forgotten
MIN_LEAD = 40  # characters
MAX_LEAD_LINKS = 0.3  # 0..1 of its text

_WORDS = regex.compile(r"\w+")
_NUMBER = regex.compile(r"\d+")
_SENTENCE_END = regex.compile(r"""[.!?…。！？:;]["'”’»)\]]*(?:\ ?\[\w+\])*$""")
_SUMMARY = regex.compile(
    r"(?<![a-z])(?:sapo\w*|lead|intro|summary|standfirst|excerpt|deck|teaser|tom-?tat|mo-?ta|trich-?dan|hometext|sub-?title|sub-?head\w*|description)(?![a-z])"
)
_ASIDE = regex.compile(
    r"(?<![a-z])(?:byline|author|credit|date|time|meta|info|update\w*|source|copyright|newsletter|crosslink\w*)(?![a-z])"
)


def key(text: str) -> str:
    """Return the letters and digits of *text* alone, to compare what two readings call the same sentence."""
    return "".join(_WORDS.findall(text.lower()))


def chosen(blocks: Sequence[Block], sizes: dict[Element, Measure], second: str) -> list[int]:
    """Return the numbers of the blocks that are the article, in order.

    *second* is the text that another reader took for the article; "" if it found none.
    """
    elements = set(region.article(blocks, sizes))
    keys = [key(block.text) for block in blocks]
    second_key = key(second)
    first = [region.inside(block, elements) for block in blocks]
    other = [bool(k) and k in second_key for k in keys]
    both = [a and b for a, b in zip(first, other, strict=True)]

    def weight(chosen: Sequence[bool]) -> int:
        return sum(
            len(k) for k, block, c in zip(keys, blocks, chosen, strict=True) if c and block.link_share < 0.5
        )

    told = _told(blocks, first)
    agreed, mine, theirs = weight(both), weight(told), weight(other)
    base: Sequence[bool] = both
    if agreed >= ENOUGH and agreed >= MIN_SHARED * min(mine, theirs):
        kin = _kin(blocks, both, told)
        base = kin if weight(kin) >= MIN_KIN * agreed else both
    elif agreed < MIN_AGREEMENT * max(mine, theirs):
        base = told if mine >= theirs else other
    return _without_copies(blocks, keys, _completed(blocks, base, first, other, sizes))


def _without_copies(blocks: Sequence[Block], keys: Sequence[str], numbers: Sequence[int]) -> list[int]:
    """Return *numbers* without the paragraphs that only say again what one in another place says.

    Some pages print a text once more for telephones.
    """
    firsts: dict[str, Element] = {}
    kept = []
    for number in numbers:
        block, own = blocks[number], keys[number]
        home = block.element.getparent()
        if len(own) >= MIN_COPY and home is not None and not block.text.endswith("?"):
            first = firsts.setdefault(own, home)
            if first is not home and first.getparent() is not home.getparent():
                continue
        kept.append(number)
    return kept


def _kin(blocks: Sequence[Block], both: Sequence[bool], told: Sequence[bool]) -> list[bool]:
    """Return *both*, and what is *told* or a sentence in elements like theirs: the rest of a text cut off."""
    kinds = {kind for block, agreed in zip(blocks, both, strict=True) if agreed for kind in _kinds(block)}
    return [
        agreed or ((is_told or _is_sentence(block)) and not kinds.isdisjoint(_kinds(block)))
        for block, agreed, is_told in zip(blocks, both, told, strict=True)
    ]


def is_lead(block: Block, summaries: Sequence[str]) -> bool:
    """Tell whether *block*, printed between the title and the text, is the beginning of the text.

    *summaries* are what the page declares as its summary.
    """
    if block.link_share > MAX_LEAD_LINKS:
        return False
    own = key(block.text)
    if len(block.text) >= MIN_LEAD and any(
        (said := key(text)) and (said in own or own in said) for text in summaries
    ):
        return True
    names = " ".join(
        named(element) for element in (block.element, block.element.getparent()) if element is not None
    )
    if _ASIDE.search(names):
        return False
    return bool(_SUMMARY.search(names)) or (len(block.text) >= MIN_LEAD and _is_sentence(block))


def _told(blocks: Sequence[Block], inside: Sequence[bool]) -> list[bool]:
    """Return *inside* without the links, tools and labels that stand among an article's paragraphs."""
    return [
        c
        and (block.link_share < 0.5 or _is_linked_sentence(block))
        and not _ASIDE.search(named(block.element))
        for block, c in zip(blocks, inside, strict=True)
    ]


def _completed(
    blocks: Sequence[Block],
    base: Sequence[bool],
    first: Sequence[bool],
    other: Sequence[bool],
    sizes: Mapping[Element, Measure],
) -> list[int]:
    kept = [number for number, b in enumerate(base) if b]
    if not kept:
        return []
    begin, end = kept[0], kept[-1]
    homes = {home for number in kept for home in _homes(blocks[number])}
    numbers = []
    for number, block in enumerate(blocks):
        is_between = begin < number < end
        if (
            base[number]
            or (
                is_between
                and first[number]
                and (_belongs(block) or _is_listed(block, sizes))
                and not homes.isdisjoint(_homes(block))
            )
            or (is_between and other[number] and _is_sentence(block))
        ):
            numbers.append(number)
        elif (
            number == end + 1
            and first[number]
            and block.tag in ("tr", "li")
            and _belongs(block)
            and not homes.isdisjoint(_homes(block))
        ):
            numbers.append(number)
            end = number
    return numbers


def _homes(block: Block) -> list[Element]:
    """Return the elements in which *block* stands as a paragraph: the one around it, and around its list."""
    element = block.element
    if tag_of(element) == "tr":
        tables = list(element.iterancestors("table"))[:1]
        # A table stands in a box that lets it scroll, or centers it.
        return [*tables, *islice(chain.from_iterable(table.iterancestors() for table in tables), 3)]
    around = element.getparent()
    homes = [around]
    if tag_of(element) in ("div", "td", "body", "article", "section", "main"):
        # Loose words, divided by line breaks.
        homes.append(element)
    if tag_of(element) == "li":
        whole = _list(element)
        return [around, element if whole is None else whole.getparent()]
    # A figure, and a box around this paragraph alone stand among paragraphs themselves.
    if around is not None and (
        tag_of(element) in ("dd", "dt", "figcaption") or tag_of(around) == "figure" or len(around) == 1
    ):
        homes.append(around.getparent())
    return homes


def _list(element: Element) -> Element | None:
    """Return the list around an item, the outermost one of lists within lists."""
    whole = None
    for around in element.iterancestors():
        if tag_of(around) not in ("ul", "ol", "li"):
            break
        whole = around if tag_of(around) != "li" else whole
    return whole


def _kinds(block: Block) -> set[object]:
    """Return the home of *block*, and what it looks like: a text may be cut up into several boxes."""
    home = _homes(block)[0]
    if home is None or not home.get("class"):
        return {home}
    return {home, (block.tag, tag_of(home), _NUMBER.sub("", home.get("class")))}


def _is_listed(block: Block, sizes: Mapping[Element, Measure]) -> bool:
    """Tell whether *block* is an item of a list that says more than the links in it."""
    whole = _list(block.element) if block.tag == "li" else None
    return whole is not None and whole in sizes and sizes[whole].link_share < 0.5


def _belongs(block: Block) -> bool:
    if (block.link_share >= 0.5 and not _is_linked_sentence(block)) or _ASIDE.search(named(block.element)):
        return False
    if block.tag == "p" and len(block.text) >= PARAGRAPH:
        return True
    if block.text.startswith("©"):  # loose words below a picture
        return False
    return block.tag in (
        "tr",
        "figcaption",
        "li",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "pre",
        "dt",
        "dd",
        "blockquote",
    ) or _is_sentence(block)


def _is_linked_sentence(block: Block) -> bool:
    return len(block.text) >= 60 and block.tag == "p" and block.text.endswith((".", "!", "…", ".”"))


def _is_sentence(block: Block) -> bool:
    if _is_linked_sentence(block):
        return True
    return len(block.text) > 25 and block.link_share < 0.5 and bool(_SENTENCE_END.search(block.text))


def coverage(blocks: Sequence[Block], second: str) -> float:
    """Return the share, 0..1, of the text *second* that stands in *blocks*; 1 if there is no such text."""
    second_key = key(second)
    if not second_key:
        return 1.0
    return min(
        1.0, sum(len(k) for k in {key(block.text) for block in blocks} if k in second_key) / len(second_key)
    )
