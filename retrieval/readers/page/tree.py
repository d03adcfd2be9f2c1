"""The tree of a page: parsed markup, and measures of every element in it."""

from dataclasses import dataclass
from typing import Any

from lxml import etree, html  # type: ignore[import-untyped]

Element = Any  # lxml has no types

BLOCK_TAGS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "caption",
        "center",
        "cell",
        "dd",
        "details",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "option",
        "p",
        "pre",
        "row",
        "section",
        "select",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_HIDDEN_TAGS = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "iframe",
        "object",
        "embed",
        "title",
        "link",
        "meta",
        "textarea",
        "select",
        "datalist",
        "audio",
        "video",
        "canvas",
        "map",
        "area",
        "input",
        "button",
        "dialog",
        "annotation",
        "annotation-xml",
    ]
)


@dataclass(slots=True)
class Measure:
    """The amount of text in an element, with all that is below it."""

    text: int = 0  # characters, without blanks at the ends of pieces
    linked: int = 0  # of these, inside links
    commas: int = 0
    bits: int = 0  # pieces of text

    @property
    def plain(self) -> int:
        """Characters outside links."""
        return self.text - self.linked

    @property
    def link_share(self) -> float:
        """0..1 of the text."""
        return self.linked / self.text if self.text else 0.0


def parse(markup: str) -> Element | None:
    """Return the root of *markup*, or ``None`` if it holds no element. Lone surrogates must not be in it."""
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False)
    try:
        return html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:
        return None


def tag_of(element: Element) -> str:
    """Return the tag in small letters, without a namespace; "" for what is no element."""
    tag = element.tag
    return tag.lower().rpartition("}")[2].rpartition(":")[2] if isinstance(tag, str) else ""


def drop(element: Element) -> None:
    """Take *element* out of its tree, and leave the text behind it."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        # What followed an element does not continue the word before it.
        if before is None:
            parent.text = f"{parent.text or ''} {element.tail}"
        else:
            before.tail = f"{before.tail or ''} {element.tail}"
    parent.remove(element)


def drop_hidden(root: Element) -> None:
    """Take out what a browser does not show as text: scripts, styles, forms' fields, pictures' code."""
    for element in [e for e in root.iter() if tag_of(e) in _HIDDEN_TAGS and not _folds(e)]:
        drop(element)


def _folds(element: Element) -> bool:
    """Tell whether *element* is a button with a heading on it, which folds and unfolds what stands below."""
    says_so = (element.get(name) for name in ("aria-expanded", "data-toggle", "data-bs-toggle"))
    return tag_of(element) == "button" and any(says_so) and len("".join(element.itertext()).split()) > 3


def measures(root: Element) -> dict[Element, Measure]:
    """Return the measure of every element of the tree, in document order."""
    sizes: dict[Element, Measure] = {element: Measure() for element in root.iter()}
    for element, measure in sizes.items():
        _count(measure, element.text, is_link=tag_of(element) == "a")
        parent = element.getparent()
        if parent is not None and parent in sizes:
            _count(sizes[parent], element.tail, is_link=False)
    for element in reversed(sizes):
        parent = element.getparent()
        if parent is not None and parent in sizes:
            whole, part = sizes[parent], sizes[element]
            whole.text += part.text
            whole.linked += part.text if tag_of(element) == "a" else part.linked
            whole.commas += part.commas
            whole.bits += part.bits
    return sizes


def _count(measure: Measure, text: str | None, *, is_link: bool) -> None:
    text = (text or "").strip()
    if text:
        measure.text += len(text)
        measure.linked += len(text) if is_link else 0
        measure.commas += text.count(",") + text.count("，") + text.count("、")
        measure.bits += 1
