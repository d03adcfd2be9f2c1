"""PDF: the article with the numbers of its pages, from its letters or, in a scan, from its pictures."""

import ctypes
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from retrieval.article import Article
from retrieval.errors import ReadError
from retrieval.readers.documents import scan
from retrieval.readers.documents.drafting import PAGE_MARK, from_paragraphs
from retrieval.readers.files import MAX_DOCUMENT_BYTES, SourceFile
from retrieval.readers.isolation.limits import more_time
from retrieval.readers.paper.line import Line, in_order
from retrieval.readers.paper.paragraphs import paragraphs, without_running_heads

MAX_PAGES = 1_000
MAX_SCANNED_PAGES = 60  # each takes seconds
MIN_LETTERS = 20  # on a page; a picture of a page may come with a stamp or a number in letters
DOTS_AN_INCH = 300  # what Tesseract reads best
MAX_PIXELS = 40_000_000  # of one page; a poster is read smaller
GAP = 1.2  # of a letter's height; a wider one divides two lines beside each other
BORDER = 0.5  # of a letter's height; the least gap between two columns
MIN_BORDER_ROWS = 4  # that have a gap at the same place
BORDER_SHARE = 0.6  # 0..1 of the rows that go over that place
SPACE = 0.12  # of a letter's height; a wider gap is a space that was not written
SAME_LINE = 0.35  # of a letter's height; raised and lowered letters stand in the line too

_POINTS_AN_INCH = 72


class _Letter(NamedTuple):
    """A character and its box, in points; a tuple, since a book has a million."""

    text: str
    base: float  # the height that its line stands on
    left: float
    right: float
    bottom: float
    top: float

    @property
    def height(self) -> float:
        return max(self.top - self.bottom, 1.0)


def read_pdf(file: SourceFile) -> Article:
    """Return the article in a PDF file, a page after the other. Raises ``ReadError``.

    A page without letters is a picture, and is read with Tesseract; the whole article counts as a scan then.
    """
    content = file.load(MAX_DOCUMENT_BYTES)
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise ReadError(file.origin, "locked with a password; save it without one") from error
        raise ReadError(file.origin, "damaged PDF file; save it anew") from error
    try:
        if len(document) > MAX_PAGES:
            raise ReadError(file.origin, "a book of over {n} pages; send it in parts", n=MAX_PAGES)
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
        lines = _lines(page)
        letters = sum(map(str.isalpha, "".join(line.text for line in lines)))
        if letters < MIN_LETTERS and _is_picture(page):
            pictures.append(number)
        pages.append(lines)
        page.close()
    if len(pictures) * 2 <= len(pages):
        # Some pages of pictures, as a cover: the letters are the article.
        blocks = list(map(in_order, without_running_heads(pages)))
        return from_paragraphs(file, paragraphs(blocks, PAGE_MARK))
    return _scanned(file, document, pictures[:MAX_SCANNED_PAGES])


def _scanned(file: SourceFile, document: Any, pictures: list[int]) -> Article:
    scan.check(file.origin)
    read: list[str] = []
    for number in range(max(pictures) + 1):
        mark = PAGE_MARK if number else ""
        lines: list[str] = []
        if number in pictures:
            more_time()
            try:
                lines = scan.recognised(_picture(document[number]), file.origin)
            except ReadError as error:
                if error.reason.msgid != scan.ILLEGIBLE:
                    raise
        read += [mark + lines[0], *lines[1:]] if lines else [mark]
    return from_paragraphs(file, _marks_moved(read), is_scan=True)


def _marks_moved(read: list[str]) -> Iterator[str]:
    """Yield the paragraphs; the marks of pages without text stand before the next one that has some."""
    marks = ""
    for paragraph in read:
        if paragraph.strip(PAGE_MARK):
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


def _lines(page: Any) -> list[Line]:
    """Return the lines of a page, put together by where their letters stand.

    The order in the file does not count: letters that a font lacks are often written after the line.
    """
    rows: list[list[_Letter]] = []
    for letter in sorted(_letters(page), key=lambda letter: (-letter.base, letter.left)):
        if rows and rows[-1][0].base - letter.base < SAME_LINE * letter.height:
            rows[-1].append(letter)
        else:
            rows.append([letter])
    rows = [sorted(row, key=lambda letter: letter.left) for row in rows]
    borders = _borders(rows)
    return [line for row in rows for line in _pieces(row, borders)]


def _borders(rows: Sequence[Sequence[_Letter]]) -> list[float]:
    """Return the x between columns that stand close: many rows have a gap there, and few a letter."""
    gaps = [
        (left.right, right.left)
        for row in rows
        for left, right in pairwise(letter for letter in row if not letter.text.isspace())
        if right.left - left.right > BORDER * left.height
    ]
    borders = []
    for middle in sorted({round((left + right) / 2) for left, right in gaps}):
        open_ = sum(left < middle < right for left, right in gaps)
        crossing = sum(row[0].left < middle < row[-1].right for row in rows)
        if open_ >= max(MIN_BORDER_ROWS, BORDER_SHARE * crossing):
            borders.append(float(middle))
    return borders


def _letters(page: Any) -> Iterator[_Letter]:
    text_page = page.get_textpage()
    raw, box = text_page.raw, pdfium.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    for index in range(text_page.count_chars()):
        text = chr(pdfium.FPDFText_GetUnicode(raw, index))
        if pdfium.FPDFText_IsGenerated(raw, index) == 1 or text in "\0\r\n\ufffe\uffff":
            continue
        pdfium.FPDFText_GetLooseCharBox(raw, index, box)
        pdfium.FPDFText_GetCharOrigin(raw, index, x, y)
        yield _Letter(text, y.value, box.left, box.right, box.bottom, box.top)
    text_page.close()


def _pieces(row: Sequence[_Letter], borders: Sequence[float]) -> Iterator[Line]:
    """Yield the lines that stand beside each other in *row*."""
    piece: list[_Letter] = []
    end = 0.0  # of the last letter that is no space
    for letter in row:
        if piece:
            gap = letter.left - piece[-1].right
            is_twice = letter.text == piece[-1].text and gap < -0.5 * (letter.right - letter.left)
            if is_twice:  # printed twice to look bold
                continue
            is_apart = not letter.text.isspace() and letter.left - end > BORDER * letter.height
            is_border = is_apart and any(end <= x <= letter.left for x in borders)
            if gap > GAP * letter.height or is_border:
                yield from _line(piece)
                piece = []
            elif gap > SPACE * letter.height:
                piece.append(letter._replace(text=" "))
        if not letter.text.isspace():
            end = letter.right
        piece.append(letter)
    yield from _line(piece)


def _line(piece: Sequence[_Letter]) -> Iterator[Line]:
    text = "".join(letter.text for letter in piece)
    if not text.strip():
        return
    if sum(unicodedata.bidirectional(letter) in ("R", "AL") for letter in text) * 2 > len(text):
        text = text[::-1]  # written from right to left
    seen = [letter for letter in piece if not letter.text.isspace()]
    yield Line(
        text=text.strip(),
        left=seen[0].left,
        right=seen[-1].right,
        bottom=min(letter.bottom for letter in seen),
        top=max(letter.top for letter in seen),
    )
