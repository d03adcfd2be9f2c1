"""PDF: the article with the numbers of its pages, from its letters or, in a scan, from its pictures."""

import ctypes
from collections.abc import Iterator
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from retrieval.article import Article
from retrieval.errors import ReadError
from retrieval.readers.documents import scan
from retrieval.readers.documents.drafting import PAGE, from_paragraphs
from retrieval.readers.files import MAX_DOCUMENT_BYTES, SourceFile
from retrieval.readers.isolation.limits import more_time
from retrieval.readers.paper.line import Line, in_order
from retrieval.readers.paper.paragraphs import paragraphs

MAX_PAGES = 1_000
MAX_SCANNED_PAGES = 60  # each takes seconds
MIN_LETTERS = 20  # on a page; a picture of a page may come with a stamp or a number in letters
DOTS_AN_INCH = 300  # what Tesseract reads best
MAX_PIXELS = 40_000_000  # of one page; a poster is read smaller
GAP = 1.2  # of a letter's height; a wider one divides two lines beside each other

_POINTS_AN_INCH = 72


def read_pdf(file: SourceFile) -> Article:
    """Return the article in a PDF file, a page after the other. Raises ``ReadError``.

    A page without letters is a picture, and is read with Tesseract; the whole article counts as a scan then.
    """
    content = file.load(MAX_DOCUMENT_BYTES)
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        reason = "locked with a password; save it without one" if locked else "damaged PDF file; save it anew"
        raise ReadError(file.origin, reason) from error
    try:
        if len(document) > MAX_PAGES:
            raise ReadError(file.origin, f"a book of over {MAX_PAGES} pages; send it in parts")
        return _article(file, document)
    except pypdfium2.PdfiumError as error:
        raise ReadError(file.origin, "damaged PDF file; save it anew") from error
    finally:
        document.close()


def _article(file: SourceFile, document: Any) -> Article:
    pages = []
    pictures = []
    for number in range(len(document)):
        page = document[number]
        lines = list(_lines(page))
        letters = sum(map(str.isalpha, "".join(line.text for line in lines)))
        if letters < MIN_LETTERS and _is_picture(page):
            pictures.append(number)
        pages.append(in_order(lines))
        page.close()
    if len(pictures) * 2 <= len(pages):
        # Some pages of pictures, as a cover: the letters are the article.
        return from_paragraphs(file, paragraphs(pages, PAGE))
    return _scanned(file, document, pictures[:MAX_SCANNED_PAGES])


def _scanned(file: SourceFile, document: Any, pictures: list[int]) -> Article:
    scan.check(file.origin)
    read: list[str] = []
    for number in range(max(pictures) + 1):
        mark = PAGE if number else ""
        lines: list[str] = []
        if number in pictures:
            more_time()
            try:
                lines = scan.recognised(_picture(document[number]), file.origin)
            except ReadError as error:
                if error.reason != scan.ILLEGIBLE:
                    raise
        read += [mark + lines[0], *lines[1:]] if lines else [mark]
    return from_paragraphs(file, _marks_moved(read), is_scan=True)


def _marks_moved(read: list[str]) -> Iterator[str]:
    """Yield the paragraphs; the marks of pages without text stand before the next one that has some."""
    marks = ""
    for paragraph in read:
        if paragraph.strip(PAGE):
            yield marks + paragraph
            marks = ""
        else:
            marks += paragraph


def _is_picture(page: Any) -> bool:
    return any(True for _ in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3))


def _picture(page: Any) -> bytes:
    """Return the page as a portable graymap, the plainest format that Tesseract opens."""
    width, height = page.get_size()
    scale = DOTS_AN_INCH / _POINTS_AN_INCH
    scale = min(scale, (MAX_PIXELS / max(width * height, 1.0)) ** 0.5)
    bitmap = page.render(scale=scale, grayscale=True)
    rows = bytes(bitmap.buffer)
    packed = b"".join(rows[start : start + bitmap.width] for start in range(0, len(rows), bitmap.stride))
    return f"P5 {bitmap.width} {bitmap.height} 255\n".encode() + packed


def _lines(page: Any) -> Iterator[Line]:
    """Yield the lines of a page as PDFium meets them; a wide gap ends one."""
    text_page = page.get_textpage()
    raw = text_page.raw
    letters: list[str] = []
    box = (0.0, 0.0, 0.0, 0.0)
    edges = [ctypes.c_double() for _ in range(4)]
    references = [ctypes.byref(edge) for edge in edges]
    for index in range(text_page.count_chars()):
        letter = chr(pdfium.FPDFText_GetUnicode(raw, index))
        if letter.isspace() or letter in "\0\ufffe\uffff":
            if letter in "\r\n" and letters:
                yield _line(letters, box)
                letters = []
            elif letters:
                letters.append(" ")
            continue
        pdfium.FPDFText_GetCharBox(raw, index, *references)
        left, right, bottom, top = (edge.value for edge in edges)
        if letters and _is_apart(box, left, bottom, top):
            yield _line(letters, box)
            letters = []
        if not letters:
            box = left, right, bottom, top
        box = min(box[0], left), max(box[1], right), min(box[2], bottom), max(box[3], top)
        letters.append(letter)
    if letters:
        yield _line(letters, box)
    text_page.close()


def _is_apart(box: tuple[float, float, float, float], left: float, bottom: float, top: float) -> bool:
    height = max(box[3] - box[2], 1.0)
    is_above_or_below = bottom > box[3] or top < box[2] - height / 2
    return is_above_or_below or not -height < left - box[1] < GAP * height


def _line(letters: list[str], box: tuple[float, float, float, float]) -> Line:
    return Line(text="".join(letters), left=box[0], right=box[1], bottom=box[2], top=box[3])
