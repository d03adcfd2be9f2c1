"""Scans and photographs of text, read by Tesseract if that is installed."""

import os
import re
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytesseract

from retrieval.article import Article
from retrieval.errors import N_, ReadError
from retrieval.readers.documents.drafting import from_paragraphs
from retrieval.readers.files import MAX_DOCUMENT_BYTES, SourceFile
from retrieval.readers.isolation.limits import WALL_SECONDS
from retrieval.readers.plain import plain_paragraphs

MISSING = N_(
    "a picture of text, which needs Tesseract; install the packages tesseract-ocr and tesseract-ocr-vie"
)
NO_VIETNAMESE = (
    "a picture of text, which needs Vietnamese for Tesseract; install the package tesseract-ocr-vie"
)
ILLEGIBLE = N_("no text could be made out in this picture; scan it straight and at 300 dots an inch")

PAGE_SECONDS = WALL_SECONDS - 5  # by the clock, for one page
MIN_CONFIDENCE = 50  # 0..100, Tesseract's own measure, on average; text gives over 80, photographs below 40
_LETTERS = re.compile(r"[^\W\d_]{2,}")


def read_picture(file: SourceFile) -> Article:
    """Return the article in a picture of text. Raises ``ReadError``, also if Tesseract is not installed."""
    content = file.load(MAX_DOCUMENT_BYTES)
    return from_paragraphs(file, recognised(content, file.origin), is_scan=True)


@cache
def language() -> str:
    """Return the language to read, as Tesseract calls it: "" without Tesseract."""
    try:
        installed = pytesseract.get_languages()
    except (pytesseract.TesseractNotFoundError, pytesseract.TesseractError, OSError):
        return ""
    # Vietnamese has all letters of English; with both, capitals lose their accents.
    return "vie" if "vie" in installed else "eng"


def check(origin: str) -> None:
    """Raise ``ReadError`` if pictures cannot be read here, with the package to install."""
    if not language():
        raise ReadError(origin, MISSING)
    if language() != "vie":
        raise ReadError(origin, NO_VIETNAMESE)


def recognised(content: bytes, origin: str) -> list[str]:
    """Return the paragraphs in a picture, in any format that Tesseract opens.

    Raises ``ReadError`` if Tesseract is not there, takes too long, or is not sure of what it sees.
    """
    check(origin)
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")  # its threads slow each other down on small machines
    with tempfile.TemporaryDirectory() as folder:
        picture = Path(folder, "picture")
        picture.write_bytes(content)
        try:
            found = pytesseract.image_to_data(
                str(picture), lang=language(), timeout=PAGE_SECONDS, output_type=pytesseract.Output.DICT
            )
        except RuntimeError as error:  # also what the wrapper raises when the time is up
            raise ReadError(origin, ILLEGIBLE) from error
        except (OSError, ValueError) as error:
            raise ReadError(origin, "damaged picture") from error
    words = [
        (word, float(sure)) for word, sure in zip(found["text"], found["conf"], strict=True) if word.strip()
    ]
    legible = [sure for word, sure in words if _LETTERS.search(word)]
    if not legible or sum(legible) / len(legible) < MIN_CONFIDENCE:
        raise ReadError(origin, ILLEGIBLE)
    return _paragraphs(found)


def _paragraphs(found: dict[str, Sequence[object]]) -> list[str]:
    blocks: dict[tuple[object, object], dict[object, list[str]]] = {}
    columns = (found[name] for name in ("block_num", "par_num", "line_num", "text"))
    for block, paragraph, line, word in zip(*columns, strict=True):
        if str(word).strip():
            blocks.setdefault((block, paragraph), {}).setdefault(line, []).append(str(word))
    lines = (list(map(" ".join, block.values())) for block in blocks.values())
    return [paragraph for block in lines for paragraph in plain_paragraphs(block)]
