"""OpenDocument text (ODT), as LibreOffice saves it."""

from html import escape
from typing import Any

from retrieval.article import Article
from retrieval.readers.documents.archive import ZippedFiles
from retrieval.readers.documents.drafting import from_markup
from retrieval.readers.files import MAX_DOCUMENT_BYTES, SourceFile

_TAGS = {"p": "p", "h": "h2", "list": "ul", "list-item": "li", "table": "table", "table-row": "tr"}
_TAGS |= {"table-cell": "td", "span": "span", "a": "a"}
_SILENT = frozenset({"annotation", "tracked-changes", "forms", "sequence-decls", "desc", "title", "image"})
_SILENT |= {"note-citation"}


def read_odt(file: SourceFile) -> Article:
    """Return the article in an ODT file. Raises ``ReadError``."""
    archive = ZippedFiles(file.load(MAX_DOCUMENT_BYTES), file.origin)
    return from_markup(file, _markup(archive.xml("content.xml")))


def _markup(element: Any) -> str:
    """Return the element and what is below it as HTML, the notes behind all else."""
    parts: list[str] = []
    notes: list[Any] = []
    # Not by recursion: a hostile file nests deeper than Python calls.
    waiting: list[Any] = [element]
    while waiting or notes:
        node = waiting.pop() if waiting else notes.pop(0)
        if isinstance(node, str):
            parts.append(node)
            continue
        if not isinstance(node.tag, str):
            continue
        name = node.tag.rpartition("}")[2]
        if name in _SILENT:
            continue
        if name == "note":
            notes.extend(node)
            continue
        if name in ("s", "tab", "line-break"):
            parts.append("<br>" if name == "line-break" else " ")
            continue
        tag = _TAGS.get(name, "div")
        parts.append(f"<{tag}>{escape(node.text or '')}")
        waiting.append(f"</{tag}>")
        for child in reversed(node):
            waiting.append(escape(child.tail or ""))
            waiting.append(child)
    return "".join(parts)
