"""Word: documents of today (DOCX), of 1997 to 2003 (DOC), and RTF."""

import io
import re
import tempfile
from pathlib import Path
from typing import Any

import doc2docx
import mammoth
from striprtf.striprtf import rtf_to_text

from retrieval.article import Article
from retrieval.errors import N_, ReadError
from retrieval.readers.documents.archive import ZippedFiles, parsed
from retrieval.readers.documents.drafting import from_markup, from_paragraphs, paragraphs_of
from retrieval.readers.files import MAX_DOCUMENT_BYTES, SourceFile

# The number of a note in the text, and the arrow back from the note, as mammoth writes them.
_NOTE_LINK = re.compile(
    r'<sup><a href="#(?:foot|end)note-\d+"[^>]*>\[\d+\]</a></sup>| ?<a href="#(?:foot|end)note-ref-\d+">↑</a>'
)
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def read_docx(file: SourceFile) -> Article:
    """Return the article in a DOCX file, the header of its first page included. Raises ``ReadError``."""
    return _article_of_docx(file, file.load(MAX_DOCUMENT_BYTES))


def read_doc(file: SourceFile) -> Article:
    """Return the article in a file of Word 97 to 2003. Raises ``ReadError``."""
    content = file.load(MAX_DOCUMENT_BYTES)
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "source.doc"), Path(folder, "target.docx")
        source.write_bytes(content)
        try:
            doc2docx.convert(source, target)
            converted = target.read_bytes()
        # It is a young library, and damaged files set off whatever there is in it.
        except Exception as error:
            raise ReadError(file.origin, _reason(error)) from error
    return _article_of_docx(file, converted)


def read_rtf(file: SourceFile) -> Article:
    """Return the article in an RTF file. Raises ``ReadError``."""
    content = file.load(MAX_DOCUMENT_BYTES).decode("latin-1")
    try:
        text: str = rtf_to_text(content, encoding="cp1252", errors="ignore")  # type: ignore[no-untyped-call]
    except Exception as error:
        raise ReadError(file.origin, "damaged RTF file; save it as DOCX") from error
    return from_paragraphs(file, (_row(line) for line in text.split("\n")))


def _row(line: str) -> str:
    """Return the row of a table as the other readers write it; the library ends each cell with a bar.

    In a cell of several paragraphs, as of a letterhead, each stands by itself.
    """
    cells = [cell.strip() for cell in line.rstrip("|").split("|")]
    return (" – " if line.endswith("|") else "\n").join(cells)


def _reason(error: Exception) -> str:
    if "password" in str(error).lower() or "encrypt" in str(error).lower():
        return N_("locked with a password; save it without one")
    return N_("damaged Word file; open it in Word and save it as DOCX")


def _article_of_docx(file: SourceFile, content: bytes) -> Article:
    archive = ZippedFiles(content, file.origin)
    for name in archive.names:
        if name.endswith((".xml", ".rels")):
            # Mammoth itself would follow what a document type defines.
            parsed(archive.read(name), file.origin)
    try:
        markup = mammoth.convert_to_html(
            io.BytesIO(content), convert_image=mammoth.images.img_element(lambda _: {})
        ).value
    except Exception as error:
        raise ReadError(file.origin, "damaged Word file; open it in Word and save it as DOCX") from error
    markup = _NOTE_LINK.sub("", markup)
    head = _heads(archive)
    if head:
        return from_paragraphs(file, [*head, *paragraphs_of(markup, file.origin)])
    return from_markup(file, markup)


def _heads(archive: ZippedFiles) -> list[str]:
    """Return the paragraphs of the first page's header: offices put their letterhead there."""
    names = sorted(name for name in archive.names if name.startswith("word/header") and name.endswith(".xml"))
    heads = [_paragraphs(archive.xml(name)) for name in names]
    # Those of all other pages repeat a title or count pages.
    first = next((lines for lines in heads if any("CỘNG HÒA" in line.upper() for line in lines)), [])
    return first if len(heads) else []


def _paragraphs(root: Any) -> list[str]:
    lines = ("".join(node.text or "" for node in part.iter(f"{_WORD}t")) for part in root.iter(f"{_WORD}p"))
    return [line for line in lines if line.strip()]
