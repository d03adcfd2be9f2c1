"""The part of a page that holds its article: which elements, and which blocks below them.

The way of Readability (Arc90, 2010; Mozilla, 2015): paragraphs give points to the elements around them, links
take points away, and what stands beside the best element and looks like it joins in. Unlike there, a
paragraph is a block of text in whatever element, so that pages of divs, cells and line breaks count alike.
"""

from collections import defaultdict
from collections.abc import Sequence

import regex

from retrieval.readers.page.blocks import Block
from retrieval.readers.page.chrome import named
from retrieval.readers.page.tree import Element, Measure, tag_of

MIN_BLOCK_LENGTH = 25  # characters; shorter blocks give no points
REGION_LEVELS = 6  # elements around a block that it gives points to; those with the same text are one
SIBLING_SHARE = 0.2  # 0..1 of the best element's points that its sibling must have
CLIMB_SHARE = 0.75  # 0..1 of the best element's points that make another element a rival
MIN_RIVALS = 3  # rivals with the same element around them: that element is the article

_POSITIVE = regex.compile(
    r"(?<![a-z])(?:article|body|content|entry|hentry|h-?entry|main|page|post|text|blog|story|detail|noi-?dung|bai-?viet|chi-?tiet|sapo)(?![a-z])"
)
_NEGATIVE = regex.compile(
    r"(?<![a-z])(?:hid|banner|combx|comment|com|contact|footer|gdpr|masthead|media|meta|outbrain|promo|related|scroll|share|shoutbox|sidebar|skyscraper|sponsor|shopping|tags?|widget|box|hop|teaser|lien-?quan|tin-?khac)(?![a-z])"
)
_SENTENCE_END = regex.compile(r"""[.!?…。！？:;]["'”’»)\]]*$""")


def scores(blocks: Sequence[Block], sizes: dict[Element, Measure]) -> dict[Element, float]:
    """Return the points of every element that may hold the article."""
    alone: defaultdict[Element, int] = defaultdict(int)
    for block in blocks:
        alone[block.element] += 1
    points: dict[Element, float] = {}
    for block in blocks:
        if len(block.text) < MIN_BLOCK_LENGTH:
            continue
        worth = (
            1
            + block.text.count(",")
            + block.text.count("、")
            + block.text.count("，")
            + min(len(block.text) / 100, 3)
        )
        worth *= 1 - block.link_share
        element = block.element
        # The element of a single paragraph is that paragraph; one with several holds them.
        if alone[element] == 1 and tag_of(element) != "body":
            element = element.getparent()
        # Builders of pages wrap each paragraph into boxes, one in the other: together they are one level.
        level, own = 0, sizes[block.element].text if element is not block.element else -1
        while element is not None and tag_of(element) != "html" and level < REGION_LEVELS:
            if element not in points:
                points[element] = _start(element)
            points[element] += worth / (1 if level == 0 else 2 if level == 1 else level * 3)
            element = element.getparent()
            level += element is not None and sizes[element].text != own
    return {element: score * (1 - sizes[element].link_share) for element, score in points.items()}


def article(blocks: Sequence[Block], sizes: dict[Element, Measure]) -> list[Element]:
    """Return the elements that hold the article, in document order; none if the page has no text."""
    points = scores(blocks, sizes)
    if not points:
        return []
    best = max(points, key=points.__getitem__)
    best = _common(best, points)
    best = _climbed(best, points)
    parent = best.getparent()
    if parent is None or tag_of(best) == "body":
        return [best]
    return [element for element in parent if element is best or _joins(element, best, points, sizes)]


def inside(block: Block, elements: set[Element]) -> bool:
    """Tell whether *block* stands in one of *elements*."""
    element = block.element
    while element is not None:
        if element in elements:
            return True
        element = element.getparent()
    return False


def _start(element: Element) -> float:
    names = named(element)
    points = 25.0 * bool(_POSITIVE.search(names)) - 25.0 * bool(_NEGATIVE.search(names)) if names else 0.0
    if element.get("itemprop") == "articleBody":
        points += 50
    match tag_of(element):
        case "div" | "article":
            points += 5
        case "pre" | "td" | "blockquote":
            points += 3
        case "address" | "ol" | "ul" | "dl" | "dd" | "dt" | "li" | "form":
            points -= 3
        case "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "th":
            points -= 5
    return points


def _common(best: Element, points: dict[Element, float]) -> Element:
    """Return the element around *best* and its rivals, if there are several beside it."""
    top = points[best]
    ranked = sorted(points, key=points.__getitem__, reverse=True)[:5]
    rivals = [e for e in ranked if e is not best and points[e] >= CLIMB_SHARE * top]
    if len(rivals) < MIN_RIVALS:
        return best
    around = [set(rival.iterancestors()) for rival in rivals]
    for ancestor in best.iterancestors():
        if tag_of(ancestor) in ("body", "html"):
            break
        if sum(ancestor in chain for chain in around) >= MIN_RIVALS:
            return ancestor
    return best


def _climbed(best: Element, points: dict[Element, float]) -> Element:
    """Return the element around *best* with more points than it, or *best*; and out of only children."""
    last = points.get(best, 0.0)
    least = last / 3
    element = best.getparent()
    while element is not None and tag_of(element) not in ("body", "html"):
        score = points.get(element)
        if score is None or score < least:
            break
        if score > last:
            best = element
            break
        last = score
        element = element.getparent()
    parent = best.getparent()
    while parent is not None and tag_of(parent) not in ("body", "html") and len(parent) == 1:
        best, parent = parent, parent.getparent()
    return best


def _joins(
    element: Element, best: Element, points: dict[Element, float], sizes: dict[Element, Measure]
) -> bool:
    threshold = max(10.0, SIBLING_SHARE * points.get(best, 0.0))
    bonus = (
        SIBLING_SHARE * points.get(best, 0.0)
        if element.get("class") and element.get("class") == best.get("class")
        else 0.0
    )
    if element in points and points[element] + bonus >= threshold:
        return True
    if tag_of(element) != "p":
        return False
    size = sizes[element]
    if size.text > 80:
        return size.link_share < 0.25
    text = "".join(element.itertext()).strip()
    return size.text > 0 and size.linked == 0 and bool(_SENTENCE_END.search(text))
